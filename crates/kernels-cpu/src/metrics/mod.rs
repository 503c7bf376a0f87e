//! Metrics, by `skimage.metrics`.

mod mean_squared_error;
mod similarity_gradient;
mod similarity_windows;
mod statistics;
mod structural_similarity;
mod window_averages;

pub use mean_squared_error::mean_squared_error;
pub use statistics::{Statistics, statistics};
pub use structural_similarity::{SimilarityImages, StructuralSimilarity, structural_similarity};
