//! Colours.

mod gray2rgb;
mod label2rgb;
mod rgb2gray;

pub use gray2rgb::gray2rgb;
pub use label2rgb::{Label2Rgb, label2rgb};
pub use rgb2gray::rgb2gray;

pub(crate) static KERNELS: &[&crate::Kernel] =
    &[&label2rgb::PRESENT, &label2rgb::COUNT, &label2rgb::NUMBER, &label2rgb::OVERLAY];

pub(crate) static POINTWISE: &[&crate::pointwise::Pointwise] =
    &[&gray2rgb::GRAY2RGB, &rgb2gray::RGB2GRAY];
