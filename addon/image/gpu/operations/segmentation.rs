use napi::Env;
use napi_derive::napi;
use tagswitch_kernels_gpu::segmentation::{self, Boundaries, BoundaryMode};

use super::{refused, whole};
use crate::error::Result;
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

#[napi(catch_unwind)]
pub fn gpu_find_boundaries(
    env: &Env,
    labels: &GpuImageHandle,
    connectivity: u32,
    mode: String,
    background: f64,
) -> Result<GpuImageHandle> {
    let operation = "segmentation.findBoundaries";
    let mode = match mode.as_str() {
        "thick" => BoundaryMode::Thick,
        "inner" => BoundaryMode::Inner,
        "outer" => BoundaryMode::Outer,
        other => {
            let expected = "thick, inner or outer";
            return Err(refused(operation, &format!("mode is {other:?}; expected {expected}")));
        }
    };
    let background = whole(operation, "background", background)?;
    let boundaries = Boundaries { corners: connectivity == 2, mode, background };
    let mask = segmentation::find_boundaries(labels.image(operation)?, boundaries);
    Ok(GpuImageHandle::new(env, mask.map_err(gpu_error)?))
}
