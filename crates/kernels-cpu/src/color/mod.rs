//! Colours, by `skimage.color`.

mod label2rgb;
mod rgb2gray;

pub use label2rgb::{Label2rgb, Underlay, label2rgb, label2rgb_avg};
pub use rgb2gray::rgb2gray;
