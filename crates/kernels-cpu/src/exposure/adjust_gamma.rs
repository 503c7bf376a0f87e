use tagswitch_image::{ImageView, ImageViewMut};

use super::adjustment::{Adjustable, Curve, adjust, each_sample};
use super::root::adjust_by_root;
use crate::error::Result;
use crate::simd::Level;
use crate::transcendental::Precision;

/// Options of [`adjust_gamma`].
#[derive(Clone, Copy, Debug)]
pub struct AdjustGamma {
    /// The exponent, at least 0.
    pub gamma: f64,
    /// What powers are multiplied by.
    pub gain: f64,
}

#[derive(Clone, Copy)]
struct Power(AdjustGamma);

impl Curve for Power {
    #[inline(always)]
    fn adjust<L: Level, T: Adjustable>(self, samples: &[T], out: &mut [T]) {
        /// Powers that are taken together.
        const BLOCK: usize = 128;
        let AdjustGamma { gamma, gain } = self.0;
        let mut powers = [0.0; BLOCK];
        for (out, samples) in out.chunks_mut(BLOCK).zip(samples.chunks(BLOCK)) {
            for (power, &sample) in powers.iter_mut().zip(samples) {
                *power = sample.to_f64() / T::ONE;
            }
            T::Precision::pow::<L, _>(&mut powers, gamma);
            for (out, power) in out.iter_mut().zip(powers) {
                *out = T::from_value(power * T::ONE * gain);
            }
        }
    }
}

/// The power of two.
#[derive(Clone, Copy)]
struct Square {
    gain: f64,
}

impl Curve for Square {
    #[inline(always)]
    fn adjust<L: Level, T: Adjustable>(self, samples: &[T], out: &mut [T]) {
        each_sample(samples, self.gain, out, |intensity| intensity * intensity);
    }
}

/// Intensities to a power: `skimage.exposure.adjust_gamma`, any number of channels.
///
/// # Errors
///
/// [`Error::Negative`](crate::Error::Negative) for a sample below 0,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn adjust_gamma<T: Adjustable>(
    image: ImageView<'_, T>,
    options: AdjustGamma,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    let AdjustGamma { gamma, gain } = options;
    // As NumPy: what the CPU does in one instruction is no power.
    match gamma {
        0.5 => adjust_by_root(image, gain, out),
        2.0 => adjust(image, Square { gain }, out),
        _ => adjust(image, Power(options), out),
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::super::adjustment::adjusted;
    use super::*;
    use crate::error::Error;

    fn powers<T: Adjustable>(samples: &[T], gamma: f64, gain: f64) -> Result<Vec<T>> {
        let shape = Shape::new(1, samples.len(), 1)?;
        let mut out = vec![T::default(); samples.len()];
        let image = ImageView::new(samples, shape)?;
        adjust_gamma(image, AdjustGamma { gamma, gain }, ImageViewMut::new(&mut out, shape)?)?;
        Ok(out)
    }

    // Expected values: skimage.exposure.adjust_gamma of scikit-image 0.26.0.

    #[test]
    fn raises_to_the_power() {
        assert_eq!(powers(&[0.0f64, 0.5, 1.0, 3.0], 2.0, 0.5), Ok(vec![0.0, 0.125, 0.5, 4.5]));
        assert_eq!(
            powers(&[0, 1 << 30, i32::MAX], 2.0, 0.5),
            Ok(vec![0, 268_435_456, 1_073_741_823])
        );
        assert_eq!(powers(&[0.0f32, 0.25, 4.0], 0.5, 2.0), Ok(vec![0.0, 1.0, 4.0]));
        assert_eq!(powers(&[0.0f32, 0.5, 1.0, 2.0], 3.0, 1.0), Ok(vec![0.0, 0.125, 1.0, 8.0]));
    }

    #[test]
    fn to_the_power_of_0_everything_is_1() {
        assert_eq!(powers(&[0.0f32, 0.5, f32::NAN, f32::INFINITY], 0.0, 0.5), Ok(vec![0.5; 4]));
    }

    #[test]
    fn roots_and_squares_are_the_powers_that_they_stand_for() {
        let samples: Vec<f32> = (0..3000u16).map(|i| f32::from(i) / 1024.0).collect();
        for (gamma, gain) in [(0.5, 1.0), (0.5, 0.75), (2.0, 1.0), (2.0, 3.0)] {
            let expected = adjusted(&samples, Power(AdjustGamma { gamma, gain })).unwrap();
            for (a, b) in powers(&samples, gamma, gain).unwrap().into_iter().zip(expected) {
                assert!((a - b).abs() <= 2e-7 * b, "{a} instead of {b}");
            }
            let [nan, infinity, zero] =
                powers(&[f32::NAN, f32::INFINITY, -0.0], gamma, gain).unwrap().try_into().unwrap();
            assert!(nan.is_nan() && infinity == f32::INFINITY && zero == 0.0);
        }
    }

    #[test]
    fn roots_are_scaled_as_samples_whatever_the_gain() {
        let special = [0.0, 1e-45, f32::MIN_POSITIVE, 1.0, 3e38, f32::INFINITY, f32::NAN];
        let samples: Vec<f32> =
            special.into_iter().chain((0..1100u16).map(|i| f32::from(i) / 700.0)).collect();
        for gain in [1.0, 0.75, 0.1, 1e39, 1e-42, -2.0] {
            for length in (1..70).chain([1023, 1024, 1025]) {
                let roots = powers(&samples[..length], 0.5, gain).unwrap();
                for (root, sample) in roots.into_iter().zip(&samples) {
                    let expected = (f64::from(sample.sqrt()) * gain) as f32;
                    assert!(root == expected || root.is_nan() && expected.is_nan());
                }
            }
        }
    }

    #[test]
    fn roots_of_negative_samples_are_refused_wherever_they_lie() {
        for at in (1..70).chain([2999]) {
            let mut samples = vec![0.5f32; 3000];
            (samples[at], samples[2999]) = (-0.25, -f32::INFINITY);
            let value = if at == 2999 { f64::NEG_INFINITY } else { -0.25 };
            assert_eq!(powers(&samples, 0.5, 1.0), Err(Error::Negative { value }));
            assert_eq!(powers(&samples[..at], 0.5, 2.0), Ok(vec![2.0 * 0.5f32.sqrt(); at]));
        }
        assert!(powers(&[f32::NAN, -0.0], 0.5, 1.0).unwrap()[0].is_nan());
        assert_eq!(powers(&[4, -7i32], 0.5, 1.0), Err(Error::Negative { value: -7.0 }));
    }

    #[test]
    fn powers_are_those_of_single_samples_at_every_length() {
        let special = [0.0, 1e-45, f32::MIN_POSITIVE, 1.0, 3e38, f32::INFINITY, f32::NAN];
        let samples: Vec<f32> =
            special.into_iter().chain((0..1100u16).map(|i| f32::from(i) / 700.0)).collect();
        for gamma in [2.2, 1.0 / 2.2, 0.01] {
            let all = powers(&samples, gamma, 0.75).unwrap();
            for (power, &sample) in all.iter().zip(&samples) {
                let expected = (f64::from(sample).powf(gamma) * 0.75) as f32;
                let near = (power - expected).abs() <= 1.3e-7 * expected;
                assert!(*power == expected || near || power.is_nan() && expected.is_nan());
            }
            for length in (1..70).chain(126..131).chain(1022..1027) {
                let part = powers(&samples[samples.len() - length..], gamma, 0.75).unwrap();
                assert_eq!(part, all[all.len() - length..]);
            }
        }
    }
}
