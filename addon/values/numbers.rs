//! Numbers that JavaScript gets, in memory of its own.

use std::ptr;

use napi::bindgen_prelude::{ToNapiValue, check_status};
use napi::sys;

/// What becomes a `Float64Array`. The engine keeps an account of memory that is not its own, and has it given back: that takes longer than
/// many kernels do, and than copying some thousand numbers.
pub struct Float64Array(Vec<f64>);

impl From<Vec<f64>> for Float64Array {
    fn from(numbers: Vec<f64>) -> Self {
        Self(numbers)
    }
}

impl ToNapiValue for Float64Array {
    unsafe fn to_napi_value(
        env: sys::napi_env,
        Self(numbers): Self,
    ) -> napi::Result<sys::napi_value> {
        let (mut data, mut buffer, mut array) = (ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
        let bytes = size_of_val(numbers.as_slice());
        // SAFETY: the environment is the caller's word; the rest are places for results.
        check_status!(unsafe { sys::napi_create_arraybuffer(env, bytes, &mut data, &mut buffer) })?;
        if !numbers.is_empty() {
            // SAFETY: the buffer, which nobody else knows of, has so many bytes there.
            unsafe { ptr::copy_nonoverlapping(numbers.as_ptr().cast(), data.cast::<u8>(), bytes) };
        }
        let kind = sys::TypedarrayType::float64_array;
        // SAFETY: as above, and `buffer` is the one just made.
        check_status!(unsafe {
            sys::napi_create_typedarray(env, kind, numbers.len(), buffer, 0, &mut array)
        })?;
        Ok(array)
    }
}
