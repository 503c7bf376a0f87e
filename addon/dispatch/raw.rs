//! Raw Node-API callbacks for what is asked often: what `#[napi]` adds to a call costs more than the answer.

use super::declaration::DispatchableDeclaration;
use super::failure::to_js;
use super::{Realm, resolve};
use napi::bindgen_prelude::*;
use napi::sys;
use napi_derive::napi;
use std::cell::RefCell;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::rc::Rc;
use tagswitch_addon_values::error::{Result, coded};
use tagswitch_dispatch::DispatchableOptions;

/// What a resolver is asked often, without the cost of its methods.
#[napi(object, object_from_js = false)]
pub struct RawFunctions {
    /// `Resolver.resolve`, with up to 8 tags.
    #[napi(ts_type = "(dispatchable: number, scope: number, ...tags: number[]) => number")]
    pub resolve: Unknown<'static>,
    /// Adds a function that backend `own` implements; `conditional` when JavaScript decides call by call. `fixed`: how
    /// many dispatch arguments its calls have unless some are missing; 0 where the number differs.
    #[napi(
        ts_type = "(system: number, own: number, conditional: boolean, fixed: number, options?: DispatchableDeclaration) => number"
    )]
    pub add_dispatchable: Unknown<'static>,
}

impl RawFunctions {
    /// The functions of `realm`, which they hold alive.
    pub(super) fn new(env: Env, realm: &Rc<RefCell<Realm>>) -> napi::Result<Self> {
        Ok(Self {
            resolve: function(env, "resolve", realm, resolve_tags)?,
            add_dispatchable: function(env, "addDispatchable", realm, add_dispatchable)?,
        })
    }
}

fn resolve_tags(realm: &RefCell<Realm>, arguments: &Arguments) -> Result<u32> {
    let given = arguments.given;
    let mut numbers = [0; MOST_ARGUMENTS];
    let mut valid = (2..=MOST_ARGUMENTS).contains(&given);
    for (at, number) in numbers.iter_mut().enumerate().take(given) {
        match arguments.get(at) {
            Ok(value) => *number = value,
            Err(_) => valid = false,
        }
    }
    if !valid {
        let message = "resolve takes a dispatchable, a scope and up to 8 tags, all numbers";
        return Err(coded("ERR_DISPATCH_ARGUMENT", message));
    }
    resolve(realm, numbers[0], numbers[1], &numbers[2..given])
}

fn add_dispatchable(realm: &RefCell<Realm>, arguments: &Arguments) -> Result<u32> {
    let system = arguments.get(0)?;
    let own = Some((arguments.get(1)?, arguments.get(2)?));
    let fixed = arguments.get::<u32>(3)? as usize;
    let declared: Option<DispatchableDeclaration> = arguments.get(4)?;
    let options = declared.map_or_else(DispatchableOptions::default, Into::into);
    let options = DispatchableOptions { own, fixed, ..options };
    realm.borrow_mut().registry.add_dispatchable(system, options).map_err(to_js)
}

/// What a function does.
type Body = fn(&RefCell<Realm>, &Arguments) -> Result<u32>;

/// How many arguments are read.
const MOST_ARGUMENTS: usize = 10;

/// The arguments of a call.
struct Arguments {
    env: sys::napi_env,
    /// How many there are, with those that are not read.
    given: usize,
    /// `undefined` where there are fewer.
    values: [sys::napi_value; MOST_ARGUMENTS],
}

impl Arguments {
    fn get<T: FromNapiValue>(&self, at: usize) -> Result<T> {
        // SAFETY: `env` and the values are those of the call that is under way.
        unsafe { T::from_napi_value(self.env, self.values[at]) }
            .map_err(|error| coded("ERR_DISPATCH_ARGUMENT", &error.reason))
    }
}

/// A body with what it works on.
struct Bound {
    realm: Rc<RefCell<Realm>>,
    body: Body,
}

fn function(
    env: Env,
    name: &str,
    realm: &Rc<RefCell<Realm>>,
    body: Body,
) -> napi::Result<Unknown<'static>> {
    let bound = Box::new(Bound { realm: Rc::clone(realm), body });
    let data = Box::into_raw(bound).cast::<c_void>();
    let mut function = ptr::null_mut();
    // SAFETY: `env` is the current environment; `name` lives through the call; `data` is a box that the finalizer
    // below takes back when the function is collected.
    unsafe {
        let length = name.len() as isize;
        let status = sys::napi_create_function(
            env.raw(),
            name.as_ptr().cast(),
            length,
            Some(call),
            data,
            &mut function,
        );
        check_status!(status)?;
        let finalizer = Some(release as unsafe extern "C" fn(_, _, _));
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

/// # Safety
///
/// To be called by Node alone, as a function that [`function`] made.
unsafe extern "C" fn call(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    let values = [ptr::null_mut(); MOST_ARGUMENTS];
    let mut arguments = Arguments { env, given: MOST_ARGUMENTS, values };
    let mut data = ptr::null_mut();
    let mut result = ptr::null_mut();
    // SAFETY: Node calls us with a live `env` and `info`, and fills the whole array; `data` is the `Bound` of `function`
    // and alive as long as this function is.
    unsafe {
        sys::napi_get_cb_info(
            env,
            info,
            &mut arguments.given,
            arguments.values.as_mut_ptr(),
            ptr::null_mut(),
            &mut data,
        );
        let bound = &*data.cast::<Bound>();
        let answer = catch_unwind(AssertUnwindSafe(|| (bound.body)(&bound.realm, &arguments)))
            .unwrap_or_else(|_| {
                let message = "the resolver panicked; the table is unchanged";
                Err(coded("ERR_DISPATCH_INTERNAL", message))
            });
        match answer {
            Ok(number) => {
                sys::napi_create_uint32(env, number, &mut result);
            }
            Err(error) => JsError::from(error).throw_into(env),
        }
    }
    result
}

/// # Safety
///
/// To be called by Node alone, once, as the finalizer of a function that [`function`] made.
unsafe extern "C" fn release(_: sys::napi_env, data: *mut c_void, _: *mut c_void) {
    // SAFETY: `data` is the box of `function`; Node runs a finalizer once.
    drop(unsafe { Box::from_raw(data.cast::<Bound>()) });
}
