//! Images of another size, and seen through transforms, by `skimage.transform`.

mod between_pixels;
mod clip;
mod exactly;
mod integral_image;
mod near;
mod period;
mod pixel_taps;
mod places;
mod pyramid;
mod repetition;
mod resample;
mod resize;
mod spline;
mod spline_filter;
mod spline_resize;
mod spline_warp;
mod steps;
mod taps;
mod warp;
mod warp_line;
mod warp_nearest;

pub use integral_image::integral_image;
pub use places::{Each, Map, Polar};
pub use pyramid::{Pyramid, pyramid_expand, pyramid_reduce};
pub use resize::{Resize, nearest_indices, resize, resize_nearest};
pub use spline::Degree;
pub(crate) use spline::{Spline, doubles, taps};
pub use steps::Sampling;
pub use taps::{Taps, block_taps};
pub use warp::{Interpolation, Warp, warp};
pub use warp_nearest::warp_nearest;
