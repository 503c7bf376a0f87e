//! Images of another size, seen through transforms, and summed up.

mod clip;
mod integral_image;
mod resample;
mod warp;

pub use integral_image::integral_image;
pub use resample::{Resample, Taps, resample};
pub use warp::{Nearest, Warp, nearest, place_tables, warp};

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &clip::CLIP,
    &integral_image::ACROSS,
    &integral_image::STRIPS,
    &integral_image::CARRY,
    &integral_image::DOWN,
    &resample::RESAMPLE,
    &warp::WARP,
    &warp::NEAREST,
];
