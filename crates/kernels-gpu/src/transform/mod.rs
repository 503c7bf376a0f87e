//! Images of another size, and seen through transforms.

mod clip;
mod resample;
mod warp;

pub use resample::{Resample, Taps, resample};
pub use warp::{Nearest, Warp, nearest, place_tables, warp};

pub(crate) static KERNELS: &[&crate::Kernel] =
    &[&clip::CLIP, &resample::RESAMPLE, &warp::WARP, &warp::NEAREST];
