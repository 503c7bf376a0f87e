use tagswitch_image::{ImageView, Sample};

use super::float_histogram::float_histogram;
use crate::error::{Result, check_channels};
use crate::level::level_counts;

/// Up to this many levels, a table counts integers; beyond, sorting does.
const TABLE: usize = 1 << 20;

/// How many samples lie in each bin, and the value that stands for it, ascending.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// Samples per bin.
    pub counts: Vec<f64>,
    /// Values of the bins.
    pub centers: Vec<f64>,
}

/// The histogram from which thresholds are found.
///
/// Integers have one bin for every level that occurs and `nbins` is ignored; floats have `nbins` equal bins from the smallest
/// to the largest sample, as `numpy.histogram` counts, or without `nbins` one for every value, where NaN does not count. An image
/// of one value has one bin.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels; for `nbins` of floats
/// [`Error::NotFinite`](crate::Error::NotFinite) for infinite or NaN samples (unless all are equal and infinite),
/// [`Error::Option`](crate::Error::Option) for no bins, [`Error::Bins`](crate::Error::Bins) for more bins than the range
/// can hold, [`Error::Wide`](crate::Error::Wide) for a range that the sample type cannot.
pub fn histogram<T: Levels>(image: ImageView<'_, T>, nbins: Option<usize>) -> Result<Histogram> {
    check_channels("image", image.shape(), &[1], "1")?;
    let samples = image.samples();
    let Some(nbins) = nbins else { return Ok(T::levels(samples)) };
    let first = samples[0];
    if samples.iter().all(|&sample| sample == first) {
        return Ok(occupied([(first.to_f64(), samples.len() as u32)]));
    }
    T::bins(samples, nbins)
}

/// How a sample type is counted.
pub trait Levels: Sample {
    /// One bin for every value that occurs.
    #[doc(hidden)]
    fn levels(samples: &[Self]) -> Histogram;

    /// `nbins` bins where samples, which are not all equal, have no levels of their own.
    #[doc(hidden)]
    fn bins(samples: &[Self], _nbins: usize) -> Result<Histogram> {
        Ok(Self::levels(samples))
    }
}

impl Levels for u8 {
    fn levels(samples: &[Self]) -> Histogram {
        occupied((0_u32..).map(f64::from).zip(level_counts(samples)))
    }
}

macro_rules! integers {
    ($($type:ident),*) => {$(
        impl Levels for $type {
            fn levels(samples: &[Self]) -> Histogram {
                integer_levels(samples, |sample| i64::from(sample))
            }
        }
    )*};
}

integers!(u16, i32);

macro_rules! floats {
    ($($type:ident),*) => {$(
        impl Levels for $type {
            fn levels(samples: &[Self]) -> Histogram {
                // Zeros of either sign are one.
                let numbers = samples.iter().filter(|sample| !sample.is_nan()).map(|sample| sample + 0.0);
                let mut sorted: Vec<Self> = numbers.collect();
                sorted.sort_unstable_by(Self::total_cmp);
                runs(&sorted)
            }

            fn bins(samples: &[Self], nbins: usize) -> Result<Histogram> {
                let bins = float_histogram(samples, nbins)?;
                let (centers, counts) =
                    bins.map(|(center, count)| (f64::from(center), f64::from(count))).unzip();
                Ok(Histogram { counts, centers })
            }
        }
    )*};
}

floats!(f32, f64);

/// Counts of 16- and 32-bit levels.
fn integer_levels<T: Sample + Ord>(samples: &[T], level: impl Fn(T) -> i64) -> Histogram {
    let low = level(samples.iter().copied().min().expect("images are not empty"));
    let high = level(samples.iter().copied().max().expect("images are not empty"));
    let levels = (high - low + 1) as usize;
    if levels <= TABLE {
        let mut table = vec![0u32; levels];
        for &sample in samples {
            table[(level(sample) - low) as usize] += 1;
        }
        return occupied((low..).map(|level| level as f64).zip(table));
    }
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    runs(&sorted)
}

/// Counts of sorted samples.
fn runs<T: Sample>(sorted: &[T]) -> Histogram {
    let equal = sorted.chunk_by(|a, b| a == b);
    occupied(equal.map(|equal| (equal[0].to_f64(), equal.len() as u32)))
}

/// The bins that are not empty.
fn occupied(bins: impl IntoIterator<Item = (f64, u32)>) -> Histogram {
    let bins = bins.into_iter().filter(|&(_, count)| count > 0);
    let (centers, counts) = bins.map(|(center, count)| (center, f64::from(count))).unzip();
    Histogram { counts, centers }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;

    fn count<T: Levels>(samples: &[T], nbins: Option<usize>) -> Result<Vec<(f64, f64)>> {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        let Histogram { counts, centers } =
            histogram(ImageView::new(samples, shape).unwrap(), nbins)?;
        Ok(centers.into_iter().zip(counts).collect())
    }

    #[test]
    fn integers_have_a_bin_for_every_level() {
        let expected = Ok(vec![(1.0, 2.0), (3.0, 1.0), (200.0, 3.0)]);
        assert_eq!(count(&[200u8, 1, 3, 1, 200, 200], Some(256)), expected);
        assert_eq!(count(&[200u16, 1, 3, 1, 200, 200], None), expected);
        assert_eq!(count(&[9i32, -7, 9], Some(2)), Ok(vec![(-7.0, 1.0), (9.0, 2.0)]));
    }

    #[test]
    fn floats_have_equal_bins_or_one_for_every_value() {
        let samples = [0.0f32, 0.25, -0.0, 1.0];
        assert_eq!(count(&samples, Some(2)), Ok(vec![(0.25, 3.0), (0.75, 1.0)]));
        assert_eq!(count(&samples, None), Ok(vec![(0.0, 2.0), (0.25, 1.0), (1.0, 1.0)]));
        let odd = [f64::NAN, f64::INFINITY, 1.0, -f64::NAN, f64::NEG_INFINITY];
        let expected = vec![(f64::NEG_INFINITY, 1.0), (1.0, 1.0), (f64::INFINITY, 1.0)];
        assert_eq!(count(&odd, None), Ok(expected));
        assert_eq!(count(&[f32::NAN; 3], None), Ok(vec![]));
    }

    #[test]
    fn an_image_of_one_value_has_one_bin() {
        assert_eq!(count(&[7u8; 5], Some(256)), Ok(vec![(7.0, 5.0)]));
        assert_eq!(count(&[-0.5f32], Some(256)), Ok(vec![(-0.5, 1.0)]));
        assert_eq!(count(&[f64::INFINITY; 3], Some(4)), Ok(vec![(f64::INFINITY, 3.0)]));
    }

    #[test]
    fn a_table_and_sorting_count_alike() {
        let near: Vec<i32> = (0..1000).map(|i| i * i % 91 - 40).collect();
        let far: Vec<i32> = near.iter().map(|v| v * 1_000_000).collect();
        let scaled = count(&near, None).unwrap().iter().map(|&(v, n)| (v * 1e6, n)).collect();
        assert_eq!(count(&far, None), Ok(scaled));
    }

    #[test]
    fn refuses_what_has_no_histogram() {
        let message = |result: Result<Vec<(f64, f64)>>| result.unwrap_err().to_string();
        let mut long = vec![0.5f32; 1000];
        long[40] = f32::NAN;
        assert_eq!(message(count(&long, Some(256))), "image holds NaN; expected finite samples");
        assert_eq!(
            message(count(&[f64::NAN; 40], Some(256))),
            "image holds NaN; expected finite samples"
        );
        assert!(
            message(count(&[0.0, f64::NEG_INFINITY], Some(256)))
                .starts_with("image holds -Infinity;")
        );
        let narrow = message(count(&[1.0f32, 1.000_000_1], Some(256)));
        assert!(narrow.ends_with("too narrow for 256 distinct bins"), "{narrow}");
        let wide = message(count(&[-f32::MAX, f32::MAX], Some(256)));
        assert!(wide.ends_with("too wide for float32"), "{wide}");
        let wide = message(count(&[-f64::MAX, f64::MAX], Some(256)));
        assert!(wide.ends_with("too wide for float64"), "{wide}");
        // Narrow for its place, though wider than 1.
        let narrow = message(count(&[1e30f32, 1.000_000_1e30], Some(256)));
        assert!(narrow.ends_with("too narrow for 256 distinct bins"), "{narrow}");
        assert!(matches!(count(&[0.0f32, 1.0], Some(0)), Err(Error::Option { name: "nbins", .. })));
    }
}
