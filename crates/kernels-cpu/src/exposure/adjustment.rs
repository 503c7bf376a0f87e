use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Error, Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::each_band;
use crate::transcendental::Precision;

/// Operations per sample, transcendental ones among them.
const COST: usize = 40;

/// Samples that are adjusted one by one; [`look_up`](super::look_up()) adjusts those of 8 and 16 bits.
pub trait Adjustable: Sample {
    /// What curves are computed for.
    type Precision: Precision;
    /// What is an intensity of 1.
    const ONE: f64;
    /// The sample of a result: cut to a whole number, and to the limits, where the type has them.
    fn from_value(value: f64) -> Self;
}

impl Adjustable for i32 {
    type Precision = f64;
    const ONE: f64 = i32::MAX as f64;

    #[inline(always)]
    fn from_value(value: f64) -> Self {
        value as Self
    }
}

macro_rules! float {
    ($($type:ident),+) => {
        $(impl Adjustable for $type {
            type Precision = $type;
            const ONE: f64 = 1.0;

            #[inline(always)]
            fn from_value(value: f64) -> Self {
                value as Self
            }
        })+
    };
}

float!(f32, f64);

/// What becomes of an intensity.
pub(super) trait Curve: Copy + Sync {
    /// The adjusted intensity.
    fn at<L: Level, P: Precision>(self, intensity: f64) -> f64;

    /// What it is multiplied by, after it has become a sample again.
    fn gain(self) -> f64 {
        1.0
    }
}

/// Every sample, none of them negative, as a curve has it.
pub(super) fn adjust<T: Adjustable>(
    image: ImageView<'_, T>,
    curve: impl Curve,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    let samples = image.samples();
    if dispatch(AnyNegative { samples }) {
        let first = samples.iter().map(|sample| sample.to_f64()).find(|&value| value < 0.0);
        return Err(Error::Negative { value: first.unwrap_or(f64::NAN) });
    }
    each_band(out.into_samples(), image.shape().row_len(), COST, |out| {
        dispatch(Adjust { samples: out.same_rows(image), curve, out: out.samples });
    });
    Ok(())
}

struct AnyNegative<'a, T> {
    samples: &'a [T],
}

impl<T: Sample> Kernel for AnyNegative<'_, T> {
    type Output = bool;

    #[inline(always)]
    fn run<L: Level>(self) -> bool {
        let zero = T::default();
        self.samples.chunks(1024).any(|block| block.iter().fold(false, |any, &v| any | (v < zero)))
    }
}

struct Adjust<'a, T, C> {
    samples: &'a [T],
    curve: C,
    out: &'a mut [T],
}

impl<T: Adjustable, C: Curve> Kernel for Adjust<'_, T, C> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let gain = self.curve.gain();
        for (out, &sample) in self.out.iter_mut().zip(self.samples) {
            let adjusted = self.curve.at::<L, T::Precision>(sample.to_f64() / T::ONE);
            *out = T::from_value(adjusted * T::ONE * gain);
        }
    }
}

#[cfg(test)]
pub(super) fn adjusted<T: Adjustable>(samples: &[T], curve: impl Curve) -> Result<Vec<T>> {
    let shape = tagswitch_image::Shape::new(1, samples.len(), 1)?;
    let mut out = vec![T::default(); samples.len()];
    adjust(ImageView::new(samples, shape)?, curve, ImageViewMut::new(&mut out, shape)?)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exposure::AdjustGamma;

    #[test]
    fn refuses_negative_samples() {
        let curve = AdjustGamma { gamma: 1.0, gain: 1.0 };
        let mut samples = vec![0.5f32; 3000];
        samples[2500] = -0.25;
        assert_eq!(adjusted(&samples, curve), Err(Error::Negative { value: -0.25 }));
        assert_eq!(adjusted(&[4, -7i32], curve), Err(Error::Negative { value: -7.0 }));
        assert!(adjusted(&[f32::NAN, -0.0], curve).unwrap()[0].is_nan());
    }

    #[test]
    fn integers_keep_within_their_limits() {
        let curve = AdjustGamma { gamma: 1.0, gain: 1.5 };
        assert_eq!(adjusted(&[i32::MAX, 3], curve), Ok(vec![i32::MAX, 4]));
        let curve = AdjustGamma { gamma: 1.0, gain: -2.0 };
        assert_eq!(adjusted(&[i32::MAX, 3], curve), Ok(vec![i32::MIN, -6]));
    }
}
