//! Regions, and moments.

mod label;
mod moments;

pub use label::{Connectivity, label};
pub use moments::moments;

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &label::START,
    &label::FLATTEN,
    &label::MERGE,
    &label::COUNT,
    &label::RANK,
    &label::NUMBER,
    &moments::MOMENTS,
];
