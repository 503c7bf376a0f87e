use napi::Env;
use napi::bindgen_prelude::{Float32Array, Uint16Array, Uint32Array};
use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded};
use tagswitch_addon_values::histogram::Histogram;
use tagswitch_addon_values::samples::{TypedArray, borrow_input};
use tagswitch_image::SamplesRef;
use tagswitch_kernels_gpu::{DType, exposure, extrema};

use super::{histogram, refused};
use crate::image::gpu::background::{Answer, answer};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

/// Of floats. Waits.
#[napi(catch_unwind, ts_return_type = "GpuImageHandle | Promise<GpuImageHandle>")]
pub fn gpu_adjust_gamma<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    gamma: f64,
    gain: f64,
    later: bool,
) -> Result<Answer<'env, GpuImageHandle>> {
    let image = image.image("exposure.adjustGamma")?.clone();
    let work = move || exposure::adjust_gamma(&image, gamma, gain).map_err(gpu_error);
    answer(env, later, work, GpuImageHandle::new)
}

/// Of floats. Waits.
#[napi(catch_unwind, ts_return_type = "GpuImageHandle | Promise<GpuImageHandle>")]
pub fn gpu_adjust_log<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    gain: f64,
    inv: bool,
    later: bool,
) -> Result<Answer<'env, GpuImageHandle>> {
    let image = image.image("exposure.adjustLog")?.clone();
    let work = move || exposure::adjust_log(&image, gain, inv).map_err(gpu_error);
    answer(env, later, work, GpuImageHandle::new)
}

/// Of floats. Waits.
#[napi(catch_unwind, ts_return_type = "GpuImageHandle | Promise<GpuImageHandle>")]
pub fn gpu_adjust_sigmoid<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    cutoff: f64,
    gain: f64,
    inv: bool,
    later: bool,
) -> Result<Answer<'env, GpuImageHandle>> {
    let image = image.image("exposure.adjustSigmoid")?.clone();
    let work = move || exposure::adjust_sigmoid(&image, cutoff, gain, inv).map_err(gpu_error);
    answer(env, later, work, GpuImageHandle::new)
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
#[napi(
    catch_unwind,
    ts_return_type = "[least: number, greatest: number] | Promise<[least: number, greatest: number]>"
)]
pub fn gpu_extrema<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    operation: String,
    later: bool,
) -> Result<Answer<'env, Vec<f64>>> {
    let image = image.image(&operation)?.clone();
    let work = move || extrema(&operation, &image).map_err(gpu_error);
    answer(env, later, work, |_, extrema| extrema.values().to_vec())
}

/// What a table has for each integer: an entry of the result's type for each level from `least` on. There are one or as many of them as
/// channels, one after the other. `operation` is for messages.
#[napi(
    catch_unwind,
    ts_args_type = "image: GpuImageHandle, operation: string, table: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, least: number, tables: number"
)]
pub fn gpu_look_up(
    env: &Env,
    image: &GpuImageHandle,
    operation: String,
    table: TypedArray<'_>,
    least: i32,
    tables: u32,
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
    let result =
        exposure::look_up(&operation, image, bytes, dtype, least, tables).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

/// What tables have for each float: levels, NaN last, and their values, so many of each table, of which there are one or as many as
/// channels. `operation` is for messages.
#[napi(catch_unwind)]
pub fn gpu_look_up_float(
    env: &Env,
    image: &GpuImageHandle,
    operation: String,
    levels: Float32Array,
    values: Float32Array,
    lengths: Uint32Array,
) -> Result<GpuImageHandle> {
    let image = image.image(&operation)?;
    let result = exposure::look_up_float(&operation, image, &levels, &values, &lengths)
        .map_err(gpu_error)?;
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

/// How often each level occurs that does, in one list or in one for each channel. Waits. `operation` is for messages.
#[napi(catch_unwind, ts_return_type = "Histogram | Promise<Histogram>")]
pub fn gpu_level_histogram<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    operation: String,
    lists: u32,
    later: bool,
) -> Result<Answer<'env, Histogram>> {
    let image = image.image(&operation)?.clone();
    let work = move || exposure::level_histogram(&operation, &image, lists).map_err(gpu_error);
    answer(env, later, work, histogram)
}

/// Floats in each of `nbins` equal bins, in one list or in one for each channel. Waits. `operation` is for messages.
#[napi(
    catch_unwind,
    ts_args_type = "image: GpuImageHandle, operation: string, nbins: number, sourceRange: 'image' | 'dtype', lists: number, later: boolean",
    ts_return_type = "Histogram | Promise<Histogram>"
)]
pub fn gpu_float_histogram<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    operation: String,
    nbins: u32,
    source_range: String,
    lists: u32,
    later: bool,
) -> Result<Answer<'env, Histogram>> {
    let image = image.image(&operation)?.clone();
    let range = match source_range.as_str() {
        "image" => exposure::SourceRange::Image,
        "dtype" => exposure::SourceRange::Type,
        other => {
            let message = format!("sourceRange is {other:?}; expected image or dtype");
            return Err(refused(&operation, &message));
        }
    };
    let work = move || {
        exposure::float_histogram(&operation, &image, nbins, range, lists).map_err(gpu_error)
    };
    answer(env, later, work, histogram)
}

/// The levels of integers, or `nbins` equal bins of floats, at the pixels where a mask is not 0. Waits. `operation` is for messages.
#[napi(catch_unwind, ts_return_type = "Histogram | Promise<Histogram>")]
pub fn gpu_histogram_under<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    mask: &GpuImageHandle,
    operation: String,
    nbins: u32,
    later: bool,
) -> Result<Answer<'env, Histogram>> {
    let image = image.image(&operation)?.clone();
    let mask = mask.image(&operation)?.clone();
    let work =
        move || exposure::histogram_under(&operation, &image, &mask, nbins).map_err(gpu_error);
    answer(env, later, work, histogram)
}

/// How an image of bins is cut into tiles: the sides of one, and the bins.
#[napi(object)]
pub struct GpuTiles {
    pub rows: u32,
    pub columns: u32,
    pub bins: u32,
}

impl From<GpuTiles> for exposure::Tiles {
    fn from(GpuTiles { rows, columns, bins }: GpuTiles) -> Self {
        Self { rows, columns, bins }
    }
}

/// One channel, or the value of HSV, in 16 bits. Waits for the extremes of floats, and of one channel of `int32`.
#[napi(catch_unwind, ts_return_type = "GpuImageHandle | Promise<GpuImageHandle>")]
pub fn gpu_value_in_16_bits<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    later: bool,
) -> Result<Answer<'env, GpuImageHandle>> {
    let image = image.image("exposure.equalizeAdapthist")?.clone();
    let work = move || exposure::value_in_16_bits(&image).map_err(gpu_error);
    answer(env, later, work, GpuImageHandle::new)
}

/// How many pixels of each tile lie in each bin, one tile after the other. Waits.
#[napi(catch_unwind, ts_return_type = "Uint32Array | Promise<Uint32Array>")]
pub fn gpu_tile_counts<'env>(
    env: &'env Env,
    bins: &GpuImageHandle,
    tiles: GpuTiles,
    later: bool,
) -> Result<Answer<'env, Uint32Array>> {
    let bins = bins.image("exposure.equalizeAdapthist")?.clone();
    let work = move || exposure::tile_counts(&bins, tiles.into()).map_err(gpu_error);
    answer(env, later, work, |_, counts| counts.into())
}

/// Levels by curves of tiles, which have a level for each bin, one tile after the other.
#[napi(catch_unwind)]
pub fn gpu_levels_by_tiles(
    env: &Env,
    bins: &GpuImageHandle,
    tiles: GpuTiles,
    curves: Uint16Array,
) -> Result<GpuImageHandle> {
    let bins = bins.image("exposure.equalizeAdapthist")?;
    let levels = exposure::levels_by_tiles(bins, tiles.into(), &curves).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, levels))
}

/// Colours with another value of HSV.
#[napi(catch_unwind)]
pub fn gpu_with_value(
    env: &Env,
    image: &GpuImageHandle,
    values: &GpuImageHandle,
) -> Result<GpuImageHandle> {
    let operation = "exposure.equalizeAdapthist";
    let (image, values) = (image.image(operation)?, values.image(operation)?);
    let colors = exposure::with_value(image, values).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, colors))
}
