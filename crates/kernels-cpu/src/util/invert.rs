use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::each_tile;

/// Operations per sample.
const COST: usize = 1;

/// Samples whose range can be turned over.
pub trait Invert: Sample {
    /// The sample as far from the one end of the range as it was from the other.
    fn inverted(self, signed_float: bool) -> Self;
}

macro_rules! integer {
    ($($type:ident),+) => {
        $(impl Invert for $type {
            /// `MAX - self` without a sign, `-1 - self` with one: the complement of the bits.
            #[inline(always)]
            fn inverted(self, _signed_float: bool) -> Self {
                !self
            }
        })+
    };
}

macro_rules! float {
    ($($type:ident),+) => {
        $(impl Invert for $type {
            #[inline(always)]
            fn inverted(self, signed_float: bool) -> Self {
                if signed_float { -self } else { 1.0 - self }
            }
        })+
    };
}

integer!(u8, u16, i32);
float!(f32, f64);

/// The image with its range turned over, any number of channels.
///
/// `skimage.util.invert`: unsigned integers from the greatest of their type, signed ones from −1, floats from 1, or from
/// 0 with `signed_float`.
///
/// # Errors
///
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn invert<T: Invert>(
    image: ImageView<'_, T>,
    signed_float: bool,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    each_tile(image, out, COST, |samples, out| dispatch(Turn { samples, signed_float, out }));
    Ok(())
}

struct Turn<'a, T> {
    samples: &'a [T],
    signed_float: bool,
    out: &'a mut [T],
}

impl<T: Invert> Kernel for Turn<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        for (out, &sample) in self.out.iter_mut().zip(self.samples) {
            *out = sample.inverted(self.signed_float);
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;

    fn inverted<T: Invert>(samples: &[T], signed_float: bool) -> Vec<T> {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        let mut out = vec![T::default(); samples.len()];
        let image = ImageView::new(samples, shape).unwrap();
        invert(image, signed_float, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        out
    }

    // Expected values: skimage.util.invert of scikit-image 0.26.0.

    #[test]
    fn integers_keep_their_range() {
        for signed_float in [false, true] {
            assert_eq!(inverted(&[0u8, 1, 100, 255], signed_float), [255, 254, 155, 0]);
            assert_eq!(inverted(&[0u16, 65_535], signed_float), [65_535, 0]);
            assert_eq!(
                inverted(&[i32::MIN, -1, 0, i32::MAX], signed_float),
                [i32::MAX, 0, -1, i32::MIN]
            );
        }
    }

    #[test]
    fn floats_are_taken_from_one_or_change_their_sign() {
        assert_eq!(inverted(&[0.0f32, 0.25, 1.0, -2.0], false), [1.0, 0.75, 0.0, 3.0]);
        assert_eq!(inverted(&[0.0f64, 0.25, -1.0], true), [0.0, -0.25, 1.0]);
        assert_eq!(inverted(&[f32::INFINITY], false), [f32::NEG_INFINITY]);
        assert!(inverted(&[f32::NAN], false)[0].is_nan());
    }

    #[test]
    fn every_length_is_done_to_its_end() {
        for length in 1..70 {
            let samples: Vec<u8> = (0..length).map(|i| i * 3).collect();
            let expected: Vec<u8> = samples.iter().map(|v| 255 - v).collect();
            assert_eq!(inverted(&samples, false), expected);
        }
    }

    #[test]
    fn refuses_another_shape() {
        let (shape, other) = (Shape::new(1, 4, 1).unwrap(), Shape::new(2, 2, 1).unwrap());
        let mut out = [0u8; 4];
        let image = ImageView::new(&[0u8; 4], shape).unwrap();
        let error = invert(image, false, ImageViewMut::new(&mut out, other).unwrap()).unwrap_err();
        assert_eq!(error, Error::Mismatch { image: "out", given: other, expected: shape });
    }
}
