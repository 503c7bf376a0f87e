use tagswitch_image::{Float, ImageView, ImageViewMut, Sample, Shape};

use super::clip::constant_beyond;
use super::resample::resample;
use super::resize::{Resize, resize};
use super::spline_resize;
use super::steps::{Sampling, Step, Told, blur, resampling, same};
use super::taps::{Taps, composed};
use crate::border::Border;
use crate::error::{Result, check_shape};
use crate::filters::{Gaussian, gaussian};

/// How to make a step of a pyramid.
#[derive(Clone, Copy, Debug)]
pub struct Pyramid {
    /// How pixels are sampled.
    pub sampling: Sampling,
    /// Standard deviation of the blur, down the rows and across the columns.
    pub sigma: [f64; 2],
    /// How far its kernel reaches, likewise; 0 leaves an axis as it is.
    pub radius: [usize; 2],
    /// What lies beyond the edges for the blur.
    pub blur_border: Border,
    /// What lies beyond the edges for the sampling.
    pub border: Border,
    /// The constant of [`Border::Constant`], on the scale of the result.
    pub cval: f64,
    /// Keep integers' values instead of scaling them to [0, 1].
    pub preserve_range: bool,
}

impl Pyramid {
    /// What rows and columns of a blurred image made smaller are sums of.
    ///
    /// # Errors
    ///
    /// As [`resize`], and [`Error::Option`](crate::Error::Option) for splines.
    pub fn reduce_taps<W: Float>(&self, from: Shape, to: Shape) -> Result<[Taps<W>; 2]> {
        self.each_axis(from, to, |axis, from, to| {
            Ok(composed(from, &self.blur(axis, from)?, &self.sampling(from, to)?, to))
        })
    }

    /// What rows and columns of an image made larger, then blurred, are sums of.
    ///
    /// # Errors
    ///
    /// As [`resize`], and [`Error::Option`](crate::Error::Option) for splines.
    pub fn expand_taps<W: Float>(&self, from: Shape, to: Shape) -> Result<[Taps<W>; 2]> {
        self.each_axis(from, to, |axis, from, to| {
            Ok(composed(from, &self.sampling(from, to)?, &self.blur(axis, to)?, to))
        })
    }

    /// What rows and columns of an image are sums of that is only made larger or smaller.
    ///
    /// # Errors
    ///
    /// [`Error::Option`](crate::Error::Option) for splines.
    pub fn sampling_taps<W: Float>(&self, from: Shape, to: Shape) -> Result<[Taps<W>; 2]> {
        self.each_axis(from, to, |_, from, to| {
            Ok(composed(from, &same(), &self.sampling(from, to)?, to))
        })
    }

    /// What rows and columns of an image are sums of that is only blurred.
    ///
    /// # Errors
    ///
    /// As [`resize`].
    pub fn blur_taps<W: Float>(&self, shape: Shape) -> Result<[Taps<W>; 2]> {
        self.each_axis(shape, shape, |axis, len, _| {
            Ok(composed(len, &same(), &self.blur(axis, len)?, len))
        })
    }

    /// Taps down the rows and across the columns; what is as long and as smooth along both is worked out once.
    fn each_axis<W: Float>(
        &self,
        from: Shape,
        to: Shape,
        taps: impl Fn(usize, usize, usize) -> Result<Taps<W>>,
    ) -> Result<[Taps<W>; 2]> {
        let down = taps(0, from.height(), to.height())?;
        let is_square = [from, to].iter().all(|shape| shape.height() == shape.width());
        let is_same = self.sigma[0] == self.sigma[1] && self.radius[0] == self.radius[1];
        let across =
            if is_square && is_same { down.clone() } else { taps(1, from.width(), to.width())? };
        Ok([down, across])
    }

    fn blur(&self, axis: usize, len: usize) -> Result<Step<impl Fn(usize, &mut Told)>> {
        blur(len, self.sigma[axis], self.radius[axis], self.blur_border)
    }

    fn sampling(&self, from: usize, to: usize) -> Result<Step<impl Fn(usize, &mut Told)>> {
        resampling(from, to, self.sampling, self.border)
    }
}

/// The image blurred, then made as small as `out`: `skimage.transform.pyramid_reduce`, in one pass but for splines.
///
/// # Errors
///
/// As [`resize`].
pub fn pyramid_reduce<T: Sample>(
    image: ImageView<'_, T>,
    options: &Pyramid,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    let (from, to) = (image.shape(), out.shape());
    check_shape("out", to, to.with_channels(from.channels())?)?;
    let (scaled, out) = (!options.preserve_range, out.into_samples());
    if let Sampling::Spline(degree) = options.sampling {
        return spline_resize::reduced(image, degree, options, to, out);
    }
    let [down, across] = options.reduce_taps(from, to)?;
    let cval = options.cval;
    resample(image, scaled, [&down, &across], cval, out);
    Ok(())
}

/// The image made as large as `out`, then blurred: `skimage.transform.pyramid_expand`, in one pass unless the border's
/// constant lies outside of the image's range, where what is between them is clipped, and but for splines.
///
/// # Errors
///
/// As [`resize`].
pub fn pyramid_expand<T: Sample>(
    image: ImageView<'_, T>,
    options: &Pyramid,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()>
where
    T::Output: Sample<Output = T::Output>,
{
    let (from, to) = (image.shape(), out.shape());
    check_shape("out", to, to.with_channels(from.channels())?)?;
    let Pyramid { sampling, sigma, radius, blur_border, border, cval, preserve_range } = *options;
    if let Sampling::Spline(degree) = sampling {
        return spline_resize::expanded(image, degree, options, to, out.into_samples());
    }
    if constant_beyond(image, !preserve_range, border, cval) {
        let mut large = vec![T::Output::default(); to.len()];
        let step = Resize {
            sampling,
            sigma: [0.0; 2],
            radius: [0; 2],
            border,
            cval,
            clip: true,
            preserve_range,
        };
        resize(image, &step, ImageViewMut::new(&mut large, to)?)?;
        let step = Gaussian { sigma, radius, border: blur_border, cval, preserve_range: true };
        return gaussian(ImageView::new(&large, to)?, &step, out);
    }
    let [down, across] = options.expand_taps(from, to)?;
    let (scaled, out) = (!preserve_range, out.into_samples());
    resample(image, scaled, [&down, &across], cval, out);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    const STEP: Pyramid = Pyramid {
        sampling: Sampling::Linear,
        sigma: [2.0 / 3.0; 2],
        radius: [3; 2],
        blur_border: Border::Reflect,
        border: Border::Mirror,
        cval: 0.0,
        preserve_range: true,
    };

    #[test]
    fn both_steps_keep_what_is_constant() {
        let small = Shape::new(3, 4, 2).unwrap();
        let large = Shape::new(6, 8, 2).unwrap();
        let mut out = vec![0.0; large.len()];
        let image = ImageView::new(&[7u8; 24], small).unwrap();
        pyramid_expand(image, &STEP, ImageViewMut::new(&mut out, large).unwrap()).unwrap();
        assert!(out.iter().all(|v| (v - 7.0f32).abs() < 1e-5), "{out:?}");
        let mut back = vec![0.0f32; small.len()];
        let image = ImageView::new(&out, large).unwrap();
        pyramid_reduce(image, &STEP, ImageViewMut::new(&mut back, small).unwrap()).unwrap();
        assert!(back.iter().all(|v| (v - 7.0).abs() < 1e-5), "{back:?}");
    }

    fn agrees(shape: Shape, to: [usize; 2], samples: &[f32]) {
        let to = Shape::new(to[0], to[1], shape.channels()).unwrap();
        let image = ImageView::new(samples, shape).unwrap();
        let mut out = vec![77.0; to.len()];
        let view = ImageViewMut::new(&mut out, to).unwrap();
        let [down, across] = if to.width() < shape.width() || shape.width() == 1 {
            pyramid_reduce(image, &STEP, view).unwrap();
            STEP.reduce_taps::<f64>(shape, to).unwrap()
        } else {
            pyramid_expand(image, &STEP, view).unwrap();
            STEP.expand_taps::<f64>(shape, to).unwrap()
        };
        for (i, &found) in out.iter().enumerate() {
            let (row, place) = (i / to.row_len(), i % to.row_len());
            let (pixel, channel) = (place / to.channels(), place % to.channels());
            let [down, across] = [down.of(row), across.of(pixel)];
            let mut expected = 0.0;
            for (y, weight) in down.0.iter().zip(down.1) {
                for (x, share) in across.0.iter().zip(across.1) {
                    let sample = image.row(*y)[x * to.channels() + channel];
                    expected += weight * share * f64::from(sample);
                }
            }
            let is_same = if expected.is_finite() {
                (f64::from(found) - expected).abs() < 1e-5
            } else {
                found.is_nan() == expected.is_nan() && (found.is_nan() || found == expected as f32)
            };
            assert!(is_same, "{found}, not {expected}, at {i} of {to} from {shape}");
        }
    }

    #[test]
    fn both_steps_are_the_sums_of_their_taps_for_all_sizes() {
        let mut random = Random::new(3);
        let widths = (1..70).chain([126, 127, 128, 129, 190, 193]);
        let heights = [1, 2, 3, 7, 8, 9, 16, 17, 18, 23];
        for (width, height) in widths.zip(heights.into_iter().cycle()) {
            for channels in [1, 3] {
                let shape = Shape::new(height, width, channels).unwrap();
                let mut samples: Vec<f32> =
                    (0..shape.len()).map(|_| random.unit() as f32).collect();
                for step in 0..2 {
                    agrees(shape, [height.div_ceil(2), width.div_ceil(2)], &samples);
                    agrees(shape, [2 * height, 2 * width], &samples);
                    let sample = [f32::INFINITY, f32::NAN][step];
                    samples[random.below(shape.len() as u32) as usize] = sample;
                }
            }
        }
        // A square, whose taps are the same along both axes.
        let shape = Shape::new(90, 90, 1).unwrap();
        let samples: Vec<f32> = (0..shape.len()).map(|_| random.unit() as f32).collect();
        agrees(shape, [45, 45], &samples);
    }

    #[test]
    fn a_constant_out_of_range_is_clipped_before_the_blur() {
        let shape = |height, width| Shape::new(height, width, 1).unwrap();
        let options = Pyramid {
            blur_border: Border::Constant,
            border: Border::Constant,
            cval: 2.0,
            sigma: [0.0; 2],
            radius: [0; 2],
            ..STEP
        };
        let mut out = [0.0f64; 4];
        let image = ImageView::new(&[1.0, 0.0], shape(1, 2)).unwrap();
        let view = ImageViewMut::new(&mut out, shape(1, 4)).unwrap();
        pyramid_expand(image, &options, view).unwrap();
        // The first would be 1.25, the last 0.5.
        assert_eq!(out, [1.0, 0.75, 0.25, 0.5]);
    }
}
