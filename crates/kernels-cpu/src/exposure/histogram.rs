use tagswitch_image::{Float, ImageView, Sample};

use super::bins::{Histogram, check_lists, list_of};
use super::float_bins::{SourceRange, centres, counts_between, edges};
use crate::error::Result;
use crate::level::level_counts;

/// How often each of `bins` levels from `least` on occurs: `skimage.exposure.histogram` of integers. Other levels do not count.
///
/// `lists` is 1 for all samples together, or the number of channels for each by itself: counts of the first channel, then of the second and so on.
///
/// # Errors
///
/// [`Error::Option`](crate::Error::Option) for other `lists`.
pub fn level_histogram<T: Leveled>(
    image: ImageView<'_, T>,
    least: i64,
    bins: usize,
    lists: usize,
) -> Result<Vec<u32>> {
    check_lists(image.shape(), lists)?;
    let mut counts = vec![0; bins * lists];
    for list in 0..lists {
        let own = &mut counts[list * bins..][..bins];
        T::count(&list_of(image.samples(), lists, list), least, own);
    }
    Ok(counts)
}

/// How many samples lie in each of `nbins` equal bins: `skimage.exposure.histogram` of floats; `lists` as in [`level_histogram`].
///
/// # Errors
///
/// [`Error::Option`](crate::Error::Option) for no bins and other `lists`; for [`SourceRange::Image`]
/// [`Error::NotFinite`](crate::Error::NotFinite), [`Error::Bins`](crate::Error::Bins) for more bins than the range can hold,
/// [`Error::Wide`](crate::Error::Wide) for a range that the sample type cannot.
pub fn float_histogram<F: Float>(
    image: ImageView<'_, F>,
    nbins: usize,
    range: SourceRange,
    lists: usize,
) -> Result<Histogram> {
    check_lists(image.shape(), lists)?;
    let samples = image.samples();
    let edges = edges(samples, nbins, range)?;
    let counts = (0..lists).flat_map(|list| counts_between(&edges, &list_of(samples, lists, list)));
    let counts = counts.map(f64::from).collect();
    Ok(Histogram { counts, bin_centers: centres(edges).map(Sample::to_f64).collect() })
}

/// Samples that have levels.
pub trait Leveled: Sample {
    /// Adds to the count of each level from `least` on.
    #[doc(hidden)]
    fn count(samples: &[Self], least: i64, counts: &mut [u32]);
}

macro_rules! by_table {
    ($($type:ident),+) => {
        $(impl Leveled for $type {
            fn count(samples: &[Self], least: i64, counts: &mut [u32]) {
                for (level, count) in (0..).zip(level_counts(samples)) {
                    let place = usize::try_from(level - least).ok();
                    if let Some(bin) = place.and_then(|place| counts.get_mut(place)) {
                        *bin += count;
                    }
                }
            }
        })+
    };
}

by_table!(u8, u16);

impl Leveled for i32 {
    fn count(samples: &[Self], least: i64, counts: &mut [u32]) {
        for &level in samples {
            let place = usize::try_from(i64::from(level) - least).ok();
            if let Some(bin) = place.and_then(|place| counts.get_mut(place)) {
                *bin += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;

    fn view<T: Sample>(samples: &[T], channels: usize) -> ImageView<'_, T> {
        let shape = Shape::new(1, samples.len() / channels, channels).unwrap();
        ImageView::new(samples, shape).unwrap()
    }

    // Expected values: skimage.exposure.histogram of scikit-image 0.26.0.

    #[test]
    fn levels_are_listed_whether_they_occur_or_not() {
        let expected = Ok(vec![2, 0, 1, 1]);
        assert_eq!(level_histogram(view(&[3u8, 5, 3, 6], 1), 3, 4, 1), expected);
        assert_eq!(level_histogram(view(&[3u16, 5, 3, 6], 1), 3, 4, 1), expected);
        assert_eq!(level_histogram(view(&[-2i32, 0, -2, 1], 1), -2, 4, 1), expected);
        assert_eq!(level_histogram(view(&[-2i32, 0, 9], 1), 0, 2, 1), Ok(vec![1, 0]));
    }

    #[test]
    fn channels_have_lists_of_their_own_in_the_same_bins() {
        let colors = [3u8, 5, 6, 3, 6, 4];
        let counts = level_histogram(view(&colors, 3), 3, 4, 3).unwrap();
        assert_eq!(counts, [2, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0, 1]);
        let histogram =
            float_histogram(view(&[0.0f64, 1.0, 0.2, 0.6], 2), 2, SourceRange::Image, 2);
        let Histogram { counts, bin_centers } = histogram.unwrap();
        assert_eq!((counts, bin_centers), (vec![2.0, 0.0, 0.0, 2.0], vec![0.25, 0.75]));
    }

    #[test]
    fn refuses_lists_that_are_no_channels() {
        let refused = level_histogram(view(&[3u8, 5, 6, 3], 2), 3, 4, 3);
        assert!(matches!(refused, Err(Error::Option { name: "lists", .. })));
    }
}
