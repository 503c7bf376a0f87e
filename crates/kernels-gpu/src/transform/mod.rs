//! Images of another size, seen through transforms, and summed up.

mod clip;
mod gather;
mod integral_image;
mod nearest;
mod place;
mod resample;
mod warp;

pub use integral_image::integral_image;
pub use nearest::{Nearest, nearest};
pub use place::Map;
pub use resample::{Resample, Taps, resample};
pub use warp::{Warp, warp};

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &clip::CLIP,
    &integral_image::ACROSS,
    &integral_image::STRIPS,
    &integral_image::CARRY,
    &integral_image::DOWN,
    &resample::RESAMPLE,
    &warp::KERNELS.sum,
    &warp::KERNELS.quotient,
    &warp::KERNELS.polar,
    &nearest::KERNELS.sum,
    &nearest::KERNELS.quotient,
    &nearest::KERNELS.polar,
];
