use napi::Env;
use napi::bindgen_prelude::Float64Array;
use napi_derive::napi;
use tagswitch_addon_transform::transform::{
    PyramidSettings, ResizeSettings, pyramid_options, resize_options,
};
use tagswitch_addon_values::error::{Result, kernel_error, shape_error};
use tagswitch_addon_values::geometry::Geometry;
use tagswitch_image::Shape;
use tagswitch_kernels_cpu::transform as cpu;
use tagswitch_kernels_gpu::filters::{self, Gaussian};
use tagswitch_kernels_gpu::transform::{self, Map, Nearest, Resample, SplineResize, Taps};
use tagswitch_kernels_gpu::{Border, GpuImage};

use super::filters::kernels;
use super::warp::degree;
use super::{border, refused};
use crate::image::gpu::background::{Answer, answer};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

/// The sums, row by row. Waits.
#[napi(
    catch_unwind,
    ts_return_type = "Float64Array<ArrayBuffer> | Promise<Float64Array<ArrayBuffer>>"
)]
pub fn gpu_integral_image<'env>(
    env: &'env Env,
    image: &GpuImageHandle,
    later: bool,
) -> Result<Answer<'env, Float64Array>> {
    let image = image.image("transform.integralImage")?.clone();
    let work = move || transform::integral_image(&image).map_err(gpu_error);
    answer(env, later, work, |_, sums| sums.into())
}

/// The image in the size `to`.
#[napi(catch_unwind)]
pub fn gpu_resize(
    env: &Env,
    operation: String,
    image: &GpuImageHandle,
    options: ResizeSettings,
    to: Geometry,
) -> Result<GpuImageHandle> {
    let image = image.image(&operation)?;
    if options.order > 1 {
        let ResizeSettings { order, sigma, radius, mode, cval, clip, preserve_range } = options;
        let border = border(&operation, &mode, cval)?;
        let smooth = smoothed(&operation, image, (sigma, radius), border, preserve_range)?;
        let within = clip.then_some(image);
        let sampling = Sampling { order, border, within, preserve_range };
        return Ok(GpuImageHandle::new(env, on_spline(&operation, &smooth, &sampling, to)?));
    }
    let (from, to) = (shape(image.shape())?, to.shape()?);
    let taps = resize_options(&options)?.taps(from, to).map_err(kernel_error)?;
    // Without the border's constant no sum of shares leaves the range.
    let clip = options.clip && options.mode == "constant";
    let resized = resampled(&operation, image, taps, options.cval, clip, options.preserve_range)?;
    Ok(GpuImageHandle::new(env, resized))
}

/// The nearest pixels of the image in the size `to`, in its own dtype.
#[napi(catch_unwind)]
pub fn gpu_resize_nearest(
    env: &Env,
    operation: String,
    image: &GpuImageHandle,
    to: Geometry,
) -> Result<GpuImageHandle> {
    let image = image.image(&operation)?;
    let (from, to) = (shape(image.shape())?, to.shape()?);
    let map = Map::Axes {
        columns: cpu::nearest_indices(from.width(), to.width()).map(|x| x as f64).collect(),
        rows: cpu::nearest_indices(from.height(), to.height()).map(|y| y as f64).collect(),
    };
    let size = [to.height() as u32, to.width() as u32];
    let border = border(&operation, "nearest", 0.0)?;
    let resized = transform::nearest(&operation, image, &Nearest { map, size, border });
    Ok(GpuImageHandle::new(env, resized.map_err(gpu_error)?))
}

/// The means of blocks of `factors`. `operation` is for messages.
#[napi(
    catch_unwind,
    ts_args_type = "operation: string, image: GpuImageHandle, factors: readonly [rows: number, columns: number], cval: number"
)]
pub fn gpu_downscale_local_mean(
    env: &Env,
    operation: String,
    image: &GpuImageHandle,
    factors: Vec<u32>,
    cval: f64,
) -> Result<GpuImageHandle> {
    let operation = operation.as_str();
    let image = image.image(operation)?;
    let &[rows, columns] = factors.as_slice() else {
        return Err(refused(operation, "factors must be [rows, columns]"));
    };
    if rows == 0 || columns == 0 {
        return Err(refused(operation, "factors must be at least 1"));
    }
    let taps = cpu::block_taps(shape(image.shape())?, [rows as usize, columns as usize]);
    let means = resampled(operation, image, taps, cval, false, true)?;
    Ok(GpuImageHandle::new(env, means))
}

/// The image blurred, then in the size `to`.
#[napi(catch_unwind)]
pub fn gpu_pyramid_reduce(
    env: &Env,
    image: &GpuImageHandle,
    options: PyramidSettings,
    to: Geometry,
) -> Result<GpuImageHandle> {
    let operation = "transform.pyramidReduce";
    let image = image.image(operation)?;
    if options.order > 1 {
        let PyramidSettings { order, sigma, radius, blur_mode, mode, cval, preserve_range } =
            options;
        let [beyond, border] = [blur_mode, mode].map(|mode| border(operation, &mode, cval));
        let smooth = smoothed(operation, image, (sigma, radius), beyond?, preserve_range)?;
        let sampling = Sampling { order, border: border?, within: Some(&smooth), preserve_range };
        return Ok(GpuImageHandle::new(env, on_spline(operation, &smooth, &sampling, to)?));
    }
    let taps = pyramid_options(&options)?.reduce_taps(shape(image.shape())?, to.shape()?);
    let taps = taps.map_err(kernel_error)?;
    let small = resampled(operation, image, taps, options.cval, false, options.preserve_range)?;
    Ok(GpuImageHandle::new(env, small))
}

/// The image in the size `to`, then blurred.
#[napi(catch_unwind)]
pub fn gpu_pyramid_expand(
    env: &Env,
    image: &GpuImageHandle,
    options: PyramidSettings,
    to: Geometry,
) -> Result<GpuImageHandle> {
    let operation = "transform.pyramidExpand";
    let image = image.image(operation)?;
    if options.order > 1 {
        let PyramidSettings { order, sigma, radius, blur_mode, mode, cval, preserve_range } =
            options;
        let [beyond, border] = [blur_mode, mode].map(|mode| border(operation, &mode, cval));
        let sampling = Sampling { order, border: border?, within: Some(image), preserve_range };
        let large = on_spline(operation, image, &sampling, to)?;
        let smooth = smoothed(operation, &large, (sigma, radius), beyond?, true)?;
        return Ok(GpuImageHandle::new(env, smooth));
    }
    let (from, to) = (shape(image.shape())?, to.shape()?);
    let (step, cval, raw) = (pyramid_options(&options)?, options.cval, options.preserve_range);
    let large = if options.mode == "constant" {
        // What is between the two is clipped.
        let taps = step.sampling_taps(from, to).map_err(kernel_error)?;
        let large = resampled(operation, image, taps, cval, true, raw)?;
        let taps = step.blur_taps(to).map_err(kernel_error)?;
        resampled(operation, &large, taps, cval, false, true)?
    } else {
        let taps = step.expand_taps(from, to).map_err(kernel_error)?;
        resampled(operation, image, taps, cval, false, raw)?
    };
    Ok(GpuImageHandle::new(env, large))
}

/// The image blurred, or as it is where nothing is to be.
fn smoothed(
    operation: &str,
    image: &GpuImage,
    (sigma, radius): (Vec<f64>, Vec<u32>),
    border: Border,
    preserve_range: bool,
) -> Result<GpuImage> {
    let (sigma, radius) = kernels(operation, sigma, radius)?;
    if radius == [0; 2] {
        return Ok(image.clone());
    }
    let options = Gaussian { sigma, radius, border, preserve_range };
    filters::blur(operation, image, &options).map_err(gpu_error)
}

/// What is done between pixels where an image gets another size.
struct Sampling<'a> {
    order: u32,
    border: Border,
    /// The image in whose range results stay.
    within: Option<&'a GpuImage>,
    preserve_range: bool,
}

/// The image in the size `to`, on the spline through its samples.
fn on_spline(
    operation: &str,
    image: &GpuImage,
    &Sampling { order, border, within, preserve_range }: &Sampling<'_>,
    to: Geometry,
) -> Result<GpuImage> {
    let (degree, size) = (degree(operation, order)?, [to.height, to.width]);
    let options = SplineResize { degree, size, border, clip: within, preserve_range };
    transform::resize_on_spline(operation, image, &options).map_err(gpu_error)
}

fn resampled(
    operation: &str,
    image: &GpuImage,
    [down, across]: [cpu::Taps<f32>; 2],
    cval: f64,
    clip: bool,
    preserve_range: bool,
) -> Result<GpuImage> {
    let options =
        Resample { down: table(&down), across: table(&across), cval, clip, preserve_range };
    transform::resample(operation, image, &options).map_err(gpu_error)
}

fn table(taps: &cpu::Taps<f32>) -> Taps {
    let mut table = Taps::default();
    for at in 0..taps.count() {
        let (indices, weights, constant) = taps.of(at);
        table.spans.push((table.taps.len() as u32, constant));
        table.taps.extend(indices.iter().map(|&index| index as u32).zip(weights.iter().copied()));
    }
    table
}

fn shape(shape: tagswitch_kernels_gpu::Shape) -> Result<Shape> {
    let [height, width, channels] =
        [shape.height, shape.width, shape.channels].map(|side| side as usize);
    Shape::new(height, width, channels).map_err(shape_error)
}
