//! The resolver of one JavaScript realm: [`Registry`] behind Node-API, and the table that JavaScript reads.

use crate::error::{Result, coded};
use napi::bindgen_prelude::*;
use napi::sys;
use napi_derive::napi;
use std::cell::RefCell;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::rc::Rc;
use tagswitch_dispatch::{
    Backend, BackendTypes, Candidate, DispatchError, Mode, Registry, ScopeOptions, TypePattern,
    Verdict, tag,
};

/// What `resolve` and `base` answer when JavaScript must hand over a larger table.
const TABLE_FULL: u32 = 0;

struct Realm {
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

/// A backend's types as JavaScript declares them.
#[napi(object)]
pub struct BackendDeclaration {
    pub name: String,
    /// Absent for a backend that accepts any type.
    pub primary: Option<Vec<TypeDeclaration>>,
    pub secondary: Vec<TypeDeclaration>,
    pub higher_priority_than: Vec<String>,
    pub lower_priority_than: Vec<String>,
}

#[napi(object)]
pub struct TypeDeclaration {
    pub tag: u32,
    pub subclasses: bool,
}

#[napi(object)]
pub struct ScopeDeclaration {
    pub prioritize: Vec<u32>,
    pub disable: Vec<u32>,
    pub exclusive: Vec<u32>,
}

/// What became of one backend: a candidate when `reason` is empty.
#[napi(object)]
pub struct BackendVerdict {
    pub backend: u32,
    pub reason: String,
    pub convert: bool,
    pub prioritized: bool,
    pub forced: bool,
    /// Whether it runs whatever the values are.
    pub certain: bool,
}

impl From<Candidate> for BackendVerdict {
    fn from(candidate: Candidate) -> Self {
        Self {
            backend: candidate.backend,
            reason: String::new(),
            convert: candidate.mode == Mode::Convert,
            prioritized: candidate.prioritized,
            forced: candidate.forced,
            certain: candidate.is_certain(),
        }
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
        let data = Rc::into_raw(Rc::clone(&self.realm)).cast_mut().cast::<c_void>();
        let name = "resolve";
        let mut function = ptr::null_mut();
        // SAFETY: `env` is the current environment; `name` lives through the call; `data` is a counted reference
        // which the finalizer below gives back when the function is collected.
        unsafe {
            let length = name.len() as isize;
            let status = sys::napi_create_function(
                env.raw(),
                name.as_ptr().cast(),
                length,
                Some(raw_resolve),
                data,
                &mut function,
            );
            check_status!(status)?;
            let finalizer = Some(release_realm as unsafe extern "C" fn(_, _, _));
            check_status!(sys::napi_add_finalizer(
                env.raw(),
                function,
                data,
                finalizer,
                ptr::null_mut(),
                ptr::null_mut()
            ))?;
            Unknown::from_napi_value(env.raw(), function)
        }
    }
}

/// How many arguments `raw_resolve` reads: a dispatchable, a scope and the tags. More take the wrapper.
const RAW_ARGUMENTS: usize = 10;

unsafe extern "C" fn raw_resolve(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    let mut count = RAW_ARGUMENTS;
    let mut values = [ptr::null_mut(); RAW_ARGUMENTS];
    let mut numbers = [0u32; RAW_ARGUMENTS];
    let mut data = ptr::null_mut();
    let mut result = ptr::null_mut();
    // SAFETY: Node calls us with a live `env` and `info`; the arrays hold `count` entries; `data` is the `Realm`
    // counted in `resolver` and alive as long as this function is.
    unsafe {
        sys::napi_get_cb_info(
            env,
            info,
            &mut count,
            values.as_mut_ptr(),
            ptr::null_mut(),
            &mut data,
        );
        let mut valid = (2..=RAW_ARGUMENTS).contains(&count);
        for (value, number) in values.iter().zip(&mut numbers).take(count.min(RAW_ARGUMENTS)) {
            valid &= sys::napi_get_value_uint32(env, *value, number) == sys::Status::napi_ok;
        }
        let realm = &*data.cast::<RefCell<Realm>>();
        let answer = catch_unwind(AssertUnwindSafe(|| {
            if !valid {
                let message = "resolve takes a dispatchable, a scope and up to 8 tags, all numbers";
                return Err(coded("ERR_DISPATCH_ARGUMENT", message));
            }
            resolve(realm, numbers[0], numbers[1], &numbers[2..count])
        }))
        .unwrap_or_else(|_| {
            Err(coded("ERR_DISPATCH_INTERNAL", "the resolver panicked; the table is unchanged"))
        });
        match answer {
            Ok(slot) => {
                sys::napi_create_uint32(env, slot, &mut result);
            }
            Err(error) => JsError::from(error).throw_into(env),
        }
    }
    result
}

unsafe extern "C" fn release_realm(_: sys::napi_env, data: *mut c_void, _: *mut c_void) {
    // SAFETY: `data` is the reference that `resolver` counted; Node runs a finalizer once.
    drop(unsafe { Rc::from_raw(data.cast::<RefCell<Realm>>()) });
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
