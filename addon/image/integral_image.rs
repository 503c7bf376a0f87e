//! `transform.integralImage` on the CPU.

use napi_derive::napi;
use tagswitch_image::ImageView;
use tagswitch_kernels_cpu::transform;

use super::geometry::Geometry;
use super::samples::{TypedArray, borrow, each_type, out_view};
use crate::error::{Result, kernel_error, shape_error};

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
    let ([image], out) = borrow(["image"], [image], out)?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        transform::integral_image(image, out_view(out, shape)?).map_err(kernel_error)
    })
}
