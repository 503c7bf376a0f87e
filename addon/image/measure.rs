//! `measure.*` on the CPU.

use napi_derive::napi;
use tagswitch_image::ImageView;
use tagswitch_kernels_cpu::measure;

use super::geometry::Geometry;
use super::samples::{TypedArray, borrow, each_type, out_view};
use crate::error::{Result, coded, kernel_error, shape_error};

/// Numbers the regions and returns how many there are.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, geometry: Geometry, background: number, connectivity: number, out: Int32Array"
)]
pub fn cpu_label(
    image: TypedArray<'_>,
    geometry: Geometry,
    background: f64,
    connectivity: u32,
    out: TypedArray<'_>,
) -> Result<u32> {
    let shape = geometry.shape()?;
    let connectivity = self::connectivity(connectivity)?;
    let ([image], out) = borrow(["image"], [image], out)?;
    let regions = each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        measure::label(image, background, connectivity, out_view(out, shape)?)
    });
    // At most as many as pixels, which 32 bits number.
    regions.map(|regions| regions as u32).map_err(kernel_error)
}

/// scikit-image's number of a connectivity.
pub fn connectivity(number: u32) -> Result<measure::Connectivity> {
    match number {
        1 => Ok(measure::Connectivity::Edges),
        2 => Ok(measure::Connectivity::Corners),
        other => {
            let message = format!("connectivity is {other}; expected 1 or 2");
            Err(coded("ERR_IMAGE_OPTION", &message))
        }
    }
}
