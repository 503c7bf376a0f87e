//! `color.*` on the CPU.

use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded, kernel_error, shape_error};
use tagswitch_addon_values::geometry::Geometry;
use tagswitch_addon_values::samples::{TypedArray, borrow, out_view};
use tagswitch_addon_values::{each_type, run_kernel};
use tagswitch_image::{ImageView, Sample, SamplesMut, SamplesRef, Shape};
use tagswitch_kernels_cpu::color;

/// Checked options of `color.label2rgb`, kind `"overlay"`.
#[napi(object)]
pub struct CpuLabel2RgbOptions {
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

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Float32Array | Float64Array"
)]
pub fn cpu_rgb2gray(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let geometry = Geometry { width, height, channels };
    let (shape, gray) = (geometry.shape()?, geometry.shape_with(1)?);
    run_kernel!(image: shape, out: gray => color::rgb2gray(image, out))
}

/// Every sample three times.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array"
)]
pub fn cpu_gray2rgb(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let geometry = Geometry { width, height, channels };
    let (shape, rgb) = (geometry.shape()?, geometry.shape_with(3)?);
    run_kernel!(image: shape, out: rgb => color::gray2rgb(image, out))
}

/// The labels in colours alone.
#[napi(
    catch_unwind,
    ts_args_type = "label: Uint8Array | Uint16Array | Int32Array, height: number, width: number, channels: number, options: CpuLabel2RgbOptions, out: Float32Array"
)]
pub fn cpu_label2rgb(
    label: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuLabel2RgbOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let geometry = Geometry { width, height, channels };
    let ([label], out) = borrow(["label"], [label], out)?;
    paint::<f32>(label, geometry, None, &options, out)
}

/// The labels in colours over an image.
#[napi(
    catch_unwind,
    ts_args_type = "label: Uint8Array | Uint16Array | Int32Array, image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuLabel2RgbOptions, out: Float32Array | Float64Array"
)]
pub fn cpu_label2rgb_over(
    label: TypedArray<'_>,
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuLabel2RgbOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let geometry = Geometry { width, height, channels };
    let ([label, image], out) = borrow(["label", "image"], [label, image], out)?;
    let shape = geometry.shape()?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        paint(label, geometry, Some(image), &options, out)
    })
}

/// Every region in its mean colour. The sides are the image's.
#[napi(
    catch_unwind,
    ts_args_type = "label: Uint8Array | Uint16Array | Int32Array, image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, bgLabel: number, bgColor: readonly number[], out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array"
)]
pub fn cpu_label2rgb_avg(
    label: TypedArray<'_>,
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    bg_label: f64,
    bg_color: Vec<f64>,
    out: TypedArray<'_>,
) -> Result<()> {
    let geometry = Geometry { width, height, channels };
    let ([label, image], out) = borrow(["label", "image"], [label, image], out)?;
    let (shape, labels, colors) =
        (geometry.shape()?, geometry.shape_with(1)?, geometry.shape_with(3)?);
    let bg_color = rgb("bgColor", &bg_color)?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        let out = out_view(out, colors)?;
        each_label(label, labels, |label| match label {
            Label::U8(label) => color::label2rgb_avg(label, image, bg_label, bg_color, out),
            Label::U16(label) => color::label2rgb_avg(label, image, bg_label, bg_color, out),
            Label::I32(label) => color::label2rgb_avg(label, image, bg_label, bg_color, out),
        })
    })
}

fn paint<T: Sample>(
    label: SamplesRef<'_>,
    geometry: Geometry,
    image: Option<ImageView<'_, T>>,
    options: &CpuLabel2RgbOptions,
    out: SamplesMut<'_>,
) -> Result<()> {
    let (colors, rest) = options.colors.as_chunks::<3>();
    if !rest.is_empty() {
        return Err(coded("ERR_IMAGE_OPTION", "colors must be red, green and blue in turn"));
    }
    let background_color =
        options.bg_color.as_ref().map(|color| rgb("bgColor", color)).transpose()?;
    let options = color::Label2Rgb {
        colors,
        alpha: options.alpha,
        background: options.bg_label,
        background_color,
        image_alpha: options.image_alpha,
        saturation: options.saturation,
    };
    let out = out_view(out, geometry.shape_with(3)?)?;
    each_label(label, geometry.shape_with(1)?, |label| match label {
        Label::U8(label) => color::label2rgb(label, image, &options, out),
        Label::U16(label) => color::label2rgb(label, image, &options, out),
        Label::I32(label) => color::label2rgb(label, image, &options, out),
    })
}

/// A label image by its sample type.
enum Label<'a> {
    U8(ImageView<'a, u8>),
    U16(ImageView<'a, u16>),
    I32(ImageView<'a, i32>),
}

fn each_label(
    label: SamplesRef<'_>,
    shape: Shape,
    run: impl FnOnce(Label<'_>) -> tagswitch_kernels_cpu::Result<()>,
) -> Result<()> {
    let label = match label {
        SamplesRef::U8(samples) => ImageView::new(samples, shape).map(Label::U8),
        SamplesRef::U16(samples) => ImageView::new(samples, shape).map(Label::U16),
        SamplesRef::I32(samples) => ImageView::new(samples, shape).map(Label::I32),
        floats => {
            let message =
                format!("label is {}; expected uint8, uint16 or int32", floats.type_name());
            return Err(coded("ERR_IMAGE_DTYPE", &message));
        }
    };
    run(label.map_err(shape_error)?).map_err(kernel_error)
}

/// The three numbers of a colour.
pub fn rgb(name: &str, color: &[f64]) -> Result<[f64; 3]> {
    color.try_into().map_err(|_| {
        let message = format!("{name} has {} numbers; expected 3", color.len());
        coded("ERR_IMAGE_OPTION", &message)
    })
}
