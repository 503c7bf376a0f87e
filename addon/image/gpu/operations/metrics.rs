use napi::Env;
use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_kernels_gpu::metrics;

use crate::image::gpu::background::{Answer, answer};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

/// What the metrics of two images are made of: the mean of the squared differences, and of the first image the mean of the
/// squared samples, the mean, and the extremes.
#[napi(object, object_from_js = false)]
pub struct GpuComparison {
    pub error: f64,
    pub square: f64,
    pub mean: f64,
    pub least: f64,
    pub greatest: f64,
}

/// Checked options of `metrics.structuralSimilarity`.
#[napi(object)]
pub struct GpuStructuralSimilarityOptions {
    /// Weights of the window along either axis.
    #[napi(ts_type = "readonly number[]")]
    pub weights: Vec<f64>,
    /// Pixels along each edge that do not count.
    pub margin: u32,
    /// From the least to the greatest value that is possible.
    pub range: f64,
    /// What covariances are multiplied by.
    pub covariance: f64,
    pub c1: f64,
    pub c2: f64,
    /// Whether to give the similarity at each sample too.
    pub full: bool,
    /// Whether to give the derivative of the mean too.
    pub gradient: bool,
}

/// Compares two images of one dtype. Waits. `operation` is for messages.
#[napi(catch_unwind, ts_return_type = "GpuComparison | Promise<GpuComparison>")]
pub fn gpu_compare<'env>(
    env: &'env Env,
    operation: String,
    first: &GpuImageHandle,
    second: &GpuImageHandle,
    later: bool,
) -> Result<Answer<'env, GpuComparison>> {
    let (first, second) = (first.image(&operation)?.clone(), second.image(&operation)?.clone());
    let work = move || metrics::compare(&operation, &first, &second).map_err(gpu_error);
    answer(env, later, work, |_, compared| {
        let metrics::Comparison { error, square, mean, least, greatest } = compared;
        GpuComparison { error, square, mean, least, greatest }
    })
}

/// The mean, and the images that are asked for.
type Similarity = (f64, Option<GpuImageHandle>, Option<GpuImageHandle>);

/// The mean over the pixels and channels of two images of one dtype, and the images that are asked for: the similarity at each sample, and the
/// derivative of the mean by each sample of the second image. Waits.
#[napi(
    catch_unwind,
    ts_return_type = "[mean: number, similarities: GpuImageHandle | null, gradient: GpuImageHandle | null] | Promise<[mean: number, similarities: GpuImageHandle | null, gradient: GpuImageHandle | null]>"
)]
pub fn gpu_structural_similarity<'env>(
    env: &'env Env,
    first: &GpuImageHandle,
    second: &GpuImageHandle,
    options: GpuStructuralSimilarityOptions,
    later: bool,
) -> Result<Answer<'env, Similarity>> {
    let operation = "metrics.structuralSimilarity";
    let GpuStructuralSimilarityOptions { weights, margin, range, covariance, c1, c2, .. } = options;
    let images =
        metrics::SimilarityImages { similarities: options.full, gradient: options.gradient };
    let options = metrics::StructuralSimilarity { weights, margin, range, covariance, c1, c2 };
    let (first, second) = (first.image(operation)?.clone(), second.image(operation)?.clone());
    let work = move || {
        metrics::structural_similarity(&first, &second, &options, images).map_err(gpu_error)
    };
    answer(env, later, work, |env, found| {
        let metrics::Similarity { mean, similarities, gradient } = found;
        let handle = |image| GpuImageHandle::new(env, image);
        (mean, similarities.map(handle), gradient.map(handle))
    })
}
