//! An image equalized by its tiles: a curve for each, and between their centres those of the four nearest, interpolated.

use std::ops::Range;

use super::contrast_limit::tile_curve;
use crate::border::Border;
use crate::level::Level;
use crate::simd::{self, Kernel, dispatch};
use crate::threads::{Band, each_band};

/// The 14-bit level that is greatest.
pub(super) const GREATEST: u16 = (1 << 14) - 1;

/// About how many operations a pixel takes, its part in a histogram included.
const COST: usize = 30;

/// Options of [`equalize_adapthist`](super::equalize_adapthist()).
#[derive(Clone, Copy, Debug)]
pub struct EqualizeAdapthist {
    /// Rows of a tile, at least 1.
    pub rows: usize,
    /// Columns of a tile, at least 1.
    pub columns: usize,
    /// At most so many pixels of a tile count in one bin; at least 1.
    pub limit: usize,
    /// Bins of a tile's histogram, at least 1.
    pub nbins: usize,
}

/// An image of places in a table, which has the bins of samples.
pub(super) struct Binned<'a, I> {
    pub(super) places: &'a [I],
    pub(super) bin_of: &'a [u16],
    pub(super) width: usize,
}

impl<I: Level> Binned<'_, I> {
    /// The 14-bit levels of the equalized image.
    pub(super) fn equalized(&self, options: EqualizeAdapthist) -> Vec<u16> {
        let mut levels = vec![0; self.places.len()];
        each_band(&mut levels, self.width, COST, |band| self.equalize(options, band));
        levels
    }

    /// Some rows of them. Tiles that they share with rows before and after are counted for each.
    fn equalize(&self, options: EqualizeAdapthist, band: Band<'_, u16>) {
        let Self { places, width, .. } = *self;
        let down = Tiling::new(places.len() / width, options.rows);
        let across = Tiling::new(width, options.columns);
        let Band { first, samples: levels, .. } = band;
        let all = first..first + levels.len() / width;
        let mut table = vec![[0.0; 4]; self.bin_of.len()];
        let shares: Vec<_> = (0..width).map(|column| across.share(column)).collect();
        let shares: Vec<_> = shares.into_iter().map(|x| [1.0 - x, x, 1.0 - x, x]).collect();
        // The row of tiles above a block, and the one below it.
        let mut curves = [(usize::MAX, Vec::new()), (usize::MAX, Vec::new())];
        for block in down.block_of(all.start)..=down.block_of(all.end - 1) {
            let rows = down.block(block);
            let rows = rows.start.max(all.start)..rows.end.min(all.end);
            let [above, below] = down.beside(block);
            if curves[1].0 == above {
                curves.swap(0, 1);
            }
            for (known, tile) in curves.iter_mut().zip([above, below]) {
                if known.0 != tile {
                    *known = (tile, self.curves(tile, options));
                }
            }
            for block in 0..=across.count {
                let columns = across.block(block);
                let [left, right] = across.beside(block);
                let [(_, above), (_, below)] = &curves;
                let corners = [&above[left], &above[right], &below[left], &below[right]];
                for (entry, &bin) in table.iter_mut().zip(self.bin_of) {
                    *entry = corners.map(|curve| f64::from(curve[usize::from(bin)]));
                }
                dispatch(Block {
                    places,
                    width,
                    table: &table,
                    down,
                    rows: rows.clone(),
                    shares: &shares[columns.clone()],
                    columns,
                    first,
                    levels: &mut *levels,
                });
            }
        }
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

    /// The block of a pixel.
    fn block_of(self, pixel: usize) -> usize {
        (pixel + self.side / 2) / self.side
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
    /// The row of the image that is the first of `levels`.
    first: usize,
    levels: &'a mut [u16],
}

impl<I: Level> Kernel for Block<'_, I> {
    type Output = ();

    #[inline(always)]
    fn run<L: simd::Level>(self) {
        const LANES: usize = 64;
        let Self { places, width, table, down, rows, columns, shares, first, levels } = self;
        for row in rows {
            let y = down.share(row);
            let y = [1.0 - y, 1.0 - y, y, y];
            let places = &places[row * width..][columns.clone()];
            let levels = &mut levels[(row - first) * width..][columns.clone()];
            let lanes =
                levels.chunks_mut(LANES).zip(places.chunks(LANES)).zip(shares.chunks(LANES));
            for ((levels, places), shares) in lanes {
                let mut terms = [[0.0; 4]; LANES];
                for ((terms, place), x) in terms.iter_mut().zip(places).zip(shares) {
                    let curve = &table[place.index()];
                    // In scikit-image's precision, which decides where a level is cut.
                    for i in 0..4 {
                        terms[i] = (curve[i] * (x[i] * y[i])) as f32;
                    }
                }
                for (level, terms) in levels.iter_mut().zip(&terms) {
                    *level = (terms[0] + terms[1] + terms[2] + terms[3]) as i32 as u16;
                }
            }
        }
    }
}
