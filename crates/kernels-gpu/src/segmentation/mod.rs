//! Regions' borders.

mod find_boundaries;

pub use find_boundaries::{Boundaries, BoundaryMode, find_boundaries};

pub(crate) static KERNELS: &[&crate::Kernel] = &[&find_boundaries::FIND];
