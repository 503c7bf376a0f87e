use napi::Env;
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_addon_values::geometry::footprint;
use tagswitch_kernels_gpu::morphology::{self, Morphology};

use super::measure::connectivity;
use super::{border, refused};
use crate::image::gpu::background::{Answer, answer};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

/// Checked options of the operations of `morphology` on grey images.
#[napi(object)]
pub struct GpuMorphologyOptions {
    /// The sides of the footprint, which are odd.
    #[napi(ts_type = "readonly [rows: number, columns: number]")]
    pub sides: Vec<u32>,
    /// What is not 0 counts; row by row.
    pub cells: Uint8Array,
    pub mode: String,
    pub erosion_cval: f64,
    pub dilation_cval: f64,
}

/// An operation of `morphology` on grey images, by its name: `"erosion"`.
#[napi(catch_unwind)]
pub fn gpu_morphology(
    env: &Env,
    operation: String,
    image: &GpuImageHandle,
    options: GpuMorphologyOptions,
) -> Result<GpuImageHandle> {
    let title = format!("morphology.{operation}");
    let run = match operation.as_str() {
        "erosion" => morphology::erosion,
        "dilation" => morphology::dilation,
        "opening" => morphology::opening,
        "closing" => morphology::closing,
        "whiteTophat" => morphology::white_tophat,
        "blackTophat" => morphology::black_tophat,
        _ => return Err(refused(&title, "there is no such operation on grey images")),
    };
    let options = Morphology {
        footprint: footprint(&options.sides, &options.cells)?,
        mode: border(&title, &options.mode, 0.0)?.mode,
        erosion_cval: options.erosion_cval,
        dilation_cval: options.dilation_cval,
    };
    let result = run(image.image(&title)?, &options).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

/// Of a mask.
#[napi(catch_unwind)]
pub fn gpu_remove_small_objects(
    env: &Env,
    image: &GpuImageHandle,
    kept_size: f64,
    connectivity: u32,
) -> Result<GpuImageHandle> {
    let operation = "morphology.removeSmallObjects";
    let connectivity = self::connectivity(operation, connectivity)?;
    // No region is larger than what 32 bits count; the conversion stops at the ends of the range.
    let image = image.image(operation)?;
    let result = morphology::remove_small_objects(image, kept_size as u32, connectivity);
    Ok(GpuImageHandle::new(env, result.map_err(gpu_error)?))
}

#[napi(catch_unwind)]
pub fn gpu_remove_small_holes(
    env: &Env,
    image: &GpuImageHandle,
    kept_size: f64,
    connectivity: u32,
) -> Result<GpuImageHandle> {
    let operation = "morphology.removeSmallHoles";
    let connectivity = self::connectivity(operation, connectivity)?;
    let image = image.image(operation)?;
    let result = morphology::remove_small_holes(image, kept_size as u32, connectivity);
    Ok(GpuImageHandle::new(env, result.map_err(gpu_error)?))
}

/// Waits for the ends of the rows.
#[napi(catch_unwind, ts_return_type = "GpuImageHandle | Promise<GpuImageHandle>")]
pub fn gpu_convex_hull_image<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    offset_coordinates: bool,
    include_borders: bool,
    later: bool,
) -> Result<Answer<'env, GpuImageHandle>> {
    let image = image.image("morphology.convexHullImage")?.clone();
    let work = move || {
        morphology::convex_hull_image(&image, offset_coordinates, include_borders)
            .map_err(gpu_error)
    };
    answer(env, later, work, GpuImageHandle::new)
}

/// Of pixels so high and so wide.
#[napi(catch_unwind)]
pub fn gpu_distance_transform_edt(
    env: &Env,
    image: &GpuImageHandle,
    sampling_row: f64,
    sampling_column: f64,
) -> Result<GpuImageHandle> {
    let image = image.image("morphology.distanceTransformEdt")?;
    let distances = morphology::distance_transform_edt(image, [sampling_row, sampling_column]);
    Ok(GpuImageHandle::new(env, distances.map_err(gpu_error)?))
}
