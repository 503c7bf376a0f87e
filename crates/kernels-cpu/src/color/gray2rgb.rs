use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_channels, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::each_tile;

/// Operations per sample.
const COST: usize = 1;

/// Samples of gray images.
pub trait Gray: Sample {
    /// Every sample three times, in slices of as many pixels.
    #[doc(hidden)]
    #[inline(always)]
    fn repeat<L: Level>(gray: &[Self], rgb: &mut [Self]) {
        let (pixels, _) = rgb.as_chunks_mut::<3>();
        for (pixel, &sample) in pixels.iter_mut().zip(gray) {
            *pixel = [sample; 3];
        }
    }
}

impl Gray for u8 {
    #[inline(always)]
    fn repeat<L: Level>(gray: &[Self], rgb: &mut [Self]) {
        let ((whole, rest), (triples, rgb_rest)) = (gray.as_chunks(), rgb.as_chunks_mut());
        for (triple, bytes) in triples.iter_mut().zip(whole) {
            *triple = L::triple(bytes);
        }
        let mut last = [0; 16];
        last[..rest.len()].copy_from_slice(rest);
        rgb_rest.copy_from_slice(&L::triple(&last)[..rgb_rest.len()]);
    }
}

impl Gray for u16 {}
impl Gray for i32 {}
impl Gray for f32 {}
impl Gray for f64 {}

/// An RGB image whose channels all are the given one: `skimage.color.gray2rgb`.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) unless the image has one,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the same rows and columns and three channels.
pub fn gray2rgb<T: Gray>(image: ImageView<'_, T>, out: ImageViewMut<'_, T>) -> Result<()> {
    check_channels("image", image.shape(), &[1], "1")?;
    check_shape("out", out.shape(), image.shape().with_channels(3)?)?;
    each_tile(image, out, COST, |gray, rgb| dispatch(Repeat { gray, rgb }));
    Ok(())
}

struct Repeat<'a, T> {
    gray: &'a [T],
    rgb: &'a mut [T],
}

impl<T: Gray> Kernel for Repeat<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        T::repeat::<L>(self.gray, self.rgb);
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;
    use crate::simd::baseline;

    /// With all instruction sets.
    fn rgb<T: Gray + std::fmt::Debug>(samples: &[T]) -> Vec<T> {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        let colors = shape.with_channels(3).unwrap();
        let mut out = vec![T::default(); colors.len()];
        let image = ImageView::new(samples, shape).unwrap();
        gray2rgb(image, ImageViewMut::new(&mut out, colors).unwrap()).unwrap();
        let mut plain = vec![T::default(); colors.len()];
        baseline(Repeat { gray: samples, rgb: &mut plain });
        assert_eq!(out, plain);
        out
    }

    #[test]
    fn repeats_every_sample() {
        assert_eq!(rgb(&[7u8, 255]), [7, 7, 7, 255, 255, 255]);
        assert_eq!(rgb(&[i32::MIN]), [i32::MIN; 3]);
        assert_eq!(rgb(&[0.1f64]), [0.1; 3]);
        for length in 1..70u16 {
            let samples: Vec<u16> = (0..length).map(|i| i * 311).collect();
            let expected: Vec<u16> = samples.iter().flat_map(|&v| [v; 3]).collect();
            assert_eq!(rgb(&samples), expected);
            let bytes: Vec<u8> = (0..length).map(|i| (i * 3 + 1) as u8).collect();
            let expected: Vec<u8> = bytes.iter().flat_map(|&v| [v; 3]).collect();
            assert_eq!(rgb(&bytes), expected);
        }
    }

    #[test]
    fn refuses_colours() {
        let shape = Shape::new(1, 1, 3).unwrap();
        let mut out = [0u8; 3];
        let image = ImageView::new(&[0u8; 3], shape).unwrap();
        let error = gray2rgb(image, ImageViewMut::new(&mut out, shape).unwrap()).unwrap_err();
        assert_eq!(error, Error::Channels { image: "image", given: 3, expected: "1" });
    }
}
