//! The resolver of one JavaScript realm: [`Registry`] behind Node-API, and the table that JavaScript reads.

mod declaration;
mod raw;

use crate::error::{Result, coded};
use declaration::{BackendDeclaration, BackendVerdict, ScopeDeclaration, TypeDeclaration};
use napi::bindgen_prelude::*;
use napi_derive::napi;
use std::cell::RefCell;
use std::rc::Rc;
use tagswitch_dispatch::{
    Backend, BackendTypes, DispatchError, Registry, ScopeOptions, TypePattern, Verdict, tag,
};

/// What `resolve` and `base` answer when JavaScript must hand over a larger table.
const TABLE_FULL: u32 = 0;

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
    pub fn add_system(&self, name: String) -> Result<u32> {
        self.realm.borrow_mut().registry.add_system(&name).map_err(to_js)
    }

    #[napi(catch_unwind)]
    pub fn add_backend(&self, system: u32, declaration: BackendDeclaration) -> Result<u32> {
        let patterns = |types: Vec<TypeDeclaration>| {
            types
                .into_iter()
                .map(|t| TypePattern { tag: t.tag, subclasses: t.subclasses })
                .collect()
        };
        let secondary = patterns(declaration.secondary);
        let types = match declaration.primary {
            Some(primary) => BackendTypes::Named { primary: patterns(primary), secondary },
            None => BackendTypes::Any,
        };
        let backend = Backend {
            name: declaration.name,
            types,
            higher_priority_than: declaration.higher_priority_than,
            lower_priority_than: declaration.lower_priority_than,
        };
        let mut realm = self.realm.borrow_mut();
        let (registry, table) = realm.parts();
        registry.add_backend(table, system, backend).map_err(to_js)
    }

    #[napi(catch_unwind)]
    pub fn add_dispatchable(&self, system: u32) -> Result<u32> {
        self.realm.borrow_mut().registry.add_dispatchable(system).map_err(to_js)
    }

    #[napi(catch_unwind)]
    pub fn implement(&self, dispatchable: u32, backend: u32, conditional: bool) -> Result<()> {
        let mut realm = self.realm.borrow_mut();
        let (registry, table) = realm.parts();
        registry.implement(table, dispatchable, backend, conditional).map_err(to_js)
    }

    #[napi(catch_unwind)]
    pub fn add_parent(&self, tag: u32, parent: u32) {
        let mut realm = self.realm.borrow_mut();
        let (registry, table) = realm.parts();
        registry.add_parent(table, tag, parent);
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
        let ScopeDeclaration { prioritize, disable, exclusive } = options;
        self.realm
            .borrow_mut()
            .registry
            .scope(outer, ScopeOptions { prioritize, disable, exclusive })
            .map_err(to_js)
    }

    /// The backends in the order in which a scope tries them.
    #[napi(catch_unwind)]
    pub fn try_order(&self, system: u32, scope: u32) -> Result<Vec<u32>> {
        self.realm.borrow_mut().registry.try_order(system, scope).map_err(to_js)
    }

    /// Where a walk begins; 0 when the table is full.
    #[napi(catch_unwind)]
    pub fn base(&self, dispatchable: u32, scope: u32) -> Result<u32> {
        full_as_zero(
            self.realm.borrow_mut().registry.base(dispatchable, scope).map(|row| row as u32),
        )
    }

    /// The slot of a call; 0 when the table is full. `resolver` gives the same without the cost of this wrapper.
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

    /// `resolve` as a raw Node-API function, five times cheaper to call.
    #[napi(
        catch_unwind,
        ts_return_type = "(dispatchable: number, scope: number, ...tags: number[]) => number"
    )]
    pub fn resolver(&self, env: Env) -> napi::Result<Unknown<'static>> {
        raw::resolver(env, &self.realm)
    }
}

fn resolve(realm: &RefCell<Realm>, dispatchable: u32, scope: u32, tags: &[u32]) -> Result<u32> {
    let mut realm = realm.borrow_mut();
    let (registry, table) = realm.parts();
    full_as_zero(registry.resolve(table, dispatchable, scope, tags))
}

fn full_as_zero(answer: std::result::Result<u32, DispatchError>) -> Result<u32> {
    match answer {
        Err(DispatchError::TableFull) => Ok(TABLE_FULL),
        other => other.map_err(to_js),
    }
}

fn to_js(error: DispatchError) -> napi::Error<String> {
    let code = match error {
        DispatchError::UnknownBackend { .. } => "ERR_DISPATCH_UNKNOWN_BACKEND",
        DispatchError::Duplicate { .. } => "ERR_DISPATCH_DUPLICATE",
        DispatchError::OrderCycle { .. } => "ERR_DISPATCH_ORDER",
        DispatchError::NoSuch { .. } | DispatchError::TableFull => "ERR_DISPATCH_INTERNAL",
    };
    coded(code, &error.to_string())
}
