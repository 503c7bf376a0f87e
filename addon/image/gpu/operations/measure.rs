use napi::Env;
use napi::bindgen_prelude::Float64Array;
use napi_derive::napi;
use tagswitch_kernels_gpu::measure::{self, Connectivity};

use super::{refused, whole};
use crate::error::Result;
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

/// scikit-image's number of a connectivity.
pub fn connectivity(operation: &str, number: u32) -> Result<Connectivity> {
    match number {
        1 => Ok(Connectivity::Four),
        2 => Ok(Connectivity::Eight),
        other => Err(refused(operation, &format!("connectivity is {other}; expected 1 or 2"))),
    }
}
