use crate::error::Result;
use crate::image::{DType, GpuImage, byte_length};
use crate::measure::{Connectivity, check_marks, label, marks};
use crate::morphology::kept;
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::util::{greater, greater_than};

params!(Params { words: u32 });

pub(super) static WEAK: Kernel = Kernel {
    name: "filters.applyHysteresisThreshold/weak",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/filters/hysteresis_weak.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// What samples are to be above.
#[derive(Debug, Clone, Copy)]
pub enum Threshold<'a> {
    /// A number.
    All(f64),
    /// For each pixel its own: one channel of the image's size, any dtype.
    Each(&'a GpuImage),
}

/// A `u8` mask of what is above `high`, and of what is above `low` and connected to that by edges; scikit-image's
/// `apply_hysteresis_threshold`.
///
/// Takes one channel of any dtype. A `low` above `high` counts as `high`. For `f32` it is `high` that is rounded to 32 bits, as there;
/// and what is compared with NaN is above nothing.
///
/// # Errors
///
/// As [`label`] and [`greater_than`], and [`GpuError::Binding`](crate::GpuError::Binding) where there may be more regions than can be bound
/// at once.
pub fn apply_hysteresis_threshold(
    image: &GpuImage,
    low: Threshold<'_>,
    high: Threshold<'_>,
) -> Result<GpuImage> {
    use Threshold::{All, Each};
    let operation = "filters.applyHysteresisThreshold";
    check_marks(operation, image)?;
    let strong = match high {
        All(high) => greater(image, high)?,
        Each(limits) => greater_than(image, limits)?,
    };
    let mask = match (low, high) {
        (All(low), All(high)) => above(image, low.min(high))?,
        (All(low), Each(limits)) => weak(&above(image, low)?, &strong, limits)?,
        (Each(lower), Each(limits)) => weak(&greater_than(image, lower)?, &strong, limits)?,
        (Each(lower), All(high)) => {
            let mask = weak(&greater_than(image, lower)?, &strong, lower)?;
            // A number is what the samples are that it is compared with: for the lower thresholds it may be another one.
            let limit = if lower.dtype() == DType::F32 { f64::from(high as f32) } else { high };
            weak(&above(image, limit)?, &mask, lower)?
        }
    };
    connected_to(operation, &mask, &strong, Connectivity::Four)
}

/// What is greater than a number that is not rounded.
fn above(image: &GpuImage, number: f64) -> Result<GpuImage> {
    let same = if image.dtype() == DType::F32 { f64::from(at_most(number)) } else { number };
    greater(image, same)
}

/// What one mask has, unless the threshold there is NaN, and all that another one has.
fn weak(one: &GpuImage, other: &GpuImage, thresholds: &GpuImage) -> Result<GpuImage> {
    let operation = "filters.applyHysteresisThreshold";
    let shape = one.shape();
    let bytes = byte_length(operation, shape, DType::U8)?;
    let each = thresholds.dtype() == DType::F32;
    let mask = one.engine.record(operation, |recording| {
        let (one, other) = (one.storage(recording)?, other.storage(recording)?);
        let thresholds = thresholds.storage(recording)?;
        let mask = recording.buffer(bytes)?;
        let words = bytes.div_ceil(4);
        let buffers = [(&*one).into(), (&*other).into(), (&*thresholds).into(), (&mask).into()];
        let constants = [("EACH", f64::from(u8::from(each)))];
        let params = Params { words: words as u32 };
        recording.dispatch(&WEAK, &constants, &params, &buffers, words.div_ceil(256))?;
        Ok(mask)
    })?;
    Ok(GpuImage::new(&one.engine, mask, shape, DType::U8))
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
