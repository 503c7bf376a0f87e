//! The image library on the GPU: handles of images that stay there, and the operations on them.
//!
//! Whatever JavaScript passes is checked again here or in the crate. Errors carry the crate's codes, `ERR_GPU_…`.

mod background;
mod engine;
mod handle;
mod kernel;
mod operations;
mod timing;
mod transfer;

use tagswitch_addon_values::error::coded;
use tagswitch_kernels_gpu::GpuError;

fn gpu_error(error: GpuError) -> napi::Error<String> {
    coded(error.code(), &error.to_string())
}
