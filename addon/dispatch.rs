//! The resolver of one JavaScript realm: [`Registry`] behind Node-API, and the table that JavaScript reads.

mod declaration;
mod failure;
mod raw;

use declaration::{
    BackendDeclaration, BackendVerdict, EnvironmentDeclaration, OrderDeclaration, ScopeDeclaration,
    SystemDeclaration,
};
use failure::{full_as_zero, to_js};
use napi::bindgen_prelude::*;
use napi_derive::napi;
use raw::RawFunctions;
use std::cell::RefCell;
use std::rc::Rc;
use tagswitch_addon_values::error::Result;
use tagswitch_dispatch::{Registry, ScopeOptions, SystemOptions, Target, Verdict, tag};

pub(crate) struct Realm {
    registry: Registry,
    /// Holds the array alive. `src/realm.ts` alone has it otherwise, and never detaches its buffer.
    table: Int32Array,
}

impl Realm {
    fn parts(&mut self) -> (&mut Registry, &mut [i32]) {
        // SAFETY: the array is alive (we hold a reference), its buffer is never detached (see `table`), and no
        // JavaScript of this realm, the only other user of the memory, runs while we do.
        (&mut self.registry, unsafe { self.table.as_mut() })
    }
}

/// The stable number of a type identifier, the same in every worker of the process.
#[napi(catch_unwind)]
pub fn intern_type(identifier: String) -> u32 {
    tag::intern(&identifier)
}

/// The identifier behind a tag; empty for a number that is no tag.
#[napi(catch_unwind)]
pub fn type_identifier(tag: u32) -> String {
    tag::identifier(tag)
}

/// The registry of one realm, over a table that JavaScript allocated.
#[napi]
pub struct Resolver {
    realm: Rc<RefCell<Realm>>,
}

#[napi]
impl Resolver {
    #[napi(constructor, catch_unwind)]
    pub fn new(table: Int32Array) -> Self {
        let registry = Registry::new(table.len());
        Self { realm: Rc::new(RefCell::new(Realm { registry, table })) }
    }

    #[napi(catch_unwind)]
    pub fn add_system(&self, name: String, options: Option<SystemDeclaration>) -> Result<u32> {
        let options = options.map_or(Ok(SystemOptions::default()), SystemDeclaration::options)?;
        self.realm.borrow_mut().registry.add_system(&name, options).map_err(to_js)
    }

    /// Says what the environment wants, by names that need not be known yet. Returns the edges of its order that are
    /// ignored, as each closes a circle with those before it.
    #[napi(catch_unwind)]
    pub fn set_environment(
        &self,
        system: u32,
        environment: EnvironmentDeclaration,
    ) -> Result<Vec<OrderDeclaration>> {
        let mut realm = self.realm.borrow_mut();
        let (registry, table) = realm.parts();
        let ignored = registry.set_environment(table, system, environment.into()).map_err(to_js)?;
        Ok(ignored.into_iter().map(Into::into).collect())
    }

    #[napi(catch_unwind)]
    pub fn add_backend(&self, system: u32, declaration: BackendDeclaration) -> Result<u32> {
        let mut realm = self.realm.borrow_mut();
        let (registry, table) = realm.parts();
        registry.add_backend(table, system, declaration.into()).map_err(to_js)
    }

    #[napi(catch_unwind)]
    pub fn implement(&self, dispatchable: u32, backend: u32, conditional: bool) -> Result<()> {
        self.implement_all(backend, vec![dispatchable], conditional)
    }

    /// Many implementations of one backend; the table is cleared once.
    #[napi(catch_unwind)]
    pub fn implement_all(
        &self,
        backend: u32,
        dispatchables: Vec<u32>,
        conditional: bool,
    ) -> Result<()> {
        let mut realm = self.realm.borrow_mut();
        let (registry, table) = realm.parts();
        registry.implement_all(table, backend, &dispatchables, conditional).map_err(to_js)
    }

    /// Changes whether JavaScript decides call by call.
    #[napi(catch_unwind)]
    pub fn set_conditional(
        &self,
        dispatchable: u32,
        backend: u32,
        conditional: bool,
    ) -> Result<()> {
        let mut realm = self.realm.borrow_mut();
        let (registry, table) = realm.parts();
        registry.set_conditional(table, dispatchable, backend, conditional).map_err(to_js)
    }

    /// `implicit`: the class has no identifier of its own, and so counts as its parent.
    #[napi(catch_unwind)]
    pub fn add_parent(&self, tag: u32, parent: u32, implicit: Option<bool>) {
        let mut realm = self.realm.borrow_mut();
        let (registry, table) = realm.parts();
        registry.add_parent(table, tag, parent, implicit.unwrap_or_default());
    }

    /// The class with this tag satisfies a structural type.
    #[napi(catch_unwind)]
    pub fn add_member(&self, tag: u32, structural: u32) {
        let mut realm = self.realm.borrow_mut();
        let (registry, table) = realm.parts();
        registry.add_member(table, tag, structural);
    }

    #[napi(catch_unwind)]
    pub fn add_conversion(&self, from: u32, to: u32, cost: u32) {
        let mut realm = self.realm.borrow_mut();
        let (registry, table) = realm.parts();
        registry.add_conversion(table, from, to, cost);
    }

    /// The cheapest chain of conversions between two types, both included.
    #[napi(catch_unwind)]
    pub fn conversion_path(&self, from: u32, to: u32) -> Option<Vec<u32>> {
        self.realm.borrow().registry.conversion_path(from, to)
    }

    /// The chain that brings an argument to a backend; `null` when it takes the argument as it is.
    #[napi(catch_unwind)]
    pub fn argument_path(&self, backend: u32, tag: u32) -> Result<Option<Vec<u32>>> {
        self.realm.borrow().registry.argument_path(backend, tag).map_err(to_js)
    }

    /// Whether a backend takes an argument as it is, in a call that it runs by conversion.
    #[napi(catch_unwind)]
    pub fn takes_converted(&self, backend: u32, tag: u32) -> Result<bool> {
        self.realm.borrow().registry.takes_converted(backend, tag).map_err(to_js)
    }

    #[napi(catch_unwind)]
    pub fn find_backend(&self, system: u32, name: String) -> Result<u32> {
        self.realm.borrow().registry.find_backend(system, &name).map_err(to_js)
    }

    #[napi(catch_unwind)]
    pub fn backend_name(&self, backend: u32) -> Result<String> {
        self.realm.borrow().registry.backend_name(backend).map(str::to_owned).map_err(to_js)
    }

    #[napi(catch_unwind)]
    pub fn scope(&self, outer: u32, options: ScopeDeclaration) -> Result<u32> {
        let mut realm = self.realm.borrow_mut();
        let registry = &mut realm.registry;
        let mut prioritize = vec![];
        for one in options.functions.unwrap_or_default() {
            let target = Target::Function(one.dispatchable);
            prioritize.extend(one.backends.into_iter().map(|id| (target, id)));
        }
        for one in options.groups.unwrap_or_default() {
            let target = Target::Group(registry.group(one.system, &one.name).map_err(to_js)?);
            prioritize.extend(one.backends.into_iter().map(|id| (target, id)));
        }
        prioritize.extend(options.prioritize.into_iter().map(|id| (Target::All, id)));
        let ScopeDeclaration { disable, exclusive, types, .. } = options;
        let types =
            types.unwrap_or_default().into_iter().map(|one| (one.system, one.tag)).collect();
        registry.scope(outer, ScopeOptions { prioritize, disable, exclusive, types }).map_err(to_js)
    }

    /// The backends in the order in which a scope tries them, for one function or for those about which nothing
    /// special was said; blocked and disabled ones last.
    #[napi(catch_unwind)]
    pub fn try_order(
        &self,
        system: u32,
        scope: u32,
        dispatchable: Option<u32>,
    ) -> Result<Vec<u32>> {
        self.realm.borrow_mut().registry.try_order(system, scope, dispatchable).map_err(to_js)
    }

    /// Where a walk begins; 0 when the table is full.
    #[napi(catch_unwind)]
    pub fn base(&self, dispatchable: u32, scope: u32) -> Result<u32> {
        full_as_zero(
            self.realm.borrow_mut().registry.base(dispatchable, scope).map(|row| row as u32),
        )
    }

    /// The slot of a call; 0 when the table is full.
    #[napi(catch_unwind)]
    pub fn resolve(&self, dispatchable: u32, scope: u32, tags: Vec<u32>) -> Result<u32> {
        resolve(&self.realm, dispatchable, scope, &tags)
    }

    /// Who may run the calls of a slot, in try order.
    #[napi(catch_unwind)]
    pub fn plan(&self, dispatchable: u32, slot: u32) -> Result<Vec<BackendVerdict>> {
        let realm = self.realm.borrow();
        let plan = realm.registry.plan(dispatchable, slot).map_err(to_js)?;
        Ok(plan.iter().copied().map(BackendVerdict::from).collect())
    }

    /// What becomes of every backend for a call, in try order.
    #[napi(catch_unwind)]
    pub fn explain(
        &self,
        dispatchable: u32,
        scope: u32,
        tags: Vec<u32>,
    ) -> Result<Vec<BackendVerdict>> {
        let mut realm = self.realm.borrow_mut();
        let verdicts = realm.registry.explain(dispatchable, scope, &tags).map_err(to_js)?;
        let described = verdicts.into_iter().map(|(backend, verdict)| match verdict {
            Verdict::Runs(candidate) => candidate.into(),
            refused => BackendVerdict {
                backend,
                reason: refused.reason(),
                convert: false,
                prioritized: false,
                forced: realm.registry.is_forced(scope, backend),
                certain: false,
            },
        });
        Ok(described.collect())
    }

    /// Starts over on another zeroed table, with rows wide enough for `largestTag`.
    #[napi(catch_unwind)]
    pub fn replace_table(&self, table: Int32Array, largest_tag: u32) {
        let mut realm = self.realm.borrow_mut();
        realm.registry.replace_table(table.len(), largest_tag);
        realm.table = table;
    }

    /// Entries in a row of the table: more than the largest tag in it.
    #[napi(getter, catch_unwind)]
    pub fn stride(&self) -> u32 {
        self.realm.borrow().registry.stride() as u32
    }

    /// Bytes of the table in use.
    #[napi(getter, catch_unwind)]
    pub fn table_bytes(&self) -> u32 {
        (self.realm.borrow().registry.table_used() * size_of::<i32>()) as u32
    }

    /// Functions several times cheaper to call than methods are. They hold the registry alive.
    #[napi(catch_unwind)]
    pub fn raw(&self, env: Env) -> napi::Result<RawFunctions> {
        RawFunctions::new(env, &self.realm)
    }
}

fn resolve(realm: &RefCell<Realm>, dispatchable: u32, scope: u32, tags: &[u32]) -> Result<u32> {
    let mut realm = realm.borrow_mut();
    let (registry, table) = realm.parts();
    full_as_zero(registry.resolve(table, dispatchable, scope, tags))
}
