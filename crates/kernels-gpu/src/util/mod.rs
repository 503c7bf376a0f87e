//! Odds and ends.

mod greater;
mod greater_than;
mod img_as_float;
mod img_as_unsigned;
mod invert;
mod random_noise;

pub(crate) use greater::comparison;
pub use greater::greater;
pub use greater_than::greater_than;
pub use img_as_float::img_as_float;
pub(crate) use img_as_unsigned::in_16_bits;
pub use img_as_unsigned::{img_as_ubyte, img_as_uint};
pub use invert::invert;
pub use random_noise::{Noise, RandomNoise, random_noise};

pub(crate) static KERNELS: &[&crate::pipeline::Kernel] =
    &[&greater_than::GREATER_THAN, &random_noise::RANDOM_NOISE];

pub(crate) static POINTWISE: &[&crate::pointwise::Pointwise] = &[
    &greater::GREATER,
    &img_as_float::IMG_AS_FLOAT,
    &img_as_unsigned::IMG_AS_UBYTE,
    &img_as_unsigned::IMG_AS_UINT,
    &invert::INVERT,
];
