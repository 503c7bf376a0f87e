//! A library with one function `f` that all its backends implement, for tests.

#![allow(dead_code)] // each test program uses some of it

use tagswitch_dispatch::*;

/// `"name I F; C"`: primary and secondary types. `I+` takes subclasses, `I!` direct instances only, `I?` is structural.
pub fn backend(text: &str) -> Backend {
    let (name, types) = text.split_once(' ').unwrap();
    let (primary, secondary) = types.split_once(';').unwrap_or((types, ""));
    let patterns = |names: &str| names.split_whitespace().map(pattern).collect();
    let types = BackendTypes::Named { primary: patterns(primary), secondary: patterns(secondary) };
    Backend::new(name, types)
}

fn pattern(name: &str) -> TypePattern {
    let admits = match name.chars().last() {
        Some('+') => Admits::Subclasses,
        Some('!') => Admits::Exact,
        Some('?') => Admits::Structural,
        _ => Admits::Type,
    };
    TypePattern { tag: tag::intern(name.trim_end_matches(['+', '!', '?'])), admits }
}

/// These backends of the library first, for all functions.
pub fn prioritize(library: &Library, names: &[&str]) -> Vec<(Target, BackendId)> {
    library.ids(names).into_iter().map(|id| (Target::All, id)).collect()
}

/// The registry with its host's table.
pub struct Library {
    pub table: Vec<i32>,
    pub registry: Registry,
    pub system: SystemId,
    pub f: DispatchableId,
}

impl Library {
    pub fn new(backends: &[&str]) -> Self {
        Self::with(SystemOptions::default(), backends)
    }

    pub fn with(options: SystemOptions, backends: &[&str]) -> Self {
        let mut registry = Registry::new(1 << 16);
        let system = registry.add_system("lib", options).unwrap();
        let f = registry.add_dispatchable(system, DispatchableOptions::default()).unwrap();
        let mut library = Self { table: vec![0; 1 << 16], registry, system, f };
        for text in backends {
            library.add(backend(text));
        }
        library
    }

    pub fn add(&mut self, backend: Backend) -> BackendId {
        let id = self.registry.add_backend(&mut self.table, self.system, backend).unwrap();
        self.registry.implement(&mut self.table, self.f, id, false).unwrap();
        id
    }

    pub fn tag(&self, name: &str) -> Tag {
        tag::intern(name)
    }

    pub fn member(&mut self, name: &str, structural: &str) {
        self.registry.add_member(&mut self.table, tag::intern(name), tag::intern(structural));
    }

    pub fn extends(&mut self, name: &str, parent: &str, implicit: bool) {
        let (tag, parent) = (tag::intern(name), tag::intern(parent));
        self.registry.add_parent(&mut self.table, tag, parent, implicit);
    }

    pub fn converts(&mut self, from: &str, to: &str) {
        self.registry.add_conversion(&mut self.table, tag::intern(from), tag::intern(to), 1);
    }

    /// Order is written `"a>b"`. Returns the edges ignored, likewise.
    pub fn environment(&mut self, first: &[&str], block: &[&str], order: &[&str]) -> Vec<String> {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let edge = |text: &&str| {
            let (before, after) = text.split_once('>').unwrap();
            OrderEdge { before: before.to_owned(), after: after.to_owned() }
        };
        let order = order.iter().map(edge).collect();
        let environment = Environment { prioritize: owned(first), block: owned(block), order };
        let ignored = self.registry.set_environment(&mut self.table, self.system, environment);
        let text = |edge: OrderEdge| format!("{}>{}", edge.before, edge.after);
        ignored.unwrap().into_iter().map(text).collect()
    }

    pub fn ids(&self, names: &[&str]) -> Vec<BackendId> {
        let find = |name: &&str| self.registry.find_backend(self.system, name).unwrap();
        names.iter().map(find).collect()
    }

    pub fn scope(&mut self, outer: ScopeId, first: &[&str], disable: &[&str]) -> ScopeId {
        let prioritize = prioritize(self, first);
        let options = ScopeOptions { prioritize, disable: self.ids(disable), ..Default::default() };
        self.registry.scope(outer, options).unwrap()
    }

    pub fn order(&mut self, scope: ScopeId) -> Vec<String> {
        let order = self.registry.try_order(self.system, scope, Some(self.f)).unwrap();
        order.into_iter().map(|id| self.name(id)).collect()
    }

    /// The backends that `f` may run on, as a host learns it.
    pub fn plan(&mut self, scope: ScopeId, types: &[&str]) -> Vec<String> {
        let tags: Vec<Tag> = types.iter().map(|name| tag::intern(name)).collect();
        let slot = self.registry.resolve(&mut self.table, self.f, scope, &tags).unwrap();
        let plan = self.registry.plan(self.f, slot).unwrap();
        plan.iter().map(|candidate| self.name(candidate.backend)).collect()
    }

    /// The backend that `f` runs on; empty where nobody would.
    pub fn runs(&mut self, scope: ScopeId, types: &[&str]) -> String {
        self.plan(scope, types).into_iter().next().unwrap_or_default()
    }

    /// Why a backend does not run `f`.
    pub fn reason(&mut self, scope: ScopeId, types: &[&str], name: &str) -> String {
        let tags: Vec<Tag> = types.iter().map(|name| tag::intern(name)).collect();
        let verdicts = self.registry.explain(self.f, scope, &tags).unwrap();
        let id = self.ids(&[name])[0];
        verdicts.iter().find(|(other, _)| *other == id).unwrap().1.reason()
    }

    fn name(&self, id: BackendId) -> String {
        self.registry.backend_name(id).unwrap().to_owned()
    }
}
