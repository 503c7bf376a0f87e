//! Metrics, by `skimage.metrics`.

mod comparison;
mod structural_similarity;

pub use comparison::{Comparison, compare};
pub use structural_similarity::{StructuralSimilarity, structural_similarity};
