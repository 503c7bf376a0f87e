//! Filters and thresholds.

mod apply_hysteresis_threshold;
mod difference_of_gaussians;
mod edges;
mod frangi;
mod gabor;
pub(crate) mod gaussian;
mod laplace;
mod mask_edges;
mod median;
pub(crate) mod pass64;
mod threshold_histogram;
mod threshold_local;
mod threshold_mean;
mod threshold_window;
mod unsharp_mask;
mod wide_window;

pub(crate) use apply_hysteresis_threshold::connected_to;
pub use apply_hysteresis_threshold::{Threshold, apply_hysteresis_threshold};
pub use difference_of_gaussians::difference_of_gaussians;
pub use edges::{EdgeFilter, EdgeOperator, edges};
pub use frangi::{Frangi, Scale, frangi};
pub use gabor::{Gabor, gabor};
pub use gaussian::{Gaussian, blur, gaussian};
pub use laplace::laplace;
pub use mask_edges::mask_edges;
pub use median::{Median, median};
pub use threshold_histogram::threshold_histogram;
pub use threshold_local::{LocalThreshold, threshold_local};
pub use threshold_mean::threshold_mean;
pub use threshold_window::{WindowThreshold, threshold_window};
pub use unsharp_mask::{UnsharpMask, unsharp_mask};

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &apply_hysteresis_threshold::WEAK,
    &gaussian::DOWN,
    &gaussian::ACROSS,
    &difference_of_gaussians::DIFFERENCE,
    &edges::SOBEL,
    &edges::SCHARR,
    &edges::PREWITT,
    &edges::FARID,
    &frangi::NUMBERS,
    &frangi::PASS,
    &frangi::RIDGES,
    &frangi::STRENGTHS,
    &gabor::GABOR,
    &laplace::LAPLACE,
    &mask_edges::MASK,
    &median::NETWORK,
    &median::SEARCH,
    &threshold_mean::SUMS,
    &threshold_window::WINDOW,
    &unsharp_mask::NEGATIVE,
    &unsharp_mask::SHARPEN,
    &wide_window::DOWN,
    &wide_window::ACROSS,
];

pub(crate) static POINTWISE: &[&crate::pointwise::Pointwise] = &[&threshold_local::OFFSET];
