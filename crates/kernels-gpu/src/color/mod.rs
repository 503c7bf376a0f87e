//! Colours.

mod gray2rgb;
mod hsv2rgb;
mod lab2rgb;
mod label2rgb;
mod rgb2gray;
mod rgb2hsv;
mod rgb2lab;
mod rgb2xyz;
mod rgba2rgb;
mod xyz2rgb;

pub use gray2rgb::gray2rgb;
pub use hsv2rgb::hsv2rgb;
pub use lab2rgb::lab2rgb;
pub use label2rgb::{Label2Rgb, label2rgb};
pub use rgb2gray::rgb2gray;
pub use rgb2hsv::rgb2hsv;
pub use rgb2lab::rgb2lab;
pub use rgb2xyz::rgb2xyz;
pub use rgba2rgb::rgba2rgb;
pub use xyz2rgb::xyz2rgb;

pub(crate) static KERNELS: &[&crate::Kernel] =
    &[&label2rgb::PRESENT, &label2rgb::COUNT, &label2rgb::NUMBER, &label2rgb::OVERLAY];

pub(crate) static POINTWISE: &[&crate::pointwise::Pointwise] = &[
    &gray2rgb::GRAY2RGB,
    &hsv2rgb::HSV2RGB,
    &lab2rgb::LAB2RGB,
    &rgb2gray::RGB2GRAY,
    &rgb2hsv::RGB2HSV,
    &rgb2lab::RGB2LAB,
    &rgb2xyz::RGB2XYZ,
    &rgba2rgb::RGBA2RGB,
    &xyz2rgb::XYZ2RGB,
];
