//! Operations: an image on the GPU in, one out. They only record, so they return at once, but for a threshold, which is a
//! number and waits.

use napi::Env;
use napi_derive::napi;
use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::{Border, BorderMode, color, filters, measure, util};

use super::gpu_error;
use super::handle::GpuImageHandle;
use crate::error::{Result, coded};

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

/// Checked options of `color.label2rgb`, kind `"overlay"`.
#[napi(object)]
pub struct GpuLabel2RgbOptions {
    /// Red, green and blue of one colour after the other.
    pub colors: Vec<f64>,
    pub alpha: f64,
    pub bg_label: f64,
    /// Red, green and blue; absent: the image shows.
    #[napi(ts_type = "readonly number[]")]
    pub bg_color: Option<Vec<f64>>,
    pub image_alpha: f64,
    pub saturation: f64,
}

#[napi(catch_unwind)]
pub fn gpu_rgb2gray(env: &Env, image: &GpuImageHandle) -> Result<GpuImageHandle> {
    let gray = color::rgb2gray(image.image("color.rgb2gray")?).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, gray))
}

#[napi(catch_unwind)]
pub fn gpu_gray2rgb(env: &Env, image: &GpuImageHandle) -> Result<GpuImageHandle> {
    let rgb = color::gray2rgb(image.image("color.gray2rgb")?).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, rgb))
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

#[napi(catch_unwind)]
pub fn gpu_greater(env: &Env, image: &GpuImageHandle, threshold: f64) -> Result<GpuImageHandle> {
    let mask = util::greater(image.image("util.greater")?, threshold).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, mask))
}

#[napi(catch_unwind)]
pub fn gpu_invert(env: &Env, image: &GpuImageHandle, signed_float: bool) -> Result<GpuImageHandle> {
    let inverted = util::invert(image.image("util.invert")?, signed_float).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, inverted))
}

#[napi(catch_unwind)]
pub fn gpu_label(
    env: &Env,
    image: &GpuImageHandle,
    background: f64,
    connectivity: u32,
) -> Result<GpuImageHandle> {
    let operation = "measure.label";
    let connectivity = match connectivity {
        1 => Connectivity::Four,
        2 => Connectivity::Eight,
        other => {
            return Err(refused(operation, &format!("connectivity is {other}; expected 1 or 2")));
        }
    };
    let background = whole(operation, "background", background)?;
    let labels = measure::label(image.image(operation)?, background, connectivity);
    Ok(GpuImageHandle::new(env, labels.map_err(gpu_error)?))
}

/// Waits for labels of 32 bits that do not come from `gpuLabel`, to learn their range.
#[napi(catch_unwind)]
pub fn gpu_label2rgb(
    env: &Env,
    label: &GpuImageHandle,
    image: Option<&GpuImageHandle>,
    options: GpuLabel2RgbOptions,
) -> Result<GpuImageHandle> {
    let operation = "color.label2rgb";
    let rgb = |color: &[f64]| [color[0] as f32, color[1] as f32, color[2] as f32];
    if !options.colors.len().is_multiple_of(3)
        || options.bg_color.as_ref().is_some_and(|color| color.len() != 3)
    {
        return Err(refused(operation, "colors must have three components each"));
    }
    let options = color::Label2Rgb {
        bg_label: whole(operation, "bgLabel", options.bg_label)?,
        bg_color: options.bg_color.as_deref().map(rgb),
        colors: options.colors.chunks_exact(3).map(rgb).collect(),
        alpha: options.alpha as f32,
        image_alpha: options.image_alpha as f32,
        saturation: options.saturation as f32,
    };
    let image = image.map(|image| image.image(operation)).transpose()?;
    let overlay = color::label2rgb(label.image(operation)?, image, &options).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, overlay))
}

fn border(operation: &str, mode: &str, cval: f64) -> Result<Border> {
    let Some(mode) = BorderMode::from_name(mode) else {
        let expected = "reflect, constant, nearest, mirror or wrap";
        return Err(refused(operation, &format!("mode is {mode:?}; expected {expected}")));
    };
    Ok(Border { mode, cval })
}

/// A number that is a whole one, and exact.
fn whole(operation: &str, name: &str, value: f64) -> Result<i64> {
    if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_991.0 {
        return Ok(value as i64);
    }
    Err(refused(operation, &format!("{name} is {value}; expected a whole number")))
}

fn refused(operation: &str, message: &str) -> napi::Error<String> {
    coded("ERR_GPU_ARGUMENT", &format!("{operation}: {message}"))
}
