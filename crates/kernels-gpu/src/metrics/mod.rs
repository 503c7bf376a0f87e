//! Metrics of two images.

mod compare;
mod structural_similarity;

pub use compare::{Comparison, compare};
pub use structural_similarity::{
    StructuralSimilarity, structural_similarities, structural_similarity,
};

use crate::error::{GpuError, Result};
use crate::image::GpuImage;

pub(crate) static KERNELS: &[&crate::Kernel] =
    &[&compare::COMPARE, &structural_similarity::SIMILARITY, &structural_similarity::FULL];

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
