use std::ops::Range;

use tagswitch_image::{ImageView, Sample};

use super::blocks::Blocks;
use super::quarter::Quarters;
use crate::groups::{Maker, Streaming};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::is_streamed;
use crate::threads::{Band, each_band};

/// Samples of a row that are combined down, then across, so that they stay in the nearest cache.
const PIECE: usize = 1024;

/// Combines the samples of each block: down its columns, so that rows are read in order, then across. `finish` is told how many of
/// them are missing.
///
/// `combine` may be told samples in any grouping, though in order.
pub fn fold<T: Sample, A: Copy + Default, O: Sample>(
    image: ImageView<'_, T>,
    blocks: Blocks,
    lift: impl Fn(T) -> A + Copy + Sync,
    combine: impl Fn(A, A) -> A + Copy + Sync,
    finish: impl Fn(A, f64) -> O + Copy + Sync,
    out: &mut [O],
) {
    let shape = image.shape();
    let row_len = shape.width().div_ceil(blocks.columns) * shape.channels();
    let is_streamed = is_streamed(out);
    each_band(out, row_len, blocks.rows.saturating_mul(blocks.columns), |out| {
        dispatch(Fold { image, blocks, lift, combine, finish, is_streamed, out });
    });
}

struct Fold<'a, T, O, F, G, H> {
    image: ImageView<'a, T>,
    blocks: Blocks,
    lift: F,
    combine: G,
    finish: H,
    is_streamed: bool,
    out: Band<'a, O>,
}

impl<T: Sample, A, O: Sample, F, G, H> Kernel for Fold<'_, T, O, F, G, H>
where
    A: Copy + Default,
    F: Fn(T) -> A + Copy,
    G: Fn(A, A) -> A + Copy,
    H: Fn(A, f64) -> O + Copy,
{
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, blocks, lift, combine, finish, is_streamed, out } = self;
        let streaming = Streaming(is_streamed);
        let (shape, channels) = (image.shape(), image.shape().channels());
        let block = blocks.columns * channels;
        // Whole blocks of a row, some at a time; the last piece may end within a block.
        let piece = (PIECE / block).max(1) * block;
        let mut folded = vec![A::default(); piece.min(shape.row_len())];
        let mut halves = vec![A::default(); folded.len() / 2];
        for (y, out) in out.rows() {
            let rows = y * blocks.rows..((y + 1) * blocks.rows).min(shape.height());
            if [rows.len(), blocks.columns, shape.width() % 2] == [2, 2, 0]
                && matches!(channels, 1 | 2 | 4)
            {
                let rows = [rows.start, rows.start + 1].map(|row| image.row(row));
                let missing = blocks.area() - 4.0;
                let finish = |sum| finish(sum, missing);
                let mut quarters = Quarters { rows, channels, lift, combine, finish };
                quarters.make_all::<L>(out, channels, &streaming);
                continue;
            }
            let missing = |columns: usize| blocks.area() - rows.len() as f64 * columns as f64;
            for (i, out) in out.chunks_mut(piece / blocks.columns).enumerate() {
                let columns = i * piece..((i + 1) * piece).min(shape.row_len());
                let folded = &mut folded[..columns.len()];
                down(image, rows.clone(), columns, lift, combine, folded);
                let (whole, rest) = folded.split_at_mut(folded.len() / block * block);
                let (out, last) = out.split_at_mut(whole.len() / blocks.columns);
                for (channel, out) in last.iter_mut().enumerate() {
                    let mut samples = rest[channel..].iter().step_by(channels).copied();
                    if let Some(first) = samples.next() {
                        let missing = missing(rest.len() / channels);
                        *out = finish(samples.fold(first, combine), missing);
                    }
                }
                let sums = across(whole, &mut halves, blocks.columns, channels, combine);
                let missing = missing(blocks.columns);
                for (out, &sum) in out.iter_mut().zip(sums) {
                    *out = finish(sum, missing);
                }
            }
        }
    }
}

/// Samples of rows, each combined with those below.
#[inline(always)]
fn down<T: Sample, A: Copy>(
    image: ImageView<'_, T>,
    rows: Range<usize>,
    columns: Range<usize>,
    lift: impl Fn(T) -> A,
    combine: impl Fn(A, A) -> A,
    folded: &mut [A],
) {
    let mut rows = rows.map(|row| &image.row(row)[columns.clone()]);
    match [rows.next(), rows.next()] {
        [Some(one), Some(other)] => {
            for ((folded, &one), &other) in folded.iter_mut().zip(one).zip(other) {
                *folded = combine(lift(one), lift(other));
            }
        }
        [Some(row), None] => {
            folded.iter_mut().zip(row).for_each(|(folded, &sample)| *folded = lift(sample));
        }
        _ => {}
    }
    for row in rows {
        for (folded, &sample) in folded.iter_mut().zip(row) {
            *folded = combine(*folded, lift(sample));
        }
    }
}

/// Each so many pixels of a line combined: halved as often as that goes.
#[inline(always)]
fn across<'a, A: Copy>(
    mut line: &'a mut [A],
    mut other: &'a mut [A],
    mut columns: usize,
    channels: usize,
    combine: impl Fn(A, A) -> A + Copy,
) -> &'a [A] {
    while columns > 1 {
        let count = if columns.is_multiple_of(2) { 2 } else { columns };
        let (to, _) = other.split_at_mut(line.len() / count);
        match (count, channels) {
            (2, 1) => grouped::<A, 2, 1>(line, combine, to),
            (2, 3) => grouped::<A, 2, 3>(line, combine, to),
            (2, 4) => grouped::<A, 2, 4>(line, combine, to),
            (3, 1) => grouped::<A, 3, 1>(line, combine, to),
            _ => grouped_by(count, channels, line, combine, to),
        }
        (line, other) = (to, line);
        columns /= count;
    }
    line
}

/// Each `N` pixels of `C` channels combined.
#[inline(always)]
fn grouped<A: Copy, const N: usize, const C: usize>(
    line: &[A],
    combine: impl Fn(A, A) -> A + Copy,
    out: &mut [A],
) {
    let (mut groups, _) = line.as_chunks::<C>().0.as_chunks::<N>();
    let (mut out, _) = out.as_chunks_mut::<C>();
    if C > 1 {
        // Of two at a time vectors of whole pixels come, which compilers take apart otherwise.
        let (pairs, last) = groups.as_chunks::<2>();
        let (to, last_out) = out.as_chunks_mut::<2>();
        for (to, pair) in to.iter_mut().zip(pairs) {
            to[0] = combined(&pair[0], combine);
            to[1] = combined(&pair[1], combine);
        }
        (groups, out) = (last, last_out);
    }
    for (out, group) in out.iter_mut().zip(groups) {
        *out = combined(group, combine);
    }
}

/// The pixels of a group combined.
#[inline(always)]
fn combined<A: Copy, const N: usize, const C: usize>(
    group: &[[A; C]; N],
    combine: impl Fn(A, A) -> A,
) -> [A; C] {
    let mut combined = group[0];
    for pixel in &group[1..] {
        for channel in 0..C {
            combined[channel] = combine(combined[channel], pixel[channel]);
        }
    }
    combined
}

/// Each `columns` pixels of `channels` combined.
#[inline(always)]
fn grouped_by<A: Copy>(
    columns: usize,
    channels: usize,
    line: &[A],
    combine: impl Fn(A, A) -> A,
    out: &mut [A],
) {
    for (out, group) in out.chunks_exact_mut(channels).zip(line.chunks_exact(columns * channels)) {
        let (first, others) = group.split_at(channels);
        out.copy_from_slice(first);
        for pixel in others.chunks_exact(channels) {
            for (out, &sample) in out.iter_mut().zip(pixel) {
                *out = combine(*out, sample);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::random::Random;

    #[test]
    fn blocks_of_all_sides_are_what_their_samples_add_up_to() {
        let mut random = Random::new(3);
        // A block has fewer samples.
        let both = |sum: u32, missing: f64| f64::from(sum) * 4096.0 + missing;
        for (rows, columns) in [(1, 1), (2, 2), (3, 3), (1, 4), (4, 6), (5, 7), (9, 40), (2, 1300)]
        {
            for (len, channels) in
                (1..=5).flat_map(|channels| [(1037_usize, channels), (1036, channels)])
            {
                let shape = Shape::new(11, len, channels).unwrap();
                let samples: Vec<u8> =
                    (0..shape.len()).map(|_| (255.0 * random.unit()) as u8).collect();
                let image = ImageView::new(&samples, shape).unwrap();
                let (height, width) = (11usize.div_ceil(rows), len.div_ceil(columns));
                let mut out = vec![0.0; height * width * channels];
                let blocks = Blocks { rows, columns, cval: 0.0 };
                fold(image, blocks, u32::from, |a, b| a + b, both, &mut out);
                let mut expected = vec![(0, (rows * columns) as f64); out.len()];
                for (i, &sample) in samples.iter().enumerate() {
                    let (pixel, channel) = (i / channels, i % channels);
                    let (y, x) = (pixel / len / rows, pixel % len / columns);
                    let block = &mut expected[(y * width + x) * channels + channel];
                    *block = (block.0 + u32::from(sample), block.1 - 1.0);
                }
                let expected: Vec<f64> =
                    expected.into_iter().map(|(sum, missing)| both(sum, missing)).collect();
                assert_eq!(out, expected, "{rows} × {columns} of {shape}");
            }
        }
    }
}
