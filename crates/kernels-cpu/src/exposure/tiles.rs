//! An image equalized by its tiles: a curve for each, and between their centres those of the four nearest, interpolated.

use std::ops::Range;

use super::contrast_limit::tile_curve;
use super::equalize_adapthist::EqualizeAdapthist;
use crate::border::Border;
use crate::level::Level;
use crate::simd::{self, Kernel, dispatch};

/// The 14-bit level that is greatest.
pub(super) const GREATEST: u16 = (1 << 14) - 1;

/// An image of places in a table, which has the bins of samples.
pub(super) struct Binned<'a, I> {
    pub(super) places: &'a [I],
    pub(super) bin_of: &'a [u16],
    pub(super) width: usize,
}

impl<I: Level> Binned<'_, I> {
    /// The 14-bit levels of the equalized image.
    pub(super) fn equalized(&self, options: EqualizeAdapthist) -> Vec<u16> {
        let Self { places, width, .. } = *self;
        let height = places.len() / width;
        let [down, across] =
            [Tiling::new(height, options.rows), Tiling::new(width, options.columns)];
        let mut levels = vec![0; places.len()];
        let mut table = vec![[0.0; 4]; self.bin_of.len()];
        let shares: Vec<_> = (0..width).map(|column| across.share(column)).collect();
        let shares: Vec<_> = shares.into_iter().map(|x| [1.0 - x, x, 1.0 - x, x]).collect();
        let mut above = self.curves(0, options);
        for block in 0..=down.count {
            let below = (1..down.count).contains(&block).then(|| self.curves(block, options));
            let (rows, next) = (down.block(block), below.as_ref().unwrap_or(&above));
            for block in 0..=across.count {
                let columns = across.block(block);
                let [left, right] = across.beside(block);
                let curves = [&above[left], &above[right], &next[left], &next[right]];
                for (entry, &bin) in table.iter_mut().zip(self.bin_of) {
                    *entry = curves.map(|curve| f64::from(curve[usize::from(bin)]));
                }
                dispatch(Block {
                    places,
                    width,
                    table: &table,
                    down,
                    rows: rows.clone(),
                    shares: &shares[columns.clone()],
                    columns,
                    levels: &mut levels,
                });
            }
            above = below.unwrap_or(above);
        }
        levels
    }

    /// The curves of a row of tiles; beyond the image it is mirrored.
    fn curves(&self, tile: usize, options: EqualizeAdapthist) -> Vec<Vec<u16>> {
        let Self { places, bin_of, width } = *self;
        let height = places.len() / width;
        let EqualizeAdapthist { rows, columns, limit, nbins } = options;
        let mirrored = |index: usize, length| {
            Border::Mirror.resolve(index as isize, length).unwrap_or_default()
        };
        let mut counts = vec![[0u32; 4]; bin_of.len()];
        let mut bins = vec![0; nbins];
        let tiles = (0..width.div_ceil(columns)).map(|column| {
            counts.fill([0; 4]);
            let inside = column * columns..width.min((column + 1) * columns);
            let beyond = inside.end..(column + 1) * columns;
            for row in tile * rows..(tile + 1) * rows {
                let line = &places[mirrored(row, height) * width..][..width];
                count(&mut counts, &line[inside.clone()]);
                for column in beyond.clone() {
                    counts[line[mirrored(column, width)].index()][0] += 1;
                }
            }
            bins.fill(0);
            for (&bin, counts) in bin_of.iter().zip(&counts) {
                bins[usize::from(bin)] += counts.iter().map(|&count| i64::from(count)).sum::<i64>();
            }
            tile_curve(&mut bins, rows * columns, limit as i64, GREATEST)
        });
        tiles.collect()
    }
}

/// Counts samples, in turn in four places for each, so that runs of one level do not wait for their own counts.
fn count<I: Level>(counts: &mut [[u32; 4]], samples: &[I]) {
    let (fours, rest) = samples.as_chunks::<4>();
    for four in fours {
        for (turn, place) in four.iter().enumerate() {
            counts[place.index()][turn] += 1;
        }
    }
    for place in rest {
        counts[place.index()][0] += 1;
    }
}

/// A line of tiles, and the blocks between their centres: one more, the first and the last of them next to one tile only.
#[derive(Clone, Copy)]
struct Tiling {
    length: usize,
    side: usize,
    /// Tiles.
    count: usize,
}

impl Tiling {
    fn new(length: usize, side: usize) -> Self {
        Self { length, side, count: length.div_ceil(side) }
    }

    /// The pixels of a block.
    fn block(self, block: usize) -> Range<usize> {
        let half = self.side / 2;
        let [start, end] =
            [block, block + 1].map(|edge| (edge * self.side).saturating_sub(half).min(self.length));
        start..end
    }

    /// The tiles on either side of a block.
    fn beside(self, block: usize) -> [usize; 2] {
        [block.saturating_sub(1), block.min(self.count - 1)]
    }

    /// How far a pixel lies on the way from the one to the other.
    fn share(self, pixel: usize) -> f64 {
        ((pixel + self.side / 2) % self.side) as f64 / self.side as f64
    }
}

/// The pixels between four tiles.
struct Block<'a, I> {
    places: &'a [I],
    width: usize,
    /// The levels that the four curves have for each place.
    table: &'a [[f64; 4]],
    down: Tiling,
    rows: Range<usize>,
    columns: Range<usize>,
    /// What the four weigh in each column.
    shares: &'a [[f64; 4]],
    levels: &'a mut [u16],
}

impl<I: Level> Kernel for Block<'_, I> {
    type Output = ();

    #[inline(always)]
    fn run<L: simd::Level>(self) {
        const LANES: usize = 32;
        let Self { places, width, table, down, rows, columns, shares, levels } = self;
        for row in rows {
            let y = down.share(row);
            let y = [1.0 - y, 1.0 - y, y, y];
            let line = row * width + columns.start..row * width + columns.end;
            let (places, levels) = (&places[line.clone()], &mut levels[line]);
            let lanes =
                levels.chunks_mut(LANES).zip(places.chunks(LANES)).zip(shares.chunks(LANES));
            for ((levels, places), shares) in lanes {
                let mut sums = [0.0; LANES];
                for ((sum, place), x) in sums.iter_mut().zip(places).zip(shares) {
                    let curve = &table[place.index()];
                    // In scikit-image's precision, which decides where a level is cut.
                    let mut terms = [0.0; 4];
                    for i in 0..4 {
                        terms[i] = (curve[i] * (x[i] * y[i])) as f32;
                    }
                    *sum = terms[0] + terms[1] + terms[2] + terms[3];
                }
                for (level, sum) in levels.iter_mut().zip(sums) {
                    *level = sum as i32 as u16;
                }
            }
        }
    }
}
