//! Morphology.

mod convex_hull_image;
mod distance_transform_edt;
mod gray;
mod neighbourhood;
mod small;

pub use convex_hull_image::convex_hull_image;
pub use distance_transform_edt::distance_transform_edt;
pub(crate) use gray::dilated;
pub use gray::{Morphology, black_tophat, closing, dilation, erosion, opening, white_tophat};
pub(crate) use small::kept;
pub use small::{remove_small_holes, remove_small_objects};

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &convex_hull_image::ENDS,
    &convex_hull_image::FILLED,
    &distance_transform_edt::BACKGROUND,
    &distance_transform_edt::DOWN,
    &distance_transform_edt::ACROSS,
    &neighbourhood::NEIGHBOURHOOD,
    &small::SIZES,
    &small::KEPT,
];
