//! The kernels that JavaScript can have run on another thread, by the names of their bindings.

use napi::Env;
use napi::bindgen_prelude::{Object, Unknown};
use napi_derive::napi;
use tagswitch_addon_feature::{feature, peaks};
use tagswitch_addon_filters::{filters, ridges, thresholds};
use tagswitch_addon_intensities::{color, color_spaces, exposure, histograms, metrics, util};
use tagswitch_addon_regions::{measure, morphology, segmentation};
use tagswitch_addon_transform::{integral_image, transform, warp};
use tagswitch_addon_values::error::{Result, coded};

use super::off_thread::Call;

macro_rules! start {
    ($name:expr, $call:expr, $($known:literal => $binding:path,)*) => {
        match $name {
            $($known => $call.start($binding),)*
            other => {
                Err(coded("InvalidArg", &format!("no kernel runs off the thread as {other:?}")))
            }
        }
    };
}

/// Runs the kernel of the binding of this name on another thread, with the arguments that the binding takes; the promise gets what it
/// returns. Nothing but the call may reach the memory of its typed arrays until the promise is settled.
#[napi(
    catch_unwind,
    ts_args_type = "kernel: string, args: readonly unknown[]",
    ts_return_type = "Promise<unknown>"
)]
pub fn cpu_off_thread<'env>(
    env: &'env Env,
    kernel: String,
    args: Vec<Unknown<'env>>,
) -> Result<Object<'env>> {
    let call = Call { env, args };
    start!(
        kernel.as_str(), call,
        "cpuAdjustGamma" => exposure::cpu_adjust_gamma,
        "cpuAdjustLog" => exposure::cpu_adjust_log,
        "cpuAdjustSigmoid" => exposure::cpu_adjust_sigmoid,
        "cpuApplyHysteresisThreshold" => filters::cpu_apply_hysteresis_threshold,
        "cpuBlockReduce" => measure::cpu_block_reduce,
        "cpuCanny" => feature::cpu_canny,
        "cpuClearBorder" => segmentation::cpu_clear_border,
        "cpuConvexHullImage" => morphology::cpu_convex_hull_image,
        "cpuCorners" => feature::cpu_corners,
        "cpuDifferenceOfGaussians" => filters::cpu_difference_of_gaussians,
        "cpuDistanceTransformEdt" => morphology::cpu_distance_transform_edt,
        "cpuEdges" => filters::cpu_edges,
        "cpuEigenvalues" => feature::cpu_eigenvalues,
        "cpuEqualizeAdapthist" => exposure::cpu_equalize_adapthist,
        "cpuEqualizeHist" => exposure::cpu_equalize_hist,
        "cpuEulerNumber" => measure::cpu_euler_number,
        "cpuExpandLabels" => segmentation::cpu_expand_labels,
        "cpuExtrema" => exposure::cpu_extrema,
        "cpuFindBoundaries" => segmentation::cpu_find_boundaries,
        "cpuFloatHistogram" => histograms::cpu_float_histogram,
        "cpuFrangi" => ridges::cpu_frangi,
        "cpuGabor" => filters::cpu_gabor,
        "cpuGaussian" => filters::cpu_gaussian,
        "cpuGray2Rgb" => color::cpu_gray2rgb,
        "cpuGreater" => util::cpu_greater,
        "cpuGreaterThan" => util::cpu_greater_than,
        "cpuHessianMatrix" => feature::cpu_hessian_matrix,
        "cpuHsv2Rgb" => color_spaces::cpu_hsv2rgb,
        "cpuImgAsFloat" => util::cpu_img_as_float,
        "cpuImgAsUbyte" => util::cpu_img_as_ubyte,
        "cpuImgAsUint" => util::cpu_img_as_uint,
        "cpuIntegralImage" => integral_image::cpu_integral_image,
        "cpuInvert" => util::cpu_invert,
        "cpuLab2Rgb" => color_spaces::cpu_lab2rgb,
        "cpuLabel" => measure::cpu_label,
        "cpuLabel2Rgb" => color::cpu_label2rgb,
        "cpuLabel2RgbAvg" => color::cpu_label2rgb_avg,
        "cpuLabel2RgbOver" => color::cpu_label2rgb_over,
        "cpuLaplace" => filters::cpu_laplace,
        "cpuLevelHistogram" => histograms::cpu_level_histogram,
        "cpuLocalMinima" => segmentation::cpu_local_minima,
        "cpuLookUp" => exposure::cpu_look_up,
        "cpuMarkBoundaries" => segmentation::cpu_mark_boundaries,
        "cpuMatchHistograms" => histograms::cpu_match_histograms,
        "cpuMeanSquaredError" => metrics::cpu_mean_squared_error,
        "cpuMedian" => filters::cpu_median,
        "cpuMoments" => measure::cpu_moments,
        "cpuMomentsCentral" => measure::cpu_moments_central,
        "cpuMorphology" => morphology::cpu_morphology,
        "cpuNearestBackground" => morphology::cpu_nearest_background,
        "cpuPeaks" => peaks::cpu_peaks,
        "cpuPerimeter" => measure::cpu_perimeter,
        "cpuPyramidExpand" => transform::cpu_pyramid_expand,
        "cpuPyramidReduce" => transform::cpu_pyramid_reduce,
        "cpuRandomNoise" => util::cpu_random_noise,
        "cpuRegionSums" => measure::cpu_region_sums,
        "cpuRelabelSequential" => segmentation::cpu_relabel_sequential,
        "cpuRemoveSmallHoles" => morphology::cpu_remove_small_holes,
        "cpuRemoveSmallObjects" => morphology::cpu_remove_small_objects,
        "cpuRescaleIntensity" => exposure::cpu_rescale_intensity,
        "cpuResize" => transform::cpu_resize,
        "cpuResizeNearest" => transform::cpu_resize_nearest,
        "cpuRgb2Gray" => color::cpu_rgb2gray,
        "cpuRgb2Hsv" => color_spaces::cpu_rgb2hsv,
        "cpuRgb2Lab" => color_spaces::cpu_rgb2lab,
        "cpuRgb2Xyz" => color_spaces::cpu_rgb2xyz,
        "cpuRgba2Rgb" => color_spaces::cpu_rgba2rgb,
        "cpuSamplesAt" => measure::cpu_samples_at,
        "cpuShannonEntropy" => measure::cpu_shannon_entropy,
        "cpuStatistics" => metrics::cpu_statistics,
        "cpuStructuralSimilarity" => metrics::cpu_structural_similarity,
        "cpuStructureTensor" => feature::cpu_structure_tensor,
        "cpuThresholdHistogram" => thresholds::cpu_threshold_histogram,
        "cpuThresholdLocalMean" => thresholds::cpu_threshold_local_mean,
        "cpuThresholdMean" => thresholds::cpu_threshold_mean,
        "cpuThresholdMultiotsu" => thresholds::cpu_threshold_multiotsu,
        "cpuThresholdWindow" => thresholds::cpu_threshold_window,
        "cpuUnsharpMask" => filters::cpu_unsharp_mask,
        "cpuWarp" => warp::cpu_warp,
        "cpuWarpPlaces" => warp::cpu_warp_places,
        "cpuWarpPolar" => warp::cpu_warp_polar,
        "cpuWatershed" => segmentation::cpu_watershed,
        "cpuXyz2Rgb" => color_spaces::cpu_xyz2rgb,
    )
}
