//! `feature.*` on the CPU.

use napi_derive::napi;
use tagswitch_image::ImageView;
use tagswitch_kernels_cpu::feature;

use super::geometry::{Geometry, border};
use super::masked::borrow_masked;
use super::samples::{TypedArray, each_type, out_view};
use crate::error::{Result, kernel_error, shape_error};

/// Checked options of `feature.canny`.
#[napi(object)]
pub struct CpuCannyOptions {
    /// Weights of the Gaussian down the rows, from the centre outwards.
    #[napi(ts_type = "readonly number[]")]
    pub down: Vec<f64>,
    /// Likewise across the columns.
    #[napi(ts_type = "readonly number[]")]
    pub across: Vec<f64>,
    pub mode: String,
    pub cval: f64,
    pub low: f64,
    pub high: f64,
    /// Whether thresholds are shares of all gradients.
    pub use_quantiles: bool,
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, geometry: Geometry, options: CpuCannyOptions, mask: Uint8Array | null, out: Uint8Array"
)]
pub fn cpu_canny(
    image: TypedArray<'_>,
    geometry: Geometry,
    options: CpuCannyOptions,
    mask: Option<TypedArray<'_>>,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = geometry.shape()?;
    let (image, mask, out) = borrow_masked("image", image, shape, mask, out)?;
    let options = feature::Canny {
        weights: [&options.down, &options.across],
        border: border(&options.mode)?,
        cval: options.cval,
        thresholds: [options.low, options.high],
        quantiles: options.use_quantiles,
        mask,
    };
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        feature::canny(image, &options, out_view(out, shape)?).map_err(kernel_error)
    })
}
