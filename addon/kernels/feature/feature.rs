//! `feature.*` on the CPU.

use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded, kernel_error, shape_error};
use tagswitch_addon_values::geometry::{border, kernels, shape_of};
use tagswitch_addon_values::masked::borrow_masked;
use tagswitch_addon_values::samples::{TypedArray, borrow_all, out_view};
use tagswitch_addon_values::{each_type, run_kernel};
use tagswitch_image::{ImageView, ImageViewMut, Sample, SamplesMut, SamplesRef, Shape};
use tagswitch_kernels_cpu::feature;

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
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuCannyOptions, mask: Uint8Array | null, out: Uint8Array"
)]
pub fn cpu_canny(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuCannyOptions,
    mask: Option<TypedArray<'_>>,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
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

/// Checked options of functions that are made of the structure tensor, but for what is made of it.
#[napi(object)]
pub struct CpuTensorOptions {
    /// Standard deviations down the rows and across the columns.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub sigma: Vec<f64>,
    /// Kernel radii likewise.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub radius: Vec<u32>,
    pub mode: String,
    pub cval: f64,
}

/// Checked options of `feature.hessianMatrix`.
#[napi(object)]
pub struct CpuHessianOptions {
    /// Standard deviations down the rows and across the columns, by Gaussian derivatives those of each step.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub sigma: Vec<f64>,
    /// Kernel radii likewise.
    #[napi(ts_type = "readonly [row: number, column: number]")]
    pub radius: Vec<u32>,
    pub mode: String,
    pub cval: f64,
    pub use_gaussian_derivatives: bool,
    /// `"xy"` takes the mixed derivative across the columns first.
    pub order: String,
}

/// Elements in order (row, row), (row, column), (column, column).
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuTensorOptions, rr: Float32Array | Float64Array, rc: Float32Array | Float64Array, cc: Float32Array | Float64Array"
)]
pub fn cpu_structure_tensor(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuTensorOptions,
    rr: TypedArray<'_>,
    rc: TypedArray<'_>,
    cc: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let options = tensor(&options)?;
    let ([image], out) = borrow_all(["image"], [image], [rr, rc, cc])?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        feature::structure_tensor(image, &options, elements(out, shape)?).map_err(kernel_error)
    })
}

/// Elements as in `cpuStructureTensor`.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuHessianOptions, rr: Float32Array | Float64Array, rc: Float32Array | Float64Array, cc: Float32Array | Float64Array"
)]
pub fn cpu_hessian_matrix(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuHessianOptions,
    rr: TypedArray<'_>,
    rc: TypedArray<'_>,
    cc: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let (sigma, radius) = kernels(&options.sigma, &options.radius)?;
    let options = feature::HessianMatrix {
        sigma,
        radius,
        border: border(&options.mode)?,
        cval: options.cval,
        derivatives: if options.use_gaussian_derivatives {
            feature::Derivatives::Gaussian { columns_first: options.order == "xy" }
        } else {
            feature::Derivatives::Differences
        },
    };
    let ([image], out) = borrow_all(["image"], [image], [rr, rc, cc])?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        feature::hessian_matrix(image, &options, elements(out, shape)?).map_err(kernel_error)
    })
}

/// Of matrices by their upper left, upper right and lower right elements.
#[napi(
    catch_unwind,
    ts_args_type = "upperLeft: Float32Array | Float64Array, upperRight: Float32Array | Float64Array, lowerRight: Float32Array | Float64Array, height: number, width: number, channels: number, larger: Float32Array | Float64Array, smaller: Float32Array | Float64Array"
)]
pub fn cpu_eigenvalues(
    upper_left: TypedArray<'_>,
    upper_right: TypedArray<'_>,
    lower_right: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    larger: TypedArray<'_>,
    smaller: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let names = ["upperLeft", "upperRight", "lowerRight"];
    let elements = [upper_left, upper_right, lower_right];
    let (elements, out) = borrow_all(names, elements, [larger, smaller])?;
    macro_rules! run {
        ($a:ident, $b:ident, $c:ident) => {{
            let view = |samples| ImageView::new(samples, shape).map_err(shape_error);
            let [larger, smaller] = out;
            let out = [out_view(larger, shape)?, out_view(smaller, shape)?];
            feature::eigenvalues([view($a)?, view($b)?, view($c)?], out).map_err(kernel_error)
        }};
    }
    match elements {
        [SamplesRef::F32(a), SamplesRef::F32(b), SamplesRef::F32(c)] => run!(a, b, c),
        [SamplesRef::F64(a), SamplesRef::F64(b), SamplesRef::F64(c)] => run!(a, b, c),
        _ => Err(coded("ERR_IMAGE_DTYPE", "elements are not all float32 or all float64")),
    }
}

/// `parameter` is Harris's `k` or Noble's `eps`; Shi's and Tomasi's measure has none.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuTensorOptions, measure: 'harris' | 'noble' | 'shiTomasi', parameter: number, out: Float32Array | Float64Array"
)]
pub fn cpu_corners(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuTensorOptions,
    measure: String,
    parameter: f64,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let options = tensor(&options)?;
    let measure = match measure.as_str() {
        "harris" => feature::CornerMeasure::Harris { k: parameter },
        "noble" => feature::CornerMeasure::Noble { eps: parameter },
        "shiTomasi" => feature::CornerMeasure::ShiTomasi,
        other => {
            let message = format!("measure is {other:?}; expected harris, noble or shiTomasi");
            return Err(coded("ERR_IMAGE_OPTION", &message));
        }
    };
    run_kernel!(image: shape, out: shape => feature::corners(image, &options, measure, out))
}

fn tensor(options: &CpuTensorOptions) -> Result<feature::StructureTensor> {
    let (sigma, radius) = kernels(&options.sigma, &options.radius)?;
    let (border, cval) = (border(&options.mode)?, options.cval);
    Ok(feature::StructureTensor { sigma, radius, border, cval })
}

/// The elements of a matrix, to be written.
fn elements<'call, T: Sample>(
    [rr, rc, cc]: [SamplesMut<'call>; 3],
    shape: Shape,
) -> Result<[ImageViewMut<'call, T>; 3]> {
    Ok([out_view(rr, shape)?, out_view(rc, shape)?, out_view(cc, shape)?])
}
