use tagswitch_image::{ImageView, ImageViewMut};

use super::adjustment::{Adjustable, Curve, adjust};
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

impl Curve for AdjustGamma {
    #[inline(always)]
    fn at<L: Level, P: Precision>(self, intensity: f64) -> f64 {
        P::pow::<L>(intensity, self.gamma)
    }

    #[inline(always)]
    fn gain(self) -> f64 {
        self.gain
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
    adjust(image, options, out)
}

#[cfg(test)]
mod tests {
    use super::super::adjustment::adjusted;
    use super::*;

    // Expected values: skimage.exposure.adjust_gamma of scikit-image 0.26.0.

    #[test]
    fn raises_to_the_power() {
        let curve = AdjustGamma { gamma: 2.0, gain: 0.5 };
        assert_eq!(adjusted(&[0.0f64, 0.5, 1.0, 3.0], curve), Ok(vec![0.0, 0.125, 0.5, 4.5]));
        assert_eq!(
            adjusted(&[0, 1 << 30, i32::MAX], curve),
            Ok(vec![0, 268_435_456, 1_073_741_823])
        );
    }

    #[test]
    fn to_the_power_of_0_everything_is_1() {
        let curve = AdjustGamma { gamma: 0.0, gain: 0.5 };
        assert_eq!(adjusted(&[0.0f32, 0.5, f32::NAN, f32::INFINITY], curve), Ok(vec![0.5; 4]));
    }
}
