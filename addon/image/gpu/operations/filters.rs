use napi::Env;
use napi_derive::napi;
use tagswitch_kernels_gpu::filters;

use super::{border, refused};
use crate::error::Result;
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

/// Checked options of `filters.gaussian`.
#[napi(object)]
pub struct GpuGaussianOptions {
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
pub struct GpuSobelOptions {
    /// 0: down the rows; 1: across the columns; absent: both.
    pub axis: Option<u32>,
    pub mode: String,
    pub cval: f64,
}

#[napi(catch_unwind)]
pub fn gpu_gaussian(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuGaussianOptions,
) -> Result<GpuImageHandle> {
    let operation = "filters.gaussian";
    let (Ok(sigma), Ok(radius)) = (options.sigma.try_into(), options.radius.try_into()) else {
        return Err(refused(operation, "sigma and radius must be [row, column]"));
    };
    let options = filters::Gaussian {
        sigma,
        radius,
        border: border(operation, &options.mode, options.cval)?,
        preserve_range: options.preserve_range,
    };
    let blurred = filters::gaussian(image.image(operation)?, &options).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, blurred))
}

#[napi(catch_unwind)]
pub fn gpu_sobel(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuSobelOptions,
) -> Result<GpuImageHandle> {
    let operation = "filters.sobel";
    let axis = options.axis.map(|axis| u8::try_from(axis).unwrap_or(u8::MAX));
    let border = border(operation, &options.mode, options.cval)?;
    let options = filters::Sobel { axis, border };
    let edges = filters::sobel(image.image(operation)?, &options).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, edges))
}

/// Waits.
#[napi(catch_unwind)]
pub fn gpu_threshold_otsu(image: &GpuImageHandle, nbins: u32) -> Result<f64> {
    filters::threshold_otsu(image.image("filters.thresholdOtsu")?, nbins).map_err(gpu_error)
}
