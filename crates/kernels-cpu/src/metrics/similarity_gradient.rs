use tagswitch_image::{Float, ImageView, Sample};

use super::similarity_windows::Window;
use super::window_averages::WindowAverages;
use crate::simd::Level;

/// The derivative of the mean similarity by each sample of the second image, row by row: A. N. Avanaki, "Exact global histogram
/// specification optimized for structural similarity", Optical Review 16 (2009).
pub struct Gradient<'a, T: Sample> {
    images: [ImageView<'a, T>; 2],
    out: &'a mut [T::Output],
    /// Of the change of each window's similarity: what is times the first image, times the second, and neither.
    averages: WindowAverages<3>,
    /// The next row of the result.
    next: usize,
}

impl<'a, T: Sample> Gradient<'a, T> {
    /// Of these images, by weights from the windows' middle outwards, into `out`.
    #[inline(always)]
    pub fn new(images: [ImageView<'a, T>; 2], weights: &[f64], out: &'a mut [T::Output]) -> Self {
        Self { images, out, averages: WindowAverages::new(images[0].shape(), weights), next: 0 }
    }

    /// Takes the windows about row `y`, of all rows one after the other, and makes the rows of the result that wait for no more.
    #[inline(always)]
    pub fn take<L: Level>(&mut self, y: usize, windows: impl Iterator<Item = Window>) {
        let [by_first, by_second, rest] = self.averages.place(y).map(|place| place.iter_mut());
        let places = by_first.zip(by_second).zip(rest);
        for (((by_first, by_second), rest), window) in places.zip(windows) {
            let ([ux, uy], [a1, a2], [b1, b2]) =
                (window.means, window.numerators, window.denominators);
            let (similarity, divisor) = (window.similarity(), window.divisor());
            *by_first = a1 / divisor;
            *by_second = -similarity / b2;
            *rest = (ux * (a2 - a1) - uy * (b2 - b1) * similarity) / divisor;
        }
        let height = self.images[0].shape().height();
        let until =
            if y + 1 == height { height } else { (y + 1).saturating_sub(self.averages.radius()) };
        for y in self.next..until {
            self.make::<L>(y);
        }
        self.next = until;
    }

    /// Makes row `y` of the result.
    #[inline(always)]
    fn make<L: Level>(&mut self, y: usize) {
        let (row_len, pixels) = (self.images[0].shape().row_len(), self.images[0].shape().pixels());
        let [by_first, by_second, rest] = self.averages.about::<L>(y).map(|average| average.iter());
        let slopes = by_first.zip(by_second).zip(rest);
        let [first, second] = self.images.map(|image| image.row(y).iter());
        let out = self.out[y * row_len..][..row_len].iter_mut();
        for ((out, ((by_first, by_second), rest)), (a, b)) in out.zip(slopes).zip(first.zip(second))
        {
            let slope = by_first * a.to_f64() + by_second * b.to_f64() + rest;
            *out = Float::from_f64(slope * 2.0 / pixels as f64);
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::{ImageViewMut, Shape};

    use super::super::{SimilarityImages, StructuralSimilarity, structural_similarity};
    use super::*;
    use crate::random::Random;

    /// The mean, and the gradient.
    fn found(
        first: &[f64],
        second: &[f64],
        shape: Shape,
        options: &StructuralSimilarity,
    ) -> (f64, Vec<f64>) {
        let mut out = vec![f64::NAN; shape.len()];
        let gradient = Some(ImageViewMut::new(&mut out, shape).unwrap());
        let [first, second] = [first, second].map(|image| ImageView::new(image, shape).unwrap());
        let images = SimilarityImages { similarities: None, gradient };
        (structural_similarity(first, second, options, images).unwrap(), out)
    }

    #[test]
    fn is_by_how_much_the_mean_changes_with_a_sample() {
        let mut random = Random::new(3);
        // Windows within images, and beyond them on both sides.
        for [height, width, channels] in [[9, 8, 1], [12, 4, 3], [2, 11, 1], [1, 1, 2]] {
            let shape = Shape::new(height, width, channels).unwrap();
            let mut image = || (0..shape.len()).map(|_| random.unit()).collect::<Vec<f64>>();
            let (first, second) = (image(), image());
            for weights in [vec![0.2; 3], vec![0.4, 0.2, 0.07, 0.03]] {
                let options = StructuralSimilarity {
                    weights,
                    margin: 0,
                    covariance: 1.0,
                    c1: 0.01,
                    c2: 0.03,
                };
                let (_, gradient) = found(&first, &second, shape, &options);
                for i in 0..shape.len() {
                    const STEP: f64 = 1e-5;
                    let [less, more] = [-STEP, STEP].map(|step| {
                        let mut changed = second.clone();
                        changed[i] += step;
                        found(&first, &changed, shape, &options).0
                    });
                    // The mean is over the channels too, the gradient of each by itself.
                    let expected = (more - less) / (2.0 * STEP) * channels as f64;
                    let error = (gradient[i] - expected).abs();
                    assert!(error < 1e-9, "{shape:?} {i}: {} for {expected}", gradient[i]);
                }
            }
        }
    }

    // Expected values: skimage.metrics.structural_similarity(…, gradient=True), scikit-image 0.26.0.
    #[test]
    fn agrees_with_recorded_scikit_image() {
        let [first, second] = [251, 97].map(|modulus| {
            (0..49).map(|i| f64::from(i * i % modulus) / 250.0).collect::<Vec<f64>>()
        });
        let (weights, c1, c2) = (vec![1.0 / 7.0; 4], 1e-4, 9e-4);
        let options = StructuralSimilarity { weights, margin: 3, covariance: 49.0 / 48.0, c1, c2 };
        let shape = Shape::new(7, 7, 1).unwrap();
        let (mean, gradient) = found(&first, &second, shape, &options);
        assert!((mean - MEAN).abs() < 1e-14, "{mean}");
        for (at, expected) in GRADIENT {
            assert!((gradient[at] - expected).abs() < 1e-14, "{at}: {}", gradient[at]);
        }
    }

    const MEAN: f64 = 0.18382547501533825;
    const GRADIENT: [(usize, f64); 4] = [
        (0, -0.06474795028361359),
        (10, 0.03408509146613115),
        (24, -0.03517980687944477),
        (45, -0.12537763183732356),
    ];
}
