use napi::Env;
use napi::bindgen_prelude::Float32Array;
use napi_derive::napi;
use tagswitch_addon_filters::ridges::FrangiScale;
use tagswitch_addon_values::error::Result;
use tagswitch_kernels_gpu::{GpuImage, filters};

use super::{border, refused};
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

/// Checked options of `filters.sobel`, `scharr`, `prewitt` and `farid`.
#[napi(object)]
pub struct GpuEdgeOptions {
    /// Which of them: the function's name.
    pub operator: String,
    /// 0: down the rows; 1: across the columns; absent: both.
    pub axis: Option<u32>,
    pub mode: String,
    pub cval: f64,
}

/// Checked options of `filters.unsharpMask`.
#[napi(object)]
pub struct GpuUnsharpMaskOptions {
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
pub struct GpuGaborOptions {
    /// How far the kernel reaches, in rows and columns.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub radius: Vec<u32>,
    pub mode: String,
    pub cval: f64,
}

/// Checked options of `filters.frangi`.
#[napi(object)]
pub struct GpuFrangiOptions {
    #[napi(ts_type = "readonly FrangiScale[]")]
    pub scales: Vec<FrangiScale>,
    pub beta: f64,
    /// Absent: half of the greatest norm.
    pub gamma: Option<f64>,
    pub black_ridges: bool,
    pub mode: String,
    pub cval: f64,
}

#[napi(catch_unwind)]
pub fn gpu_frangi(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuFrangiOptions,
) -> Result<GpuImageHandle> {
    let operation = "filters.frangi";
    let scales = options
        .scales
        .iter()
        .map(|FrangiScale { gaussian, derivative }| filters::Scale { gaussian, derivative });
    let options = filters::Frangi {
        scales: &scales.collect::<Vec<_>>(),
        beta: options.beta,
        gamma: options.gamma,
        black_ridges: options.black_ridges,
        border: border(operation, &options.mode, options.cval)?,
    };
    let ridges = filters::frangi(image.image(operation)?, &options).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, ridges))
}

/// `weights` are the real and the imaginary part for each neighbour of a pixel, row by row.
#[napi(catch_unwind, ts_return_type = "[real: GpuImageHandle, imag: GpuImageHandle]")]
pub fn gpu_gabor(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuGaborOptions,
    weights: Float32Array,
) -> Result<Vec<GpuImageHandle>> {
    let operation = "filters.gabor";
    let Ok(radius) = <[u32; 2]>::try_from(options.radius) else {
        return Err(refused(operation, "radius must be [rows, columns]"));
    };
    let border = border(operation, &options.mode, options.cval)?;
    let weights = weights.as_chunks().0.to_vec();
    let options = filters::Gabor { radius, weights, border };
    let both = filters::gabor(image.image(operation)?, &options).map_err(gpu_error)?;
    Ok(both.into_iter().map(|image| GpuImageHandle::new(env, image)).collect())
}

/// `lows` and `highs` are thresholds of each pixel, in place of the numbers.
#[napi(catch_unwind)]
pub fn gpu_apply_hysteresis_threshold(
    env: &Env,
    image: &GpuImageHandle,
    low: f64,
    high: f64,
    lows: Option<&GpuImageHandle>,
    highs: Option<&GpuImageHandle>,
) -> Result<GpuImageHandle> {
    let operation = "filters.applyHysteresisThreshold";
    let image = image.image(operation)?;
    let (low, high) = (threshold(operation, low, lows)?, threshold(operation, high, highs)?);
    let mask = filters::apply_hysteresis_threshold(image, low, high).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, mask))
}

fn threshold<'a>(
    operation: &str,
    number: f64,
    each: Option<&'a GpuImageHandle>,
) -> Result<filters::Threshold<'a>> {
    Ok(match each {
        None => filters::Threshold::All(number),
        Some(each) => filters::Threshold::Each(each.image(operation)?),
    })
}

#[napi(catch_unwind)]
pub fn gpu_gaussian(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuGaussianOptions,
) -> Result<GpuImageHandle> {
    let operation = "filters.gaussian";
    let options = blur(operation, options)?;
    let blurred = filters::gaussian(image.image(operation)?, &options).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, blurred))
}

fn blur(operation: &str, options: GpuGaussianOptions) -> Result<filters::Gaussian> {
    let (sigma, radius) = kernels(operation, options.sigma, options.radius)?;
    let border = border(operation, &options.mode, options.cval)?;
    Ok(filters::Gaussian { sigma, radius, border, preserve_range: options.preserve_range })
}

pub fn kernels(operation: &str, sigma: Vec<f64>, radius: Vec<u32>) -> Result<([f64; 2], [u32; 2])> {
    let (Ok(sigma), Ok(radius)) = (sigma.try_into(), radius.try_into()) else {
        return Err(refused(operation, "sigma and radius must be [row, column]"));
    };
    Ok((sigma, radius))
}

#[napi(catch_unwind)]
pub fn gpu_difference_of_gaussians(
    env: &Env,
    image: &GpuImageHandle,
    low: GpuGaussianOptions,
    high: GpuGaussianOptions,
) -> Result<GpuImageHandle> {
    let operation = "filters.differenceOfGaussians";
    let (low, high) = (blur(operation, low)?, blur(operation, high)?);
    let image = image.image(operation)?;
    let difference = filters::difference_of_gaussians(image, &low, &high).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, difference))
}

#[napi(catch_unwind)]
pub fn gpu_unsharp_mask(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuUnsharpMaskOptions,
) -> Result<GpuImageHandle> {
    let operation = "filters.unsharpMask";
    let (sigma, radius) = kernels(operation, options.sigma, options.radius)?;
    let options = filters::UnsharpMask {
        sigma,
        radius,
        amount: options.amount,
        preserve_range: options.preserve_range,
    };
    let sharp = filters::unsharp_mask(image.image(operation)?, &options).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, sharp))
}

#[napi(catch_unwind)]
pub fn gpu_edges(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuEdgeOptions,
    mask: Option<&GpuImageHandle>,
) -> Result<GpuImageHandle> {
    let operation = format!("filters.{}", options.operator);
    let Some(operator) = filters::EdgeOperator::from_name(&options.operator) else {
        return Err(refused(&operation, "there is no such operator"));
    };
    let axis = options.axis.map(|axis| u8::try_from(axis).unwrap_or(u8::MAX));
    let border = border(&operation, &options.mode, options.cval)?;
    let options = filters::EdgeFilter { operator, axis, border };
    let edges = filters::edges(image.image(&operation)?, &options).map_err(gpu_error)?;
    masked(env, &operation, edges, mask)
}

/// Edges, those outside of the mask 0, if there is one.
fn masked(
    env: &Env,
    operation: &str,
    edges: GpuImage,
    mask: Option<&GpuImageHandle>,
) -> Result<GpuImageHandle> {
    let edges = match mask {
        None => edges,
        Some(mask) => {
            filters::mask_edges(operation, &edges, mask.image(operation)?).map_err(gpu_error)?
        }
    };
    Ok(GpuImageHandle::new(env, edges))
}

#[napi(catch_unwind)]
pub fn gpu_laplace(
    env: &Env,
    image: &GpuImageHandle,
    mask: Option<&GpuImageHandle>,
) -> Result<GpuImageHandle> {
    let operation = "filters.laplace";
    let edges = filters::laplace(image.image(operation)?).map_err(gpu_error)?;
    masked(env, operation, edges, mask)
}

/// `offsets` are rows and columns from a pixel to its neighbours, one after the other.
#[napi(catch_unwind)]
pub fn gpu_median(
    env: &Env,
    image: &GpuImageHandle,
    offsets: Vec<i32>,
    mode: String,
    cval: f64,
    inside: bool,
) -> Result<GpuImageHandle> {
    let operation = "filters.median";
    let border = border(operation, &mode, cval)?;
    let offsets = offsets.chunks_exact(2).map(|offset| [offset[0], offset[1]]).collect();
    let options = filters::Median { offsets, border, inside };
    let medians = filters::median(image.image(operation)?, &options).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, medians))
}
