//! Filters, by `skimage.filters`.

mod float_histogram;
mod gaussian;
mod row_window;
mod sobel;
mod threshold_otsu;
mod weighted_sum;

pub(crate) use float_histogram::float_histogram;
pub use gaussian::{Gaussian, gaussian};
pub use sobel::{EdgeAxis, Sobel, sobel};
pub use threshold_otsu::{Levels, threshold_otsu};
