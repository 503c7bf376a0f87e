//! Filters, by `skimage.filters`.

mod gaussian;
mod sobel;
mod threshold_otsu;

pub use gaussian::{Gaussian, gaussian};
pub use sobel::{EdgeAxis, Sobel, sobel};
pub use threshold_otsu::threshold_otsu;
