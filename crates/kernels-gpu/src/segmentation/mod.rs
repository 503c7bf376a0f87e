//! Regions: flooded from markers, their borders, and what becomes of regions by them.

mod clear_border;
mod expand_labels;
mod find_boundaries;
mod flood;
mod local_minima;
mod mark_boundaries;
mod watershed;

pub use clear_border::{Margin, clear_border};
pub use expand_labels::expand_labels;
pub use find_boundaries::{Boundaries, BoundaryMode, find_boundaries};
pub use mark_boundaries::{Marks, mark_boundaries};
pub use watershed::watershed;

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &clear_border::TOUCHING,
    &clear_border::CLEARED,
    &expand_labels::DOWN,
    &expand_labels::ACROSS,
    &find_boundaries::FIND,
    &flood::ENTRIES,
    &flood::SPREAD,
    &flood::VALUES,
    &local_minima::MINIMA,
    &mark_boundaries::MARK,
    &watershed::PARENTS,
    &watershed::REGIONS,
    &watershed::ROOTS,
    &watershed::START,
    &watershed::TIES,
];
