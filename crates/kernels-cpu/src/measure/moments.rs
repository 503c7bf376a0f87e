use tagswitch_image::{ImageView, Sample};

use crate::error::{Result, check_channels};
use crate::simd::{Kernel, Level, dispatch};

/// The moments of an image about a centre: `skimage.measure.moments_central` with one, in 64 bits for every type.
///
/// The result has `order + 1` rows of as many numbers, by the powers of row and column.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels.
pub fn moments<T: Sample>(
    image: ImageView<'_, T>,
    center: [f64; 2],
    order: usize,
) -> Result<Vec<f64>> {
    check_channels("image", image.shape(), &[1], "1")?;
    Ok(dispatch(Moments { image, center, order }))
}

struct Moments<'a, T> {
    image: ImageView<'a, T>,
    center: [f64; 2],
    order: usize,
}

impl<T: Sample> Kernel for Moments<'_, T> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn run<L: Level>(self) -> Vec<f64> {
        let Self { image, center: [center_row, center_column], order } = self;
        let powers: Vec<Vec<f64>> = (0..=order)
            .map(|q| {
                let columns = 0..image.shape().width();
                columns.map(|c| (c as f64 - center_column).powi(q as i32)).collect()
            })
            .collect();
        let mut sums = vec![0.0; (order + 1) * (order + 1)];
        for (r, row) in image.rows().enumerate() {
            let down = r as f64 - center_row;
            for (q, powers) in powers.iter().enumerate() {
                let line = dot(row, powers);
                for (p, sums) in sums.chunks_exact_mut(order + 1).enumerate() {
                    sums[q] += line * down.powi(p as i32);
                }
            }
        }
        sums
    }
}

/// The sum of the products, in eight parts that vectors hold.
///
/// What each addition rounds off is added up beside it (Knuth's two-sum): about their centre, terms of odd powers cancel to
/// little more than that.
#[inline(always)]
fn dot<T: Sample>(row: &[T], powers: &[f64]) -> f64 {
    let (blocks, rest) = row.as_chunks::<8>();
    let (power_blocks, power_rest) = powers.as_chunks::<8>();
    let (mut parts, mut lost) = ([0.0; 8], [0.0; 8]);
    for (block, powers) in blocks.iter().zip(power_blocks) {
        for i in 0..8 {
            (parts[i], lost[i]) = added(parts[i], lost[i], block[i].to_f64() * powers[i]);
        }
    }
    let (mut sum, mut all_lost) = (0.0, lost.iter().sum());
    for part in parts {
        (sum, all_lost) = added(sum, all_lost, part);
    }
    for (sample, power) in rest.iter().zip(power_rest) {
        (sum, all_lost) = added(sum, all_lost, sample.to_f64() * power);
    }
    // Infinities have no rest.
    if all_lost.is_finite() { sum + all_lost } else { sum }
}

/// A sum with one term more, and all that additions to it rounded off.
#[inline(always)]
fn added(sum: f64, lost: f64, term: f64) -> (f64, f64) {
    let more = sum + term;
    let kept = more - sum;
    (more, lost + ((sum - (more - kept)) + (term - kept)))
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn sums_powers_about_the_centre() {
        let samples = [0u8, 2, 0, 0, 0, 3];
        let image = ImageView::new(&samples, Shape::new(2, 3, 1).unwrap()).unwrap();
        assert_eq!(moments(image, [0.0, 0.0], 1).unwrap(), [5.0, 8.0, 3.0, 6.0]);
        assert_eq!(moments(image, [1.0, 2.0], 1).unwrap(), [5.0, -2.0, -2.0, 2.0]);
        assert_eq!(moments(image, [9.0, 9.0], 0).unwrap(), [5.0]);
    }
}
