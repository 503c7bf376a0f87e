//! `transform.integralImage` on the CPU.

use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_addon_values::geometry::shape_of;
use tagswitch_addon_values::run_kernel;
use tagswitch_addon_values::samples::TypedArray;
use tagswitch_kernels_cpu::transform;

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Float64Array"
)]
pub fn cpu_integral_image(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => transform::integral_image(image, out))
}
