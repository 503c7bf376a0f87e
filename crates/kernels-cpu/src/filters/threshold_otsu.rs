use tagswitch_image::{Float, ImageView, Sample};

use crate::error::{Error, Result, check_channels};
use crate::simd::{Kernel, Level, dispatch};

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
/// [`Error::Channels`] for several channels, [`Error::NotFinite`] for infinite or NaN samples (unless all are
/// equal and infinite), [`Error::Option`] for no bins, [`Error::Bins`] for more bins than the range can hold.
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
        Ok(split::<f32>(&float_histogram(samples, nbins)?))
    }
}

impl Levels for f64 {
    fn separate(samples: &[Self], nbins: usize) -> Result<f64> {
        Ok(split::<f64>(&float_histogram(samples, nbins)?))
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

/// Counts in equal bins, with the rounding of `numpy.histogram` in the samples' own type.
fn float_histogram<F: Float>(samples: &[F], nbins: usize) -> Result<Vec<Bin<F>>> {
    if nbins == 0 || i32::try_from(nbins).is_err() {
        let expected = "a whole number of at least 1 and below 2³¹";
        return Err(Error::Option { name: "nbins", given: nbins.to_string(), expected });
    }
    let Some((low, high)) = dispatch(Range { samples }) else { return Err(Error::NotFinite) };
    let edges = edges(low, high, nbins);
    if edges.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(Error::Bins { nbins, low: low.to_f64(), high: high.to_f64() });
    }
    let counts = dispatch(Count { samples, edges: &edges, low, span: high - low });
    let half = F::from_f64(2.0);
    let centres = edges.windows(2).map(|pair| (pair[0] + pair[1]) / half);
    Ok(occupied(centres.zip(counts)))
}

/// `numpy.linspace`: multiples of one step, rounded in `F`; the last edge is the largest sample itself.
fn edges<F: Float>(low: F, high: F, nbins: usize) -> Vec<F> {
    let (span, bins) = (high - low, F::from_f64(nbins as f64));
    let step = span / bins;
    let at = |i: usize| {
        let i = F::from_f64(i as f64);
        // A step too small for the type is applied the other way round.
        low + if step == F::ZERO { i / bins * span } else { i * step }
    };
    (0..nbins).map(at).chain([high]).collect()
}

/// The smallest and largest sample; `None` if any is infinite or NaN.
struct Range<'a, F> {
    samples: &'a [F],
}

impl<F: Float> Kernel for Range<'_, F> {
    type Output = Option<(F, F)>;

    #[inline(always)]
    fn run<L: Level>(self) -> Self::Output {
        const LANES: usize = 32;
        let first = self.samples[0];
        let (mut low, mut high, mut tainted) = ([first; LANES], [first; LANES], [F::ZERO; LANES]);
        let (blocks, rest) = self.samples.as_chunks::<LANES>();
        for block in blocks {
            for i in 0..LANES {
                let v = block[i];
                low[i] = if v < low[i] { v } else { low[i] };
                high[i] = if v > high[i] { v } else { high[i] };
                // 0 for finite samples, NaN from the first other one on.
                tainted[i] = tainted[i] + v * F::ZERO;
            }
        }
        let finite = tainted.iter().chain(rest).chain([&first]).all(|v| v.is_finite());
        let pick = |best: F, &v: &F, better: bool| if better { v } else { best };
        let low = low.iter().chain(rest).fold(first, |best, v| pick(best, v, *v < best));
        let high = high.iter().chain(rest).fold(first, |best, v| pick(best, v, *v > best));
        finite.then_some((low, high))
    }
}

/// Samples per bin.
struct Count<'a, F> {
    samples: &'a [F],
    edges: &'a [F],
    low: F,
    span: F,
}

impl<F: Float> Kernel for Count<'_, F> {
    type Output = Vec<u32>;

    #[inline(always)]
    fn run<L: Level>(self) -> Vec<u32> {
        const BLOCK: usize = 256;
        let Self { samples, edges, low, span } = self;
        let last = edges.len() - 2;
        let bins = F::from_f64((last + 1) as f64);
        let mut counts = vec![0u32; last + 1];
        let mut guesses = [0i32; BLOCK];
        for block in samples.chunks(BLOCK) {
            for (guess, &sample) in guesses.iter_mut().zip(block) {
                *guess = ((sample - low) / span * bins).to_index();
            }
            for (&guess, &sample) in guesses.iter().zip(block) {
                // The guess may be one off where rounding crosses an edge; the edges decide.
                let mut bin = (guess as usize).min(last);
                bin -= usize::from(sample < edges[bin]);
                bin += usize::from(sample >= edges[bin + 1] && bin != last);
                counts[bin] += 1;
            }
        }
        counts
    }
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
        assert_eq!(otsu(&[0.0f32, f32::NAN], 256), Err(Error::NotFinite));
        assert_eq!(otsu(&[f64::NAN; 40], 256), Err(Error::NotFinite));
        assert_eq!(otsu(&[f64::INFINITY, 0.0], 256), Err(Error::NotFinite));
        let mut long = vec![0.5f32; 1000];
        long[40] = f32::NAN;
        assert_eq!(otsu(&long, 256), Err(Error::NotFinite));
        assert!(matches!(otsu(&[1.0f32, 1.000_000_1], 256), Err(Error::Bins { nbins: 256, .. })));
        assert!(matches!(otsu(&[-f32::MAX, f32::MAX], 256), Err(Error::Bins { .. })));
        assert!(matches!(otsu(&[0.0f32, 1.0], 0), Err(Error::Option { name: "nbins", .. })));
    }
}
