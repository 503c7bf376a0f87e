//! `util.*` on the CPU.

use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded, kernel_error, shape_error};
use tagswitch_addon_values::geometry::shape_of;
use tagswitch_addon_values::samples::{TypedArray, borrow, out_view};
use tagswitch_addon_values::{each_type, run_kernel};
use tagswitch_image::{ImageView, Sample};
use tagswitch_kernels_cpu::util;

/// Checked options of `util.randomNoise`.
#[napi(object)]
pub struct CpuRandomNoiseOptions {
    /// `"additive"`, `"multiplicative"` or `"impulse"`.
    pub kind: String,
    pub mean: f64,
    pub deviation: f64,
    pub amount: f64,
    /// The share of 1 among the replaced.
    pub salt: f64,
    /// The least intensity.
    pub low: f64,
    pub clip: bool,
    /// The seed's lower and upper word.
    #[napi(ts_type = "readonly number[]")]
    pub key: Vec<u32>,
}

/// 1 where samples are greater than the threshold, else 0.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, threshold: number, out: Uint8Array"
)]
pub fn cpu_greater(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    threshold: f64,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => util::greater(image, threshold, out))
}

/// 1 where samples are greater than the threshold of their pixel, else 0.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, thresholds: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Uint8Array"
)]
pub fn cpu_greater_than(
    image: TypedArray<'_>,
    thresholds: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let ([image, thresholds], out) = borrow(["image", "thresholds"], [image, thresholds], out)?;
    let out = out_view(out, shape)?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        each_type!(thresholds, limits => {
            let thresholds = ImageView::new(limits, shape).map_err(shape_error)?;
            util::greater_than(image, thresholds, out).map_err(kernel_error)
        })
    })
}

/// The range of the samples turned over.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, signedFloat: boolean, out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array"
)]
pub fn cpu_invert(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    signed_float: bool,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => util::invert(image, signed_float, out))
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Float32Array | Float64Array"
)]
pub fn cpu_img_as_float(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => util::img_as_float(image, out))
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Uint8Array"
)]
pub fn cpu_img_as_ubyte(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => util::img_as_ubyte(image, out))
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, out: Uint16Array"
)]
pub fn cpu_img_as_uint(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => util::img_as_uint(image, out))
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuRandomNoiseOptions, variances: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array | null, out: Float32Array | Float64Array"
)]
pub fn cpu_random_noise(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuRandomNoiseOptions,
    variances: Option<TypedArray<'_>>,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let (image, deviations, out) = match variances {
        None => {
            let ([image], out) = borrow(["image"], [image], out)?;
            (image, None, out)
        }
        Some(variances) => {
            let names = ["image", "variances"];
            let ([image, variances], out) = borrow(names, [image, variances], out)?;
            (image, Some(each_type!(variances, samples => roots(samples))), out)
        }
    };
    let CpuRandomNoiseOptions { kind, mean, deviation, amount, salt, low, clip, key } = options;
    let noise = match (kind.as_str(), &deviations) {
        ("additive", None) => util::Noise::Additive { mean, deviation },
        ("additive", Some(deviations)) => util::Noise::Local {
            deviations: ImageView::new(deviations, shape).map_err(shape_error)?,
        },
        (_, Some(_)) => {
            let message =
                format!("kind is {kind:?}; expected \"additive\", as there are variances");
            return Err(coded("ERR_IMAGE_OPTION", &message));
        }
        ("multiplicative", None) => util::Noise::Multiplicative { mean, deviation },
        ("impulse", None) => util::Noise::Impulse { amount, salt },
        _ => {
            let expected = "additive, multiplicative or impulse";
            return Err(coded(
                "ERR_IMAGE_OPTION",
                &format!("kind is {kind:?}; expected {expected}"),
            ));
        }
    };
    let &[low_word, high_word] = key.as_slice() else {
        return Err(coded("ERR_IMAGE_OPTION", "key must be two words"));
    };
    let options = util::RandomNoise { noise, low, clip, key: [low_word, high_word] };
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        util::random_noise(image, options, out_view(out, shape)?).map_err(kernel_error)
    })
}

fn roots<T: Sample>(variances: &[T]) -> Vec<f64> {
    variances.iter().map(|variance| variance.to_f64().sqrt()).collect()
}
