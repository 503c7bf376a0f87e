use napi::Env;
use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_kernels_gpu::util;

use super::refused;
use crate::image::gpu::background::{Answer, answer};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

#[napi(catch_unwind)]
pub fn gpu_greater(env: &Env, image: &GpuImageHandle, threshold: f64) -> Result<GpuImageHandle> {
    let mask = util::greater(image.image("util.greater")?, threshold).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, mask))
}

#[napi(catch_unwind)]
pub fn gpu_greater_than(
    env: &Env,
    image: &GpuImageHandle,
    thresholds: &GpuImageHandle,
) -> Result<GpuImageHandle> {
    let operation = "util.greater";
    let (image, thresholds) = (image.image(operation)?, thresholds.image(operation)?);
    let mask = util::greater_than(image, thresholds).map_err(gpu_error)?;
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

/// Waits, but for bytes. `operation` is for messages.
#[napi(catch_unwind, ts_return_type = "GpuImageHandle | Promise<GpuImageHandle>")]
pub fn gpu_img_as_ubyte<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    operation: String,
    later: bool,
) -> Result<Answer<'env, GpuImageHandle>> {
    let image = image.image(&operation)?.clone();
    let work = move || util::img_as_ubyte(&operation, &image).map_err(gpu_error);
    answer(env, later, work, GpuImageHandle::new)
}

/// Waits, but for unsigned integers.
#[napi(catch_unwind, ts_return_type = "GpuImageHandle | Promise<GpuImageHandle>")]
pub fn gpu_img_as_uint<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    later: bool,
) -> Result<Answer<'env, GpuImageHandle>> {
    let image = image.image("util.imgAsUint")?.clone();
    let work = move || util::img_as_uint(&image).map_err(gpu_error);
    answer(env, later, work, GpuImageHandle::new)
}

/// Checked options of `util.randomNoise`.
#[napi(object)]
pub struct GpuRandomNoiseOptions {
    /// `"additive"`, `"multiplicative"` or `"impulse"`.
    pub kind: String,
    pub mean: f64,
    pub deviation: f64,
    pub amount: f64,
    /// The share of 1 among the replaced.
    pub salt: f64,
    /// The least intensity.
    pub low: f64,
    pub clip: bool,
    /// The seed's lower and upper word.
    #[napi(ts_type = "readonly number[]")]
    pub key: Vec<u32>,
}

/// `deviations` are standard ones of each sample, instead of a normal number's of kind `"additive"`.
#[napi(catch_unwind)]
pub fn gpu_random_noise(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuRandomNoiseOptions,
    deviations: Option<&GpuImageHandle>,
) -> Result<GpuImageHandle> {
    let operation = "util.randomNoise";
    let GpuRandomNoiseOptions { kind, mean, deviation, amount, salt, low, clip, key } = options;
    let deviations = deviations.map(|each| each.image(operation)).transpose()?;
    let noise = match (kind.as_str(), deviations) {
        ("additive", Some(deviations)) => util::Noise::Local { deviations },
        ("additive", None) => util::Noise::Additive { mean, deviation },
        ("multiplicative", None) => util::Noise::Multiplicative { mean, deviation },
        ("impulse", None) => util::Noise::Impulse { amount, salt },
        _ => {
            let expected = "additive, multiplicative or impulse, the first alone with deviations";
            return Err(refused(operation, &format!("kind is {kind:?}; expected {expected}")));
        }
    };
    let Ok(key) = key.try_into() else {
        return Err(refused(operation, "key must be two words"));
    };
    let options = util::RandomNoise { noise, low, clip, key };
    let noisy = util::random_noise(image.image(operation)?, &options).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, noisy))
}
