//! Regions' borders, and what becomes of regions by them.

mod clear_border;
mod expand_labels;
mod find_boundaries;
mod mark_boundaries;

pub use clear_border::{Margin, clear_border};
pub use expand_labels::expand_labels;
pub use find_boundaries::{Boundaries, BoundaryMode, find_boundaries};
pub use mark_boundaries::{Marks, mark_boundaries};

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &clear_border::TOUCHING,
    &clear_border::CLEARED,
    &expand_labels::DOWN,
    &expand_labels::ACROSS,
    &find_boundaries::FIND,
    &mark_boundaries::MARK,
];
