use super::label::Connectivity;
use super::pattern_counts::{counting, counts};
use crate::error::Result;
use crate::image::GpuImage;
use crate::pipeline::Kernel;

pub(super) static SQUARES: Kernel = counting!("measure.eulerNumber", "euler_number.wgsl");

/// Objects, which are above 0, less holes; scikit-image's `euler_number`.
///
/// By the squares of 2 × 2 pixels: those with one pixel of an object less those with three of them, over four, and half of those with two in a
/// diagonal, which `connectivity` takes for one object or for two (S. B. Gray, "Local properties of binary images in two dimensions", 1971).
/// They are counted on the GPU. Takes one channel of any dtype. Waits.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for several channels, and those of the device.
pub fn euler_number(image: &GpuImage, connectivity: Connectivity) -> Result<i64> {
    let [ones, threes, diagonals] = counts(&SQUARES, &[], image, 1)?.map(i64::from);
    let weight = match connectivity {
        Connectivity::Four => 2,
        Connectivity::Eight => -2,
    };
    Ok((ones - threes + weight * diagonals) / 4)
}
