use std::f64::consts::SQRT_2;

use super::label::Connectivity;
use super::pattern_counts::{counting, counts};
use crate::error::Result;
use crate::image::GpuImage;
use crate::pipeline::Kernel;

pub(super) static BORDER: Kernel = counting!("measure.perimeter", "perimeter.wgsl");

/// The perimeter of what is above 0; scikit-image's `perimeter`, with the neighbours that a pixel must have so as not to lie at the border.
///
/// The length of the line through the centres of border pixels (K. Benkrid, D. Crookes, "Design and FPGA implementation of a perimeter
/// estimator", 2000), which are counted on the GPU by how they lie beside each other. Takes one channel of any dtype. Waits.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for several channels, and those of the device.
pub fn perimeter(image: &GpuImage, neighbours: Connectivity) -> Result<f64> {
    let corners = [("CORNERS", f64::from(u8::from(neighbours == Connectivity::Eight)))];
    // The neighbours of neighbours.
    let [straight, diagonal, mixed] = counts(&BORDER, &corners, image, 2)?.map(f64::from);
    Ok(straight + diagonal * SQRT_2 + mixed * ((1.0 + SQRT_2) / 2.0))
}
