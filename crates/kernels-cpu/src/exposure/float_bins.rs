use tagswitch_image::Float;

use super::equal_bins::{EqualBins, GROUP};
use crate::error::{Error, Result};
use crate::simd::{Kernel, Level, dispatch};

/// What bins cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceRange {
    /// The range of the samples.
    Image,
    /// The range of the sample type: −1 to 1 for floats.
    Type,
}

/// Centres and counts of equal bins over the range of the samples: `numpy.histogram` step by step, rounding in the samples' own type.
///
/// # Errors
///
/// As [`edges`].
pub fn float_histogram<F: Float>(
    samples: &[F],
    nbins: usize,
) -> Result<impl Iterator<Item = (F, u32)> + use<F>> {
    let edges = edges(samples, nbins, SourceRange::Image)?;
    let counts = counts_between(&edges, samples);
    Ok(centres(edges).zip(counts))
}

/// The edges of equal bins: of [`SourceRange::Image`] from the smallest to the largest sample, or one half to either side where all are equal.
///
/// # Errors
///
/// [`Error::Option`] for no bins; for [`SourceRange::Image`] [`Error::NotFinite`], [`Error::Wide`], and [`Error::Bins`] where neighbouring edges
/// would coincide.
pub fn edges<F: Float>(samples: &[F], nbins: usize, range: SourceRange) -> Result<Vec<F>> {
    if nbins == 0 || i32::try_from(nbins).is_err() {
        let expected = "a whole number of at least 1 and below 2³¹";
        return Err(Error::Option { name: "nbins", given: nbins.to_string(), expected });
    }
    if range == SourceRange::Type {
        // NumPy spreads numbers that are given in 64 bits.
        return Ok(linspace(-1.0, 1.0, nbins).into_iter().map(F::from_f64).collect());
    }
    let Some((low, high)) = dispatch(Range { samples }) else {
        let value = samples.iter().find(|sample| !sample.is_finite());
        return Err(Error::NotFinite { value: value.map_or(f64::NAN, |value| value.to_f64()) });
    };
    let half = F::from_f64(0.5);
    let (low, high) = if low == high { (low - half, high + half) } else { (low, high) };
    if !(high - low).is_finite() {
        return Err(Error::Wide { sample_type: F::NAME, low: low.to_f64(), high: high.to_f64() });
    }
    let edges = linspace(low, high, nbins);
    if edges.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(Error::Bins { nbins, low: low.to_f64(), high: high.to_f64() });
    }
    Ok(edges)
}

/// Samples between one edge and the next, the last one included; on an edge the last bit decides. What lies beyond does not count, nor does NaN.
pub fn counts_between<F: Float>(edges: &[F], samples: &[F]) -> Vec<u32> {
    dispatch(Count { samples, edges })
}

/// The middle between each edge and the next.
pub fn centres<F: Float>(edges: Vec<F>) -> impl Iterator<Item = F> {
    let two = F::from_f64(2.0);
    (1..edges.len()).map(move |i| (edges[i - 1] + edges[i]) / two)
}

/// `numpy.linspace`: multiples of one step, rounded in `F`; the last edge is the largest sample itself.
fn linspace<F: Float>(low: F, high: F, nbins: usize) -> Vec<F> {
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

/// Fewer bins are counted in four tables, so that runs of one do not wait for their own counts.
const TABLE: usize = 1 << 12;

/// Samples per bin.
struct Count<'a, F> {
    samples: &'a [F],
    edges: &'a [F],
}

impl<F: Float> Kernel for Count<'_, F> {
    type Output = Vec<u32>;

    #[inline(always)]
    fn run<L: Level>(self) -> Vec<u32> {
        let Self { samples, edges } = self;
        if edges.len() <= TABLE {
            count::<F, 4>(samples, edges)
        } else {
            count::<F, 1>(samples, edges)
        }
    }
}

/// Counts in so many tables in turn.
#[inline(always)]
fn count<F: Float, const TABLES: usize>(samples: &[F], edges: &[F]) -> Vec<u32> {
    let bins = EqualBins::between(edges);
    let mut counts = vec![0; bins.count() * TABLES];
    let (groups, rest) = samples.as_chunks::<GROUP>();
    for group in groups {
        let Some(bins) = bins.of(group) else {
            count_by_edges::<F, TABLES>(group, edges, &mut counts);
            continue;
        };
        let rows = bins.map(|bin| bin * TABLES as u32);
        for (i, row) in rows.into_iter().enumerate() {
            // SAFETY: a bin is less than the number of bins, and each has a row of so many counts.
            unsafe { *counts.get_unchecked_mut(row as usize + i % TABLES) += 1 };
        }
    }
    count_by_edges::<F, TABLES>(rest, edges, &mut counts);
    counts.chunks_exact(TABLES).map(|tables| tables.iter().sum()).collect()
}

/// The edges decide, since the place may be one off.
#[inline(never)]
fn count_by_edges<F: Float, const TABLES: usize>(samples: &[F], edges: &[F], counts: &mut [u32]) {
    let last = edges.len() - 2;
    let (low, high) = (edges[0], edges[last + 1]);
    let (span, number) = (high - low, F::from_f64((last + 1) as f64));
    for &sample in samples.iter().filter(|&&sample| sample >= low && sample <= high) {
        let place = (sample - low) / span * number;
        let mut bin = (place.to_index() as usize).min(last);
        bin -= usize::from(sample < edges[bin]);
        bin += usize::from(sample >= edges[bin + 1] && bin != last);
        counts[bin * TABLES] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    // Expected values: numpy.histogram, NumPy 2.4.

    #[test]
    fn the_last_bin_has_both_its_edges() {
        let bins: Vec<_> = float_histogram(&[0.0f64, 0.25, 0.5, 0.75, 1.0], 4).unwrap().collect();
        assert_eq!(bins, [(0.125, 1), (0.375, 1), (0.625, 1), (0.875, 2)]);
    }

    #[test]
    fn edges_decide_where_a_quotient_misses() {
        let samples: Vec<f32> = (0..=100).map(|i| i as f32 * 0.01).collect();
        let counts: Vec<u32> =
            float_histogram(&samples, 50).unwrap().map(|(_, count)| count).collect();
        #[rustfmt::skip]
        assert_eq!(counts, [
            2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
            2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3,
        ]);
    }

    #[test]
    fn samples_near_edges_and_far_from_them_are_counted_alike() {
        let mut random = Random::new(21);
        for nbins in [1, 7, 256, 5000] {
            let mut samples: Vec<f32> = (0..3000).map(|_| random.unit() as f32 - 0.25).collect();
            let between = edges(&samples, nbins, SourceRange::Image).unwrap();
            samples
                .extend(between.iter().flat_map(|edge| [edge.next_down(), *edge, edge.next_up()]));
            samples.extend([f32::NAN, f32::INFINITY, -1e30, 1e30, f32::MAX]);
            // In groups of one kind, and mixed.
            for stride in [1, 7] {
                let samples: Vec<f32> =
                    (0..samples.len()).map(|i| samples[i * stride % samples.len()]).collect();
                let mut expected = vec![0; nbins];
                for sample in samples.iter().filter(|&&sample| sample <= between[nbins]) {
                    let bin = between[..nbins].iter().rposition(|edge| edge <= sample);
                    bin.into_iter().for_each(|bin| expected[bin] += 1);
                }
                assert_eq!(counts_between(&between, &samples), expected, "{nbins}");
            }
        }
    }

    #[test]
    fn what_lies_beyond_the_range_of_the_type_does_not_count() {
        for nbins in [1, 4] {
            let edges = edges::<f32>(&[], nbins, SourceRange::Type).unwrap();
            let samples = [-1.0, 1.0, 0.25, -1.5, 2.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY];
            let counts = counts_between(&edges, &samples);
            assert_eq!(counts, if nbins == 1 { vec![3] } else { vec![1, 0, 1, 1] });
        }
    }
}
