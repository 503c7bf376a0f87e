use std::sync::atomic::{AtomicBool, Ordering};

use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use crate::error::{Error, Result, check_shape};
use crate::simd::{Kernel, Level, dispatch_wide};
use crate::stream::each_tile;
use crate::transcendental::Precision;

/// Operations per sample, transcendental ones among them.
pub(super) const COST: usize = 40;

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

/// What becomes of intensities.
pub(super) trait Curve: Copy + Sync {
    /// Adjusts samples, none of them negative, of which `out` is to have as many.
    fn adjust<L: Level, T: Adjustable>(self, samples: &[T], out: &mut [T]);
}

/// Adjusts one by one; after it has become a sample again, each is multiplied by `gain`.
#[inline(always)]
pub(super) fn each_sample<T: Adjustable>(
    samples: &[T],
    gain: f64,
    out: &mut [T],
    adjusted: impl Fn(f64) -> f64,
) {
    for (out, &sample) in out.iter_mut().zip(samples) {
        *out = T::from_value(adjusted(sample.to_f64() / T::ONE) * T::ONE * gain);
    }
}

/// [`each_sample`], adjusted in no more bits than the samples have.
#[inline(always)]
pub(super) fn each_sample_as_it_is<T: Adjustable>(
    samples: &[T],
    gain: f64,
    out: &mut [T],
    adjusted: impl Fn(T::Precision) -> T::Precision,
) {
    let adjusted = |intensity| adjusted(T::Precision::from_f64(intensity)).to_f64();
    let narrow = T::Precision::from_f64(gain);
    if narrow.to_f64() != gain {
        return each_sample(samples, gain, out, adjusted);
    }
    // A product of two numbers of 32 bits is the same, rounded once, as in 64.
    for (out, &sample) in out.iter_mut().zip(samples) {
        let adjusted = T::Precision::from_f64(adjusted(sample.to_f64() / T::ONE) * T::ONE);
        *out = T::from_value((adjusted * narrow).to_f64());
    }
}

/// Every sample, none of them negative, as a curve has it.
pub(super) fn adjust<T: Adjustable>(
    image: ImageView<'_, T>,
    curve: impl Curve,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    let negative = AtomicBool::new(false);
    each_tile(image, out, COST, |samples, out| {
        if !dispatch_wide(Adjust { samples, curve, out }) {
            negative.store(true, Ordering::Relaxed);
        }
    });
    if negative.into_inner() { Err(refused(image)) } else { Ok(()) }
}

/// The error for an image's first negative sample.
pub(super) fn refused<T: Adjustable>(image: ImageView<'_, T>) -> Error {
    let first = image.samples().iter().map(|v| v.to_f64()).find(|&value| value < 0.0);
    Error::Negative { value: first.unwrap_or(f64::NAN) }
}

struct Adjust<'a, T, C> {
    samples: &'a [T],
    curve: C,
    out: &'a mut [T],
}

impl<T: Adjustable, C: Curve> Kernel for Adjust<'_, T, C> {
    /// Whether no sample is negative, so that all were adjusted.
    type Output = bool;

    #[inline(always)]
    fn run<L: Level>(self) -> bool {
        /// Samples that are looked at and then adjusted while they are at hand.
        const BLOCK: usize = 1024;
        for (out, samples) in self.out.chunks_mut(BLOCK).zip(self.samples.chunks(BLOCK)) {
            if samples.iter().fold(false, |any, &sample| any | (sample < T::default())) {
                return false;
            }
            self.curve.adjust::<L, T>(samples, out);
        }
        true
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

    /// Times a number.
    #[derive(Clone, Copy)]
    struct Times(f64);

    impl Curve for Times {
        fn adjust<L: Level, T: Adjustable>(self, samples: &[T], out: &mut [T]) {
            each_sample(samples, self.0, out, |intensity| intensity);
        }
    }

    #[test]
    fn refuses_negative_samples() {
        let mut samples = vec![0.5f32; 3000];
        samples[2500] = -0.25;
        assert_eq!(adjusted(&samples, Times(1.0)), Err(Error::Negative { value: -0.25 }));
        assert_eq!(adjusted(&[4, -7i32], Times(1.0)), Err(Error::Negative { value: -7.0 }));
        assert!(adjusted(&[f32::NAN, -0.0], Times(1.0)).unwrap()[0].is_nan());
    }

    #[test]
    fn every_length_is_adjusted_to_its_end() {
        for length in [1, 7, 1023, 1024, 1025, 2049] {
            assert_eq!(adjusted(&vec![3; length], Times(5.0)), Ok(vec![15; length]));
        }
    }

    #[test]
    fn integers_keep_within_their_limits() {
        assert_eq!(adjusted(&[i32::MAX, 3], Times(1.5)), Ok(vec![i32::MAX, 4]));
        assert_eq!(adjusted(&[i32::MAX, 3], Times(-2.0)), Ok(vec![i32::MIN, -6]));
    }
}
