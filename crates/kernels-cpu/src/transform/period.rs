use std::array::from_fn;
use std::ops::Range;

use tagswitch_image::Float;

use super::repetition::Repetition;
use super::taps::Taps;
use crate::simd::Level;

/// After so many samples at most, taps are to repeat.
const LONGEST: usize = 4;
/// So many samples of a period, times channels, are summed side by side.
const MOST: usize = 16;
/// Repetitions that are summed together.
const BLOCK: usize = 32;

/// Along most of a line whose length changes by a ratio of small numbers taps repeat: `outputs` samples further on they are the
/// same, of samples that lie `inputs` further on.
///
/// Samples of one place in all periods are then weighted sums of vectors of samples that lie beside each other, once these are
/// sorted by their places as well.
pub struct Period<W> {
    /// Samples with taps that repeat.
    samples: Range<usize>,
    channels: usize,
    /// Places and channels of a period of the line.
    sources: usize,
    /// For each place and channel of a period of the result what it is a sum of: where the samples of all periods begin once the line
    /// is sorted, and how they are weighted.
    sums: Vec<Vec<(usize, W)>>,
    /// How many samples a place has room for.
    pitch: usize,
}

impl<W: Float> Period<W> {
    /// That of taps to pixels of a line of `len`; `None` where they have none, or a line is too short for it.
    pub fn of(taps: &Taps<W>, len: usize, channels: usize) -> Option<Self> {
        (1..=LONGEST.min(MOST / channels)).find_map(|outputs| {
            let repetition = Repetition::of(taps, outputs)?;
            let Repetition { model, inputs, before, count, .. } = repetition;
            let pitch = len.div_ceil(inputs);
            let first = model - before * outputs;
            let sums = (0..outputs * channels).map(|place| {
                let (indices, weights, _) = taps.of(model + place / channels);
                let starts = indices.iter().map(|&index| {
                    let index = index - before * inputs;
                    (index % inputs * channels + place % channels) * pitch + index / inputs
                });
                starts.zip(weights.iter().copied()).collect()
            });
            let fits = inputs * channels <= MOST && count >= BLOCK;
            fits.then(|| Self {
                samples: first..first + count * outputs,
                channels,
                sources: inputs * channels,
                sums: sums.collect(),
                pitch,
            })
        })
    }

    /// The pixels whose taps repeat.
    pub fn pixels(&self) -> Range<usize> {
        self.samples.clone()
    }

    /// What [`sum`](Self::sum) sorts a line into.
    pub fn room(&self) -> Vec<W> {
        vec![W::ZERO; self.pitch * self.sources]
    }

    /// Weighted sums of a line, for the pixels of `out` whose taps repeat.
    #[inline(always)]
    pub fn sum<L: Level, O: Float>(&self, line: &[W], sorted: &mut [W], out: &mut [O]) {
        sort(line, self.sources, sorted);
        let Range { start, end } = self.samples;
        let out = &mut out[start * self.channels..end * self.channels];
        match self.sums.len() {
            1 => self.sum_places::<L, O, 1>(sorted, out),
            2 => self.sum_places::<L, O, 2>(sorted, out),
            3 => self.sum_places::<L, O, 3>(sorted, out),
            places => {
                let mut merged = [[O::ZERO; BLOCK]; MOST];
                for block in blocks(out.len() / places) {
                    for (taps, merged) in self.sums.iter().zip(&mut merged) {
                        *merged = sum_block::<L, W, O>(taps, sorted, block);
                    }
                    merge(&merged, places, &mut out[block * places..][..BLOCK * places]);
                }
            }
        }
    }

    /// The sums of periods of so few places that the compiler merges them in registers.
    #[inline(always)]
    fn sum_places<L: Level, O: Float, const N: usize>(&self, sorted: &[W], out: &mut [O]) {
        let Some(sums) = self.sums.first_chunk::<N>() else { return };
        let (periods, _) = out.as_chunks_mut::<N>();
        let mut merged = [[O::ZERO; BLOCK]; N];
        for block in blocks(periods.len()) {
            for place in 0..N {
                merged[place] = sum_block::<L, W, O>(&sums[place], sorted, block);
            }
            let periods = &mut periods[block..][..BLOCK];
            for i in 0..BLOCK {
                for place in 0..N {
                    periods[i][place] = merged[place][i];
                }
            }
        }
    }
}

/// Where blocks of so many periods begin; the last goes over some again.
#[inline(always)]
fn blocks(count: usize) -> impl Iterator<Item = usize> {
    (0..count).step_by(BLOCK).map(move |block| block.min(count - BLOCK))
}

/// Weighted sums of a block of a sorted line, each tap from where it begins there on.
#[inline(always)]
fn sum_block<L: Level, W: Float, O: Float>(
    taps: &[(usize, W)],
    sorted: &[W],
    block: usize,
) -> [O; BLOCK] {
    let mut sums = [W::ZERO; BLOCK];
    for &(start, weight) in taps {
        let samples = &sorted[start + block..][..BLOCK];
        for i in 0..BLOCK {
            sums[i] = L::fma(weight, samples[i], sums[i]);
        }
    }
    let mut cast = [O::ZERO; BLOCK];
    for i in 0..BLOCK {
        cast[i] = sums[i].cast();
    }
    cast
}

/// Sorts a line's samples by their places among each `count`: those of each place one after the other.
#[inline(always)]
fn sort<W: Float>(line: &[W], count: usize, sorted: &mut [W]) {
    match count {
        1 => sorted[..line.len()].copy_from_slice(line),
        2 => sort_by::<W, 2>(line, sorted),
        3 => sort_by::<W, 3>(line, sorted),
        4 => sort_by::<W, 4>(line, sorted),
        6 => sort_by::<W, 6>(line, sorted),
        8 => sort_by::<W, 8>(line, sorted),
        _ => {
            let pitch = sorted.len() / count;
            for (i, &sample) in line.iter().enumerate() {
                sorted[i % count * pitch + i / count] = sample;
            }
        }
    }
}

#[inline(always)]
fn sort_by<W: Float, const N: usize>(line: &[W], sorted: &mut [W]) {
    let pitch = sorted.len() / N;
    let mut places = sorted.chunks_exact_mut(pitch);
    let places: [&mut [W]; N] = from_fn(|_| places.next().unwrap_or_default());
    let (periods, rest) = line.as_chunks::<N>();
    let places = places.map(|place| &mut place[..periods.len()]);
    // Vectors come of a loop over the whole line: one over a few periods is unrolled before.
    for (i, samples) in periods.iter().enumerate() {
        for place in 0..N {
            places[place][i] = samples[place];
        }
    }
    for (place, &sample) in rest.iter().enumerate() {
        sorted[place * pitch + periods.len()] = sample;
    }
}

/// The reverse, of a block of the first `count` places.
#[inline(always)]
fn merge<O: Float>(places: &[[O; BLOCK]; MOST], count: usize, out: &mut [O]) {
    match count {
        4 => merge_by::<O, 4>(places, out),
        6 => merge_by::<O, 6>(places, out),
        8 => merge_by::<O, 8>(places, out),
        _ => {
            for (i, samples) in out.chunks_exact_mut(count).enumerate() {
                for (sample, place) in samples.iter_mut().zip(places) {
                    *sample = place[i];
                }
            }
        }
    }
}

#[inline(always)]
fn merge_by<O: Float, const N: usize>(places: &[[O; BLOCK]; MOST], out: &mut [O]) {
    let (out, _) = out.as_chunks_mut::<N>();
    for (i, samples) in out.iter_mut().enumerate().take(BLOCK) {
        for place in 0..N {
            samples[place] = places[place][i];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::steps::{Sampling, resampling, same};
    use super::super::taps::composed;
    use super::*;
    use crate::border::Border;
    use crate::simd::{Kernel, dispatch};

    fn taps<W: Float>(from: usize, to: usize) -> Taps<W> {
        composed(
            from,
            &same(),
            &resampling(from, to, Sampling::Linear, Border::Mirror).unwrap(),
            to,
        )
    }

    struct Sum<'a>(&'a Period<f32>, &'a [f32], &'a mut [f32]);

    impl Kernel for Sum<'_> {
        type Output = ();

        fn run<L: Level>(self) {
            self.0.sum::<L, f32>(self.1, &mut self.0.room(), self.2);
        }
    }

    #[test]
    fn sums_are_those_of_each_sample() {
        for (from, to) in [(70, 140), (140, 70), (100, 150), (152, 228), (400, 100), (180, 240)] {
            for channels in 1..=4 {
                let taps = taps::<f32>(from, to);
                let period = Period::of(&taps, from, channels).unwrap();
                let line: Vec<f32> = (0..from * channels).map(|i| (i * i % 37) as f32).collect();
                let mut out = vec![f32::NAN; to * channels];
                dispatch(Sum(&period, &line, &mut out));
                let pixels = period.pixels();
                assert!(pixels.start < 8 && pixels.end + 8 > to, "{pixels:?} of {to}");
                for pixel in pixels {
                    let (indices, weights, _) = taps.of(pixel);
                    for channel in 0..channels {
                        let samples = indices.iter().map(|index| line[index * channels + channel]);
                        let sum: f32 = samples.zip(weights).map(|(a, b)| a * b).sum();
                        let found = out[pixel * channels + channel];
                        assert!((found - sum).abs() < 1e-4, "{found}, not {sum}");
                    }
                }
            }
        }
    }

    #[test]
    fn taps_that_do_not_repeat_have_none() {
        assert!(Period::of(&taps::<f32>(500, 311), 500, 1).is_none());
        // Too short.
        assert!(Period::of(&taps::<f32>(20, 40), 20, 1).is_none());
        // In 64 bits rounded places show.
        assert!(Period::of(&taps::<f64>(1000, 2000), 1000, 1).is_some());
        assert!(Period::of(&taps::<f32>(1, 1), 1, 1).is_none());
    }
}
