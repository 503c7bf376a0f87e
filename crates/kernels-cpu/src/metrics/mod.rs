//! Metrics, by `skimage.metrics`.

mod mean_squared_error;
mod statistics;
mod structural_similarity;

pub use mean_squared_error::mean_squared_error;
pub use statistics::{Statistics, statistics};
pub use structural_similarity::{StructuralSimilarity, structural_similarity};
