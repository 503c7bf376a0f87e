//! `cpu.*`: the threads that kernels share.

use napi_derive::napi;
use tagswitch_addon_values::error::{Result, kernel_error};
use tagswitch_kernels_cpu::threads::{set_default_threads, set_threads, threads};

/// How many threads the kernels of this process use.
#[napi(catch_unwind)]
pub fn cpu_threads() -> u32 {
    threads() as u32
}

/// Sets it; `ERR_IMAGE_OPTION` for none and for more than 256.
#[napi(catch_unwind)]
pub fn cpu_set_threads(count: u32) -> Result<()> {
    set_threads(count as usize).map_err(kernel_error)
}

/// Sets it where nobody did; errors likewise.
#[napi(catch_unwind)]
pub fn cpu_set_default_threads(count: u32) -> Result<()> {
    set_default_threads(count as usize).map_err(kernel_error)
}
