use std::array::from_fn;

use tagswitch_image::{ImageView, Sample};

use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// So many columns that partial sums are short, and their ends do not count.
const BLOCK: usize = 512;

/// Columns that are weighed at once.
const LANES: usize = 4;

/// How many powers of the column there are of each row: up to `order`, in pairs, as rows are gone through for pairs.
pub fn powers_up_to(order: usize) -> usize {
    (order + 1).next_multiple_of(2)
}

/// The sums along each row with each power of the column's distance from a centre, of one row after the other.
pub fn line_moments<T: Sample>(
    image: ImageView<'_, T>,
    center_column: f64,
    order: usize,
) -> Vec<f64> {
    let (height, width) = (image.shape().height(), image.shape().width());
    let count = powers_up_to(order);
    let powers = powers(width, center_column, count);
    let mut lines = vec![0.0; height * count];
    each_band(&mut lines, count, width, |lines| {
        dispatch(Lines { image, powers: &powers, lines });
    });
    lines
}

/// The powers of the distance of columns from the centre, all of so many columns after the other.
fn powers(width: usize, center: f64, count: usize) -> Vec<[f64; LANES]> {
    let mut powers = Vec::with_capacity(width.div_ceil(LANES) * count);
    for first in (0..width).step_by(LANES) {
        let distances: [f64; LANES] = from_fn(|lane| (first + lane) as f64 - center);
        let mut power = [1.0; LANES];
        for _ in 0..count {
            powers.push(power);
            power = from_fn(|lane| power[lane] * distances[lane]);
        }
    }
    powers
}

struct Lines<'a, T> {
    image: ImageView<'a, T>,
    powers: &'a [[f64; LANES]],
    lines: Band<'a, f64>,
}

impl<T: Sample> Kernel for Lines<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, powers, lines } = self;
        let Band { first, row_len: count, samples: lines } = lines;
        // Rows in pairs, for which powers are read once; where a single one is left, it is its own pair.
        for (i, lines) in lines.chunks_mut(2 * count).enumerate() {
            let upper = first + 2 * i;
            let lower = upper + lines.len() / count - 1;
            let rows = [upper, lower].map(|r| image.row(r));
            // As many powers at a time as there are registers for their sums.
            for lowest in (0..count).step_by(4) {
                let lines = &mut lines[lowest..];
                if count - lowest >= 4 {
                    store(weigh::<L, T, 4>(rows, powers, count, lowest), lines, count);
                } else {
                    store(weigh::<L, T, 2>(rows, powers, count, lowest), lines, count);
                }
            }
        }
    }
}

/// Puts the sums of two rows in their lines, as far as there are lines.
#[inline(always)]
fn store<const N: usize>(sums: [[f64; N]; 2], lines: &mut [f64], count: usize) {
    for (line, sums) in lines.chunks_mut(count).zip(sums) {
        line[..N].copy_from_slice(&sums);
    }
}

/// The sums of two rows with `N` of the powers of the column, of which there are `count`, from the lowest on.
#[inline(always)]
fn weigh<L: Level, T: Sample, const N: usize>(
    rows: [&[T]; 2],
    powers: &[[f64; LANES]],
    count: usize,
    lowest: usize,
) -> [[f64; N]; 2] {
    let mut sums = [[Sum::default(); N]; 2];
    let blocks = rows[0].chunks(BLOCK).zip(rows[1].chunks(BLOCK));
    for ((upper, lower), powers) in blocks.zip(powers.chunks(BLOCK / LANES * count)) {
        let mut parts = [[[0.0; LANES]; N]; 2];
        let ((upper, upper_rest), (lower, lower_rest)) = (upper.as_chunks(), lower.as_chunks());
        let mut powers = powers.chunks_exact(count).filter_map(|all| all[lowest..].first_chunk());
        for ((upper, lower), powers) in upper.iter().zip(lower).zip(&mut powers) {
            add_products::<L, T, N>(&mut parts, [upper, lower], powers);
        }
        // Of the columns that are left, if any are.
        for powers in powers {
            let padded = |rest: &[T]| from_fn(|lane| rest.get(lane).copied().unwrap_or_default());
            let rests = [&padded(upper_rest), &padded(lower_rest)];
            add_products::<L, T, N>(&mut parts, rests, powers);
        }
        for (sum, [a, b, c, d]) in sums.as_flattened_mut().iter_mut().zip(parts.as_flattened()) {
            sum.add((a + c) + (b + d));
        }
    }
    sums.map(|sums| sums.map(Sum::value))
}

/// Adds samples of two rows, times powers, to the sums.
#[inline(always)]
fn add_products<L: Level, T: Sample, const N: usize>(
    sums: &mut [[[f64; LANES]; N]; 2],
    samples: [&[T; LANES]; 2],
    powers: &[[f64; LANES]; N],
) {
    for r in 0..2 {
        let values = samples[r].map(Sample::to_f64);
        for n in 0..N {
            sums[r][n] = L::fma_lanes(values, powers[n], sums[r][n]);
        }
    }
}

/// A sum, and beside it what each addition rounded off (Knuth's two-sum): about their centre, terms of odd powers cancel to little more
/// than that.
#[derive(Clone, Copy, Default)]
struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    #[inline(always)]
    fn add(&mut self, term: f64) {
        let more = self.sum + term;
        let kept = more - self.sum;
        self.lost += (self.sum - (more - kept)) + (term - kept);
        self.sum = more;
    }

    #[inline(always)]
    fn value(self) -> f64 {
        // Infinities have no rest.
        if self.lost.is_finite() { self.sum + self.lost } else { self.sum }
    }
}
