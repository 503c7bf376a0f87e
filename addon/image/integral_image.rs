//! `transform.integralImage` on the CPU.

use napi_derive::napi;
use tagswitch_kernels_cpu::transform;

use super::geometry::Geometry;
use super::samples::{TypedArray, run_kernel};
use crate::error::Result;

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, geometry: Geometry, out: Float64Array"
)]
pub fn cpu_integral_image(
    image: TypedArray<'_>,
    geometry: Geometry,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = geometry.shape()?;
    run_kernel!(image: shape, out: shape => transform::integral_image(image, out))
}
