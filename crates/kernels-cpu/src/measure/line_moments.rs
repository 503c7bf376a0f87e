use tagswitch_image::{ImageView, Sample};

use crate::simd::{Kernel, Level, dispatch, dispatch_wide, is_wide};
use crate::threads::{Band, each_band};

/// So many columns that partial sums are short, and their ends do not count.
const BLOCK: usize = 512;

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
    let mut lines = vec![0.0; height * count];
    each_band(&mut lines, count, width, |lines| {
        // The sums of two rows with four powers, eight vectors, leave AVX2 half of its registers for what is added.
        if is_wide() {
            dispatch_wide(Lines::<_, 8> { image, center_column, lines });
        } else {
            dispatch(Lines::<_, 4> { image, center_column, lines });
        }
    });
    lines
}

/// `LANES` columns are weighed at once.
struct Lines<'a, T, const LANES: usize> {
    image: ImageView<'a, T>,
    center_column: f64,
    lines: Band<'a, f64>,
}

impl<T: Sample, const LANES: usize> Kernel for Lines<'_, T, LANES> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, center_column, lines } = self;
        let Band { first, row_len: count, samples: lines } = lines;
        // Rows in pairs, for which powers are made once; where a single one is left, it is its own pair.
        for (i, lines) in lines.chunks_mut(2 * count).enumerate() {
            let upper = first + 2 * i;
            let lower = upper + lines.len() / count - 1;
            let rows = [image.row(upper), image.row(lower)];
            // As many powers at a time as there are registers for their sums.
            for lowest in (0..count).step_by(4) {
                let lines = &mut lines[lowest..];
                if count - lowest >= 4 {
                    store(weigh::<L, T, 4, LANES>(rows, center_column, lowest), lines, count);
                } else {
                    store(weigh::<L, T, 2, LANES>(rows, center_column, lowest), lines, count);
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

/// The sums of two rows with `N` of the powers of the column's distance from a centre, from the `lowest` on.
#[inline(always)]
fn weigh<L: Level, T: Sample, const N: usize, const LANES: usize>(
    rows: [&[T]; 2],
    center: f64,
    lowest: usize,
) -> [[f64; N]; 2] {
    let mut sums = [[Sum::default(); N]; 2];
    let blocks = rows[0].chunks(BLOCK).zip(rows[1].chunks(BLOCK));
    for (first, (upper, lower)) in (0..).step_by(BLOCK).zip(blocks) {
        let mut parts = Parts { sums: [[[0.0; LANES]; N]; 2], columns: [0.0; LANES] };
        for (lane, column) in parts.columns.iter_mut().enumerate() {
            *column = (first + lane) as f64;
        }
        let ((upper, upper_rest), (lower, lower_rest)) = (upper.as_chunks(), lower.as_chunks());
        for (upper, lower) in upper.iter().zip(lower) {
            parts.add::<L, T>([upper, lower], center, lowest);
        }
        // Of the columns that are left, if any are.
        if !upper_rest.is_empty() {
            let mut rests = [[T::default(); LANES]; 2];
            rests[0][..upper_rest.len()].copy_from_slice(upper_rest);
            rests[1][..lower_rest.len()].copy_from_slice(lower_rest);
            // A lane without a column adds nothing, however far away the centre is.
            parts.columns[upper_rest.len()..].fill(center);
            parts.add::<L, T>([&rests[0], &rests[1]], center, lowest);
        }
        for (sum, part) in sums.as_flattened_mut().iter_mut().zip(parts.sums.as_flattened()) {
            sum.add(total::<L, LANES>(part));
        }
    }
    sums.map(|sums| sums.map(Sum::value))
}

/// What adds up in lanes.
struct Parts<const N: usize, const LANES: usize> {
    sums: [[[f64; LANES]; N]; 2],
    /// The columns that come next.
    columns: [f64; LANES],
}

impl<const N: usize, const LANES: usize> Parts<N, LANES> {
    /// Adds samples of two rows, times powers.
    #[inline(always)]
    fn add<L: Level, T: Sample>(&mut self, samples: [&[T; LANES]; 2], center: f64, lowest: usize) {
        let (mut distances, mut powers) = ([0.0; LANES], [1.0; LANES]);
        let mut values = [[0.0; LANES]; 2];
        for r in 0..2 {
            for lane in 0..LANES {
                values[r][lane] = samples[r][lane].to_f64();
            }
        }
        for (distance, column) in distances.iter_mut().zip(&mut self.columns) {
            *distance = *column - center;
            *column += LANES as f64;
        }
        for _ in 0..lowest {
            for lane in 0..LANES {
                powers[lane] *= distances[lane];
            }
        }
        for n in 0..N {
            for (values, sums) in values.iter().zip(&mut self.sums) {
                add_products::<L, LANES>(values, &powers, &mut sums[n]);
            }
            for lane in 0..LANES {
                powers[lane] *= distances[lane];
            }
        }
    }
}

/// Adds products lane by lane. Of eight lanes the compiler makes a vector of 64 bytes by itself; of four it would make some across the sums.
#[inline(always)]
fn add_products<L: Level, const LANES: usize>(
    values: &[f64; LANES],
    powers: &[f64; LANES],
    sums: &mut [f64; LANES],
) {
    const { assert!(LANES == 4 || LANES == 8) };
    if LANES > 4 {
        for lane in 0..LANES {
            sums[lane] = L::fma(values[lane], powers[lane], sums[lane]);
        }
        return;
    }
    let fours = (values.first_chunk::<4>(), powers.first_chunk::<4>(), sums.first_chunk_mut::<4>());
    if let (Some(values), Some(powers), Some(sums)) = fours {
        *sums = L::fma_lanes(*values, *powers, *sums);
    }
}

/// The sum of four lanes or eight.
#[inline(always)]
fn total<L: Level, const LANES: usize>(lanes: &[f64; LANES]) -> f64 {
    let mut four = [0.0; 4];
    for lane in 0..4 {
        four[lane] = lanes[lane] + if LANES > 4 { lanes[4 + lane] } else { 0.0 };
    }
    L::sum_lanes(four)
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
