//! Regions: their borders, their numbers, and how they grow, by `skimage.segmentation`.

mod clear_border;
mod eager_flood;
mod expand_labels;
mod find_boundaries;
mod flood_queue;
mod level_queue;
mod levels;
mod local_minima;
mod mark_boundaries;
mod padded;
mod relabel_sequential;
mod watershed;

pub use clear_border::{Border, clear_border};
pub use expand_labels::expand_labels;
pub use find_boundaries::{Boundaries, BoundaryMode, find_boundaries};
pub use local_minima::local_minima;
pub use mark_boundaries::{Marks, mark_boundaries};
pub use relabel_sequential::relabel_sequential;
pub use watershed::{Flooding, watershed};
