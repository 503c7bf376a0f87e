//! Point-wise odds and ends.

mod greater;
mod invert;

pub use greater::greater;
pub use invert::invert;

pub(crate) static POINTWISE: &[&crate::pointwise::Pointwise] =
    &[&greater::GREATER, &invert::INVERT];
