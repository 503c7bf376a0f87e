//! `color.*` on the CPU: from one colour space to another.

use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_addon_values::geometry::{Geometry, shape_of};
use tagswitch_addon_values::run_kernel;
use tagswitch_addon_values::samples::TypedArray;
use tagswitch_kernels_cpu::color;

use crate::color::rgb;

/// Over a background of red, green and blue.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, background: readonly number[], out: Float32Array | Float64Array"
)]
pub fn cpu_rgba2rgb(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    background: Vec<f64>,
    out: TypedArray<'_>,
) -> Result<()> {
    let geometry = Geometry { width, height, channels };
    let (shape, colors) = (geometry.shape()?, geometry.shape_with(3)?);
    let background = rgb("background", &background)?;
    run_kernel!(image: shape, out: colors => color::rgba2rgb(image, background, out))
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Float32Array | Float64Array"
)]
pub fn cpu_rgb2hsv(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => color::rgb2hsv(image, out))
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Float32Array | Float64Array"
)]
pub fn cpu_hsv2rgb(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => color::hsv2rgb(image, out))
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Float32Array | Float64Array"
)]
pub fn cpu_rgb2xyz(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => color::rgb2xyz(image, out))
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Float32Array | Float64Array"
)]
pub fn cpu_xyz2rgb(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => color::xyz2rgb(image, out))
}

/// `white` is its XYZ.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, white: readonly number[], out: Float32Array | Float64Array"
)]
pub fn cpu_rgb2lab(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    white: Vec<f64>,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let white = rgb("white", &white)?;
    run_kernel!(image: shape, out: shape => color::rgb2lab(image, white, out))
}

/// `white` is its XYZ.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, white: readonly number[], out: Float32Array | Float64Array"
)]
pub fn cpu_lab2rgb(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    white: Vec<f64>,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let white = rgb("white", &white)?;
    run_kernel!(image: shape, out: shape => color::lab2rgb(image, white, out))
}
