use napi::Env;
use napi::bindgen_prelude::Float64Array;
use napi_derive::napi;
use tagswitch_addon_transform::warp::{SamplingSettings, WarpPolarSettings, WarpSettings};
use tagswitch_addon_values::error::Result;
use tagswitch_addon_values::geometry::Geometry;
use tagswitch_kernels_gpu::transform::{self, Degree, Interpolation, Map, Nearest, Warp};
use tagswitch_kernels_gpu::{Border, GpuImage};

use super::{border, refused};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

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
    let options = Sampling { order, border, clip, preserve_range };
    Ok(GpuImageHandle::new(env, warped(&operation, image, map, &options, to)?))
}

/// The image at places, the row and the column of each pixel of `to`; in its own dtype with order 0.
#[napi(catch_unwind)]
pub fn gpu_warp_places(
    env: &Env,
    operation: String,
    image: &GpuImageHandle,
    options: SamplingSettings,
    places: Float64Array,
    to: Geometry,
) -> Result<GpuImageHandle> {
    let SamplingSettings { order, mode, cval, clip, preserve_range } = options;
    if places.len() as u64 != 2 * u64::from(to.width) * u64::from(to.height) {
        let message = "places must be a row and a column for each pixel";
        return Err(refused(&operation, message));
    }
    let places = places.as_chunks().0.to_vec();
    let map = Map::Each { width: to.width, places };
    let border = border(&operation, &mode, cval)?;
    let options = Sampling { order, border, clip, preserve_range };
    let image = image.image(&operation)?;
    Ok(GpuImageHandle::new(env, warped(&operation, image, map, &options, to)?))
}

/// The same, by an image of places: two channels, the row and the column of each pixel.
#[napi(catch_unwind)]
pub fn gpu_warp_image(
    env: &Env,
    operation: String,
    image: &GpuImageHandle,
    options: SamplingSettings,
    places: &GpuImageHandle,
    to: Geometry,
) -> Result<GpuImageHandle> {
    let SamplingSettings { order, mode, cval, clip, preserve_range } = options;
    let map = Map::Image(places.image(&operation)?.clone());
    let border = border(&operation, &mode, cval)?;
    let options = Sampling { order, border, clip, preserve_range };
    let image = image.image(&operation)?;
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
    let options = Sampling { order, border, clip, preserve_range };
    let image = image.image(operation)?;
    Ok(GpuImageHandle::new(env, warped(operation, image, map, &options, to)?))
}

/// What is done between places.
struct Sampling {
    order: u32,
    border: Border,
    clip: bool,
    preserve_range: bool,
}

fn warped(
    operation: &str,
    image: &GpuImage,
    map: Map,
    &Sampling { order, border, clip, preserve_range }: &Sampling,
    to: Geometry,
) -> Result<GpuImage> {
    let size = [to.height, to.width];
    let warped = if order == 0 {
        transform::nearest(operation, image, &Nearest { map, size, border })
    } else {
        let interpolation = match (order, &map) {
            (1, _) => Interpolation::Linear,
            (3, Map::Projective(_)) => Interpolation::Cubic,
            _ => Interpolation::Spline(degree(operation, order)?),
        };
        let options = Warp { map, size, interpolation, border, clip, preserve_range };
        transform::warp(operation, image, &options)
    };
    warped.map_err(gpu_error)
}

/// The degree of a spline of this order.
pub fn degree(operation: &str, order: u32) -> Result<Degree> {
    let message = || refused(operation, &format!("order is {order}; expected 0 to 5"));
    Degree::from_order(order).ok_or_else(message)
}
