//! `transform.*` on the CPU, but for what is warped; its options are those of the GPU, too.

use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded};
use tagswitch_addon_values::geometry::{border, kernels, shape_of};
use tagswitch_addon_values::run_kernel;
use tagswitch_addon_values::samples::TypedArray;
use tagswitch_kernels_cpu::transform;

/// Checked options of `transform.resize`.
#[napi(object)]
pub struct ResizeSettings {
    /// 0 to 5.
    pub order: u32,
    /// Standard deviations of the blur before, down the rows and across the columns.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub sigma: Vec<f64>,
    /// Kernel radii likewise.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub radius: Vec<u32>,
    pub mode: String,
    pub cval: f64,
    pub clip: bool,
    pub preserve_range: bool,
}

/// Checked options of a step of a pyramid.
#[napi(object)]
pub struct PyramidSettings {
    /// 0 to 5.
    pub order: u32,
    /// Standard deviations of the blur, down the rows and across the columns.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub sigma: Vec<f64>,
    /// Kernel radii likewise.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub radius: Vec<u32>,
    /// Of the blur.
    pub blur_mode: String,
    /// Of the sampling.
    pub mode: String,
    pub cval: f64,
    pub preserve_range: bool,
}

/// The image in the size `to`.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: ResizeSettings, out: Float32Array | Float64Array, toHeight: number, toWidth: number, toChannels: number"
)]
pub fn cpu_resize(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: ResizeSettings,
    out: TypedArray<'_>,
    to_height: u32,
    to_width: u32,
    to_channels: u32,
) -> Result<()> {
    let (shape, to) =
        (shape_of(height, width, channels)?, shape_of(to_height, to_width, to_channels)?);
    let options = resize_options(&options)?;
    run_kernel!(image: shape, out: to => transform::resize(image, &options, out))
}

/// The nearest pixels of the image in the size `to`, in its own dtype.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, toHeight: number, toWidth: number, toChannels: number"
)]
pub fn cpu_resize_nearest(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
    to_height: u32,
    to_width: u32,
    to_channels: u32,
) -> Result<()> {
    let (shape, to) =
        (shape_of(height, width, channels)?, shape_of(to_height, to_width, to_channels)?);
    run_kernel!(image: shape, out: to => transform::resize_nearest(image, out))
}

/// The image blurred, then in the size `to`.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: PyramidSettings, out: Float32Array | Float64Array, toHeight: number, toWidth: number, toChannels: number"
)]
pub fn cpu_pyramid_reduce(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: PyramidSettings,
    out: TypedArray<'_>,
    to_height: u32,
    to_width: u32,
    to_channels: u32,
) -> Result<()> {
    let (shape, to, options) = (
        shape_of(height, width, channels)?,
        shape_of(to_height, to_width, to_channels)?,
        pyramid_options(&options)?,
    );
    run_kernel!(image: shape, out: to => transform::pyramid_reduce(image, &options, out))
}

/// The image in the size `to`, then blurred.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: PyramidSettings, out: Float32Array | Float64Array, toHeight: number, toWidth: number, toChannels: number"
)]
pub fn cpu_pyramid_expand(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: PyramidSettings,
    out: TypedArray<'_>,
    to_height: u32,
    to_width: u32,
    to_channels: u32,
) -> Result<()> {
    let (shape, to, options) = (
        shape_of(height, width, channels)?,
        shape_of(to_height, to_width, to_channels)?,
        pyramid_options(&options)?,
    );
    run_kernel!(image: shape, out: to => transform::pyramid_expand(image, &options, out))
}

/// The options of `resize`, in both places where it runs.
pub fn resize_options(options: &ResizeSettings) -> Result<transform::Resize> {
    let (sigma, radius) = kernels(&options.sigma, &options.radius)?;
    Ok(transform::Resize {
        sampling: sampling(options.order)?,
        sigma,
        radius,
        border: border(&options.mode)?,
        cval: options.cval,
        clip: options.clip,
        preserve_range: options.preserve_range,
    })
}

/// The options of a pyramid's step, likewise.
pub fn pyramid_options(options: &PyramidSettings) -> Result<transform::Pyramid> {
    let (sigma, radius) = kernels(&options.sigma, &options.radius)?;
    Ok(transform::Pyramid {
        sampling: sampling(options.order)?,
        sigma,
        radius,
        blur_border: border(&options.blur_mode)?,
        border: border(&options.mode)?,
        cval: options.cval,
        preserve_range: options.preserve_range,
    })
}

fn sampling(order: u32) -> Result<transform::Sampling> {
    Ok(match order {
        0 => transform::Sampling::Nearest,
        1 => transform::Sampling::Linear,
        order => transform::Sampling::Spline(spline_degree(order)?),
    })
}

/// The degree of a spline of this order.
pub fn spline_degree(order: u32) -> Result<transform::Degree> {
    let message = || coded("ERR_IMAGE_OPTION", &format!("order is {order}; expected 0 to 5"));
    transform::Degree::from_order(order).ok_or_else(message)
}
