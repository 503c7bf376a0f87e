//! Regions, and moments.

mod label;
mod label_seams;
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
    &label_seams::FIND,
    &label_seams::LINK,
    &label_seams::JOIN,
    &label_seams::LEAST,
    &label_seams::SETTLE,
    &label_seams::NUMBER,
    &label_seams::NUMBER_ACROSS,
    &moments::MOMENTS,
];
