//! Filters and thresholds.

mod gaussian;
mod sobel;
mod threshold_otsu;

pub use gaussian::{Gaussian, gaussian};
pub use sobel::{Sobel, sobel};
pub use threshold_otsu::threshold_otsu;

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &gaussian::DOWN,
    &gaussian::ACROSS,
    &sobel::SOBEL,
    &threshold_otsu::BYTES,
    &threshold_otsu::LEVELS,
    &threshold_otsu::EDGES,
];
