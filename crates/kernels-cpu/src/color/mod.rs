//! Colours, by `skimage.color`.

mod conversion;
mod gray2rgb;
mod hsv;
mod lab;
mod label2rgb;
mod rgb2gray;
mod rgba2rgb;
mod xyz;

pub use conversion::Color;
pub use gray2rgb::{Gray, gray2rgb};
pub(crate) use hsv::with_value;
pub use hsv::{hsv2rgb, rgb2hsv};
pub use lab::{lab2rgb, rgb2lab};
pub use label2rgb::{Label2Rgb, Mean, Underlay, label2rgb, label2rgb_avg};
pub use rgb2gray::{Rgb, rgb2gray};
pub use rgba2rgb::rgba2rgb;
pub use xyz::{rgb2xyz, xyz2rgb};
