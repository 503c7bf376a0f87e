//! Colours, by `skimage.color`.

mod gray2rgb;
mod label2rgb;
mod ranks;
mod rgb2gray;

pub use gray2rgb::gray2rgb;
pub use label2rgb::{Label2Rgb, Mean, Underlay, label2rgb, label2rgb_avg};
pub use ranks::Label;
pub use rgb2gray::rgb2gray;
