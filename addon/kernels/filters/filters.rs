//! `filters.*` on the CPU.

use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded, kernel_error, shape_error};
use tagswitch_addon_values::geometry::{border, kernels, shape_of};
use tagswitch_addon_values::samples::{TypedArray, borrow, borrow_all, out_view};
use tagswitch_addon_values::{each_type, run_kernel};
use tagswitch_image::{ImageView, SamplesRef};
use tagswitch_kernels_cpu::filters;
use tagswitch_kernels_cpu::footprint::Footprint;

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

/// Checked options of `filters.sobel`, `scharr`, `prewitt` and `farid`.
#[napi(object)]
pub struct CpuEdgeOptions {
    /// Which of them: the function's name.
    pub operator: String,
    /// 0: down the rows; 1: across the columns; absent: both.
    pub axis: Option<u32>,
    pub mode: String,
    pub cval: f64,
}

/// Checked options of `filters.median`.
#[napi(object)]
pub struct CpuMedianOptions {
    /// Rows and columns of the footprint.
    pub height: u32,
    pub width: u32,
    pub mode: String,
    pub cval: f64,
}

/// Checked options of `filters.differenceOfGaussians`.
#[napi(object)]
pub struct CpuDifferenceOfGaussiansOptions {
    /// Standard deviations down the rows and across the columns.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub low_sigma: Vec<f64>,
    /// Kernel radii likewise.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub low_radius: Vec<u32>,
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub high_sigma: Vec<f64>,
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub high_radius: Vec<u32>,
    pub mode: String,
    pub cval: f64,
}

/// Checked options of `filters.unsharpMask`.
#[napi(object)]
pub struct CpuUnsharpMaskOptions {
    /// Standard deviations down the rows and across the columns.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub sigma: Vec<f64>,
    /// Kernel radii likewise.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub radius: Vec<u32>,
    pub amount: f64,
    pub preserve_range: bool,
}

/// Checked options of `filters.gabor`.
#[napi(object)]
pub struct CpuGaborOptions {
    pub frequency: f64,
    pub theta: f64,
    pub offset: f64,
    /// Standard deviations along the wave and across it.
    pub sigma_x: f64,
    pub sigma_y: f64,
    #[napi(ts_type = "readonly [rows: number, columns: number]")]
    pub radius: Vec<u32>,
    pub mode: String,
    pub cval: f64,
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuGaussianOptions, out: Float32Array | Float64Array"
)]
pub fn cpu_gaussian(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuGaussianOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let (sigma, radius) = kernels(&options.sigma, &options.radius)?;
    let options = filters::Gaussian {
        sigma,
        radius,
        border: border(&options.mode)?,
        cval: options.cval,
        preserve_range: options.preserve_range,
    };
    run_kernel!(image: shape, out: shape => filters::gaussian(image, &options, out))
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuEdgeOptions, out: Float32Array | Float64Array"
)]
pub fn cpu_edges(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuEdgeOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let axis = match options.axis {
        None => filters::EdgeAxis::Both,
        Some(0) => filters::EdgeAxis::Rows,
        Some(1) => filters::EdgeAxis::Columns,
        Some(axis) => {
            return Err(coded("ERR_IMAGE_OPTION", &format!("axis is {axis}; expected 0 or 1")));
        }
    };
    let operator = filters::EdgeOperator::from_name(&options.operator).ok_or_else(|| {
        let expected = "sobel, scharr, prewitt or farid";
        let message = format!("operator is {:?}; expected {expected}", options.operator);
        coded("ERR_IMAGE_OPTION", &message)
    })?;
    let border = border(&options.mode)?;
    let options = filters::EdgeFilter { operator, axis, border, cval: options.cval };
    run_kernel!(image: shape, out: shape => filters::edges(image, &options, out))
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Float32Array | Float64Array"
)]
pub fn cpu_laplace(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => filters::laplace(image, out))
}

/// `cells` are the footprint's, row by row: 0 for those that do not count.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuMedianOptions, cells: Uint8Array, out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array"
)]
pub fn cpu_median(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuMedianOptions,
    cells: TypedArray<'_>,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let ([image, cells], out) = borrow(["image", "cells"], [image, cells], out)?;
    let SamplesRef::U8(cells) = cells else {
        return Err(coded("ERR_IMAGE_DTYPE", "cells are not a Uint8Array"));
    };
    let (height, width) = (options.height as usize, options.width as usize);
    let footprint = Footprint::new(height, width, cells).map_err(kernel_error)?;
    let options = filters::Median { footprint, border: border(&options.mode)?, cval: options.cval };
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        filters::median(image, &options, out_view(out, shape)?).map_err(kernel_error)
    })
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuDifferenceOfGaussiansOptions, out: Float32Array | Float64Array"
)]
pub fn cpu_difference_of_gaussians(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuDifferenceOfGaussiansOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let (low_sigma, low_radius) = kernels(&options.low_sigma, &options.low_radius)?;
    let (high_sigma, high_radius) = kernels(&options.high_sigma, &options.high_radius)?;
    let options = filters::DifferenceOfGaussians {
        low_sigma,
        low_radius,
        high_sigma,
        high_radius,
        border: border(&options.mode)?,
        cval: options.cval,
    };
    run_kernel!(image: shape, out: shape => filters::difference_of_gaussians(image, &options, out))
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuUnsharpMaskOptions, out: Float32Array | Float64Array"
)]
pub fn cpu_unsharp_mask(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuUnsharpMaskOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let (sigma, radius) = kernels(&options.sigma, &options.radius)?;
    let options = filters::UnsharpMask {
        sigma,
        radius,
        amount: options.amount,
        preserve_range: options.preserve_range,
    };
    run_kernel!(image: shape, out: shape => filters::unsharp_mask(image, &options, out))
}

/// 1 where samples are above `high`, or above `low` and connected to such, else 0.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, low: number, high: number, out: Uint8Array"
)]
pub fn cpu_apply_hysteresis_threshold(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    low: f64,
    high: f64,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => filters::apply_hysteresis_threshold(image, low, high, out))
}

/// The real and the imaginary part.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuGaborOptions, real: Float32Array | Float64Array, imag: Float32Array | Float64Array"
)]
pub fn cpu_gabor(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuGaborOptions,
    real: TypedArray<'_>,
    imag: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let &[rows, columns] = options.radius.as_slice() else {
        return Err(coded("ERR_IMAGE_OPTION", "radius must be [rows, columns]"));
    };
    let options = filters::Gabor {
        frequency: options.frequency,
        theta: options.theta,
        offset: options.offset,
        sigma: [options.sigma_x, options.sigma_y],
        radius: [rows as usize, columns as usize],
        border: border(&options.mode)?,
        cval: options.cval,
    };
    let ([image], [real, imag]) = borrow_all(["image"], [image], [real, imag])?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        let out = [out_view(real, shape)?, out_view(imag, shape)?];
        filters::gabor(image, &options, out).map_err(kernel_error)
    })
}
