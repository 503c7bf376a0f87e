use napi::Env;
use napi::bindgen_prelude::Float64Array;
use napi_derive::napi;
use tagswitch_image::Shape;
use tagswitch_kernels_cpu::transform as cpu;
use tagswitch_kernels_gpu::transform::{self, Nearest, Resample, Taps, Warp};

use super::{border, refused};
use crate::error::{Result, kernel_error, shape_error};
use crate::image::geometry::Geometry;
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;
use crate::image::transform::{PyramidSettings, ResizeSettings, pyramid_options, resize_options};
use crate::image::warp::WarpSettings;

/// The sums, row by row. Waits.
#[napi(catch_unwind)]
pub fn gpu_integral_image(image: &GpuImageHandle) -> Result<Float64Array> {
    let image = image.image("transform.integralImage")?;
    transform::integral_image(image).map(Float64Array::from).map_err(gpu_error)
}

/// The image seen through an affine transform, in the size `to`; in its own dtype with order 0.
#[napi(catch_unwind)]
pub fn gpu_warp(
    env: &Env,
    operation: String,
    image: &GpuImageHandle,
    options: WarpSettings,
    to: Geometry,
) -> Result<GpuImageHandle> {
    let &[a, b, c, d, e, f, 0.0, 0.0, 1.0] = options.matrix.as_slice() else {
        return Err(refused(&operation, "the matrix must be affine, its last row 0, 0, 1"));
    };
    let matrix = [a, b, c, d, e, f];
    let border = border(&operation, &options.mode, options.cval)?;
    let size = [to.height, to.width];
    let image = image.image(&operation)?;
    let warped = if options.order == 0 {
        let places = transform::place_tables(&operation, matrix, size).map_err(gpu_error)?;
        transform::nearest(&operation, image, &Nearest { places, border })
    } else {
        let WarpSettings { clip, preserve_range, order, .. } = options;
        let options = Warp { matrix, size, cubic: order == 3, border, clip, preserve_range };
        transform::warp(&operation, image, &options)
    };
    Ok(GpuImageHandle::new(env, warped.map_err(gpu_error)?))
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
    let places = [
        cpu::nearest_indices(from.width(), to.width()).map(|x| [x as u32, 0, 0, 0]).collect(),
        cpu::nearest_indices(from.height(), to.height()).map(|y| [0, 0, y as u32, 0]).collect(),
    ];
    let border = border(&operation, "nearest", 0.0)?;
    let resized = transform::nearest(&operation, image, &Nearest { places, border });
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
    image: &tagswitch_kernels_gpu::GpuImage,
    [down, across]: [cpu::Taps<f32>; 2],
    cval: f64,
    clip: bool,
    preserve_range: bool,
) -> Result<tagswitch_kernels_gpu::GpuImage> {
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
