use tagswitch_image::{ImageView, ImageViewMut, Sample};

use super::blur::{BlurredRows, Kernels, number};
use super::row_window::Converted;
use crate::border::Border;
use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// Between which scales to look.
#[derive(Clone, Copy, Debug)]
pub struct DifferenceOfGaussians {
    /// Standard deviations of the narrower Gaussian down the rows and across the columns, in pixels.
    pub low_sigma: [f64; 2],
    /// How far its kernel reaches; 0 leaves an axis as it is.
    pub low_radius: [usize; 2],
    /// Those of the wider Gaussian.
    pub high_sigma: [f64; 2],
    /// How far its kernel reaches.
    pub high_radius: [usize; 2],
    /// What lies beyond the edges.
    pub border: Border,
    /// The constant of [`Border::Constant`], on the scale of the result.
    pub cval: f64,
}

/// The image blurred by one Gaussian less the image blurred by another, every channel by itself.
///
/// `skimage.filters.difference_of_gaussians`, as [`gaussian`](super::gaussian()) computes it; both blurs go over the image
/// side by side, so that nothing but the difference is stored.
///
/// # Errors
///
/// As [`gaussian`](super::gaussian()).
pub fn difference_of_gaussians<T: Sample>(
    image: ImageView<'_, T>,
    options: &DifferenceOfGaussians,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    let low = Kernels::new(options.low_sigma, options.low_radius)?;
    let high = Kernels::new(options.high_sigma, options.high_radius)?;
    each_band(out.into_samples(), image.shape().row_len(), low.cost() + high.cost(), |out| {
        dispatch(Difference::<T> { image, options, low: &low, high: &high, out });
    });
    Ok(())
}

struct Difference<'a, T: Sample> {
    image: ImageView<'a, T>,
    options: &'a DifferenceOfGaussians,
    low: &'a Kernels<T::Work>,
    high: &'a Kernels<T::Work>,
    out: Band<'a, T::Output>,
}

impl<T: Sample> Kernel for Difference<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, options, low, high, out } = self;
        let DifferenceOfGaussians { border, cval, .. } = *options;
        let numbers = || Converted::new(image, number(false));
        let mut narrow = BlurredRows::new(numbers(), out.first, low, border, cval);
        let mut wide = BlurredRows::new(numbers(), out.first, high, border, cval);
        let mut blurred = vec![T::Output::default(); out.row_len];
        for (y, result) in out.rows() {
            narrow.row::<L, _>(y, result);
            wide.row::<L, _>(y, &mut blurred);
            for (result, &wide) in result.iter_mut().zip(&blurred) {
                *result = *result - wide;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::super::{Gaussian, gaussian};
    use super::*;
    use crate::random::Random;

    #[test]
    fn is_one_blur_less_the_other() {
        let shape = Shape::new(9, 31, 2).unwrap();
        let mut random = Random::new(11);
        let samples: Vec<u8> = (0..shape.len()).map(|_| random.below(256) as u8).collect();
        let image = ImageView::new(&samples, shape).unwrap();
        let options = DifferenceOfGaussians {
            low_sigma: [0.5, 1.0],
            low_radius: [2, 4],
            high_sigma: [3.0, 1.5],
            high_radius: [12, 6],
            border: Border::Mirror,
            cval: 0.0,
        };
        let blurred = |sigma, radius| {
            let mut out = vec![0f32; shape.len()];
            let options = Gaussian {
                sigma,
                radius,
                border: Border::Mirror,
                cval: 0.0,
                preserve_range: false,
            };
            gaussian(image, &options, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
            out
        };
        let (low, high) = (blurred([0.5, 1.0], [2, 4]), blurred([3.0, 1.5], [12, 6]));
        let mut out = vec![0f32; shape.len()];
        let view = ImageViewMut::new(&mut out, shape).unwrap();
        difference_of_gaussians(image, &options, view).unwrap();
        assert!(out.iter().zip(low.iter().zip(&high)).all(|(out, (low, high))| *out == low - high));
    }
}
