use napi::Env;
use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_kernels_gpu::{GpuImage, feature};

use super::filters::kernels;
use super::{border, refused};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

/// Checked options of `feature.canny`.
#[napi(object)]
pub struct GpuCannyOptions {
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
}

/// `mask` is one channel of bytes.
#[napi(catch_unwind)]
pub fn gpu_canny(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuCannyOptions,
    mask: Option<&GpuImageHandle>,
) -> Result<GpuImageHandle> {
    let operation = "feature.canny";
    let options = feature::Canny {
        weights: [&options.down, &options.across],
        border: border(operation, &options.mode, options.cval)?,
        thresholds: [options.low, options.high],
        mask: mask.map(|mask| mask.image(operation)).transpose()?,
    };
    let edges = feature::canny(image.image(operation)?, &options).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, edges))
}

/// Checked options of functions that are made of the structure tensor, but for what is made of it.
#[napi(object)]
pub struct GpuTensorOptions {
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
pub struct GpuHessianOptions {
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
    ts_return_type = "[rr: GpuImageHandle, rc: GpuImageHandle, cc: GpuImageHandle]"
)]
pub fn gpu_structure_tensor(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuTensorOptions,
) -> Result<Vec<GpuImageHandle>> {
    let operation = "feature.structureTensor";
    let options = tensor(operation, options)?;
    let elements = feature::structure_tensor(image.image(operation)?, &options);
    Ok(handles(env, elements.map_err(gpu_error)?))
}

/// Elements as in `gpuStructureTensor`.
#[napi(
    catch_unwind,
    ts_return_type = "[rr: GpuImageHandle, rc: GpuImageHandle, cc: GpuImageHandle]"
)]
pub fn gpu_hessian_matrix(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuHessianOptions,
) -> Result<Vec<GpuImageHandle>> {
    let operation = "feature.hessianMatrix";
    let (sigma, radius) = kernels(operation, options.sigma, options.radius)?;
    let options = feature::HessianMatrix {
        sigma,
        radius,
        border: border(operation, &options.mode, options.cval)?,
        derivatives: if options.use_gaussian_derivatives {
            feature::Derivatives::Gaussian { columns_first: options.order == "xy" }
        } else {
            feature::Derivatives::Differences
        },
    };
    let elements = feature::hessian_matrix(image.image(operation)?, &options);
    Ok(handles(env, elements.map_err(gpu_error)?))
}

/// `parameter` is Harris's `k` or Noble's `eps`; Shi's and Tomasi's measure has none.
#[napi(catch_unwind)]
pub fn gpu_corners(
    env: &Env,
    image: &GpuImageHandle,
    options: GpuTensorOptions,
    #[napi(ts_arg_type = "'harris' | 'noble' | 'shiTomasi'")] measure: String,
    parameter: f64,
) -> Result<GpuImageHandle> {
    let operation = match measure.as_str() {
        "shiTomasi" => "feature.cornerShiTomasi",
        _ => "feature.cornerHarris",
    };
    let options = tensor(operation, options)?;
    let measure = match measure.as_str() {
        "harris" => feature::CornerMeasure::Harris { k: parameter },
        "noble" => feature::CornerMeasure::Noble { eps: parameter },
        "shiTomasi" => feature::CornerMeasure::ShiTomasi,
        other => {
            let expected = "harris, noble or shiTomasi";
            return Err(refused(operation, &format!("measure is {other:?}; expected {expected}")));
        }
    };
    let response = feature::corners(image.image(operation)?, &options, measure);
    Ok(GpuImageHandle::new(env, response.map_err(gpu_error)?))
}

/// The larger and the smaller eigenvalue of the matrices that `gpuStructureTensor` and `gpuHessianMatrix` give.
#[napi(catch_unwind, ts_return_type = "[larger: GpuImageHandle, smaller: GpuImageHandle]")]
pub fn gpu_eigenvalues(
    env: &Env,
    #[napi(ts_arg_type = "'hessian' | 'structureTensor'")] matrix: String,
    upper_left: &GpuImageHandle,
    upper_right: &GpuImageHandle,
    lower_right: &GpuImageHandle,
) -> Result<Vec<GpuImageHandle>> {
    let (operation, matrix) = match matrix.as_str() {
        "hessian" => ("feature.hessianMatrixEigvals", feature::Matrix::Hessian),
        _ => ("feature.structureTensorEigenvalues", feature::Matrix::StructureTensor),
    };
    let elements = [upper_left, upper_right, lower_right].map(|element| element.image(operation));
    let [a, b, c] = elements;
    let both = feature::eigenvalues(matrix, [a?, b?, c?]).map_err(gpu_error)?;
    Ok(both.into_iter().map(|image| GpuImageHandle::new(env, image)).collect())
}

fn tensor(operation: &str, options: GpuTensorOptions) -> Result<feature::StructureTensor> {
    let (sigma, radius) = kernels(operation, options.sigma, options.radius)?;
    let border = border(operation, &options.mode, options.cval)?;
    Ok(feature::StructureTensor { sigma, radius, border })
}

fn handles(env: &Env, images: [GpuImage; 3]) -> Vec<GpuImageHandle> {
    images.into_iter().map(|image| GpuImageHandle::new(env, image)).collect()
}
