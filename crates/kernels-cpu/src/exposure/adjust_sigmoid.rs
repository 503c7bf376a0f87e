use tagswitch_image::{ImageView, ImageViewMut};

use super::adjustment::{Adjustable, Curve, adjust, each_sample};
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
        each_sample(samples, 1.0, out, |intensity| {
            let power = T::Precision::exp::<L>(self.gain * (self.cutoff - intensity));
            let sigmoid = 1.0 / (1.0 + power);
            if self.inverse { 1.0 - sigmoid } else { sigmoid }
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
}
