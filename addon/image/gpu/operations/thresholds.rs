use napi::Env;
use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_addon_values::histogram::Histogram;
use tagswitch_kernels_gpu::filters;

use super::filters::kernels;
use super::{border, histogram, refused};
use crate::image::gpu::background::{Answer, answer};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

/// Checked options of `filters.thresholdLocal`.
#[napi(object)]
pub struct GpuThresholdLocalOptions {
    /// gaussian, mean or median.
    pub method: String,
    /// Rows and columns of the window.
    #[napi(ts_type = "readonly [rows: number, columns: number]")]
    pub window: Vec<u32>,
    /// Standard deviations of a Gaussian down the rows and across the columns.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub sigma: Vec<f64>,
    /// Its radii likewise.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub radius: Vec<u32>,
    /// What is taken from the averages.
    pub offset: f64,
    pub mode: String,
    pub cval: f64,
}

#[napi(catch_unwind)]
pub fn gpu_threshold_local(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuThresholdLocalOptions,
) -> Result<GpuImageHandle> {
    let operation = "filters.thresholdLocal";
    let GpuThresholdLocalOptions { method, window, sigma, radius, offset, mode, cval } = options;
    let (sigma, radius) = kernels(operation, sigma, radius)?;
    let Ok(window) = window.try_into() else {
        return Err(refused(operation, "window must be [rows, columns]"));
    };
    let threshold = match method.as_str() {
        "gaussian" => filters::LocalThreshold::Gaussian { sigma, radius },
        "mean" => filters::LocalThreshold::Mean { window },
        "median" => filters::LocalThreshold::Median { window },
        _ => return Err(refused(operation, "method must be gaussian, mean or median")),
    };
    let border = border(operation, &mode, cval)?;
    let image = image.image(operation)?;
    let result = filters::threshold_local(image, threshold, border, offset).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

/// Waits. `operation` is for messages.
#[napi(
    catch_unwind,
    ts_args_type = "image: GpuImageHandle, operation: string, nbins: number | null, later: boolean",
    ts_return_type = "Histogram | Promise<Histogram>"
)]
pub fn gpu_threshold_histogram<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    operation: String,
    nbins: Option<u32>,
    later: bool,
) -> Result<Answer<'env, Histogram>> {
    let image = image.image(&operation)?.clone();
    let work = move || filters::threshold_histogram(&operation, &image, nbins).map_err(gpu_error);
    answer(env, later, work, histogram)
}

/// Waits.
#[napi(catch_unwind, ts_return_type = "number | Promise<number>")]
pub fn gpu_threshold_mean<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    later: bool,
) -> Result<Answer<'env, f64>> {
    let image = image.image("filters.thresholdMean")?.clone();
    let work = move || filters::threshold_mean(&image).map_err(gpu_error);
    answer(env, later, work, |_, mean| mean)
}

/// `window` is its rows and columns.
#[napi(catch_unwind, ts_args_type = "image: GpuImageHandle, window: readonly number[], k: number")]
pub fn gpu_threshold_niblack(
    env: &Env,
    image: &GpuImageHandle,
    window: Vec<u32>,
    k: f64,
) -> Result<GpuImageHandle> {
    let threshold = filters::WindowThreshold::Niblack { k };
    threshold_window(env, "filters.thresholdNiblack", image, window, threshold)
}

/// `window` is its rows and columns.
#[napi(
    catch_unwind,
    ts_args_type = "image: GpuImageHandle, window: readonly number[], k: number, r: number"
)]
pub fn gpu_threshold_sauvola(
    env: &Env,
    image: &GpuImageHandle,
    window: Vec<u32>,
    k: f64,
    r: f64,
) -> Result<GpuImageHandle> {
    let threshold = filters::WindowThreshold::Sauvola { k, r };
    threshold_window(env, "filters.thresholdSauvola", image, window, threshold)
}

fn threshold_window(
    env: &Env,
    operation: &str,
    image: &GpuImageHandle,
    window: Vec<u32>,
    threshold: filters::WindowThreshold,
) -> Result<GpuImageHandle> {
    let Ok(window) = window.try_into() else {
        return Err(refused(operation, "window must be [rows, columns]"));
    };
    let image = image.image(operation)?;
    let result = filters::threshold_window(operation, image, window, threshold);
    Ok(GpuImageHandle::new(env, result.map_err(gpu_error)?))
}
