use napi::Env;
use napi_derive::napi;
use tagswitch_kernels_gpu::measure::{self, Connectivity};

use super::{refused, whole};
use crate::error::Result;
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

#[napi(catch_unwind)]
pub fn gpu_label(
    env: &Env,
    image: &GpuImageHandle,
    background: f64,
    connectivity: u32,
) -> Result<GpuImageHandle> {
    let operation = "measure.label";
    let connectivity = match connectivity {
        1 => Connectivity::Four,
        2 => Connectivity::Eight,
        other => {
            return Err(refused(operation, &format!("connectivity is {other}; expected 1 or 2")));
        }
    };
    let background = whole(operation, "background", background)?;
    let labels = measure::label(image.image(operation)?, background, connectivity);
    Ok(GpuImageHandle::new(env, labels.map_err(gpu_error)?))
}
