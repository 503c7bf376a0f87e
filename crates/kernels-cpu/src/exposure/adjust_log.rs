use tagswitch_image::{ImageView, ImageViewMut};

use super::adjustment::{Adjustable, Curve, adjust, each_sample};
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
        each_sample(samples, self.gain, out, |intensity| {
            if self.inverse {
                T::Precision::exp2::<L>(intensity) - 1.0
            } else {
                T::Precision::log2::<L>(1.0 + intensity)
            }
        });
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
}
