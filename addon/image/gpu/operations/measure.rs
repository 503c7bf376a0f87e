use napi::Env;
use napi::bindgen_prelude::{Float64Array, Uint32Array};
use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_kernels_gpu::measure::{self, Blocks, Connectivity, Extreme};

use super::warp::degree;
use super::{border, refused, whole};
use crate::image::gpu::background::{Answer, answer};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

/// The highest power of a moment.
const MAX_ORDER: u32 = 16;

#[napi(catch_unwind)]
pub fn gpu_label(
    env: &Env,
    image: &GpuImageHandle,
    background: f64,
    connectivity: u32,
) -> Result<GpuImageHandle> {
    let operation = "measure.label";
    let connectivity = self::connectivity(operation, connectivity)?;
    let background = whole(operation, "background", background)?;
    let labels = measure::label(image.image(operation)?, background, connectivity);
    Ok(GpuImageHandle::new(env, labels.map_err(gpu_error)?))
}

/// Rows of `order + 1` moments about a centre, one after the other. Waits. `operation` is for messages.
#[napi(catch_unwind, ts_return_type = "Float64Array | Promise<Float64Array>")]
pub fn gpu_moments<'env>(
    env: &'env Env,
    operation: String,
    image: &GpuImageHandle,
    row: f64,
    column: f64,
    order: u32,
    later: bool,
) -> Result<Answer<'env, Float64Array>> {
    if order > MAX_ORDER {
        return Err(refused(
            &operation,
            &format!("order is {order}; expected {MAX_ORDER} at most"),
        ));
    }
    let image = image.image(&operation)?.clone();
    let work =
        move || measure::moments(&operation, &image, [row, column], order).map_err(gpu_error);
    answer(env, later, work, |_, moments| moments.into())
}

/// Objects, which are above 0, less holes. Waits.
#[napi(catch_unwind, ts_return_type = "number | Promise<number>")]
pub fn gpu_euler_number<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    connectivity: u32,
    later: bool,
) -> Result<Answer<'env, i64>> {
    let operation = "measure.eulerNumber";
    let connectivity = self::connectivity(operation, connectivity)?;
    let image = image.image(operation)?.clone();
    let work = move || measure::euler_number(&image, connectivity).map_err(gpu_error);
    answer(env, later, work, |_, number| number)
}

/// `connectivity` is that of the neighbours without which a pixel, above 0, lies at the border. Waits.
#[napi(catch_unwind, ts_return_type = "number | Promise<number>")]
pub fn gpu_perimeter<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    connectivity: u32,
    later: bool,
) -> Result<Answer<'env, f64>> {
    let operation = "measure.perimeter";
    let connectivity = self::connectivity(operation, connectivity)?;
    let image = image.image(operation)?.clone();
    let work = move || measure::perimeter(&image, connectivity).map_err(gpu_error);
    answer(env, later, work, |_, length| length)
}

/// The sums of blocks, row by row. Waits.
#[napi(
    catch_unwind,
    ts_args_type = "image: GpuImageHandle, blockSize: readonly [rows: number, columns: number], cval: number, later: boolean",
    ts_return_type = "Float64Array<ArrayBuffer> | Promise<Float64Array<ArrayBuffer>>"
)]
pub fn gpu_block_sum<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    block_size: Vec<u32>,
    cval: f64,
    later: bool,
) -> Result<Answer<'env, Float64Array>> {
    let blocks = blocks(&block_size, cval)?;
    let image = image.image(BLOCK_REDUCE)?.clone();
    let work = move || measure::block_sum(&image, blocks).map_err(gpu_error);
    answer(env, later, work, |_, sums| sums.into())
}

/// Each block of the image becomes a pixel by `func`, "median", "min" or "max".
#[napi(
    catch_unwind,
    ts_args_type = "image: GpuImageHandle, func: 'median' | 'min' | 'max', blockSize: readonly [rows: number, columns: number], cval: number"
)]
pub fn gpu_block_reduce(
    env: &Env,
    image: &GpuImageHandle,
    func: String,
    block_size: Vec<u32>,
    cval: f64,
) -> Result<GpuImageHandle> {
    let blocks = blocks(&block_size, cval)?;
    let image = image.image(BLOCK_REDUCE)?;
    let reduced = match func.as_str() {
        "median" => measure::block_median(image, blocks),
        "min" => measure::block_extreme(image, blocks, Extreme::Least),
        "max" => measure::block_extreme(image, blocks, Extreme::Greatest),
        other => {
            let message = format!("func is {other:?}; expected median, min or max");
            return Err(refused(BLOCK_REDUCE, &message));
        }
    };
    Ok(GpuImageHandle::new(env, reduced.map_err(gpu_error)?))
}

const BLOCK_REDUCE: &str = "measure.blockReduce";

fn blocks(block_size: &[u32], cval: f64) -> Result<Blocks> {
    let &[rows, columns] = block_size else {
        return Err(refused(BLOCK_REDUCE, "blockSize must be [rows, columns]"));
    };
    Ok(Blocks { rows, columns, cval })
}

/// The samples of some pixels, counted row by row, all channels of each. Waits.
#[napi(catch_unwind, ts_return_type = "Float64Array | Promise<Float64Array>")]
pub fn gpu_samples_at<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    pixels: Uint32Array,
    later: bool,
) -> Result<Answer<'env, Float64Array>> {
    let image = image.image("measure.profileLine")?.clone();
    let pixels = pixels.to_vec();
    let work = move || measure::samples_at(&image, &pixels).map_err(gpu_error);
    answer(env, later, work, |_, samples| samples.into())
}

/// The same of the coefficients of the spline of an order through an image of floats, which lie in a larger one where its border needs it.
/// Waits.
#[napi(catch_unwind, ts_return_type = "Float64Array | Promise<Float64Array>")]
pub fn gpu_coefficients_at<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    order: u32,
    mode: String,
    cval: f64,
    pixels: Uint32Array,
    later: bool,
) -> Result<Answer<'env, Float64Array>> {
    let operation = "measure.profileLine";
    let (degree, border) = (degree(operation, order)?, border(operation, &mode, cval)?);
    let image = image.image(operation)?.clone();
    let pixels = pixels.to_vec();
    let work = move || measure::coefficients_at(&image, degree, border, &pixels).map_err(gpu_error);
    answer(env, later, work, |_, coefficients| coefficients.into())
}

/// scikit-image's number of a connectivity.
pub fn connectivity(operation: &str, number: u32) -> Result<Connectivity> {
    match number {
        1 => Ok(Connectivity::Four),
        2 => Ok(Connectivity::Eight),
        other => Err(refused(operation, &format!("connectivity is {other}; expected 1 or 2"))),
    }
}

/// The numbers of regions, as `cpuRegionSums` has them, for each channel of intensities; once without. NaN is what is not summed up:
/// moments beyond the second order, of intensities beyond the first, and of those of 32 bits all but the sum, and the squares. Waits.
#[napi(catch_unwind, ts_return_type = "Array<Float64Array> | Promise<Array<Float64Array>>")]
pub fn gpu_region_sums<'env>(
    env: &'env Env,
    operation: String,
    labels: &GpuImageHandle,
    intensity: Option<&GpuImageHandle>,
    later: bool,
) -> Result<Answer<'env, Vec<Float64Array>>> {
    let labels = labels.image(&operation)?.clone();
    let intensity = intensity.map(|one| one.image(&operation).cloned()).transpose()?;
    let work =
        move || measure::region_sums(&operation, &labels, intensity.as_ref()).map_err(gpu_error);
    answer(env, later, work, |_, sums| sums.into_iter().map(Float64Array::from).collect())
}
