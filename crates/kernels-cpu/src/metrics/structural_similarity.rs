use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::similarity_gradient::Gradient;
use super::similarity_windows::Windows;
use crate::error::{Error, Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::sum::sum;

/// What [`structural_similarity`] is to do.
#[derive(Clone, Debug, PartialEq)]
pub struct StructuralSimilarity {
    /// Weights of the window along either axis, from its middle outwards.
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

/// The images that [`structural_similarity`] makes beside the mean.
#[derive(Debug, Default)]
pub struct SimilarityImages<'a, F> {
    /// The similarity at each sample, those in the margin too.
    pub similarities: Option<ImageViewMut<'a, F>>,
    /// The derivative of the mean by each sample of the second image, as if the margin counted.
    pub gradient: Option<ImageViewMut<'a, F>>,
}

/// The mean structural similarity, over pixels and channels; `skimage.metrics.structural_similarity`, in 64 bits.
///
/// Row by row: five weighted sums down the columns, then across, then the quotient; no image in between is kept. What lies
/// beyond the edge is [`Border::Reflect`](crate::border::Border::Reflect)'s. The mean is the same with and without images.
///
/// # Errors
///
/// [`Error::Mismatch`] for images of different shapes, [`Error::Option`] for no weights, or a margin that leaves no pixel.
pub fn structural_similarity<T: Sample>(
    first: ImageView<'_, T>,
    second: ImageView<'_, T>,
    options: &StructuralSimilarity,
    images: SimilarityImages<'_, T::Output>,
) -> Result<f64> {
    let shape = first.shape();
    check_shape("the second image", second.shape(), shape)?;
    for (name, image) in
        [("the similarities", &images.similarities), ("the gradient", &images.gradient)]
    {
        if let Some(image) = image {
            check_shape(name, image.shape(), shape)?;
        }
    }
    if options.weights.is_empty() {
        let (given, expected) = ("0".to_string(), "at least 1");
        return Err(Error::Option { name: "the number of weights", given, expected });
    }
    if 2 * options.margin >= shape.height().min(shape.width()) {
        let expected = "less than half the image's shorter side";
        return Err(Error::Option { name: "margin", given: options.margin.to_string(), expected });
    }
    Ok(dispatch(Similarity { pair: [first, second], options, images }))
}

struct Similarity<'a, T: Sample> {
    pair: [ImageView<'a, T>; 2],
    options: &'a StructuralSimilarity,
    images: SimilarityImages<'a, T::Output>,
}

impl<T: Sample> Kernel for Similarity<'_, T> {
    type Output = f64;

    #[inline(always)]
    fn run<L: Level>(self) -> f64 {
        let Self { pair, options, images } = self;
        let (shape, margin) = (pair[0].shape(), options.margin);
        let (height, row_len) = (shape.height(), shape.row_len());
        let columns = margin * shape.channels()..row_len - margin * shape.channels();
        let inside = margin..height - margin;

        let whole = images.similarities.is_some() || images.gradient.is_some();
        let mut out = images.similarities.map(ImageViewMut::into_samples);
        let mut gradient = images
            .gradient
            .map(|image| Gradient::new(pair, &options.weights, image.into_samples()));
        let rows = if whole { 0..height } else { inside.clone() };
        let mut windows = Windows::new(pair, options, rows.start);
        let mut similarities = vec![0.0; row_len];
        let mut total = 0.0;
        for y in rows {
            let windows = windows.about::<L>(y);
            for (similarity, window) in similarities.iter_mut().zip(windows.clone()) {
                *similarity = window.similarity();
            }
            if inside.contains(&y) {
                total += sum(&similarities[columns.clone()]);
            }
            if let Some(out) = &mut out {
                for (out, &similarity) in out[y * row_len..].iter_mut().zip(&similarities) {
                    *out = Float::from_f64(similarity);
                }
            }
            if let Some(gradient) = &mut gradient {
                gradient.take::<L>(y, windows);
            }
        }
        total / (inside.len() * columns.len()) as f64
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn options() -> StructuralSimilarity {
        let covariance = 49.0 / 48.0;
        let weights = vec![1.0 / 7.0; 4];
        StructuralSimilarity { weights, margin: 3, covariance, c1: 6.5025, c2: 58.5225 }
    }

    fn similarity(first: &[u8], second: &[u8], options: &StructuralSimilarity) -> Result<f64> {
        let shape = Shape::new(9, first.len() / 9, 1).unwrap();
        let view = |samples| ImageView::new(samples, shape).unwrap();
        structural_similarity(view(first), view(second), options, SimilarityImages::default())
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
    fn images_beside_the_mean_leave_it_as_it_is() {
        let shape = Shape::new(9, 10, 1).unwrap();
        let [first, second] =
            [251, 97].map(|modulus| (0..90).map(|i| (i * i % modulus) as u8).collect::<Vec<u8>>());
        let view = |samples| ImageView::new(samples, shape).unwrap();
        let alone = similarity(&first, &second, &options()).unwrap();
        for [full, slopes] in [[true, false], [false, true], [true, true]] {
            let mut out = [(); 2].map(|()| vec![f32::NAN; 90]);
            let [similarities, gradient] = out.each_mut();
            let image = |out| ImageViewMut::new(out, shape).unwrap();
            let images = SimilarityImages {
                similarities: full.then(|| image(similarities)),
                gradient: slopes.then(|| image(gradient)),
            };
            let mean = structural_similarity(view(&first), view(&second), &options(), images);
            assert_eq!(mean, Ok(alone));
            assert_eq!(out.each_ref().map(|out| out.iter().all(|v| !v.is_nan())), [full, slopes]);
            if full {
                let inner = (3..6).flat_map(|y| out[0][y * 10 + 3..y * 10 + 7].to_vec());
                assert!((inner.map(f64::from).sum::<f64>() / 12.0 - alone).abs() < 1e-7);
            }
        }
    }

    #[test]
    fn refuses_images_of_another_shape() {
        let [shape, turned] = [[2, 3], [3, 2]].map(|[h, w]| Shape::new(h, w, 1).unwrap());
        let image = ImageView::new(&[0u8; 6], shape).unwrap();
        let options = StructuralSimilarity { margin: 0, ..options() };
        let mut out = [0.0; 6];
        let gradient = Some(ImageViewMut::new(&mut out, turned).unwrap());
        let images = SimilarityImages { similarities: None, gradient };
        let message = structural_similarity(image, image, &options, images).unwrap_err();
        assert_eq!(message.to_string(), "the gradient has shape 3 × 2 × 1; expected 2 × 3 × 1");
    }

    #[test]
    fn refuses_what_leaves_nothing() {
        let wide = StructuralSimilarity { margin: 5, ..options() };
        let message = similarity(&[0; 90], &[0; 90], &wide).unwrap_err().to_string();
        assert_eq!(message, "margin is 5; expected less than half the image's shorter side");
        let none = StructuralSimilarity { weights: Vec::new(), ..options() };
        let message = similarity(&[0; 90], &[0; 90], &none).unwrap_err().to_string();
        assert_eq!(message, "the number of weights is 0; expected at least 1");
    }
}
