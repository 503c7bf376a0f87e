//! The nearest of some pixels, the seeds, to each. Of several at one distance it is that in the lowest column, and in that column the
//! uppermost, as in SciPy's distance transform; a rounded height or width of pixels may tell them apart.
//!
//! Nearest seeds first in each column, then along each row through the cells of its columns that have any (C. R. Maurer, R. Qi,
//! V. Raghavan, "A linear time algorithm for computing exact Euclidean distance transforms of binary images in arbitrary dimensions",
//! IEEE Transactions on Pattern Analysis and Machine Intelligence 25, 2003): time in proportion to the pixels.

use tagswitch_image::{ImageView, Sample};

/// Operations per pixel of a row.
pub const COST: usize = 20;

/// No seed in the column.
const NONE: u32 = u32::MAX;

/// The seeds of an image.
pub struct NearestSeeds {
    width: usize,
    spacing: [f64; 2],
    furthest: f64,
    /// For every pixel the row of the nearest seed in its column, the upper of two.
    rows: Vec<u32>,
}

impl NearestSeeds {
    /// Of an image of one channel, whose pixels have a height and a width. Seeds further away than `furthest` do not count.
    pub fn new<T: Sample>(
        image: ImageView<'_, T>,
        is_seed: impl Fn(T) -> bool,
        spacing: [f64; 2],
        furthest: f64,
    ) -> Self {
        let width = image.shape().width();
        Self { width, spacing, furthest, rows: nearest_in_column(image, is_seed) }
    }

    /// For each pixel of row `r` the row of the nearest seed in its column, the upper of two; `u32::MAX` where there is none.
    pub fn in_columns(&self, r: usize) -> &[u32] {
        &self.rows[r * self.width..][..self.width]
    }

    /// Goes along rows, one after the other.
    pub fn walk(&self) -> Walk<'_> {
        Walk { seeds: self, cells: Vec::with_capacity(self.width) }
    }
}

/// A way along rows.
pub struct Walk<'a> {
    seeds: &'a NearestSeeds,
    /// Of the row, in the order of their columns.
    cells: Vec<Seed>,
}

/// A seed that is the nearest to some pixels of a row.
struct Seed {
    row: usize,
    column: usize,
    /// Of its distance down or up.
    squared: f64,
}

impl Walk<'_> {
    /// Tells for each column of row `r` the place of the nearest seed, and how far away it is; none if none counts.
    #[inline(always)]
    pub fn row(&mut self, r: usize, mut tell: impl FnMut(usize, Option<(usize, f64)>)) {
        let &NearestSeeds { width, spacing, furthest, .. } = self.seeds;
        let rows = self.seeds.in_columns(r);
        let is_seed = |c: usize| rows.get(c) == Some(&(r as u32));
        let cells = &mut self.cells;
        cells.clear();
        for (c, &row) in rows.iter().enumerate() {
            // Whatever is no seed is nearer to the ends of a run of them than to those between.
            if row == NONE || c > 0 && is_seed(c - 1) && is_seed(c) && is_seed(c + 1) {
                continue;
            }
            let down = (f64::from(row) - r as f64) * spacing[0];
            let seed = Seed { row: row as usize, column: c, squared: down * down };
            if seed.squared.sqrt() > furthest {
                continue;
            }
            while let [.., first, second] = cells.as_slice()
                && hides(first, second, &seed, spacing[1])
            {
                cells.pop();
            }
            cells.push(seed);
        }
        let mut cell = 0;
        for c in 0..width {
            if is_seed(c) {
                tell(c, Some((r * width + c, 0.0)));
                continue;
            }
            let squared = |seed: &Seed| {
                let across = (seed.column as f64 - c as f64) * spacing[1];
                seed.squared + across * across
            };
            let Some(mut nearest) = cells.get(cell) else {
                tell(c, None);
                continue;
            };
            let mut least = squared(nearest);
            while let Some(next) = cells.get(cell + 1)
                && squared(next) < least
            {
                cell += 1;
                nearest = next;
                least = squared(next);
            }
            let distance = least.sqrt();
            let place = nearest.row * width + nearest.column;
            tell(c, (distance <= furthest).then_some((place, distance)));
        }
    }
}

/// Whether of three seeds in the order of their columns the middle one is nowhere the nearest.
fn hides(first: &Seed, second: &Seed, third: &Seed, spacing: f64) -> bool {
    let a = (second.column - first.column) as f64 * spacing;
    let b = (third.column - second.column) as f64 * spacing;
    let c = a + b;
    c * second.squared - b * first.squared - a * third.squared - a * b * c > 0.0
}

fn nearest_in_column<T: Sample>(image: ImageView<'_, T>, is_seed: impl Fn(T) -> bool) -> Vec<u32> {
    let (width, height) = (image.shape().width(), image.shape().height());
    let mut nearest = vec![NONE; image.shape().len()];
    for (r, row) in image.rows().enumerate() {
        let (above, here) = nearest.split_at_mut(r * width);
        if r > 0 {
            here[..width].copy_from_slice(&above[(r - 1) * width..]);
        }
        for (here, &sample) in here.iter_mut().zip(row) {
            *here = if is_seed(sample) { r as u32 } else { *here };
        }
    }
    for r in (0..height - 1).rev() {
        let (here, below) = nearest[r * width..].split_at_mut(width);
        let r = r as u32;
        for (here, &below) in here.iter_mut().zip(&*below) {
            let up = if *here == NONE { NONE } else { r.wrapping_sub(*here) };
            let down = if (below == NONE) | (below <= r) { NONE } else { below.wrapping_sub(r) };
            *here = if down < up { below } else { *here };
        }
    }
    nearest
}
