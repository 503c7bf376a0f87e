//! Regions.

mod label;

pub use label::{Connectivity, label};

pub(crate) static KERNELS: &[&crate::Kernel] =
    &[&label::START, &label::FLATTEN, &label::MERGE, &label::COUNT, &label::RANK, &label::NUMBER];
