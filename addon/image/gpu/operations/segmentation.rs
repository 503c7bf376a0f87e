use napi::Env;
use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_kernels_gpu::segmentation::{self, Boundaries, BoundaryMode, Margin, Marks};

use super::measure::connectivity;
use super::{refused, whole};
use crate::image::gpu::background::{Answer, answer};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

/// Checked options of `segmentation.markBoundaries`.
#[napi(object)]
pub struct GpuMarkBoundariesOptions {
    /// Red, green and blue.
    #[napi(ts_type = "readonly number[]")]
    pub color: Vec<f64>,
    /// The same of what is around boundaries; absent: it stays.
    #[napi(ts_type = "readonly number[]")]
    pub outline_color: Option<Vec<f64>>,
    pub mode: String,
    pub background_label: f64,
}

/// Where the mask is 0 is the border; without one it is at the edges.
#[napi(catch_unwind)]
pub fn gpu_clear_border(
    env: &Env,
    image: &GpuImageHandle,
    buffer_size: u32,
    bgval: f64,
    mask: Option<&GpuImageHandle>,
) -> Result<GpuImageHandle> {
    let operation = "segmentation.clearBorder";
    let image = image.image(operation)?;
    let margin = match mask {
        Some(mask) => Margin::Outside(mask.image(operation)?),
        None => Margin::Edges(buffer_size),
    };
    let cleared = segmentation::clear_border(image, margin, bgval).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, cleared))
}

#[napi(catch_unwind)]
pub fn gpu_expand_labels(
    env: &Env,
    labels: &GpuImageHandle,
    distance: f64,
) -> Result<GpuImageHandle> {
    let labels = labels.image("segmentation.expandLabels")?;
    let expanded = segmentation::expand_labels(labels, distance).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, expanded))
}

#[napi(catch_unwind)]
pub fn gpu_mark_boundaries(
    env: &Env,
    image: &GpuImageHandle,
    labels: &GpuImageHandle,
    options: GpuMarkBoundariesOptions,
) -> Result<GpuImageHandle> {
    let operation = "segmentation.markBoundaries";
    let rgb = |color: &[f64]| match *color {
        [r, g, b] => Ok([r as f32, g as f32, b as f32]),
        _ => Err(refused(operation, "a colour must have three components")),
    };
    let marks = Marks {
        color: rgb(&options.color)?,
        outline: options.outline_color.as_deref().map(rgb).transpose()?,
    };
    let boundaries = Boundaries {
        corners: false,
        mode: boundary_mode(operation, &options.mode)?,
        background: whole(operation, "backgroundLabel", options.background_label)?,
    };
    let (image, labels) = (image.image(operation)?, labels.image(operation)?);
    let marked = segmentation::mark_boundaries(image, labels, boundaries, marks);
    Ok(GpuImageHandle::new(env, marked.map_err(gpu_error)?))
}

#[napi(catch_unwind)]
pub fn gpu_find_boundaries(
    env: &Env,
    labels: &GpuImageHandle,
    connectivity: u32,
    mode: String,
    background: f64,
) -> Result<GpuImageHandle> {
    let operation = "segmentation.findBoundaries";
    let background = whole(operation, "background", background)?;
    let mode = boundary_mode(operation, &mode)?;
    let boundaries = Boundaries { corners: connectivity == 2, mode, background };
    let mask = segmentation::find_boundaries(labels.image(operation)?, boundaries);
    Ok(GpuImageHandle::new(env, mask.map_err(gpu_error)?))
}

/// From the local minima where there are no markers. Waits.
#[napi(catch_unwind, ts_return_type = "GpuImageHandle | Promise<GpuImageHandle>")]
pub fn gpu_watershed<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    markers: Option<&GpuImageHandle>,
    mask: Option<&GpuImageHandle>,
    connectivity: u32,
    later: bool,
) -> Result<Answer<'env, GpuImageHandle>> {
    let operation = "segmentation.watershed";
    let connectivity = self::connectivity(operation, connectivity)?;
    let image = image.image(operation)?.clone();
    let given = |handle: Option<&GpuImageHandle>| {
        handle.map(|handle| handle.image(operation).cloned()).transpose()
    };
    let (markers, mask) = (given(markers)?, given(mask)?);
    let work = move || {
        segmentation::watershed(&image, markers.as_ref(), mask.as_ref(), connectivity)
            .map_err(gpu_error)
    };
    answer(env, later, work, GpuImageHandle::new)
}

fn boundary_mode(operation: &str, mode: &str) -> Result<BoundaryMode> {
    match mode {
        "thick" => Ok(BoundaryMode::Thick),
        "inner" => Ok(BoundaryMode::Inner),
        "outer" => Ok(BoundaryMode::Outer),
        other => {
            let expected = "thick, inner or outer";
            Err(refused(operation, &format!("mode is {other:?}; expected {expected}")))
        }
    }
}
