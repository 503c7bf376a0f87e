use std::borrow::Cow;

use tagswitch_image::{Sample, Shape};

use super::float_bins::float_histogram;
use super::radix_sort::each_part_by_word;
use super::ranked::{NAN_ORDER, order_of, sample_of};
use crate::error::{Error, Result};
use crate::level::level_counts;

/// Up to this many levels, a table counts integers; beyond, sorting does.
const TABLE: usize = 1 << 20;

/// How many samples lie in each bin, and the value that stands for it, ascending.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// Samples per bin.
    pub counts: Vec<f64>,
    /// Values of the bins.
    pub bin_centers: Vec<f64>,
}

/// The samples of one of several interleaved lists.
pub(super) fn list_of<T: Sample>(samples: &[T], lists: usize, list: usize) -> Cow<'_, [T]> {
    if lists == 1 {
        return samples.into();
    }
    samples.iter().skip(list).step_by(lists).copied().collect::<Vec<_>>().into()
}

/// Refuses lists that are neither the channels nor all samples together.
pub(super) fn check_lists(shape: Shape, lists: usize) -> Result<()> {
    if lists == 1 || lists == shape.channels() {
        return Ok(());
    }
    let expected = "1, or the number of channels";
    Err(Error::Option { name: "lists", given: lists.to_string(), expected })
}

/// How a sample type is counted.
pub trait Levels: Sample {
    /// Whether [`bins`](Levels::bins) are equal parts of a range, empty ones among them, instead of levels.
    #[doc(hidden)]
    const EQUAL_BINS: bool = false;

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
    ($($type:ident by $levels:expr),*) => {$(
        impl Levels for $type {
            fn levels(samples: &[Self]) -> Histogram {
                let levels: fn(&[Self]) -> Histogram = $levels;
                levels(samples)
            }

            const EQUAL_BINS: bool = true;

            fn bins(samples: &[Self], nbins: usize) -> Result<Histogram> {
                let bins = float_histogram(samples, nbins)?;
                let (bin_centers, counts) =
                    bins.map(|(center, count)| (f64::from(center), f64::from(count))).unzip();
                Ok(Histogram { counts, bin_centers })
            }
        }
    )*};
}

floats!(f32 by single_levels, f64 by double_levels);

/// Counts of levels, of which zeros of either sign are one.
fn single_levels(samples: &[f32]) -> Histogram {
    let mut bins = Histogram::default();
    each_part_by_word(
        samples,
        |_, sample| order_of(sample),
        |order| order,
        |part| {
            let numbers = &part[..part.partition_point(|&order| order < NAN_ORDER)];
            for equal in numbers.chunk_by(|a, b| a == b) {
                bins.counts.push(equal.len() as f64);
                bins.bin_centers.push(f64::from(sample_of(equal[0])));
            }
        },
    );
    bins
}

/// The same of 64 bits.
fn double_levels(samples: &[f64]) -> Histogram {
    let numbers = samples.iter().filter(|sample| !sample.is_nan()).map(|sample| sample + 0.0);
    let mut sorted: Vec<f64> = numbers.collect();
    sorted.sort_unstable_by(f64::total_cmp);
    runs(&sorted, |level| level)
}

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
    runs(&sorted, Sample::to_f64)
}

/// Counts of what is sorted and stands for a level each.
fn runs<T: Copy + PartialEq>(sorted: &[T], level: impl Fn(T) -> f64) -> Histogram {
    let equal = sorted.chunk_by(|a, b| a == b);
    occupied(equal.map(|equal| (level(equal[0]), equal.len() as u32)))
}

/// The bins that are not empty.
pub fn occupied(bins: impl IntoIterator<Item = (f64, u32)>) -> Histogram {
    let bins = bins.into_iter().filter(|&(_, count)| count > 0);
    let (bin_centers, counts) = bins.map(|(center, count)| (center, f64::from(count))).unzip();
    Histogram { counts, bin_centers }
}
