//! `resolve` as a raw Node-API callback: what `#[napi]` adds to a call costs more than the look-up.

use super::{Realm, resolve};
use crate::error::coded;
use napi::bindgen_prelude::*;
use napi::sys;
use std::cell::RefCell;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::rc::Rc;

/// A function that resolves calls of `realm`, and holds it alive.
pub fn resolver(env: Env, realm: &Rc<RefCell<Realm>>) -> napi::Result<Unknown<'static>> {
    let data = Rc::into_raw(Rc::clone(realm)).cast_mut().cast::<c_void>();
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
