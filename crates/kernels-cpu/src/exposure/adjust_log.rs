use tagswitch_image::{ImageView, ImageViewMut};

use super::adjustment::{Adjustable, Curve, adjust, each_sample, each_sample_as_it_is};
use crate::error::Result;
use crate::simd::Level;
use crate::transcendental::Precision;

/// Options of [`adjust_log`].
#[derive(Clone, Copy, Debug)]
pub struct AdjustLog {
    /// What logarithms are multiplied by.
    pub gain: f64,
    /// Powers of 2 less 1, the inverse, instead.
    pub inverse: bool,
}

impl Curve for AdjustLog {
    #[inline(always)]
    fn adjust<L: Level, T: Adjustable>(self, samples: &[T], out: &mut [T]) {
        let Self { gain, inverse } = self;
        if !inverse {
            each_sample_as_it_is(samples, gain, out, T::Precision::log2p1::<L>);
        } else if gain.abs() < 1.0 {
            // What is too large for the samples' type need not be so once it is scaled.
            each_sample(samples, gain, out, |x| T::Precision::exp2::<L>(x) - 1.0);
        } else {
            each_sample_as_it_is(samples, gain, out, T::Precision::exp2m1::<L>);
        }
    }
}

/// Logarithms of intensities: `skimage.exposure.adjust_log`, any number of channels.
///
/// # Errors
///
/// [`Error::Negative`](crate::Error::Negative) for a sample below 0,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn adjust_log<T: Adjustable>(
    image: ImageView<'_, T>,
    options: AdjustLog,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    adjust(image, options, out)
}

#[cfg(test)]
mod tests {
    use super::super::adjustment::adjusted;
    use super::*;

    // Expected values: skimage.exposure.adjust_log of scikit-image 0.26.0.

    #[test]
    fn takes_logarithms_and_the_inverse() {
        let curve = AdjustLog { gain: 2.0, inverse: false };
        assert_eq!(adjusted(&[0.0f64, 1.0, 3.0], curve), Ok(vec![0.0, 2.0, 4.0]));
        let curve = AdjustLog { gain: 2.0, inverse: true };
        assert_eq!(adjusted(&[0.0f32, 1.0, 2.0], curve), Ok(vec![0.0, 2.0, 6.0]));
        assert_eq!(
            adjusted(&[0, i32::MAX], AdjustLog { gain: 1.0, inverse: true }),
            Ok(vec![0, i32::MAX])
        );
    }

    #[test]
    fn samples_of_32_bits_become_what_those_of_64_do_at_every_length() {
        let special =
            [0.0, -0.0, 1e-45, f32::MIN_POSITIVE, 1.0, 127.9, 128.0, 129.5, 3e38, f32::INFINITY];
        let samples: Vec<f32> = special
            .into_iter()
            .chain([f32::NAN])
            .chain((0..1100u16).map(|i| f32::from(i) / 700.0))
            .collect();
        let wide: Vec<f64> = samples.iter().map(|&sample| f64::from(sample)).collect();
        for (gain, inverse) in
            [(1.0, false), (0.1, false), (-2.0, false), (1.0, true), (1.3, true), (0.25, true)]
        {
            let curve = AdjustLog { gain, inverse };
            let all = adjusted(&samples, curve).unwrap();
            // Of numbers far below 1 nothing is left in 64 bits once they are added to it.
            for (&value, exact) in all.iter().zip(adjusted(&wide, curve).unwrap()) {
                let near = (f64::from(value) - exact).abs() <= 3e-7 * exact.abs() + 1e-37;
                assert!(near || value == exact as f32 || value.is_nan() && exact.is_nan());
            }
            for length in (1..70).chain(1022..1027) {
                let start = samples.len() - length;
                assert_eq!(adjusted(&samples[start..], curve).unwrap(), all[start..]);
            }
        }
    }
}
