//! `exposure.histogram` and `exposure.matchHistograms` on the CPU.

use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded, kernel_error, shape_error};
use tagswitch_addon_values::geometry::shape_of;
use tagswitch_addon_values::histogram::Histogram;
use tagswitch_addon_values::numbers::Float64Array;
use tagswitch_addon_values::samples::{TypedArray, borrow, borrow_input, out_view};
use tagswitch_addon_values::{each_label, each_type};
use tagswitch_image::{ImageView, SamplesMut, SamplesRef};
use tagswitch_kernels_cpu::exposure;

/// How often each of `bins` levels from `least` on occurs, for all samples together or, with as many `lists` as channels, for each
/// channel, one after the other.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array, height: number, width: number, channels: number, least: number, bins: number, lists: number"
)]
pub fn cpu_level_histogram(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    least: i64,
    bins: u32,
    lists: u32,
) -> Result<Float64Array> {
    let shape = shape_of(height, width, channels)?;
    let [bins, lists] = [bins, lists].map(|number| number as usize);
    each_label!("image", borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        let counts = exposure::level_histogram(image, least, bins, lists).map_err(kernel_error)?;
        Ok(counts.into_iter().map(f64::from).collect::<Vec<_>>().into())
    })
}

/// Samples in each of `nbins` equal bins over the range of the samples, or over that of the type, \[-1, 1\]; lists as above.
#[napi(
    catch_unwind,
    ts_args_type = "image: Float32Array | Float64Array, height: number, width: number, channels: number, nbins: number, sourceRange: 'image' | 'dtype', lists: number"
)]
pub fn cpu_float_histogram(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    nbins: u32,
    source_range: String,
    lists: u32,
) -> Result<Histogram> {
    let shape = shape_of(height, width, channels)?;
    let [nbins, lists] = [nbins, lists].map(|number| number as usize);
    let range = match source_range.as_str() {
        "image" => exposure::SourceRange::Image,
        "dtype" => exposure::SourceRange::Type,
        other => {
            let message = format!("sourceRange is {other:?}; expected image or dtype");
            return Err(coded("ERR_IMAGE_OPTION", &message));
        }
    };
    macro_rules! count {
        ($samples:ident) => {{
            let image = ImageView::new($samples, shape).map_err(shape_error)?;
            let histogram = exposure::float_histogram(image, nbins, range, lists);
            histogram.map(Into::into).map_err(kernel_error)
        }};
    }
    match borrow_input("image", image)? {
        SamplesRef::F32(samples) => count!(samples),
        SamplesRef::F64(samples) => count!(samples),
        integers => {
            let message = format!("image is {}; expected floats", integers.type_name());
            Err(coded("ERR_IMAGE_DTYPE", &message))
        }
    }
}

/// An image with the histogram of a reference; lists as above.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, reference: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, referenceHeight: number, referenceWidth: number, referenceChannels: number, lists: number, out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array"
)]
pub fn cpu_match_histograms(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    reference: TypedArray<'_>,
    reference_height: u32,
    reference_width: u32,
    reference_channels: u32,
    lists: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let reference_shape = shape_of(reference_height, reference_width, reference_channels)?;
    let ([image, reference], out) = borrow(["image", "reference"], [image, reference], out)?;
    let quantiles = each_type!(reference, samples => {
        let reference = ImageView::new(samples, reference_shape).map_err(shape_error)?;
        exposure::quantiles(reference, lists as usize).map_err(kernel_error)?
    });
    macro_rules! matched {
        ($image:ident, $type:ident) => {
            exposure::match_histograms($image, &quantiles, out_view::<$type>(out, shape)?)
                .map_err(kernel_error)
        };
    }
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        match out {
            SamplesMut::U8(_) => matched!(image, u8),
            SamplesMut::U16(_) => matched!(image, u16),
            SamplesMut::I32(_) => matched!(image, i32),
            SamplesMut::F32(_) => matched!(image, f32),
            SamplesMut::F64(_) => matched!(image, f64),
        }
    })
}
