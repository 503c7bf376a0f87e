//! `metrics.*` on the CPU.

use napi_derive::napi;
use tagswitch_addon_values::error::{Result, kernel_error, shape_error};
use tagswitch_addon_values::geometry::shape_of;
use tagswitch_addon_values::samples::{TypedArray, borrow_asked, borrow_input, out_view};
use tagswitch_addon_values::{each_pair, each_type};
use tagswitch_image::ImageView;
use tagswitch_kernels_cpu::metrics;

/// Of all samples of an image: the mean of their squares, their mean, and the extremes.
#[napi(object, object_from_js = false)]
pub struct Statistics {
    pub square: f64,
    pub mean: f64,
    pub least: f64,
    pub greatest: f64,
}

/// Checked options of `metrics.structuralSimilarity`.
#[napi(object)]
pub struct CpuStructuralSimilarityOptions {
    /// Weights of the window along either axis, from its middle outwards.
    #[napi(ts_type = "readonly number[]")]
    pub weights: Vec<f64>,
    /// Pixels along each edge that do not count.
    pub margin: u32,
    /// What covariances are multiplied by.
    pub covariance: f64,
    pub c1: f64,
    pub c2: f64,
}

/// Of two images of one dtype.
#[napi(
    catch_unwind,
    ts_args_type = "first: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, second: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number"
)]
pub fn cpu_mean_squared_error(
    first: TypedArray<'_>,
    second: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
) -> Result<f64> {
    let shape = shape_of(height, width, channels)?;
    let pair = (borrow_input("first", first)?, borrow_input("second", second)?);
    each_pair!(pair, (first, second) => {
        let first = ImageView::new(first, shape).map_err(shape_error)?;
        let second = ImageView::new(second, shape).map_err(shape_error)?;
        metrics::mean_squared_error(first, second).map_err(kernel_error)
    })
}

/// Of all samples.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number"
)]
pub fn cpu_statistics(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
) -> Result<Statistics> {
    let shape = shape_of(height, width, channels)?;
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        let metrics::Statistics { square, mean, least, greatest } = metrics::statistics(image);
        Ok(Statistics { square, mean, least, greatest })
    })
}

/// The mean over the pixels and channels of two images of one dtype, and the images that are asked for: the similarity at each sample,
/// and the derivative of the mean by each sample of the second image.
#[napi(
    catch_unwind,
    ts_args_type = "first: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, second: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuStructuralSimilarityOptions, similarities: Float32Array | Float64Array | null, gradient: Float32Array | Float64Array | null"
)]
pub fn cpu_structural_similarity(
    first: TypedArray<'_>,
    second: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuStructuralSimilarityOptions,
    similarities: Option<TypedArray<'_>>,
    gradient: Option<TypedArray<'_>>,
) -> Result<f64> {
    let shape = shape_of(height, width, channels)?;
    let CpuStructuralSimilarityOptions { weights, margin, covariance, c1, c2 } = options;
    let margin = margin as usize;
    let options = metrics::StructuralSimilarity { weights, margin, covariance, c1, c2 };
    let names = ["first", "second"];
    let ([first, second], [similarities, gradient]) =
        borrow_asked(names, [first, second], [similarities, gradient])?;
    each_pair!((first, second), (first, second) => {
        let first = ImageView::new(first, shape).map_err(shape_error)?;
        let second = ImageView::new(second, shape).map_err(shape_error)?;
        let images = metrics::SimilarityImages {
            similarities: similarities.map(|out| out_view(out, shape)).transpose()?,
            gradient: gradient.map(|out| out_view(out, shape)).transpose()?,
        };
        metrics::structural_similarity(first, second, &options, images).map_err(kernel_error)
    })
}
