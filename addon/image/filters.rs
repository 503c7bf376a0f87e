//! `filters.*` on the CPU.

use napi_derive::napi;
use tagswitch_image::ImageView;
use tagswitch_kernels_cpu::filters;

use super::geometry::{Geometry, border};
use super::samples::{TypedArray, borrow, borrow_input, each_type, out_view};
use crate::error::{Result, coded, kernel_error, shape_error};

/// Checked options of `filters.gaussian`.
#[napi(object)]
pub struct CpuGaussianOptions {
    /// Standard deviations down the rows and across the columns.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub sigma: Vec<f64>,
    /// Kernel radii likewise.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub radius: Vec<u32>,
    pub mode: String,
    pub cval: f64,
    pub preserve_range: bool,
}

/// Checked options of `filters.sobel`.
#[napi(object)]
pub struct CpuSobelOptions {
    /// 0: down the rows; 1: across the columns; absent: both.
    pub axis: Option<u32>,
    pub mode: String,
    pub cval: f64,
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, geometry: Geometry, options: CpuGaussianOptions, out: Float32Array | Float64Array"
)]
pub fn cpu_gaussian(
    image: TypedArray<'_>,
    geometry: Geometry,
    options: CpuGaussianOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = geometry.shape()?;
    let (&[row_sigma, column_sigma], &[row_radius, column_radius]) =
        (options.sigma.as_slice(), options.radius.as_slice())
    else {
        return Err(coded("ERR_IMAGE_OPTION", "sigma and radius must be [row, column]"));
    };
    let options = filters::Gaussian {
        sigma: [row_sigma, column_sigma],
        radius: [row_radius as usize, column_radius as usize],
        border: border(&options.mode)?,
        cval: options.cval,
        preserve_range: options.preserve_range,
    };
    let ([image], out) = borrow(["image"], [image], out)?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        filters::gaussian(image, &options, out_view(out, shape)?).map_err(kernel_error)
    })
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, geometry: Geometry, options: CpuSobelOptions, out: Float32Array | Float64Array"
)]
pub fn cpu_sobel(
    image: TypedArray<'_>,
    geometry: Geometry,
    options: CpuSobelOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = geometry.shape()?;
    let axis = match options.axis {
        None => filters::EdgeAxis::Both,
        Some(0) => filters::EdgeAxis::Rows,
        Some(1) => filters::EdgeAxis::Columns,
        Some(axis) => {
            return Err(coded("ERR_IMAGE_OPTION", &format!("axis is {axis}; expected 0 or 1")));
        }
    };
    let options = filters::Sobel { axis, border: border(&options.mode)?, cval: options.cval };
    let ([image], out) = borrow(["image"], [image], out)?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        filters::sobel(image, &options, out_view(out, shape)?).map_err(kernel_error)
    })
}

/// The threshold; of floats the centre of one of `nbins` bins.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, geometry: Geometry, nbins: number"
)]
pub fn cpu_threshold_otsu(image: TypedArray<'_>, geometry: Geometry, nbins: u32) -> Result<f64> {
    let shape = geometry.shape()?;
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        filters::threshold_otsu(image, nbins as usize).map_err(kernel_error)
    })
}
