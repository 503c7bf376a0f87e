//! Point-wise odds and ends.

mod greater;

pub use greater::greater;

pub(crate) static KERNELS: &[&crate::Kernel] = &[&greater::GREATER];
