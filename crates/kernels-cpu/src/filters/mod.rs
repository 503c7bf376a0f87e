//! Filters, by `skimage.filters`.

pub(crate) mod blur;
mod difference_of_gaussians;
mod edge_operator;
mod edges;
mod frangi;
mod gabor;
mod gabor_kernel;
mod gaussian;
pub(crate) mod hysteresis;
mod laplace;
mod median;
mod median_network;
mod order;
pub(crate) mod row_window;
mod running_median;
mod threshold_histogram;
mod threshold_mean;
mod threshold_window;
mod unsharp_mask;
mod weighted_sum;
mod window_sums;

pub use difference_of_gaussians::{DifferenceOfGaussians, difference_of_gaussians};
pub use edge_operator::{EdgeAxis, EdgeOperator};
pub use edges::{EdgeFilter, edges};
pub use frangi::{Frangi, frangi};
pub use gabor::gabor;
pub use gabor_kernel::Gabor;
pub use gaussian::{Gaussian, gaussian};
pub use hysteresis::apply_hysteresis_threshold;
pub use laplace::laplace;
pub use median::{Median, median};
pub use order::Ordered;
pub use threshold_histogram::threshold_histogram;
pub use threshold_mean::threshold_mean;
pub use threshold_window::{WindowRule, threshold_local_mean, threshold_window};
pub use unsharp_mask::{UnsharpMask, unsharp_mask};
