use napi::Env;
use napi_derive::napi;
use tagswitch_kernels_gpu::util;

use crate::error::Result;
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

#[napi(catch_unwind)]
pub fn gpu_greater(env: &Env, image: &GpuImageHandle, threshold: f64) -> Result<GpuImageHandle> {
    let mask = util::greater(image.image("util.greater")?, threshold).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, mask))
}

#[napi(catch_unwind)]
pub fn gpu_invert(env: &Env, image: &GpuImageHandle, signed_float: bool) -> Result<GpuImageHandle> {
    let inverted = util::invert(image.image("util.invert")?, signed_float).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, inverted))
}

#[napi(catch_unwind)]
pub fn gpu_img_as_float(env: &Env, image: &GpuImageHandle) -> Result<GpuImageHandle> {
    let floats = util::img_as_float(image.image("util.imgAsFloat")?).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, floats))
}

/// Waits, but for bytes.
#[napi(catch_unwind)]
pub fn gpu_img_as_ubyte(env: &Env, image: &GpuImageHandle) -> Result<GpuImageHandle> {
    let bytes = util::img_as_ubyte(image.image("util.imgAsUbyte")?).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, bytes))
}

/// Waits, but for unsigned integers.
#[napi(catch_unwind)]
pub fn gpu_img_as_uint(env: &Env, image: &GpuImageHandle) -> Result<GpuImageHandle> {
    let levels = util::img_as_uint(image.image("util.imgAsUint")?).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, levels))
}
