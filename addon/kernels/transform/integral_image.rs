//! `transform.integralImage` on the CPU.

use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_addon_values::geometry::Geometry;
use tagswitch_addon_values::run_kernel;
use tagswitch_addon_values::samples::TypedArray;
use tagswitch_kernels_cpu::transform;

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
