use tagswitch_image::{ImageView, Sample};

use crate::border::Border;
use crate::error::{Error, Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};

/// What [`structural_similarity`] is to do.
#[derive(Clone, Debug, PartialEq)]
pub struct StructuralSimilarity {
    /// Weights of the window along either axis; their number is odd.
    pub weights: Vec<f64>,
    /// Pixels along each edge that do not count.
    pub margin: usize,
    /// What covariances are multiplied by.
    pub covariance: f64,
    /// What keeps the quotient of the means stable.
    pub c1: f64,
    /// What keeps the quotient of the covariances stable.
    pub c2: f64,
}

/// The mean structural similarity, over pixels and channels; `skimage.metrics.structural_similarity`, in 64 bits.
///
/// Row by row: the five weighted sums down the columns, then across, then the quotient; no image in between is kept. What lies
/// beyond the edge is [`Border::Reflect`]'s.
///
/// # Errors
///
/// [`Error::Mismatch`] for images of different shapes, [`Error::Option`] for an even number of weights, or a margin that leaves
/// no pixel.
pub fn structural_similarity<T: Sample>(
    first: ImageView<'_, T>,
    second: ImageView<'_, T>,
    options: &StructuralSimilarity,
) -> Result<f64> {
    check_shape("the second image", second.shape(), first.shape())?;
    let shape = first.shape();
    if options.weights.len().is_multiple_of(2) {
        let (given, expected) = (options.weights.len().to_string(), "an odd number");
        return Err(Error::Option { name: "the number of weights", given, expected });
    }
    if 2 * options.margin >= shape.height().min(shape.width()) {
        let expected = "less than half the image's shorter side";
        return Err(Error::Option { name: "margin", given: options.margin.to_string(), expected });
    }
    Ok(dispatch(Similarity { first, second, options }))
}

struct Similarity<'a, T> {
    first: ImageView<'a, T>,
    second: ImageView<'a, T>,
    options: &'a StructuralSimilarity,
}

/// How many images are averaged: both, their squares, their product.
const MEANS: usize = 5;

impl<T: Sample> Kernel for Similarity<'_, T> {
    type Output = f64;

    #[inline(always)]
    fn run<L: Level>(self) -> f64 {
        let StructuralSimilarity { weights, margin, covariance, c1, c2 } = self.options;
        let shape = self.first.shape();
        let (channels, radius) = (shape.channels(), weights.len() / 2);
        let row_len = shape.row_len();
        let beyond = radius * channels;
        let mut down: [Vec<f64>; MEANS] = std::array::from_fn(|_| vec![0.0; row_len + 2 * beyond]);
        let mut means: [Vec<f64>; MEANS] = std::array::from_fn(|_| vec![0.0; row_len]);
        let mut total = 0.0;
        for row in *margin..shape.height() - margin {
            weigh_columns(self.first, self.second, weights, row, beyond, &mut down);
            for sums in &mut down {
                reflect(sums, shape.width(), channels, radius);
            }
            for (mean, sums) in means.iter_mut().zip(&down) {
                weigh_row::<L>(sums, weights, channels, mean);
            }
            let [ux, uy, uxx, uyy, uxy] = &means;
            let mut sum = 0.0;
            for i in margin * channels..row_len - margin * channels {
                let (a, b) = (ux[i], uy[i]);
                let vx = covariance * (uxx[i] - a * a);
                let vy = covariance * (uyy[i] - b * b);
                let vxy = covariance * (uxy[i] - a * b);
                sum += ((2.0 * a * b + c1) * (2.0 * vxy + c2))
                    / ((a * a + b * b + c1) * (vx + vy + c2));
            }
            total += sum;
        }
        let pixels = (shape.height() - 2 * margin) * (shape.width() - 2 * margin);
        total / (pixels * channels) as f64
    }
}

/// The weighted sums over the rows about one, behind `beyond` samples that are left as they are.
#[inline(always)]
fn weigh_columns<T: Sample>(
    first: ImageView<'_, T>,
    second: ImageView<'_, T>,
    weights: &[f64],
    row: usize,
    beyond: usize,
    down: &mut [Vec<f64>; MEANS],
) {
    let row_len = first.shape().row_len();
    let [x, y, xx, yy, xy] = down.each_mut().map(|sums| &mut sums[beyond..beyond + row_len]);
    for sums in [&mut *x, &mut *y, &mut *xx, &mut *yy, &mut *xy] {
        sums.fill(0.0);
    }
    for (k, &weight) in weights.iter().enumerate() {
        let at = (row + k) as isize - (weights.len() / 2) as isize;
        let from = Border::Reflect.resolve(at, first.shape().height());
        let Some(from) = from else { continue };
        let (a_row, b_row) = (&first.row(from)[..row_len], &second.row(from)[..row_len]);
        for i in 0..row_len {
            let (a, b) = (a_row[i].to_f64(), b_row[i].to_f64());
            let (weighted_a, weighted_b) = (weight * a, weight * b);
            x[i] += weighted_a;
            y[i] += weighted_b;
            xx[i] += weighted_a * a;
            yy[i] += weighted_b * b;
            xy[i] += weighted_a * b;
        }
    }
}

/// Fills what lies beyond both ends of a row.
#[inline(always)]
fn reflect(sums: &mut [f64], width: usize, channels: usize, radius: usize) {
    let left = (0..radius).map(|i| (i, i as isize - radius as isize));
    let right = (0..radius).map(|i| (radius + width + i, (width + i) as isize));
    for (slot, index) in left.chain(right) {
        if let Some(source) = Border::Reflect.resolve(index, width) {
            let from = (radius + source) * channels;
            sums.copy_within(from..from + channels, slot * channels);
        }
    }
}

/// The weighted sums over the pixels about each.
#[inline(always)]
fn weigh_row<L: Level>(sums: &[f64], weights: &[f64], channels: usize, mean: &mut [f64]) {
    mean.fill(0.0);
    for (k, &weight) in weights.iter().enumerate() {
        let taps = &sums[k * channels..][..mean.len()];
        for (mean, &tap) in mean.iter_mut().zip(taps) {
            *mean = L::fma(weight, tap, *mean);
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn options() -> StructuralSimilarity {
        let covariance = 49.0 / 48.0;
        let weights = vec![1.0 / 7.0; 7];
        StructuralSimilarity { weights, margin: 3, covariance, c1: 6.5025, c2: 58.5225 }
    }

    fn similarity(first: &[u8], second: &[u8], options: &StructuralSimilarity) -> Result<f64> {
        let shape = Shape::new(9, first.len() / 9, 1).unwrap();
        let view = |samples| ImageView::new(samples, shape).unwrap();
        structural_similarity(view(first), view(second), options)
    }

    // Expected value: skimage.metrics.structural_similarity, scikit-image 0.26.0.
    #[test]
    fn averages_over_the_inner_pixels() {
        let first: Vec<u8> = (0..90).map(|i| (i * i % 251) as u8).collect();
        let second: Vec<u8> = (0..90).map(|i| (i * 7 % 97) as u8).collect();
        let found = similarity(&first, &second, &options()).unwrap();
        assert!((found - EXPECTED).abs() < 1e-12, "{found}");
        assert!((similarity(&first, &first, &options()).unwrap() - 1.0).abs() < 1e-12);
    }

    const EXPECTED: f64 = 0.07408442385187242;

    #[test]
    fn refuses_what_leaves_nothing() {
        let wide = StructuralSimilarity { margin: 5, ..options() };
        let message = similarity(&[0; 90], &[0; 90], &wide).unwrap_err().to_string();
        assert_eq!(message, "margin is 5; expected less than half the image's shorter side");
        let even = StructuralSimilarity { weights: vec![0.5; 2], ..options() };
        assert!(similarity(&[0; 90], &[0; 90], &even).is_err());
    }
}
