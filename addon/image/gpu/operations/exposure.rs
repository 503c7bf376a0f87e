use napi::Env;
use napi::bindgen_prelude::Float32Array;
use napi_derive::napi;
use tagswitch_image::SamplesRef;
use tagswitch_kernels_gpu::{DType, exposure, extrema};

use super::refused;
use crate::error::{Result, coded};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;
use crate::image::histogram::Histogram;
use crate::image::samples::{TypedArray, borrow_input};

/// Of floats. Waits.
#[napi(catch_unwind)]
pub fn gpu_adjust_gamma(
    env: &Env,
    image: &GpuImageHandle,
    gamma: f64,
    gain: f64,
) -> Result<GpuImageHandle> {
    let image = image.image("exposure.adjustGamma")?;
    let adjusted = exposure::adjust_gamma(image, gamma, gain).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, adjusted))
}

/// Of floats. Waits.
#[napi(catch_unwind)]
pub fn gpu_adjust_log(
    env: &Env,
    image: &GpuImageHandle,
    gain: f64,
    inv: bool,
) -> Result<GpuImageHandle> {
    let image = image.image("exposure.adjustLog")?;
    let adjusted = exposure::adjust_log(image, gain, inv).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, adjusted))
}

/// Of floats. Waits.
#[napi(catch_unwind)]
pub fn gpu_adjust_sigmoid(
    env: &Env,
    image: &GpuImageHandle,
    cutoff: f64,
    gain: f64,
    inv: bool,
) -> Result<GpuImageHandle> {
    let image = image.image("exposure.adjustSigmoid")?;
    let adjusted = exposure::adjust_sigmoid(image, cutoff, gain, inv).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, adjusted))
}

/// The range `from` of floats stretched to the range `to`.
#[napi(
    catch_unwind,
    ts_args_type = "image: GpuImageHandle, from: readonly number[], to: readonly number[]"
)]
pub fn gpu_rescale_intensity(
    env: &Env,
    image: &GpuImageHandle,
    from: Vec<f64>,
    to: Vec<f64>,
) -> Result<GpuImageHandle> {
    let operation = "exposure.rescaleIntensity";
    let (Ok(from), Ok(to)) = (from.try_into(), to.try_into()) else {
        return Err(refused(operation, "from and to must be [least, greatest]"));
    };
    let image = image.image(operation)?;
    let rescaled = exposure::rescale_intensity(image, from, to).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, rescaled))
}

/// The least and the greatest sample, NaN both if one is. Waits. `operation` is for messages.
#[napi(catch_unwind, ts_return_type = "[least: number, greatest: number]")]
pub fn gpu_extrema(image: &GpuImageHandle, operation: String) -> Result<Vec<f64>> {
    let image = image.image(&operation)?;
    extrema(&operation, image).map(|extrema| extrema.values().to_vec()).map_err(gpu_error)
}

/// What a table has for each integer: an entry of the result's type for each level from `least` on. `operation` is for messages.
#[napi(
    catch_unwind,
    ts_args_type = "image: GpuImageHandle, operation: string, table: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, least: number"
)]
pub fn gpu_look_up(
    env: &Env,
    image: &GpuImageHandle,
    operation: String,
    table: TypedArray<'_>,
    least: i32,
) -> Result<GpuImageHandle> {
    let image = image.image(&operation)?;
    let (bytes, dtype) = match borrow_input("table", table)? {
        SamplesRef::U8(entries) => (entries, DType::U8),
        SamplesRef::U16(entries) => (bytemuck::cast_slice(entries), DType::U16),
        SamplesRef::I32(entries) => (bytemuck::cast_slice(entries), DType::I32),
        SamplesRef::F32(entries) => (bytemuck::cast_slice(entries), DType::F32),
        SamplesRef::F64(_) => {
            let message = format!("{operation}: table is float64; the GPU has 32-bit floats only");
            return Err(coded("ERR_GPU_DTYPE", &message));
        }
    };
    let result = exposure::look_up(&operation, image, bytes, dtype, least).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

/// Floats on straight lines between values at ascending places. `operation` is for messages.
#[napi(catch_unwind)]
pub fn gpu_interpolate(
    env: &Env,
    image: &GpuImageHandle,
    operation: String,
    places: Float32Array,
    values: Float32Array,
) -> Result<GpuImageHandle> {
    let image = image.image(&operation)?;
    let result = exposure::interpolate(&operation, image, &places, &values).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

/// How often each level occurs that does. Waits. `operation` is for messages.
#[napi(catch_unwind)]
pub fn gpu_level_histogram(image: &GpuImageHandle, operation: String) -> Result<Histogram> {
    let image = image.image(&operation)?;
    exposure::level_histogram(&operation, image).map(Into::into).map_err(gpu_error)
}

/// Floats in each of `nbins` equal bins. Waits. `operation` is for messages.
#[napi(
    catch_unwind,
    ts_args_type = "image: GpuImageHandle, operation: string, nbins: number, sourceRange: 'image' | 'dtype'"
)]
pub fn gpu_float_histogram(
    image: &GpuImageHandle,
    operation: String,
    nbins: u32,
    source_range: String,
) -> Result<Histogram> {
    let image = image.image(&operation)?;
    let range = match source_range.as_str() {
        "image" => exposure::SourceRange::Image,
        "dtype" => exposure::SourceRange::Type,
        other => {
            let message = format!("sourceRange is {other:?}; expected image or dtype");
            return Err(refused(&operation, &message));
        }
    };
    let histogram = exposure::float_histogram(&operation, image, nbins, range);
    histogram.map(Into::into).map_err(gpu_error)
}
