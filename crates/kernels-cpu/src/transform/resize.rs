use tagswitch_image::{Float, ImageView, ImageViewMut, Sample, Shape};

use super::clip::clip;
use super::resample::resample;
use super::spline_resize;
use super::steps::{Sampling, blur, resampling};
use super::taps::{Taps, composed};
use crate::border::Border;
use crate::error::{Result, check_shape};
use crate::measure::mean_of_four;
use crate::simd::{Kernel, Level, dispatch};

/// How to resize.
#[derive(Clone, Copy, Debug)]
pub struct Resize {
    /// How pixels are sampled.
    pub sampling: Sampling,
    /// Standard deviation, down the rows and across the columns, of the blur before.
    pub sigma: [f64; 2],
    /// How far its kernel reaches, likewise; 0 leaves an axis as it is.
    pub radius: [usize; 2],
    /// What lies beyond the edges.
    pub border: Border,
    /// The constant of [`Border::Constant`], on the scale of the result.
    pub cval: f64,
    /// Keep results within the image's range.
    pub clip: bool,
    /// Keep integers' values instead of scaling them to [0, 1].
    pub preserve_range: bool,
}

impl Resize {
    /// What rows and columns of a shape are sums of, in the rows and columns of another one.
    ///
    /// # Errors
    ///
    /// As [`resize`], and [`Error::Option`](crate::Error::Option) for splines.
    pub fn taps<W: Float>(&self, from: Shape, to: Shape) -> Result<[Taps<W>; 2]> {
        let Self { sampling, sigma, radius, border, .. } = *self;
        let axis = |axis: usize, from: usize, to: usize| -> Result<_> {
            let smooth = blur(from, sigma[axis], radius[axis], border)?;
            Ok(composed(from, &smooth, &resampling(from, to, sampling, border)?, to))
        };
        Ok([axis(0, from.height(), to.height())?, axis(1, from.width(), to.width())?])
    }

    /// Whether pixels are the means of two by two.
    fn halves(&self, from: Shape, to: Shape) -> bool {
        self.sampling == Sampling::Linear
            && self.radius == [0; 2]
            && [from.height(), from.width()] == [2 * to.height(), 2 * to.width()]
    }
}

/// The image in the size of `out`, channels kept apart.
///
/// `skimage.transform.resize`. Blur and resampling of orders 0 and 1 are sums along both axes, so that their weights are
/// multiplied out once for each row and column and the image is passed over once; splines go step by step.
///
/// Cost: `2 × radius + 3` operations per sample of a result row's width before, and per sample of the result.
///
/// # Errors
///
/// [`Error::Option`](crate::Error::Option) for a `sigma` that is not positive and finite where the radius is not 0, or a
/// radius above 65535; [`Error::Mismatch`](crate::Error::Mismatch) for another number of channels.
pub fn resize<T: Sample>(
    image: ImageView<'_, T>,
    options: &Resize,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    let (from, to) = (image.shape(), out.shape());
    check_shape("out", to, to.with_channels(from.channels())?)?;
    let Resize { sampling, border, cval, .. } = *options;
    let out = out.into_samples();
    if let Sampling::Spline(degree) = sampling {
        return spline_resize::resized(image, degree, options, to, out);
    }
    let scaled = !options.preserve_range;
    if options.halves(from, to) {
        mean_of_four(image, scaled, out);
        return Ok(());
    }
    let [down, across] = options.taps(from, to)?;
    resample(image, scaled, [&down, &across], cval, out);
    // Nothing else leads out of the range.
    if options.clip && border == Border::Constant {
        dispatch(Clip { image, scaled, overshoots: false, border, cval, out });
    }
    Ok(())
}

/// The image in the size of `out`, each pixel the nearest one, in the image's own type.
///
/// `skimage.transform.resize` of order 0, without a blur.
///
/// # Errors
///
/// [`Error::Mismatch`](crate::Error::Mismatch) for another number of channels.
pub fn resize_nearest<T: Sample>(image: ImageView<'_, T>, out: ImageViewMut<'_, T>) -> Result<()> {
    let (from, to) = (image.shape(), out.shape());
    check_shape("out", to, to.with_channels(from.channels())?)?;
    let channels = from.channels();
    let columns: Vec<usize> =
        nearest_indices(from.width(), to.width()).map(|x| x * channels).collect();
    let rows = nearest_indices(from.height(), to.height());
    for (y, out) in rows.zip(out.into_samples().chunks_exact_mut(to.row_len())) {
        let row = image.row(y);
        if channels == 1 {
            out.iter_mut().zip(&columns).for_each(|(out, &x)| *out = row[x]);
        } else {
            for (pixel, &x) in out.chunks_exact_mut(channels).zip(&columns) {
                pixel.copy_from_slice(&row[x..][..channels]);
            }
        }
    }
    Ok(())
}

/// For each of `to` samples along a line of `from`, the nearest one.
pub fn nearest_indices(from: usize, to: usize) -> impl Iterator<Item = usize> {
    let factor = from as f64 / to as f64;
    (0..to).map(move |at| {
        let place = (at as f64 + 0.5) * factor - 0.5;
        ((place + 0.5).floor() as usize).min(from - 1)
    })
}

/// Keeps what mixes with the constant, or overshoots, within the range of the image.
pub(super) struct Clip<'a, T: Sample> {
    pub image: ImageView<'a, T>,
    pub scaled: bool,
    /// Whether results may leave the range without the constant, too.
    pub overshoots: bool,
    pub border: Border,
    pub cval: f64,
    pub out: &'a mut [T::Output],
}

impl<T: Sample> Kernel for Clip<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, scaled, overshoots, border, cval, out } = self;
        clip(image, scaled, overshoots, border, cval, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    const LINEAR: Resize = Resize {
        sampling: Sampling::Linear,
        sigma: [0.0; 2],
        radius: [0; 2],
        border: Border::Mirror,
        cval: 0.0,
        clip: true,
        preserve_range: true,
    };

    fn resized<T: Sample>(
        samples: &[T],
        from: Shape,
        to: Shape,
        options: &Resize,
    ) -> Vec<T::Output> {
        let mut out = vec![T::Output::default(); to.len()];
        let image = ImageView::new(samples, from).unwrap();
        resize(image, options, ImageViewMut::new(&mut out, to).unwrap()).unwrap();
        out
    }

    fn shape(height: usize, width: usize, channels: usize) -> Shape {
        Shape::new(height, width, channels).unwrap()
    }

    #[test]
    fn half_the_size_is_the_mean_of_two_by_two() {
        let samples = [1u8, 3, 5, 7, 11, 13, 15, 17];
        assert_eq!(resized(&samples, shape(2, 4, 1), shape(1, 2, 1), &LINEAR), [7.0, 11.0]);
        let pixels = [1u8, 2, 3, 4, 5, 6, 7, 8];
        assert_eq!(resized(&pixels, shape(2, 2, 2), shape(1, 1, 2), &LINEAR), [4.0, 5.0]);
    }

    #[test]
    fn every_width_is_done_to_its_end() {
        for width in 1..150 {
            let samples: Vec<f32> = (0..3 * width).map(|i| i as f32).collect();
            assert_eq!(resized(&samples, shape(3, width, 1), shape(3, width, 1), &LINEAR), samples);
        }
    }

    #[test]
    fn every_height_and_number_of_channels_is_done_to_its_end() {
        for height in 1..20 {
            for channels in 1..6 {
                let shape = shape(height, 7 * channels, channels);
                let samples: Vec<f64> = (0..shape.len()).map(|i| i as f64).collect();
                assert_eq!(resized(&samples, shape, shape, &LINEAR), samples);
            }
        }
    }

    #[test]
    fn quarters_do_not_overflow() {
        let samples = [f32::MAX; 16];
        assert_eq!(resized(&samples, shape(4, 4, 1), shape(2, 2, 1), &LINEAR), [f32::MAX; 4]);
    }

    #[test]
    fn nearest_pixels_keep_their_type() {
        let samples = [1u16, 2, 3, 4, 5, 6];
        let mut out = [0u16; 8];
        let image = ImageView::new(&samples, shape(2, 3, 1)).unwrap();
        resize_nearest(image, ImageViewMut::new(&mut out, shape(4, 2, 1)).unwrap()).unwrap();
        // scipy.ndimage.zoom(a, (2, 2 / 3), order=0, grid_mode=True, mode="mirror")
        assert_eq!(out, [1, 3, 1, 3, 4, 6, 4, 6]);
    }

    #[test]
    fn refuses_other_channels_and_bad_blurs() {
        let image = ImageView::new(&[0u8; 4], shape(2, 2, 1)).unwrap();
        let mut out = [0.0; 8];
        let wrong = ImageViewMut::new(&mut out, shape(2, 2, 2)).unwrap();
        let error = resize(image, &LINEAR, wrong).unwrap_err();
        assert!(matches!(error, Error::Mismatch { image: "out", .. }), "{error}");
        let options = Resize { radius: [1, 0], ..LINEAR };
        let mut out = [0.0; 1];
        let out = ImageViewMut::new(&mut out, shape(1, 1, 1)).unwrap();
        let error = resize(image, &options, out).unwrap_err();
        assert!(matches!(error, Error::Option { name: "sigma", .. }), "{error}");
    }
}
