//! Point-wise odds and ends.

mod greater;
mod img_as_float;
mod invert;

pub use greater::greater;
pub use img_as_float::img_as_float;
pub use invert::invert;

pub(crate) static POINTWISE: &[&crate::pointwise::Pointwise] =
    &[&greater::GREATER, &img_as_float::IMG_AS_FLOAT, &invert::INVERT];
