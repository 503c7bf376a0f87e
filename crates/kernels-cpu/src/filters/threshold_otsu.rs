use tagswitch_image::{Float, ImageView, Sample};

use super::float_histogram::float_histogram;
use crate::error::{Result, check_channels};

/// Up to this many levels, a table counts integers; beyond, sorting does.
const TABLE: usize = 1 << 20;

/// The threshold that separates the image's histogram into the two classes furthest apart.
///
/// `skimage.filters.threshold_otsu`, to the last bit. Integers have one bin per level and `nbins` is ignored;
/// floats have `nbins` equal bins from the smallest to the largest sample, and the result is the centre of one.
/// The first of equal maxima wins; an image of one value gives that value. Foreground is what is greater.
///
/// scikit-image keeps class weights in 32 bits; so must this, as the rounding can decide.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels,
/// [`Error::NotFinite`](crate::Error::NotFinite) for infinite or NaN samples (unless all are equal and infinite),
/// [`Error::Option`](crate::Error::Option) for no bins, [`Error::Bins`](crate::Error::Bins) for more bins than the range
/// can hold, [`Error::Wide`](crate::Error::Wide) for a range that the sample type cannot.
pub fn threshold_otsu<T: Levels>(image: ImageView<'_, T>, nbins: usize) -> Result<f64> {
    check_channels("image", image.shape(), &[1], "1")?;
    let samples = image.samples();
    let first = samples[0];
    if samples.iter().all(|&sample| sample == first) {
        return Ok(first.to_f64());
    }
    T::separate(samples, nbins)
}

/// How a sample type's histogram is made and split.
pub trait Levels: Sample {
    /// The threshold of samples that are not all equal.
    #[doc(hidden)]
    fn separate(samples: &[Self], nbins: usize) -> Result<f64>;
}

macro_rules! integers {
    ($($type:ident),*) => {$(
        impl Levels for $type {
            fn separate(samples: &[Self], _nbins: usize) -> Result<f64> {
                Ok(split::<f64>(&integer_histogram(samples, |sample| i64::from(sample))))
            }
        }
    )*};
}

integers!(u16, i32);

impl Levels for u8 {
    fn separate(samples: &[Self], _nbins: usize) -> Result<f64> {
        // Four tables, so that runs of one level do not wait for their own counts.
        let mut tables = [[0u32; 256]; 4];
        let (fours, rest) = samples.as_chunks::<4>();
        for four in fours {
            for (table, &level) in tables.iter_mut().zip(four) {
                table[usize::from(level)] += 1;
            }
        }
        for &level in rest {
            tables[0][usize::from(level)] += 1;
        }
        let counts =
            (0..256).map(|level| (level as f64, tables.iter().map(|t| t[level]).sum::<u32>()));
        Ok(split::<f64>(&occupied(counts)))
    }
}

impl Levels for f32 {
    fn separate(samples: &[Self], nbins: usize) -> Result<f64> {
        Ok(split::<f32>(&occupied(float_histogram(samples, nbins)?)))
    }
}

impl Levels for f64 {
    fn separate(samples: &[Self], nbins: usize) -> Result<f64> {
        Ok(split::<f64>(&occupied(float_histogram(samples, nbins)?)))
    }
}

/// A bin that is not empty: the value it stands for and its samples. Empty bins change no sum and, as the first
/// maximum wins, no result.
type Bin<F> = (F, f32);

fn occupied<F>(counts: impl Iterator<Item = (F, u32)>) -> Vec<Bin<F>> {
    counts.filter(|&(_, count)| count > 0).map(|(value, count)| (value, count as f32)).collect()
}

/// Counts of 16- and 32-bit levels.
fn integer_histogram<T: Sample + Ord>(samples: &[T], level: impl Fn(T) -> i64) -> Vec<Bin<f64>> {
    let low = level(samples.iter().copied().min().expect("images are not empty"));
    let high = level(samples.iter().copied().max().expect("images are not empty"));
    let levels = (high - low + 1) as usize;
    if levels <= TABLE {
        let mut table = vec![0u32; levels];
        for &sample in samples {
            table[(level(sample) - low) as usize] += 1;
        }
        return occupied(
            table.into_iter().enumerate().map(|(i, count)| ((low + i as i64) as f64, count)),
        );
    }
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    occupied(sorted.chunk_by(|a, b| a == b).map(|equal| (equal[0].to_f64(), equal.len() as u32)))
}

/// Otsu's criterion over the bins in order: the value of the last bin of the lower class.
fn split<F: Float>(bins: &[Bin<F>]) -> f64 {
    let total = |sums: &mut (f32, F), &(value, count): &Bin<F>| {
        sums.0 += count;
        sums.1 = sums.1 + F::from_f32(count) * value;
        Some((sums.0, sums.1 / F::from_f32(sums.0)))
    };
    // Weight and mean of the classes that begin at the first and end at the last bin.
    let lower: Vec<(f32, F)> = bins.iter().scan((0.0, F::ZERO), total).collect();
    let mut upper: Vec<(f32, F)> = bins.iter().rev().scan((0.0, F::ZERO), total).collect();
    upper.reverse();

    let variances = lower.iter().zip(&upper[1..]).map(|(&(weight1, mean1), &(weight2, mean2))| {
        F::from_f32(weight1 * weight2) * ((mean1 - mean2) * (mean1 - mean2))
    });
    let (mut best, mut largest) = (0, F::from_f64(-1.0));
    for (at, variance) in variances.enumerate() {
        // Overflow: NumPy takes the first NaN for the largest.
        if variance.is_nan() {
            return bins[at].0.to_f64();
        }
        if variance > largest {
            (best, largest) = (at, variance);
        }
    }
    bins[best].0.to_f64()
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;

    fn otsu<T: Levels>(samples: &[T], nbins: usize) -> Result<f64> {
        threshold_otsu(
            ImageView::new(samples, Shape::new(1, samples.len(), 1).unwrap()).unwrap(),
            nbins,
        )
    }

    // Expected values: skimage.filters.threshold_otsu, scikit-image 0.26.0.

    #[test]
    fn separates_integers_at_a_level() {
        assert_eq!(otsu(&[1u8, 2, 3, 200, 201, 250], 256), Ok(3.0));
        assert_eq!(otsu(&[1u16, 2, 3, 40_000, 40_001, 65_535], 256), Ok(3.0));
        assert_eq!(otsu(&[-3i32, -2, -1, 200, 201, 250], 256), Ok(-1.0));
    }

    #[test]
    fn separates_floats_at_the_centre_of_a_bin() {
        let samples: Vec<f64> = (0..100).map(|i| f64::from(i * i % 37) / 37.0).collect();
        let floats: Vec<f32> = samples.iter().map(|&v| v as f32).collect();
        assert_eq!(otsu(&samples, 256), Ok(0.4313766891891892));
        assert_eq!(otsu(&floats, 256), Ok(0.431_376_695_632_934_57));
        assert_eq!(otsu(&floats, 10), Ok(0.437_837_839_126_586_9));
    }

    #[test]
    fn takes_the_first_of_equal_maxima() {
        assert_eq!(otsu(&[0u8, 100], 256), Ok(0.0));
        assert_eq!(otsu(&[0u8, 1, 2], 256), Ok(0.0));
    }

    #[test]
    fn a_constant_image_is_its_own_threshold() {
        assert_eq!(otsu(&[7u8; 5], 256), Ok(7.0));
        assert_eq!(otsu(&[-0.5f32], 256), Ok(-0.5));
        assert_eq!(otsu(&[f64::INFINITY; 3], 256), Ok(f64::INFINITY));
    }

    #[test]
    fn a_table_and_sorting_count_alike() {
        let near: Vec<i32> = (0..1000).map(|i| i * i % 91 - 40).collect();
        let far: Vec<i32> = near.iter().map(|v| v * 1_000_000).collect();
        assert_eq!(otsu(&far, 256).unwrap(), otsu(&near, 256).unwrap() * 1e6);
    }

    #[test]
    fn refuses_what_has_no_histogram() {
        let message = |result: Result<f64>| result.unwrap_err().to_string();
        let mut long = vec![0.5f32; 1000];
        long[40] = f32::NAN;
        assert_eq!(message(otsu(&long, 256)), "image holds NaN; expected finite samples");
        assert_eq!(message(otsu(&[f64::NAN; 40], 256)), "image holds NaN; expected finite samples");
        assert!(
            message(otsu(&[0.0, f64::NEG_INFINITY], 256)).starts_with("image holds -Infinity;")
        );
        let narrow = message(otsu(&[1.0f32, 1.000_000_1], 256));
        assert!(narrow.ends_with("too narrow for 256 distinct bins"), "{narrow}");
        let wide = message(otsu(&[-f32::MAX, f32::MAX], 256));
        assert!(wide.ends_with("too wide for float32"), "{wide}");
        let wide = message(otsu(&[-f64::MAX, f64::MAX], 256));
        assert!(wide.ends_with("too wide for float64"), "{wide}");
        // Narrow for its place, though wider than 1.
        let narrow = message(otsu(&[1e30f32, 1.000_000_1e30], 256));
        assert!(narrow.ends_with("too narrow for 256 distinct bins"), "{narrow}");
        assert!(matches!(otsu(&[0.0f32, 1.0], 0), Err(Error::Option { name: "nbins", .. })));
    }
}
