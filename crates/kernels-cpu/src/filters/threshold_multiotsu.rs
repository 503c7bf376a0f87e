use tagswitch_image::ImageView;

use super::threshold_histogram::threshold_histogram;
use crate::error::{Error, Result};
use crate::exposure::{Histogram, Levels};
use crate::simd::{Kernel, Level, dispatch};

/// Sets of thresholds that are compared at most.
const MAX_SETS: f64 = (1u64 << 32) as f64;

/// Bins that are looked at together, in vectors.
const LANES: usize = 16;

/// The thresholds that part an image best in several classes: `skimage.filters.threshold_multiotsu`.
///
/// All sets of thresholds are compared, in 32-bit floats; of the largest between-class variances the first wins. P.-S. Liao, T.-S. Chen,
/// P.-C. Chung, "A fast algorithm for multilevel thresholding", Journal of Information Science and Engineering 17 (2001).
///
/// # Errors
///
/// [`Error::Option`] for fewer than two `classes`, [`Error::FewValues`] for fewer values than classes, [`Error::TooManySets`] for more than 2³² sets,
/// and those of [`threshold_histogram`].
pub fn threshold_multiotsu<T: Levels>(
    image: ImageView<'_, T>,
    classes: usize,
    nbins: usize,
) -> Result<Vec<f64>> {
    if classes < 2 {
        let given = classes.to_string();
        return Err(Error::Option { name: "classes", given, expected: "at least 2" });
    }
    let histogram = threshold_histogram(image, Some(nbins))?;
    // Empty bins belong to the class before them: a threshold there is no better, and comes later.
    let bins: Vec<Bin> = bins_of::<T>(&histogram).filter(|bin| bin.count > 0.0).collect();
    let values = bins.len();
    if values < classes {
        return Err(Error::FewValues { values, classes });
    }
    if values == classes {
        return Ok(bins[..values - 1].iter().map(|bin| bin.center).collect());
    }
    let sets = (1..classes).fold(1.0, |sets, i| sets * (values - i) as f64 / i as f64);
    if sets > MAX_SETS {
        return Err(Error::TooManySets { values, classes, sets });
    }
    // scikit-image gives the first bin by itself no variance: a class of it alone takes in the empty one that follows.
    let has_gap = bins[1].place > 1.0;
    let second = if T::EQUAL_BINS { histogram.bin_centers[1] } else { bins[0].center + 1.0 };
    let best = dispatch(Search { variances: &Variances::of(&bins, has_gap), size: classes - 1 });
    let threshold = |bin: usize| if bin == 0 && has_gap { second } else { bins[bin].center };
    Ok(best.into_iter().map(threshold).collect())
}

struct Bin {
    center: f64,
    count: f64,
    /// Its number among those that scikit-image lists, empty levels of integers included.
    place: f64,
}

fn bins_of<T: Levels>(histogram: &Histogram) -> impl Iterator<Item = Bin> {
    let Histogram { counts, bin_centers } = histogram;
    let least = bin_centers[0];
    counts.iter().zip(bin_centers).enumerate().map(move |(i, (&count, &center))| {
        let place = if T::EQUAL_BINS { i as f64 } else { center - least };
        Bin { center, count, place }
    })
}

/// What classes add to the between-class variance; less a term that is the same for all sets: the square of its first moment by its zeroth.
struct Variances {
    /// Of all bins before each; behind the last for vectors that reach beyond it.
    zeroth: Vec<f32>,
    first: Vec<f32>,
    /// Of the lowest class, by the bin that it ends with.
    lowest: Vec<f32>,
    /// Of the highest class, by the bin that the one before ends with; nothing wins where there can be none.
    highest: Vec<f32>,
}

impl Variances {
    fn of(bins: &[Bin], has_gap: bool) -> Self {
        let pixels: f64 = bins.iter().map(|bin| bin.count).sum();
        let [mut zeroth, mut first] = [(); 2].map(|()| vec![0.0f32; bins.len() + 1 + LANES]);
        for (i, bin) in bins.iter().enumerate() {
            let share = (bin.count / pixels) as f32;
            // scikit-image counts the first bin as if it were the second.
            let place = bin.place.max(if i == 0 { 1.0 } else { 0.0 }) as f32;
            zeroth[i + 1] = zeroth[i] + share;
            first[i + 1] = first[i] + place * share;
        }
        let highest = vec![f32::NEG_INFINITY; bins.len() + LANES];
        let mut variances = Self { zeroth, first, lowest: vec![], highest };
        variances.lowest = (0..bins.len()).map(|to| variances.between(0, to)).collect();
        if !has_gap {
            variances.lowest[0] = 0.0;
        }
        for bin in 0..bins.len() - 1 {
            variances.highest[bin] = variances.between(bin + 1, bins.len() - 1);
        }
        variances
    }

    /// Of the class of bins `from` to `to`.
    #[inline(always)]
    fn between(&self, from: usize, to: usize) -> f32 {
        let moment = self.first[to + 1] - self.first[from];
        moment * moment / (self.zeroth[to + 1] - self.zeroth[from])
    }
}

/// The ascending set of `size` bins with the largest sum, the first of several.
struct Search<'a> {
    variances: &'a Variances,
    size: usize,
}

impl Kernel for Search<'_> {
    type Output = Vec<usize>;

    #[inline(always)]
    fn run<L: Level>(self) -> Vec<usize> {
        let Self { variances, size } = self;
        let bins = variances.lowest.len();
        // All of a set but the last, which is tried as a row.
        let mut set: Vec<usize> = (0..size - 1).collect();
        let (mut best, mut largest) = (vec![], 0.0);
        loop {
            let row = Row::of(variances, &set);
            let most = row.largest(bins - 1, largest);
            if most > largest {
                let last = (row.from..bins - 1).find(|&last| row.sum(last) == most);
                best = set.iter().copied().chain(last).collect();
                largest = most;
            }
            // The next in order.
            let grows = (0..set.len()).rev().find(|&i| set[i] + size < bins + i - 1);
            let Some(grows) = grows else { return best };
            set[grows] += 1;
            for i in grows + 1..set.len() {
                set[i] = set[i - 1] + 1;
            }
        }
    }
}

/// Sets of thresholds that differ in the last one alone.
struct Row<'a> {
    variances: &'a Variances,
    /// What the class below the last threshold begins with.
    from: usize,
    /// Of the lowest class, unless that is the one before the last threshold.
    lowest: Option<f32>,
    /// Of those between.
    between: Vec<f32>,
}

impl<'a> Row<'a> {
    #[inline(always)]
    fn of(variances: &'a Variances, set: &[usize]) -> Self {
        let between = set.windows(2).map(|pair| variances.between(pair[0] + 1, pair[1])).collect();
        let lowest = set.first().map(|&bin| variances.lowest[bin]);
        Self { variances, from: set.last().map_or(0, |bin| bin + 1), lowest, between }
    }

    /// Of all classes, the outer ones first, as scikit-image adds them up.
    #[inline(always)]
    fn sum(&self, last: usize) -> f32 {
        let Self { variances, from, lowest, ref between } = *self;
        let Some(lowest) = lowest else { return variances.lowest[last] + variances.highest[last] };
        let sum = between.iter().fold(lowest + variances.highest[last], |sum, more| sum + more);
        sum + variances.between(from, last)
    }

    /// The largest sum of those with a last threshold before `end`, or `least` if none is larger; NaN never is.
    #[inline(always)]
    fn largest(&self, end: usize, least: f32) -> f32 {
        let Self { variances, from, lowest, ref between } = *self;
        let larger = |most, sum| if sum > most { sum } else { most };
        let Some(lowest) = lowest else {
            return (from..end).map(|last| self.sum(last)).fold(least, larger);
        };
        let (zeroth, first) = (variances.zeroth[from], variances.first[from]);
        let mut largest = [least; LANES];
        for last in (from..end).step_by(LANES) {
            let chunk = |of: &'a [f32], at: usize| of[at..].first_chunk::<LANES>();
            let [Some(zeroths), Some(firsts), Some(highest)] = [
                chunk(&variances.zeroth, last + 1),
                chunk(&variances.first, last + 1),
                chunk(&variances.highest, last),
            ] else {
                unreachable!("lists go on for as many as vectors hold")
            };
            let mut sums = highest.map(|highest| lowest + highest);
            for more in between {
                sums = sums.map(|sum| sum + more);
            }
            for i in 0..LANES {
                let moment = firsts[i] - first;
                let sum = sums[i] + moment * moment / (zeroths[i] - zeroth);
                largest[i] = larger(largest[i], sum);
            }
        }
        largest.into_iter().fold(least, larger)
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::random::Random;

    fn thresholds<T: Levels>(samples: &[T], classes: usize, nbins: usize) -> Result<Vec<f64>> {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        threshold_multiotsu(ImageView::new(samples, shape).unwrap(), classes, nbins)
    }

    // Expected values: skimage.filters.threshold_multiotsu of scikit-image 0.26.0.

    #[test]
    fn parts_levels_and_bins() {
        #[rustfmt::skip]
        let samples =
            [0u8, 1, 1, 5, 9, 9, 10, 30, 31, 31, 40, 90, 91, 120, 200, 210, 210, 211, 255];
        assert_eq!(thresholds(&samples, 2, 256), Ok(vec![91.0]));
        assert_eq!(thresholds(&samples, 3, 256), Ok(vec![40.0, 120.0]));
        assert_eq!(thresholds(&samples, 5, 256), Ok(vec![10.0, 40.0, 120.0, 211.0]));
        let samples = samples.map(|level| f32::from(level) / 256.0);
        let [low, middle, high] = [0.155_639_648_437_5, 0.466_918_945_312_5, 0.840_454_101_562_5];
        assert_eq!(thresholds(&samples, 2, 16), Ok(vec![middle]));
        assert_eq!(thresholds(&samples, 4, 16), Ok(vec![low, middle, high]));
    }

    #[test]
    fn the_first_of_the_best_sets_wins_whatever_the_number_of_bins() {
        let mut random = Random::new(5);
        for values in [3usize, 4, 15, 16, 17, 18, 33, 60] {
            for classes in 2..=4.min(values - 1) {
                let levels = || (values as f64 * random.unit()) as i32 * 2;
                let mut samples: Vec<i32> = std::iter::repeat_with(levels).take(90).collect();
                samples.extend((0..values as i32).map(|level| 2 * level));
                let histogram = i32::levels(&samples);
                let bins: Vec<Bin> = bins_of::<i32>(&histogram).collect();
                let variances = Variances::of(&bins, true);
                let best = best_of_all(&variances, vec![], classes - 1).1;
                let expected = best.into_iter().map(|bin| match bin {
                    0 => 1.0,
                    _ => bins[bin].center,
                });
                let found = thresholds(&samples, classes, 256).unwrap();
                assert_eq!(
                    found,
                    expected.collect::<Vec<_>>(),
                    "{values} values, {classes} classes"
                );
            }
        }
    }

    /// The largest sum and its set, by trying them one after the other.
    fn best_of_all(variances: &Variances, set: Vec<usize>, size: usize) -> (f32, Vec<usize>) {
        let from = set.last().map_or(0, |last| last + 1);
        let last = from..variances.lowest.len() - (size - set.len());
        let mut best = (0.0, vec![]);
        for bin in last {
            let mut set = set.clone();
            let found = if set.len() + 1 == size {
                let sum = Row::of(variances, &set).sum(bin);
                set.push(bin);
                (sum, set)
            } else {
                set.push(bin);
                best_of_all(variances, set, size)
            };
            if found.0 > best.0 {
                best = found;
            }
        }
        best
    }

    #[test]
    fn refuses_too_few_values_and_too_many_sets() {
        assert_eq!(thresholds(&[7u8, 9, 200, 9], 3, 256), Ok(vec![7.0, 9.0]));
        let message = |result: Result<Vec<f64>>| result.unwrap_err().to_string();
        assert_eq!(
            message(thresholds(&[7u8, 9], 3, 256)),
            "image has 2 different values in its histogram; 3 classes need as many"
        );
        let ramp: Vec<u8> = (0..=255).collect();
        assert_eq!(
            message(thresholds(&ramp, 9, 256)),
            "256 values and 9 classes make 3.97e+14 sets of thresholds; at most 4294967296 are compared"
        );
        assert!(matches!(thresholds(&ramp, 1, 256), Err(Error::Option { name: "classes", .. })));
    }
}
