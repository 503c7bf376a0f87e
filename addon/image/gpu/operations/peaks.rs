use napi::Env;
use napi::bindgen_prelude::Uint32Array;
use napi_derive::napi;
use tagswitch_addon_feature::peaks::{PeakOptions, peaks};
use tagswitch_addon_values::error::Result;
use tagswitch_kernels_cpu::feature::{Peak, Peaks, corners_among, peak_threshold, peaks_among};
use tagswitch_kernels_gpu::feature::{PeakCandidates, peak_candidates};
use tagswitch_kernels_gpu::{DType, GpuError, GpuImage, Shape, extrema};

use crate::image::gpu::background::{Answer, answer};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

/// As `cpuPeaks`: which pixels no neighbour is above is found on the GPU, and which of them are taken on the CPU. Waits.
#[napi(catch_unwind, ts_return_type = "Uint32Array | Promise<Uint32Array>")]
pub fn gpu_peaks<'env>(
    env: &'env Env,
    operation: String,
    image: &GpuImageHandle,
    options: PeakOptions,
    corners: bool,
    later: bool,
) -> Result<Answer<'env, Uint32Array>> {
    let options = peaks(&options)?;
    let image = image.image(&operation)?.clone();
    let work = move || find(&operation, &image, &options, corners).map_err(gpu_error);
    answer(env, later, work, |_, places| places.into_flattened().into())
}

fn find(
    operation: &str,
    image: &GpuImage,
    options: &Peaks,
    corners: bool,
) -> std::result::Result<Vec<Peak>, GpuError> {
    let extremes = match options.are_relative() {
        true => extrema(operation, image)?.values(),
        false => [f64::NAN; 2],
    };
    let threshold = match image.dtype() {
        DType::F32 => peak_threshold::<f32>(extremes, options),
        _ => peak_threshold::<i32>(extremes, options),
    };
    let footprint = options.footprint.clone();
    // What no image reaches becomes the greatest.
    let excluded = options.excluded.map(|margin| margin.try_into().unwrap_or(u32::MAX));
    let candidates = PeakCandidates { threshold, footprint, excluded };
    let found = peak_candidates(operation, image, &candidates)?;
    let Shape { height, width, .. } = image.shape();
    let take = if corners { corners_among } else { peaks_among };
    Ok(take(found, [height as usize, width as usize], options))
}
