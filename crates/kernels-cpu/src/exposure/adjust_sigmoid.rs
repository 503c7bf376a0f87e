use tagswitch_image::{ImageView, ImageViewMut};

use super::adjustment::{Adjustable, Curve, adjust, each_sample_as_it_is};
use crate::error::Result;
use crate::simd::Level;
use crate::transcendental::Precision;

/// Options of [`adjust_sigmoid`].
#[derive(Clone, Copy, Debug)]
pub struct AdjustSigmoid {
    /// The intensity that becomes one half.
    pub cutoff: f64,
    /// How steep the curve is.
    pub gain: f64,
    /// Take the result from 1.
    pub inverse: bool,
}

impl Curve for AdjustSigmoid {
    #[inline(always)]
    fn adjust<L: Level, T: Adjustable>(self, samples: &[T], out: &mut [T]) {
        let Self { cutoff, gain, inverse } = self;
        each_sample_as_it_is(samples, 1.0, out, |intensity| {
            T::Precision::sigmoid::<L>(intensity, cutoff, gain, inverse)
        });
    }
}

/// More contrast around an intensity: `skimage.exposure.adjust_sigmoid`, any number of channels.
///
/// # Errors
///
/// [`Error::Negative`](crate::Error::Negative) for a sample below 0,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn adjust_sigmoid<T: Adjustable>(
    image: ImageView<'_, T>,
    options: AdjustSigmoid,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    adjust(image, options, out)
}

#[cfg(test)]
mod tests {
    use super::super::adjustment::adjusted;
    use super::*;

    #[test]
    fn one_half_lies_at_the_cutoff() {
        for inverse in [false, true] {
            let curve = AdjustSigmoid { cutoff: 0.25, gain: 8.0, inverse };
            let out = adjusted(&[0.25f64, 1e300, f64::INFINITY], curve).unwrap();
            let bright = if inverse { 0.0 } else { 1.0 };
            assert_eq!(out, [0.5, bright, bright]);
            assert_eq!(adjusted(&[0.25f32, 1e30], curve), Ok(vec![0.5, bright as f32]));
        }
    }

    #[test]
    fn samples_of_32_bits_become_what_those_of_64_do_at_every_length() {
        let special = [0.0, -0.0, 1e-45, f32::MIN_POSITIVE, 1.0, 3e38, f32::INFINITY, f32::NAN];
        let samples: Vec<f32> =
            special.into_iter().chain((0..1100u16).map(|i| f32::from(i) / 700.0)).collect();
        let wide: Vec<f64> = samples.iter().map(|&sample| f64::from(sample)).collect();
        for (cutoff, gain, inverse) in [(0.5, 10.0, false), (0.3, 4.0, true), (0.5, 0.0, false)] {
            let curve = AdjustSigmoid { cutoff, gain, inverse };
            let all = adjusted(&samples, curve).unwrap();
            for (&value, exact) in all.iter().zip(adjusted(&wide, curve).unwrap()) {
                let near = (f64::from(value) - exact).abs() <= 2e-7 * exact.abs() + 1e-15;
                assert!(near || value.is_nan() && exact.is_nan());
            }
            for length in (1..70).chain(1022..1027) {
                let start = samples.len() - length;
                for (part, whole) in
                    adjusted(&samples[start..], curve).unwrap().iter().zip(&all[start..])
                {
                    assert_eq!(part.to_bits(), whole.to_bits());
                }
            }
        }
    }
}
