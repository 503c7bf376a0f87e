//! `filters.threshold…` on the CPU.

use napi_derive::napi;
use tagswitch_image::ImageView;
use tagswitch_kernels_cpu::filters;

use super::geometry::Geometry;
use super::histogram::Histogram;
use super::samples::{TypedArray, borrow_input, each_type};
use crate::error::{Result, kernel_error, shape_error};

/// Samples per bin; of floats one of `nbins` equal ones, or one for every value.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, geometry: Geometry, nbins: number | null"
)]
pub fn cpu_histogram(
    image: TypedArray<'_>,
    geometry: Geometry,
    nbins: Option<u32>,
) -> Result<Histogram> {
    let shape = geometry.shape()?;
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        let histogram = filters::histogram(image, nbins.map(|nbins| nbins as usize));
        histogram.map(Into::into).map_err(kernel_error)
    })
}

/// The mean.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, geometry: Geometry"
)]
pub fn cpu_threshold_mean(image: TypedArray<'_>, geometry: Geometry) -> Result<f64> {
    let shape = geometry.shape()?;
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        filters::threshold_mean(image).map_err(kernel_error)
    })
}
