use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::equal_bins::{EqualBins, GROUP};
use super::float_bins::float_histogram;
use super::look_up::look_up;
use super::ranked::Ranked;
use crate::error::{Result, check_channels, check_shape};
use crate::level::level_counts;
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::each_piece;

/// Operations that interpolating a sample takes.
const COST: usize = 15;

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
                let shares: Vec<_> = shares(counts, samples.len()).collect();
                interpolate(samples, &centres, &shares, out.into_samples());
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
fn interpolate<F: Float>(samples: &[F], places: &[f64], values: &[f64], out: &mut [F]) {
    let [first, .., last] = *places else { return out.fill(F::from_f64(values[0])) };
    let steps = places.windows(2).zip(values.windows(2));
    let lines = steps.map(|(place, value)| Line {
        slope: (value[1] - value[0]) / (place[1] - place[0]),
        place: place[0],
        value: value[0],
    });
    let lines: Vec<_> = lines.collect();
    let (intervals, ends) = (EqualBins::between(places), [first, last]);
    each_piece(samples, out, COST, |samples, out| {
        let (lines, intervals) = (&lines, &intervals);
        dispatch(Interpolate { samples, ends, lines, intervals, out });
    });
}

/// What the values between two places lie on, from the first of these on.
struct Line {
    slope: f64,
    place: f64,
    value: f64,
}

impl Line {
    #[inline(always)]
    fn at(&self, x: f64) -> f64 {
        // Not fused: the last bit is NumPy's.
        self.slope * (x - self.place) + self.value
    }
}

struct Interpolate<'a, F> {
    samples: &'a [F],
    /// The first place and the last.
    ends: [f64; 2],
    lines: &'a [Line],
    intervals: &'a EqualBins<f64>,
    out: &'a mut [F],
}

impl<F: Float> Kernel for Interpolate<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { samples, ends: [first, last], lines, intervals, out } = self;
        let (groups, rest) = samples.as_chunks::<GROUP>();
        let (groups_out, rest_out) = out.as_chunks_mut::<GROUP>();
        let x = |sample: F| sample.to_f64().clamp(first, last);
        for (out, group) in groups_out.iter_mut().zip(groups) {
            let xs = group.map(x);
            let Some(bins) = intervals.of(&xs) else {
                search(lines, xs, out);
                continue;
            };
            for (i, out) in out.iter_mut().enumerate() {
                // SAFETY: there is a line for each interval.
                let line = unsafe { lines.get_unchecked(bins[i] as usize) };
                *out = F::from_f64(line.at(xs[i]));
            }
        }
        search(lines, rest.iter().map(|&sample| x(sample)), rest_out);
    }
}

/// The same where places have to be compared.
fn search<F: Float>(lines: &[Line], xs: impl IntoIterator<Item = f64>, out: &mut [F]) {
    for (out, x) in out.iter_mut().zip(xs) {
        let above = lines.partition_point(|line| line.place <= x);
        *out = F::from_f64(lines[above.max(1) - 1].at(x));
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;
    use crate::random::Random;

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
    fn every_sample_lies_on_the_line_between_the_places_next_to_it() {
        let mut random = Random::new(8);
        // The longest are streamed.
        for length in (1..70).chain([1000, (1 << 20) + 3]) {
            for intervals in [1, 2, 255] {
                let near = |i: usize| (i as f64 * 0.37 - 20.0) as f32;
                let places: Vec<f64> = (0..=intervals).map(|i| f64::from(near(i))).collect();
                let values: Vec<f64> = places.iter().map(|_| random.unit()).collect();
                let span = 0.37 * intervals as f32;
                let mut samples: Vec<f32> = (0..length)
                    .map(|_| random.unit() as f32 * 1.2 * span - 20.0 - 0.1 * span)
                    .collect();
                // On places and next to them, where a guess may miss; and far beyond.
                for (sample, i) in samples.iter_mut().step_by(41).zip((0..=intervals).cycle()) {
                    let place = near(i);
                    *sample =
                        [place.next_down(), place, place.next_up()][random.bits() as usize % 3];
                }
                for (sample, far) in samples.iter_mut().skip(50).zip([f32::MAX, f32::MIN, -20.0]) {
                    *sample = far;
                }
                let mut out = vec![0.0; length];
                interpolate(&samples, &places, &values, &mut out);
                for (&sample, value) in samples.iter().zip(out) {
                    let x = f64::from(sample).clamp(places[0], places[intervals]);
                    let i = places[..intervals].iter().rposition(|&place| place <= x).unwrap();
                    let slope = (values[i + 1] - values[i]) / (places[i + 1] - places[i]);
                    assert_eq!(value, (slope * (x - places[i]) + values[i]) as f32, "{sample}");
                }
            }
        }
    }

    #[test]
    fn refuses_what_has_no_histogram() {
        assert!(matches!(equalized(&[f32::NAN, 1.0], 256), Err(Error::NotFinite { .. })));
        assert!(matches!(equalized(&[0.5f32], 0), Err(Error::Option { .. })));
    }
}
