use napi::Env;
use napi::bindgen_prelude::Float64Array;
use napi_derive::napi;
use tagswitch_image::Shape;
use tagswitch_kernels_cpu::transform as cpu;
use tagswitch_kernels_gpu::transform::{self, Map, Nearest, Resample, Taps, Warp};
use tagswitch_kernels_gpu::{Border, GpuImage};

use super::{border, refused};
use crate::error::{Result, kernel_error, shape_error};
use crate::image::geometry::Geometry;
use crate::image::gpu::background::{Answer, answer};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;
use crate::image::transform::{PyramidSettings, ResizeSettings, pyramid_options, resize_options};
use crate::image::warp::{WarpPolarSettings, WarpSettings};

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

/// The image seen through a transform, in the size `to`; in its own dtype with order 0.
#[napi(catch_unwind)]
pub fn gpu_warp(
    env: &Env,
    operation: String,
    image: &GpuImageHandle,
    options: WarpSettings,
    to: Geometry,
) -> Result<GpuImageHandle> {
    let Ok(matrix) = <[f64; 9]>::try_from(options.matrix) else {
        return Err(refused(&operation, "the matrix must have 9 elements"));
    };
    let WarpSettings { clip, preserve_range, order, mode, cval, .. } = options;
    let border = border(&operation, &mode, cval)?;
    let image = image.image(&operation)?;
    let map = Map::Projective(matrix);
    let options = Interpolation { order, border, clip, preserve_range };
    Ok(GpuImageHandle::new(env, warped(&operation, image, map, &options, to)?))
}

/// The image round a centre, in the size `to`: angles by row, distances by column; in its own dtype with order 0.
#[napi(catch_unwind)]
pub fn gpu_warp_polar(
    env: &Env,
    image: &GpuImageHandle,
    options: WarpPolarSettings,
    radii: Float64Array,
    cosines: Float64Array,
    sines: Float64Array,
    to: Geometry,
) -> Result<GpuImageHandle> {
    let operation = "transform.warpPolar";
    let WarpPolarSettings { center, order, mode, cval, clip, preserve_range } = options;
    let Ok(center) = <[f64; 2]>::try_from(center) else {
        return Err(refused(operation, "center must be [row, column]"));
    };
    let directions = cosines.iter().zip(sines.iter());
    let map = Map::Polar {
        center,
        radii: radii.to_vec(),
        directions: directions.map(|(cosine, sine)| [*cosine, *sine]).collect(),
    };
    let border = border(operation, &mode, cval)?;
    let options = Interpolation { order, border, clip, preserve_range };
    let image = image.image(operation)?;
    Ok(GpuImageHandle::new(env, warped(operation, image, map, &options, to)?))
}

/// What is done between places.
struct Interpolation {
    order: u32,
    border: Border,
    clip: bool,
    preserve_range: bool,
}

fn warped(
    operation: &str,
    image: &GpuImage,
    map: Map,
    &Interpolation { order, border, clip, preserve_range }: &Interpolation,
    to: Geometry,
) -> Result<GpuImage> {
    let size = [to.height, to.width];
    let warped = if order == 0 {
        transform::nearest(operation, image, &Nearest { map, size, border })
    } else {
        let options = Warp { map, size, cubic: order == 3, border, clip, preserve_range };
        transform::warp(operation, image, &options)
    };
    warped.map_err(gpu_error)
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
        columns: cpu::nearest_indices(from.width(), to.width()).map(|x| x as u32).collect(),
        rows: cpu::nearest_indices(from.height(), to.height()).map(|y| y as u32).collect(),
    };
    let size = [to.height() as u32, to.width() as u32];
    let border = border(&operation, "nearest", 0.0)?;
    let resized = transform::nearest(&operation, image, &Nearest { map, size, border });
    Ok(GpuImageHandle::new(env, resized.map_err(gpu_error)?))
}

/// The means of blocks of `factors`.
#[napi(
    catch_unwind,
    ts_args_type = "image: GpuImageHandle, factors: readonly [rows: number, columns: number], cval: number"
)]
pub fn gpu_downscale_local_mean(
    env: &Env,
    image: &GpuImageHandle,
    factors: Vec<u32>,
    cval: f64,
) -> Result<GpuImageHandle> {
    let operation = "transform.downscaleLocalMean";
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
