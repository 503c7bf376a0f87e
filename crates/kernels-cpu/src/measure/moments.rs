use tagswitch_image::{ImageView, Sample};

use crate::error::{Result, check_channels};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// So many columns that partial sums are short, and their ends do not count.
const BLOCK: usize = 512;

/// Sums that run beside each other, so that additions need not wait for the one before.
const LANES: usize = 8;

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
    let powers: Vec<Vec<f64>> = (0..count)
        .map(|q| (0..width).map(|c| (c as f64 - center_column).powi(q as i32)).collect())
        .collect();
    let mut lines = vec![0.0; height * count];
    each_band(&mut lines, count, width, |lines| {
        dispatch(Lines { image, powers: &powers, lines });
    });
    // Down the rows plainly, as NumPy does, whose rounding is in scikit-image's results.
    let mut sums = vec![0.0; (order + 1) * (order + 1)];
    for (r, line) in lines.chunks_exact(count).enumerate() {
        let down = r as f64 - center_row;
        for (p, sums) in sums.chunks_exact_mut(order + 1).enumerate() {
            let power = down.powi(p as i32);
            for (sum, line) in sums.iter_mut().zip(line) {
                *sum += power * line;
            }
        }
    }
    Ok(sums)
}

/// The sums along each row with each power of the column.
struct Lines<'a, T> {
    image: ImageView<'a, T>,
    powers: &'a [Vec<f64>],
    lines: Band<'a, f64>,
}

impl<T: Sample> Kernel for Lines<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, powers, lines } = self;
        for (r, line) in lines.rows() {
            let row = image.row(r);
            let (fours, two) = powers.as_chunks::<4>();
            let (four_sums, two_sums) = line.as_chunks_mut::<4>();
            for (sums, powers) in four_sums.iter_mut().zip(fours) {
                *sums = weigh::<L, T, 4>(row, powers.each_ref().map(Vec::as_slice));
            }
            if let ([sums], [powers]) = (two_sums.as_chunks_mut::<2>().0, two.as_chunks::<2>().0) {
                *sums = weigh::<L, T, 2>(row, powers.each_ref().map(Vec::as_slice));
            }
        }
    }
}

/// The sums of a row with several weights each.
#[inline(always)]
fn weigh<L: Level, T: Sample, const N: usize>(row: &[T], weights: [&[f64]; N]) -> [f64; N] {
    let mut sums = [Sum::default(); N];
    for (i, block) in row.chunks(BLOCK).enumerate() {
        let weights = weights.map(|weights| &weights[i * BLOCK..][..block.len()]);
        let (eights, rest) = block.as_chunks::<LANES>();
        let mut parts = [[0.0; LANES]; N];
        for (x, eight) in eights.iter().enumerate() {
            for n in 0..N {
                let weights = &weights[n][x * LANES..][..LANES];
                for lane in 0..LANES {
                    let value = eight[lane].to_f64();
                    parts[n][lane] = L::fma(value, weights[lane], parts[n][lane]);
                }
            }
        }
        let behind = block.len() - rest.len();
        for n in 0..N {
            let products =
                rest.iter().zip(&weights[n][behind..]).map(|(v, weight)| v.to_f64() * weight);
            sums[n].add(parts[n].iter().sum::<f64>() + products.sum::<f64>());
        }
    }
    sums.map(Sum::value)
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
