//! `transform.warp` and `warpPolar` on the CPU; their options are those of the GPU, too.

use napi_derive::napi;
use tagswitch_addon_values::each_type;
use tagswitch_addon_values::error::{Result, coded, kernel_error, shape_error};
use tagswitch_addon_values::geometry::{border, shape_of};
use tagswitch_addon_values::samples::{TypedArray, borrow, out_view};
use tagswitch_image::{ImageView, SamplesMut, SamplesRef, Shape};
use tagswitch_kernels_cpu::transform::{self, Each, Interpolation, Map, Polar};

use crate::transform::spline_degree;

/// Checked options of `transform.warp`.
#[napi(object)]
pub struct WarpSettings {
    /// From a pixel of the result, `[column, row, 1]`, to its place in the image, row by row.
    #[napi(ts_type = "readonly number[]")]
    pub matrix: Vec<f64>,
    /// 0 to 5, of which 3 is a kernel.
    pub order: u32,
    pub mode: String,
    pub cval: f64,
    pub clip: bool,
    pub preserve_range: bool,
}

/// Checked options of `transform.warp` where places are given.
#[napi(object)]
pub struct SamplingSettings {
    /// 0 to 5.
    pub order: u32,
    pub mode: String,
    pub cval: f64,
    pub clip: bool,
    pub preserve_range: bool,
}

/// Checked options of `transform.warpPolar`.
#[napi(object)]
pub struct WarpPolarSettings {
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub center: Vec<f64>,
    /// 0 to 5.
    pub order: u32,
    pub mode: String,
    pub cval: f64,
    pub clip: bool,
    pub preserve_range: bool,
}

/// The image seen through a transform, in the size `to`; in its own dtype with order 0.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: WarpSettings, out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, toHeight: number, toWidth: number, toChannels: number"
)]
pub fn cpu_warp(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: WarpSettings,
    out: TypedArray<'_>,
    to_height: u32,
    to_width: u32,
    to_channels: u32,
) -> Result<()> {
    let to = shape_of(to_height, to_width, to_channels)?;
    let Ok(matrix) = options.matrix.as_slice().try_into() else {
        return Err(coded("ERR_IMAGE_OPTION", "matrix must have nine numbers"));
    };
    let WarpSettings { order, mode, cval, clip, preserve_range, .. } = options;
    let sampling = SamplingSettings { order, mode, cval, clip, preserve_range };
    let ([image], out) = borrow(["image"], [image], out)?;
    sampled(image, shape_of(height, width, channels)?, Map::Matrix(matrix), &sampling, out, to)
}

/// The image at places, the row and the column of each pixel of `to`; in its own dtype with order 0.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: SamplingSettings, places: Float64Array, out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, toHeight: number, toWidth: number, toChannels: number"
)]
pub fn cpu_warp_places(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: SamplingSettings,
    places: TypedArray<'_>,
    out: TypedArray<'_>,
    to_height: u32,
    to_width: u32,
    to_channels: u32,
) -> Result<()> {
    let to = shape_of(to_height, to_width, to_channels)?;
    let ([image, places], out) = borrow(["image", "places"], [image, places], out)?;
    let SamplesRef::F64(places) = places else {
        return Err(coded("ERR_IMAGE_DTYPE", "places must be a Float64Array"));
    };
    let map = Map::Each(Each { places, width: to.width() });
    sampled(image, shape_of(height, width, channels)?, map, &options, out, to)
}

/// The image by angle and distance: a radius for each column of `to`, cosine and sine of an angle for each row.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: WarpPolarSettings, radii: Float64Array, cosines: Float64Array, sines: Float64Array, out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, toHeight: number, toWidth: number, toChannels: number"
)]
pub fn cpu_warp_polar(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: WarpPolarSettings,
    radii: TypedArray<'_>,
    cosines: TypedArray<'_>,
    sines: TypedArray<'_>,
    out: TypedArray<'_>,
    to_height: u32,
    to_width: u32,
    to_channels: u32,
) -> Result<()> {
    let WarpPolarSettings { center, order, mode, cval, clip, preserve_range } = options;
    let Ok(center) = center.as_slice().try_into() else {
        return Err(coded("ERR_IMAGE_OPTION", "center must be [row, column]"));
    };
    let (inputs, out) =
        borrow(["image", "radii", "cosines", "sines"], [image, radii, cosines, sines], out)?;
    let [image, SamplesRef::F64(radii), SamplesRef::F64(cosines), SamplesRef::F64(sines)] = inputs
    else {
        return Err(coded("ERR_IMAGE_DTYPE", "radii, cosines and sines must be Float64Arrays"));
    };
    let map = Map::Polar(Polar { radii, cosines, sines, center });
    let sampling = SamplingSettings { order, mode, cval, clip, preserve_range };
    sampled(
        image,
        shape_of(height, width, channels)?,
        map,
        &sampling,
        out,
        shape_of(to_height, to_width, to_channels)?,
    )
}

fn sampled(
    image: SamplesRef<'_>,
    shape: Shape,
    map: Map<'_>,
    sampling: &SamplingSettings,
    out: SamplesMut<'_>,
    to: Shape,
) -> Result<()> {
    let &SamplingSettings { order, cval, clip, preserve_range, .. } = sampling;
    let border = border(&sampling.mode)?;
    let interpolation = match order {
        0 => None,
        1 => Some(Interpolation::Linear),
        3 if matches!(map, Map::Matrix(_)) => Some(Interpolation::Cubic),
        order => Some(Interpolation::Spline(spline_degree(order)?)),
    };
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        match interpolation {
            None => transform::warp_nearest(image, map, border, cval, out_view(out, to)?),
            Some(interpolation) => {
                let options =
                    transform::Warp { map, interpolation, border, cval, clip, preserve_range };
                transform::warp(image, &options, out_view(out, to)?)
            }
        }
        .map_err(kernel_error)
    })
}
