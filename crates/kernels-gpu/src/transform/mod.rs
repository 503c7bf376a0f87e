//! Images of another size, seen through transforms, and summed up.

mod clip;
mod gather;
mod integral_image;
mod map;
mod nearest;
mod place;
mod place_image;
mod resample;
mod spline;
mod spline_filter;
mod spline_resize;
mod warp;

pub use integral_image::integral_image;
pub use map::Map;
pub use nearest::{Nearest, nearest};
pub use resample::{Resample, Taps, resample};
pub use spline::Degree;
pub(crate) use spline::Spline;
pub use spline_resize::{SplineResize, resize_on_spline};
pub use warp::{Interpolation, Warp, warp};

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &clip::CLIP,
    &integral_image::ACROSS,
    &integral_image::STRIPS,
    &integral_image::CARRY,
    &integral_image::DOWN,
    &place_image::PLACES,
    &resample::RESAMPLE,
    &warp::KERNELS.sum,
    &warp::KERNELS.quotient,
    &warp::KERNELS.polar,
    &warp::KERNELS.each,
    &spline::TURN,
    &spline_filter::SWEEP,
    &warp::SPLINE_KERNELS.sum,
    &warp::SPLINE_KERNELS.quotient,
    &warp::SPLINE_KERNELS.polar,
    &warp::SPLINE_KERNELS.each,
    &nearest::KERNELS.sum,
    &nearest::KERNELS.quotient,
    &nearest::KERNELS.polar,
    &nearest::KERNELS.each,
];
