use std::array::from_fn;

use tagswitch_image::{ImageView, Sample};

use crate::error::{Result, check_channels};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// So many columns that partial sums are short, and their ends do not count.
const BLOCK: usize = 512;

/// Columns that are weighed at once.
const LANES: usize = 4;

/// The moments of an image about a centre: `skimage.measure.moments_central` with one, in 64 bits for every type.
///
/// The result has `order + 1` rows of as many numbers, by the powers of row and column: of each row the sums with powers of the column,
/// and of those the sums with powers of the row.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels.
pub fn moments<T: Sample>(
    image: ImageView<'_, T>,
    [center_row, center_column]: [f64; 2],
    order: usize,
) -> Result<Vec<f64>> {
    check_channels("image", image.shape(), &[1], "1")?;
    let (height, width) = (image.shape().height(), image.shape().width());
    // In pairs, as rows are gone through for pairs.
    let count = (order + 1).next_multiple_of(2);
    let mut lines = vec![0.0; height * count];
    each_band(&mut lines, count, width, |lines| {
        dispatch(Lines { image, center_column, lines });
    });
    // Down the rows plainly, as NumPy does, whose rounding is in scikit-image's results.
    let mut sums = vec![0.0; (order + 1) * (order + 1)];
    for (r, line) in lines.chunks_exact(count).enumerate() {
        let down = r as f64 - center_row;
        let mut power = 1.0;
        for sums in sums.chunks_exact_mut(order + 1) {
            for (sum, line) in sums.iter_mut().zip(line) {
                *sum += power * line;
            }
            power *= down;
        }
    }
    Ok(sums)
}

/// The sums along each row with each power of the column.
struct Lines<'a, T> {
    image: ImageView<'a, T>,
    center_column: f64,
    lines: Band<'a, f64>,
}

impl<T: Sample> Kernel for Lines<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, center_column: center, lines } = self;
        let Band { first, row_len: count, samples: lines } = lines;
        // Rows in pairs, for which powers are computed once; where a single one is left, it is its own pair.
        for (i, lines) in lines.chunks_mut(2 * count).enumerate() {
            let upper = first + 2 * i;
            let lower = upper + lines.len() / count - 1;
            let rows = [upper, lower].map(|r| image.row(r));
            // As many powers at a time as there are registers for their sums.
            for lowest in (0..count).step_by(4) {
                let lines = &mut lines[lowest..];
                if count - lowest >= 4 {
                    store(weigh::<L, T, 4>(rows, center, lowest), lines, count);
                } else {
                    store(weigh::<L, T, 2>(rows, center, lowest), lines, count);
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

/// The sums of two rows with `N` powers of the column, from the lowest on.
#[inline(always)]
fn weigh<L: Level, T: Sample, const N: usize>(
    rows: [&[T]; 2],
    center: f64,
    lowest: usize,
) -> [[f64; N]; 2] {
    let mut sums = [[Sum::default(); N]; 2];
    for (i, (upper, lower)) in rows[0].chunks(BLOCK).zip(rows[1].chunks(BLOCK)).enumerate() {
        let mut columns = from_fn(|lane| (i * BLOCK + lane) as f64);
        let mut parts = [[[0.0; LANES]; N]; 2];
        let ((upper, upper_rest), (lower, lower_rest)) = (upper.as_chunks(), lower.as_chunks());
        for (upper, lower) in upper.iter().zip(lower) {
            add_products::<L, T, N>(&mut parts, [upper, lower], &powers(columns, center, lowest));
            for column in &mut columns {
                *column += LANES as f64;
            }
        }
        if !upper_rest.is_empty() {
            let padded = |rest: &[T]| from_fn(|lane| rest.get(lane).copied().unwrap_or_default());
            let rests = [&padded(upper_rest), &padded(lower_rest)];
            add_products::<L, T, N>(&mut parts, rests, &powers(columns, center, lowest));
        }
        for (sum, [a, b, c, d]) in sums.as_flattened_mut().iter_mut().zip(parts.as_flattened()) {
            sum.add((a + c) + (b + d));
        }
    }
    sums.map(|sums| sums.map(Sum::value))
}

/// `N` powers of the distance of columns from the centre, from the lowest on.
#[inline(always)]
fn powers<const N: usize>(columns: [f64; LANES], center: f64, lowest: usize) -> [[f64; LANES]; N] {
    let mut powers = [[1.0; LANES]; N];
    let mut distances = [0.0; LANES];
    for lane in 0..LANES {
        distances[lane] = columns[lane] - center;
    }
    for _ in 0..lowest {
        for lane in 0..LANES {
            powers[0][lane] *= distances[lane];
        }
    }
    for n in 1..N {
        for lane in 0..LANES {
            powers[n][lane] = powers[n - 1][lane] * distances[lane];
        }
    }
    powers
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

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::random::Random;

    #[test]
    fn sums_powers_about_the_centre() {
        let samples = [0u8, 2, 0, 0, 0, 3];
        let image = ImageView::new(&samples, Shape::new(2, 3, 1).unwrap()).unwrap();
        assert_eq!(moments(image, [0.0, 0.0], 1).unwrap(), [5.0, 8.0, 3.0, 6.0]);
        assert_eq!(moments(image, [1.0, 2.0], 1).unwrap(), [5.0, -2.0, -2.0, 2.0]);
        assert_eq!(moments(image, [9.0, 9.0], 0).unwrap(), [5.0]);
    }

    #[test]
    fn whole_numbers_add_up_exactly_for_every_width_and_order() {
        let mut random = Random::new(6);
        for width in [1, 2, 7, 8, 9, 31, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 13] {
            let height = 5;
            let samples: Vec<u16> =
                (0..height * width).map(|_| random.below(1000) as u16).collect();
            let image = ImageView::new(&samples, Shape::new(height, width, 1).unwrap()).unwrap();
            for order in 0..=3 {
                let found = moments(image, [2.0, 3.0], order).unwrap();
                for (i, &found) in found.iter().enumerate() {
                    let (p, q) = ((i / (order + 1)) as u32, (i % (order + 1)) as u32);
                    let terms = samples.iter().enumerate().map(|(at, &sample)| {
                        let (r, c) = ((at / width) as i64 - 2, (at % width) as i64 - 3);
                        r.pow(p) * c.pow(q) * i64::from(sample)
                    });
                    assert_eq!(found, terms.sum::<i64>() as f64, "{p}, {q} of {width}, {order}");
                }
            }
        }
    }

    #[test]
    fn what_is_symmetric_has_no_odd_moments() {
        let (height, width) = (3, 2 * BLOCK + 1);
        let samples: Vec<f32> =
            (0..height * width).map(|i| 0.1 + (i % width).abs_diff(BLOCK) as f32 / 3.0).collect();
        let image = ImageView::new(&samples, Shape::new(height, width, 1).unwrap()).unwrap();
        let found = moments(image, [1.0, BLOCK as f64], 4).unwrap();
        for (p, q) in [(0, 1), (0, 3), (1, 0), (1, 1), (1, 2), (2, 1), (3, 0)] {
            let (odd, even) = (found[5 * p + q], found[5 * (p + p % 2) + q + q % 2]);
            assert!(odd.abs() < 1e-15 * even, "{p}, {q}: {odd} beside {even}");
        }
    }

    #[test]
    fn infinities_stay() {
        let samples = [1.0f32, f32::INFINITY, 2.0];
        let image = ImageView::new(&samples, Shape::new(1, 3, 1).unwrap()).unwrap();
        let found = moments(image, [-1.0, 0.0], 1).unwrap();
        assert_eq!(found, [f64::INFINITY; 4]);
    }
}
