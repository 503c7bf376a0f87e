use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::measure::{Connectivity, check_marks, label, marks};
use crate::morphology::kept;
use crate::util::greater;

/// A `u8` mask of what is above `high`, and of what is above `low` and connected to that by edges; scikit-image's
/// `apply_hysteresis_threshold`.
///
/// Takes one channel of any dtype. A `low` above `high` counts as `high`. For `f32` it is `high` that is rounded to 32 bits, as there.
///
/// # Errors
///
/// As [`label`], and [`GpuError::Binding`](crate::GpuError::Binding) where there may be more regions than can be bound at once.
pub fn apply_hysteresis_threshold(image: &GpuImage, low: f64, high: f64) -> Result<GpuImage> {
    let operation = "filters.applyHysteresisThreshold";
    check_marks(operation, image)?;
    let low = low.min(high);
    let low = if image.dtype() == DType::F32 { f64::from(at_most(low)) } else { low };
    let (mask, strong) = (greater(image, low)?, greater(image, high)?);
    connected_to(operation, &mask, &strong, Connectivity::Four)
}

/// The regions of a mask in which some pixel of another one lies.
pub(crate) fn connected_to(
    operation: &str,
    mask: &GpuImage,
    strong: &GpuImage,
    connectivity: Connectivity,
) -> Result<GpuImage> {
    let regions = label(mask, 0, connectivity)?;
    let result = mask.engine.record(operation, |recording| {
        let regions = regions.storage(recording)?;
        let marks = marks(recording, &regions, strong, true)?;
        kept(recording, (&regions, &marks), mask, (1, false))
    })?;
    Ok(GpuImage::new(&mask.engine, result, mask.shape(), DType::U8))
}

/// The greatest float of 32 bits that is not above a number: the same samples are greater.
fn at_most(number: f64) -> f32 {
    let nearest = number as f32;
    if f64::from(nearest) > number { nearest.next_down() } else { nearest }
}

#[cfg(test)]
mod tests {
    use super::at_most;

    #[test]
    fn the_same_floats_are_greater() {
        assert_eq!(at_most(0.5), 0.5);
        assert_eq!(at_most(0.1), 0.1_f32.next_down());
        assert_eq!(at_most(0.3_f64.next_down()), 0.3_f32.next_down());
        assert_eq!(at_most(1e300), f32::MAX);
        assert_eq!(at_most(-1e300), f32::NEG_INFINITY);
        assert_eq!(at_most(-1e-300), -f32::from_bits(1));
    }
}
