//! `filters.threshold…` on the CPU.

use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded, kernel_error, shape_error};
use tagswitch_addon_values::geometry::{border, shape_of};
use tagswitch_addon_values::histogram::Histogram;
use tagswitch_addon_values::samples::{TypedArray, borrow_input};
use tagswitch_addon_values::{each_type, run_kernel};
use tagswitch_image::ImageView;
use tagswitch_kernels_cpu::filters;

/// Checked options of `filters.thresholdLocal`, method `"mean"`.
#[napi(object)]
pub struct CpuLocalMeanOptions {
    #[napi(ts_type = "readonly [rows: number, columns: number]")]
    pub block_size: Vec<u32>,
    pub offset: f64,
    pub mode: String,
    pub cval: f64,
}

/// Checked options of `filters.thresholdNiblack`, and with `r` of `filters.thresholdSauvola`.
#[napi(object)]
pub struct CpuWindowOptions {
    #[napi(ts_type = "readonly [rows: number, columns: number]")]
    pub window_size: Vec<u32>,
    pub k: f64,
    pub r: Option<f64>,
}

/// Samples per bin; of floats one of `nbins` equal ones, or one for every value.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, nbins: number | null"
)]
pub fn cpu_threshold_histogram(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    nbins: Option<u32>,
) -> Result<Histogram> {
    let shape = shape_of(height, width, channels)?;
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        let histogram = filters::threshold_histogram(image, nbins.map(|nbins| nbins as usize));
        histogram.map(Into::into).map_err(kernel_error)
    })
}

/// The thresholds between so many classes; of floats by `nbins` equal bins.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, classes: number, nbins: number"
)]
pub fn cpu_threshold_multiotsu(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    classes: u32,
    nbins: u32,
) -> Result<Vec<f64>> {
    let shape = shape_of(height, width, channels)?;
    let [classes, nbins] = [classes, nbins].map(|number| number as usize);
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        filters::threshold_multiotsu(image, classes, nbins).map_err(kernel_error)
    })
}

/// The mean.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number"
)]
pub fn cpu_threshold_mean(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
) -> Result<f64> {
    let shape = shape_of(height, width, channels)?;
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        filters::threshold_mean(image).map_err(kernel_error)
    })
}

/// Means of windows, less an offset.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuLocalMeanOptions, out: Float32Array | Float64Array"
)]
pub fn cpu_threshold_local_mean(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuLocalMeanOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let window = window(&options.block_size)?;
    let beyond = (border(&options.mode)?, options.cval);
    run_kernel!(image: shape, out: shape => filters::threshold_local_mean(image, window, beyond, options.offset, out))
}

/// Thresholds by the mean and the deviation of windows: Sauvola's where there is an `r`, else Niblack's.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuWindowOptions, out: Float32Array | Float64Array"
)]
pub fn cpu_threshold_window(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuWindowOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let window = window(&options.window_size)?;
    let CpuWindowOptions { k, r, .. } = options;
    let rule =
        r.map_or(filters::WindowRule::Niblack { k }, |r| filters::WindowRule::Sauvola { k, r });
    run_kernel!(image: shape, out: shape => filters::threshold_window(image, window, rule, out))
}

fn window(sides: &[u32]) -> Result<[usize; 2]> {
    let &[rows, columns] = sides else {
        return Err(coded("ERR_IMAGE_OPTION", "the window must be [rows, columns]"));
    };
    Ok([rows as usize, columns as usize])
}
