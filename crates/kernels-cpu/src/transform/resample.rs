use std::ops::Range;

use tagswitch_image::{Float, ImageView, Sample};

use super::period::Period;
use super::taps::Taps;
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// Operations per sample and tap.
const COST: usize = 3;
/// Rows that are summed side by side: as many 32-bit numbers as a vector of 32 bytes has.
const ROWS: usize = 8;
/// Samples of a row that are summed together before they are turned into columns.
const BLOCK: usize = 32;
/// Rows that are summed one after the other, block by block: the samples that they have in common are in the nearest cache then.
const LINES: usize = 4;
/// Samples of such a block of 32-bit numbers, and of 64-bit ones: as many sums as half of the registers hold.
const LONG: usize = 64;
const SHORT: usize = 32;

/// An image whose rows and columns are sums of another one's: `down` of the rows and `across` of the columns.
pub fn resample<T: Sample>(
    image: ImageView<'_, T>,
    scaled: bool,
    [down, across]: [&Taps<T::Work>; 2],
    cval: f64,
    out: &mut [T::Output],
) {
    let shape = image.shape();
    let row_len = across.count() * shape.channels();
    // Rows are summed in the image's width.
    let taps = down.of(0).0.len() * shape.row_len() / row_len + across.of(0).0.len();
    let period = Period::of(across, shape.width(), shape.channels());
    each_band(out, row_len, COST * taps, |out| {
        dispatch(Resample { image, scaled, down, across, period: period.as_ref(), cval, out });
    });
}

/// The rows first, so that both sums and the conversion to numbers are one pass over memory. Where taps across have no [`Period`], rows
/// are summed several at a time and then turned into columns: the sums across are of vectors, too, whatever places the taps lie at.
struct Resample<'a, T: Sample> {
    image: ImageView<'a, T>,
    scaled: bool,
    down: &'a Taps<T::Work>,
    across: &'a Taps<T::Work>,
    period: Option<&'a Period<T::Work>>,
    cval: f64,
    out: Band<'a, T::Output>,
}

impl<T: Sample> Kernel for Resample<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, scaled, down, across, period, cval, out } = self;
        let cval = T::Work::from_f64(cval);
        let channels = image.shape().channels();
        if let Some(period) = period {
            let len = image.shape().row_len();
            let mut lines = vec![T::Work::ZERO; LINES * len];
            let mut sorted = period.room();
            let repeating = period.pixels();
            let groups = out.samples.chunks_mut(LINES * out.row_len);
            for (first, group) in (out.first..).step_by(LINES).zip(groups) {
                let lines = &mut lines[..group.len() / out.row_len * len];
                if size_of::<T::Work>() == 4 {
                    sum_lines::<L, T, LONG>(image, scaled, down, first, cval, lines);
                } else {
                    sum_lines::<L, T, SHORT>(image, scaled, down, first, cval, lines);
                }
                let rows = group.chunks_exact_mut(out.row_len);
                for (line, row) in lines.chunks_exact(len).zip(rows) {
                    period.sum::<L, _>(line, &mut sorted, row);
                }
                for others in [0..repeating.start, repeating.end..across.count()] {
                    if lines.len() == LINES * len {
                        sum_samples::<L, _, _, LINES>(lines, across, others, channels, cval, group);
                        continue;
                    }
                    let rows = group.chunks_exact_mut(out.row_len);
                    for (line, row) in lines.chunks_exact(len).zip(rows) {
                        let others = others.clone();
                        sum_samples::<L, _, _, 1>(line, across, others, channels, cval, row);
                    }
                }
            }
            return;
        }
        let mut columns = vec![[T::Work::ZERO; ROWS]; image.shape().row_len()];
        let groups = out.samples.chunks_mut(ROWS * out.row_len);
        for (first, rows) in (out.first..).step_by(ROWS).zip(groups) {
            let count = rows.len() / out.row_len;
            let taps = |row: usize| down.of(first + row);
            sum_rows::<L, T>(image, scaled, taps, count, cval, &mut columns);
            sum_columns::<L, _, _>(&columns, across, channels, cval, rows, out.row_len);
        }
    }
}

/// Weighted sums of rows, one after the other, for as many rows of the result from `first` on as there is room for.
#[inline(always)]
fn sum_lines<L: Level, T: Sample, const N: usize>(
    image: ImageView<'_, T>,
    scaled: bool,
    down: &Taps<T::Work>,
    first: usize,
    cval: T::Work,
    lines: &mut [T::Work],
) {
    let len = image.shape().row_len();
    for x in (0..len).step_by(N) {
        // The last block goes over some samples again.
        let x = x.min(len.saturating_sub(N));
        for (line, y) in lines.chunks_exact_mut(len).zip(first..) {
            if let Some(line) = line[x..].first_chunk_mut::<N>() {
                *line = sum_block::<L, T, N>(image, scaled, down.of(y), cval, x);
            } else {
                for (x, sum) in line.iter_mut().enumerate() {
                    [*sum] = sum_block::<L, T, 1>(image, scaled, down.of(y), cval, x);
                }
            }
        }
    }
}

/// Weighted sums of `N` lines, for some pixels of as many rows.
#[inline(always)]
fn sum_samples<L: Level, W: Float, O: Float, const N: usize>(
    lines: &[W],
    across: &Taps<W>,
    pixels: Range<usize>,
    channels: usize,
    cval: W,
    rows: &mut [O],
) {
    let [len, row_len] = [lines.len() / N, rows.len() / N];
    for pixel in pixels {
        let (indices, weights, constant) = across.of(pixel);
        for channel in 0..channels {
            let mut sums = [constant * cval; N];
            for (index, &weight) in indices.iter().zip(weights) {
                for (i, sum) in sums.iter_mut().enumerate() {
                    let sample = lines[i * len + index * channels + channel];
                    *sum = L::fma(weight, sample, *sum);
                }
            }
            for (i, sum) in sums.into_iter().enumerate() {
                rows[i * row_len + pixel * channels + channel] = sum.cast();
            }
        }
    }
}

/// Weighted sums of rows, `count` of them side by side.
#[inline(always)]
fn sum_rows<'a, L: Level, T: Sample>(
    image: ImageView<'_, T>,
    scaled: bool,
    taps: impl Fn(usize) -> (&'a [usize], &'a [T::Work], T::Work),
    count: usize,
    cval: T::Work,
    columns: &mut [[T::Work; ROWS]],
) {
    let len = columns.len();
    for x in (0..len).step_by(BLOCK) {
        // The last block goes over some samples again.
        let x = x.min(len.saturating_sub(BLOCK));
        if let Some(columns) = columns[x..].first_chunk_mut::<BLOCK>() {
            let mut lines = [[T::Work::ZERO; BLOCK]; ROWS];
            for (row, line) in lines.iter_mut().enumerate().take(count) {
                *line = sum_block::<L, T, BLOCK>(image, scaled, taps(row), cval, x);
            }
            for (i, column) in columns.iter_mut().enumerate() {
                for row in 0..ROWS {
                    column[row] = lines[row][i];
                }
            }
        } else {
            for (x, column) in columns.iter_mut().enumerate() {
                for (row, sum) in column.iter_mut().enumerate().take(count) {
                    [*sum] = sum_block::<L, T, 1>(image, scaled, taps(row), cval, x);
                }
            }
        }
    }
}

/// A weighted sum of rows' samples from `x` on, which stays in registers.
#[inline(always)]
fn sum_block<L: Level, T: Sample, const N: usize>(
    image: ImageView<'_, T>,
    scaled: bool,
    (rows, weights, constant): (&[usize], &[T::Work], T::Work),
    cval: T::Work,
    x: usize,
) -> [T::Work; N] {
    let mut sums = [constant * cval; N];
    let weights = &weights[..rows.len()];
    let (all, row_len) = (image.samples(), image.shape().row_len());
    for tap in 0..rows.len() {
        let samples = &all[rows[tap] * row_len + x..][..N];
        for i in 0..N {
            let number = if scaled { samples[i].to_float() } else { samples[i].to_work() };
            sums[i] = L::fma(weights[tap], number, sums[i]);
        }
    }
    sums
}

/// Weighted sums of columns, which become rows of `row_len` samples again.
#[inline(always)]
fn sum_columns<L: Level, W: Float, O: Float>(
    columns: &[[W; ROWS]],
    across: &Taps<W>,
    channels: usize,
    cval: W,
    rows: &mut [O],
    row_len: usize,
) {
    let mut x = 0;
    let mut sums = [[W::ZERO; ROWS]; BLOCK];
    let mut filled = 0;
    for pixel in 0..across.count() {
        let (indices, weights, constant) = across.of(pixel);
        let weights = &weights[..indices.len()];
        for channel in 0..channels {
            let mut sum = [constant * cval; ROWS];
            for tap in 0..indices.len() {
                let column = &columns[indices[tap] * channels + channel];
                for row in 0..ROWS {
                    sum[row] = L::fma(weights[tap], column[row], sum[row]);
                }
            }
            sums[filled] = sum;
            filled += 1;
            if filled == BLOCK || x + filled == row_len {
                let mut lines = [[O::ZERO; BLOCK]; ROWS];
                // Vectors come of this order of loops.
                for (i, sum) in sums.iter().enumerate() {
                    for row in 0..ROWS {
                        lines[row][i] = sum[row].cast();
                    }
                }
                for (row, line) in rows.chunks_exact_mut(row_len).zip(&lines) {
                    match row[x..].first_chunk_mut() {
                        Some(row) => *row = *line,
                        None => row[x..].copy_from_slice(&line[..filled]),
                    }
                }
                x += filled;
                filled = 0;
            }
        }
    }
}
