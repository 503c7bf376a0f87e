//! `color.*` on the GPU: from one colour space to another.

use napi::Env;
use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded};
use tagswitch_kernels_gpu::color;

use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

#[napi(catch_unwind)]
pub fn gpu_rgb2hsv(env: &Env, image: &GpuImageHandle) -> Result<GpuImageHandle> {
    let result = color::rgb2hsv(image.image("color.rgb2hsv")?).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

#[napi(catch_unwind)]
pub fn gpu_hsv2rgb(env: &Env, image: &GpuImageHandle) -> Result<GpuImageHandle> {
    let result = color::hsv2rgb(image.image("color.hsv2rgb")?).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

#[napi(catch_unwind)]
pub fn gpu_rgb2xyz(env: &Env, image: &GpuImageHandle) -> Result<GpuImageHandle> {
    let result = color::rgb2xyz(image.image("color.rgb2xyz")?).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

#[napi(catch_unwind)]
pub fn gpu_xyz2rgb(env: &Env, image: &GpuImageHandle) -> Result<GpuImageHandle> {
    let result = color::xyz2rgb(image.image("color.xyz2rgb")?).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

/// `white` is its XYZ.
#[napi(catch_unwind, ts_args_type = "image: GpuImageHandle, white: readonly number[]")]
pub fn gpu_rgb2lab(env: &Env, image: &GpuImageHandle, white: Vec<f64>) -> Result<GpuImageHandle> {
    let white = three("white", &white)?;
    let result = color::rgb2lab(image.image("color.rgb2lab")?, white).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

/// `white` is its XYZ.
#[napi(catch_unwind, ts_args_type = "image: GpuImageHandle, white: readonly number[]")]
pub fn gpu_lab2rgb(env: &Env, image: &GpuImageHandle, white: Vec<f64>) -> Result<GpuImageHandle> {
    let white = three("white", &white)?;
    let result = color::lab2rgb(image.image("color.lab2rgb")?, white).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

/// Over a background of red, green and blue.
#[napi(catch_unwind, ts_args_type = "image: GpuImageHandle, background: readonly number[]")]
pub fn gpu_rgba2rgb(
    env: &Env,
    image: &GpuImageHandle,
    background: Vec<f64>,
) -> Result<GpuImageHandle> {
    let background = three("background", &background)?;
    let result = color::rgba2rgb(image.image("color.rgba2rgb")?, background).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

fn three(name: &str, numbers: &[f64]) -> Result<[f32; 3]> {
    let &[a, b, c] = numbers else {
        let message = format!("{name} has {} numbers; expected 3", numbers.len());
        return Err(coded("ERR_GPU_ARGUMENT", &message));
    };
    Ok([a as f32, b as f32, c as f32])
}
