//! Metrics of two images.

mod compare;
mod similarity_by_columns;
mod similarity_gradient;
mod similarity_in_tiles;
mod structural_similarity;

pub use compare::{Comparison, compare};
pub use structural_similarity::{
    Similarity, SimilarityImages, StructuralSimilarity, structural_similarity,
};

use crate::error::{GpuError, Result};
use crate::image::GpuImage;

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &compare::COMPARE,
    &similarity_by_columns::DOWN,
    &similarity_by_columns::ACROSS,
    &similarity_by_columns::ACROSS_FULL,
    &similarity_by_columns::ACROSS_TERMS,
    &similarity_gradient::DOWN,
    &similarity_gradient::ACROSS,
    &similarity_in_tiles::SIMILARITY,
    &similarity_in_tiles::FULL,
];

/// Fails for images that differ in shape, dtype or device.
fn check_alike(operation: &str, first: &GpuImage, second: &GpuImage) -> Result<()> {
    if (first.shape(), first.dtype()) == (second.shape(), second.dtype()) {
        return first.check_beside(operation, second);
    }
    let described = |image: &GpuImage| {
        let crate::Shape { height, width, channels } = image.shape();
        format!("{:?} of {height} × {width} × {channels}", image.dtype())
    };
    let message = format!(
        "the second image is {}; expected {} as the first",
        described(second),
        described(first)
    );
    Err(GpuError::argument(operation, message))
}
