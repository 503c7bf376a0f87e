use tagswitch_image::{ImageView, Sample};

use super::line_moments::{line_moments, powers_up_to};
use crate::error::{Result, check_channels};

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
    let lines = line_moments(image, center_column, order);
    Ok(down(lines.chunks_exact(powers_up_to(order)), center_row, order))
}

/// The same about the centre of mass; NaN, all but the mass, where the samples add up to 0.
///
/// One pass: sums along rows about the middle column become those about the centre by the binomial theorem. Where the mass lies so near
/// together and so far from the middle that they would cancel, there is a second pass.
///
/// # Errors
///
/// As [`moments`].
pub fn moments_central<T: Sample>(image: ImageView<'_, T>, order: usize) -> Result<Vec<f64>> {
    check_channels("image", image.shape(), &[1], "1")?;
    let middle = (image.shape().width() - 1) as f64 / 2.0;
    // Those of order 2 tell how far the mass is spread.
    let highest = order.max(2);
    let mut lines = line_moments(image, middle, highest);
    let count = powers_up_to(highest);
    let [mut mass, mut rows, mut columns, mut spread] = [0.0; 4];
    for (r, line) in lines.chunks_exact(count).enumerate() {
        mass += line[0];
        rows += r as f64 * line[0];
        columns += line[1] + middle * line[0];
        spread += line[2];
    }
    let [center_row, center_column] = [rows / mass, columns / mass];
    let distance = middle - center_column;
    // The terms of the theorem then add up to at most eight times what they do about the centre, whatever the order, and so do their
    // rounding errors.
    if (highest as f64 * distance).powi(2) <= 3.0 * spread / mass {
        lines.chunks_exact_mut(count).for_each(|line| shift(line, distance));
    } else {
        lines = line_moments(image, center_column, highest);
    }
    Ok(down(lines.chunks_exact(count), center_row, order))
}

/// Makes sums with powers of distances those with powers of distances that are longer by so much: `Σ (x + d)ⁿ`, one factor after the
/// other.
fn shift(line: &mut [f64], distance: f64) {
    for first in 1..line.len() {
        for power in (first..line.len()).rev() {
            line[power] += distance * line[power - 1];
        }
    }
}

/// The sums down the rows with each power of the row's distance from a centre: plainly, as NumPy does, whose rounding is in scikit-image's
/// results.
fn down<'a>(lines: impl Iterator<Item = &'a [f64]>, center: f64, order: usize) -> Vec<f64> {
    let mut sums = vec![0.0; (order + 1) * (order + 1)];
    for (r, line) in lines.enumerate() {
        let distance = r as f64 - center;
        let mut power = 1.0;
        for sums in sums.chunks_exact_mut(order + 1) {
            for (sum, line) in sums.iter_mut().zip(line) {
                *sum += power * line;
            }
            power *= distance;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::random::Random;

    const BLOCK: usize = 512;

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

    #[test]
    fn beyond_the_end_of_a_row_there_is_nothing_however_far_the_centre_is() {
        // The cube of the distance overflows.
        for width in 1..20 {
            let samples = vec![1.0f32; width];
            let image = ImageView::new(&samples, Shape::new(1, width, 1).unwrap()).unwrap();
            let found = moments(image, [0.0, 1e110], 3).unwrap();
            assert_eq!((found[0], found[3]), (width as f64, f64::NEG_INFINITY), "{width}");
        }
    }

    /// Central moments, and those about the same centre by a pass of its own.
    fn both_ways<T: Sample>(samples: &[T], width: usize, order: usize) -> [Vec<f64>; 2] {
        let shape = Shape::new(samples.len() / width, width, 1).unwrap();
        let image = ImageView::new(samples, shape).unwrap();
        let raw = moments(image, [0.0; 2], 1).unwrap();
        let center = [raw[2] / raw[0], raw[1] / raw[0]];
        [moments_central(image, order).unwrap(), moments(image, center, order).unwrap()]
    }

    /// Moments of the mass's magnitude: what rounding errors are held against.
    fn magnitude(samples: &[f64], width: usize, [row, column]: [f64; 2], [p, q]: [i32; 2]) -> f64 {
        let term = |(at, sample): (usize, &f64)| {
            let (r, c) = ((at / width) as f64 - row, (at % width) as f64 - column);
            (sample * r.powi(p) * c.powi(q)).abs()
        };
        samples.iter().enumerate().map(term).sum()
    }

    #[test]
    fn one_pass_agrees_with_two() {
        let mut random = Random::new(8);
        for (height, width) in
            [(5, 1), (5, 2), (4, 3), (5, 8), (9, 31), (1, 1030), (131, 1), (67, 43)]
        {
            for place in [0.0, 0.3, 0.5, 1.0] {
                // Mass everywhere, ever more of it about a column, the last time hardly anywhere else.
                for steepness in [0.0, 1.0, 1e3] {
                    let samples: Vec<f64> = (0..height * width)
                        .map(|i| {
                            let away = (i % width) as f64 / width as f64 - place;
                            random.unit() / (1.0 + steepness * away * away).powi(2)
                        })
                        .collect();
                    for order in 0..=5 {
                        let [found, expected] = both_ways(&samples, width, order);
                        let raw = magnitude(&samples, width, [0.0; 2], [0, 0]);
                        let center = [[1, 0], [0, 1]]
                            .map(|powers| magnitude(&samples, width, [0.0; 2], powers) / raw);
                        for (i, (found, expected)) in found.iter().zip(&expected).enumerate() {
                            let powers = [i / (order + 1), i % (order + 1)].map(|n| n as i32);
                            let [p, q] = powers;
                            let magnitude = |powers| magnitude(&samples, width, center, powers);
                            // Rounding errors of the sums, and what those of the centre do.
                            let slack = 1e-15
                                * (magnitude([p, q])
                                    + f64::from(q) * width as f64 * magnitude([p, (q - 1).max(0)]));
                            assert!(
                                (found - expected).abs() <= slack,
                                "{powers:?} of {height} × {width}, {place}, {steepness}: {found}, {expected}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn without_a_centre_there_is_the_mass_alone() {
        for samples in [[0.0; 6], [1.0, -1.0, 2.0, -2.0, 3.0, -3.0]] {
            let [found, _] = both_ways(&samples, 3, 2);
            assert_eq!(found[0], 0.0);
            assert!(found[1..].iter().all(|moment| moment.is_nan()), "{found:?}");
        }
        for odd in [f64::NAN, f64::INFINITY] {
            let [found, expected] = both_ways(&[1.0, odd, 2.0, 3.0], 2, 3);
            assert_eq!(format!("{found:?}"), format!("{expected:?}"));
        }
    }
}
