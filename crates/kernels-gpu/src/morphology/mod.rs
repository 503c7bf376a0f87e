//! Morphology.

mod gray;
mod neighbourhood;
mod small;

pub(crate) use gray::dilated;
pub use gray::{Morphology, black_tophat, closing, dilation, erosion, opening, white_tophat};
pub use small::{remove_small_holes, remove_small_objects};

pub(crate) static KERNELS: &[&crate::Kernel] =
    &[&neighbourhood::NEIGHBOURHOOD, &small::SIZES, &small::KEPT];
