use crate::error::Result;
use crate::extrema::order;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { threshold: u32, verdict: u32 });

pub(super) static GREATER: Pointwise = Pointwise {
    name: "util.greater",
    channels: Channels::All { takes: 1, gives: 1 },
    wgsl: include_str!("../../shaders/util/greater.wgsl"),
    params: Some(Params::LAYOUT),
};

/// A `u8` mask of 1 where samples are greater than a threshold; NumPy's `image > threshold`.
///
/// Takes one channel of any dtype. For `f32` the threshold is rounded to 32 bits. NaN on either side compares false.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, and those of the device.
pub fn greater(image: &GpuImage, threshold: f64) -> Result<GpuImage> {
    let (threshold, verdict) = comparison(image.dtype(), threshold);
    GREATER.apply(image, DType::U8, &Params { threshold, verdict })
}

/// The shader's `threshold` and `verdict`.
pub(crate) fn comparison(dtype: DType, threshold: f64) -> (u32, u32) {
    const COMPARE: u32 = 0;
    const NEVER: u32 = 1;
    const ALWAYS: u32 = 2;
    if threshold.is_nan() {
        return (0, NEVER);
    }
    if dtype == DType::F32 {
        return (order(threshold as f32), COMPARE);
    }
    // A whole number is greater than `threshold` exactly when it is greater than its floor.
    let level = threshold.floor();
    if level < f64::from(i32::MIN) {
        return (0, ALWAYS);
    }
    if level >= f64::from(i32::MAX) {
        return (0, NEVER);
    }
    ((level as i32).cast_unsigned(), COMPARE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_beyond_the_levels_decide_at_once() {
        assert_eq!(comparison(DType::U8, f64::NAN), (0, 1));
        assert_eq!(comparison(DType::U8, f64::NEG_INFINITY), (0, 2));
        assert_eq!(comparison(DType::I32, f64::INFINITY), (0, 1));
        assert_eq!(comparison(DType::U8, -0.5), ((-1_i32).cast_unsigned(), 0));
        assert_eq!(comparison(DType::U16, 3.7), (3, 0));
    }
}
