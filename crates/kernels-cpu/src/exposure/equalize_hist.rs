use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::float_bins::float_histogram;
use super::look_up::look_up;
use super::ranked::Ranked;
use crate::error::{Result, check_channels, check_shape};
use crate::level::level_counts;
use crate::simd::{Kernel, Level, dispatch};

/// An image in which all intensities are equally frequent, as far as that can be: `skimage.exposure.equalize_hist`.
///
/// A sample becomes the share of samples that are not above it. Integers have one bin per level, and `nbins` is ignored;
/// for floats the share is known at the centres of `nbins` bins, and interpolated between them.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape; for floats
/// [`Error::NotFinite`](crate::Error::NotFinite), [`Error::Option`](crate::Error::Option) for no bins,
/// [`Error::Bins`](crate::Error::Bins) for more bins than the range can hold, [`Error::Wide`](crate::Error::Wide) for a range
/// that the sample type cannot.
pub fn equalize_hist<T: Equalizable>(
    image: ImageView<'_, T>,
    nbins: usize,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_channels("image", image.shape(), &[1], "1")?;
    check_shape("out", out.shape(), image.shape())?;
    T::equalize(image, nbins, out)
}

/// Samples of which shares are known.
pub trait Equalizable: Sample {
    /// The work of [`equalize_hist`], on shapes that fit.
    #[doc(hidden)]
    fn equalize(
        image: ImageView<'_, Self>,
        nbins: usize,
        out: ImageViewMut<'_, Self::Output>,
    ) -> Result<()>;
}

macro_rules! levels {
    ($($type:ident),+) => {
        $(impl Equalizable for $type {
            fn equalize(
                image: ImageView<'_, Self>,
                _nbins: usize,
                out: ImageViewMut<'_, f32>,
            ) -> Result<()> {
                let counts = level_counts(image.samples());
                let table: Vec<f32> =
                    shares(counts, image.samples().len()).map(|share| share as f32).collect();
                look_up(image, &table, out)
            }
        })+
    };
}

levels!(u8, u16);

impl Equalizable for i32 {
    /// By sorting: levels may lie four thousand million apart.
    fn equalize(
        image: ImageView<'_, Self>,
        _nbins: usize,
        out: ImageViewMut<'_, f32>,
    ) -> Result<()> {
        let (samples, out) = (image.samples(), out.into_samples());
        let share = |not_above| (not_above as f64 / samples.len() as f64) as f32;
        Self::by_rank(samples, share, out)
    }
}

macro_rules! floats {
    ($($type:ident),+) => {
        $(impl Equalizable for $type {
            fn equalize(
                image: ImageView<'_, Self>,
                nbins: usize,
                out: ImageViewMut<'_, Self>,
            ) -> Result<()> {
                let samples = image.samples();
                let (centres, counts): (Vec<_>, Vec<_>) =
                    float_histogram(samples, nbins)?.map(|(centre, n)| (centre.to_f64(), n)).unzip();
                let shares = shares(counts, samples.len()).collect();
                interpolate(samples, centres, shares, out.into_samples());
                Ok(())
            }
        })+
    };
}

floats!(f32, f64);

/// The share of samples in each bin and those before it.
fn shares(counts: Vec<u32>, samples: usize) -> impl Iterator<Item = f64> {
    counts.into_iter().scan(0u64, move |sum, count| {
        *sum += u64::from(count);
        Some(*sum as f64 / samples as f64)
    })
}

/// `numpy.interp` of values at places that ascend in equal steps, but for rounding.
fn interpolate<F: Float>(samples: &[F], places: Vec<f64>, values: Vec<f64>, out: &mut [F]) {
    let [_, .., last] = places[..] else { return out.fill(F::from_f64(values[0])) };
    let slopes = places
        .windows(2)
        .zip(values.windows(2))
        .map(|(place, value)| (value[1] - value[0]) / (place[1] - place[0]))
        .collect();
    dispatch(Interpolate { samples, last, places, values, slopes, out });
}

struct Interpolate<'a, F> {
    samples: &'a [F],
    last: f64,
    places: Vec<f64>,
    values: Vec<f64>,
    slopes: Vec<f64>,
    out: &'a mut [F],
}

impl<F: Float> Kernel for Interpolate<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { samples, last, places, values, slopes, out } = self;
        let first = places[0];
        let intervals = slopes.len();
        let density = intervals as f64 / (last - first);
        for (out, sample) in out.iter_mut().zip(samples) {
            let x = sample.to_f64().clamp(first, last);
            // The guess may be one off where rounding crosses a place.
            let mut i = ((x - first) * density) as usize;
            i = i.min(intervals - 1);
            i -= usize::from(x < places[i]);
            i += usize::from(x >= places[i + 1] && i + 1 < intervals);
            *out = F::from_f64(slopes[i] * (x - places[i]) + values[i]);
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;

    fn equalized<T: Equalizable>(samples: &[T], nbins: usize) -> Result<Vec<T::Output>> {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        let mut out = vec![T::Output::default(); samples.len()];
        let image = ImageView::new(samples, shape).unwrap();
        equalize_hist(image, nbins, ImageViewMut::new(&mut out, shape).unwrap())?;
        Ok(out)
    }

    // Expected values: skimage.exposure.equalize_hist of scikit-image 0.26.0.

    #[test]
    fn integers_become_their_share() {
        let expected = vec![0.4, 0.8, 0.4, 0.8, 1.0];
        assert_eq!(equalized(&[3u8, 200, 3, 200, 255], 256), Ok(expected.clone()));
        assert_eq!(equalized(&[3u16, 200, 3, 200, 65_535], 256), Ok(expected.clone()));
        assert_eq!(equalized(&[i32::MIN, -1, i32::MIN, -1, i32::MAX], 256), Ok(expected));
    }

    #[test]
    fn floats_are_interpolated() {
        let samples = [0.0f64, 0.1, 0.5, 0.6, 1.0];
        let expected = [0.4, 0.4, 0.6000000000000001, 0.76, 1.0];
        for (a, b) in equalized(&samples, 4).unwrap().iter().zip(expected) {
            assert!((a - b).abs() < 1e-15, "{a} instead of {b}");
        }
        assert_eq!(equalized(&samples, 1), Ok(vec![1.0; 5]));
        assert_eq!(equalized(&[0.3f32; 4], 256), Ok(vec![0.5; 4]));
    }

    #[test]
    fn refuses_what_has_no_histogram() {
        assert!(matches!(equalized(&[f32::NAN, 1.0], 256), Err(Error::NotFinite { .. })));
        assert!(matches!(equalized(&[0.5f32], 0), Err(Error::Option { .. })));
    }
}
