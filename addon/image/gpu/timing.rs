//! What kernels take on the GPU.

use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_kernels_gpu::{engine, existing_engine};

use super::gpu_error;

/// What one run of a kernel took.
#[napi(object, object_from_js = false)]
pub struct GpuKernelTime {
    pub kernel: String,
    pub nanoseconds: f64,
    /// Read and written, at least.
    pub bytes: f64,
}

/// Times all kernels recorded from now on, until `gpuKernelTimes`.
#[napi(catch_unwind)]
pub fn gpu_time_kernels() -> Result<()> {
    engine(true).and_then(|engine| engine.time_kernels()).map_err(gpu_error)
}

/// Runs what was recorded, waits for it, and says what each kernel took, in the order in which they ran.
#[napi(catch_unwind)]
pub fn gpu_kernel_times() -> Result<Vec<GpuKernelTime>> {
    let Some(engine) = existing_engine() else { return Ok(Vec::new()) };
    let times = engine.kernel_times().map_err(gpu_error)?;
    // Bytes are exact up to 2^53.
    Ok(times
        .into_iter()
        .map(|one| GpuKernelTime {
            kernel: one.kernel,
            nanoseconds: one.nanoseconds,
            bytes: one.bytes as f64,
        })
        .collect())
}
