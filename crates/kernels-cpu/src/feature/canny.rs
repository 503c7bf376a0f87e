use std::sync::{Mutex, PoisonError};

use tagswitch_image::{ImageView, ImageViewMut, Sample, Shape};

use super::crests::Crests;
use super::gradients::{Gradient, Gradients};
use super::quantile::quantile;
use super::smoothed_rows::{Blur, Rows, intensity, smoothed_image, smoothed_masked};
use crate::border::Border;
use crate::error::{Error, Result, check_channels, check_shape};
use crate::filters::hysteresis::{STRONG, spread};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// What [`canny`] is to do.
#[derive(Clone, Copy, Debug)]
pub struct Canny<'a> {
    /// Weights of the Gaussian down the rows and across the columns, from the centre outwards.
    pub weights: [&'a [f64]; 2],
    /// What lies beyond the edge of the image.
    pub border: Border,
    /// The intensity beyond the edge for [`Border::Constant`].
    pub cval: f64,
    /// The least gradient of an edge, and of some pixel of it, of intensities; with `quantiles` shares of all gradients.
    pub thresholds: [f64; 2],
    /// Whether thresholds are shares, from 0 to 1.
    pub quantiles: bool,
    /// Where it is 0 the image is left out.
    pub mask: Option<ImageView<'a, u8>>,
}

/// Edges, one pixel wide, as a mask: `skimage.feature.canny`, in 64 bits for every type.
///
/// Rounded as the reference in TypeScript rounds, which makes the results equal: see `BlurredRows` and `Gradients`. Smoothing, gradient
/// and suppression go row by row, so that all between image and mask stays in the cache; edges are then flooded from their strong pixels
/// (J. Canny, "A computational approach to edge detection", 1986). Quantiles take a second pass, and 8 bytes a pixel.
///
/// # Errors
///
/// [`Error::Channels`] for several channels, [`Error::Option`] for an axis without weights, [`Error::Mismatch`] unless `out` and the mask
/// have the image's shape.
pub fn canny<T: Sample>(
    image: ImageView<'_, T>,
    options: &Canny<'_>,
    out: ImageViewMut<'_, u8>,
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    check_shape("out", out.shape(), shape)?;
    if let Some(mask) = options.mask {
        check_shape("mask", mask.shape(), shape)?;
    }
    if options.weights.iter().any(|weights| weights.is_empty()) {
        let expected = "at least the one of the centre";
        return Err(Error::Option { name: "weights", given: "empty".into(), expected });
    }
    let Canny { weights, border, cval, mask, .. } = *options;
    let (blur, out) = (Blur { weights, border, cval }, out.into_samples());
    let Some(mask) = mask else {
        find(shape, options, &|first| smoothed_image(image, first, blur), out);
        return Ok(());
    };
    let pairs = image.samples().iter().zip(mask.samples());
    let within: Vec<f64> =
        pairs.map(|(&sample, &m)| if m == 0 { 0.0 } else { intensity(sample) }).collect();
    let within = ImageView::new(&within, shape)?;
    find(shape, options, &|first| smoothed_masked(within, first, mask, blur), out);
    Ok(())
}

/// Finds the edges of an image that `smoothed` gives the rows of, from one on.
fn find<R: Rows, S: Fn(usize) -> R + Sync>(
    shape: Shape,
    options: &Canny<'_>,
    smoothed: &S,
    out: &mut [u8],
) {
    let width = shape.width();
    let cost = 30 + 2 * (options.weights[0].len() + options.weights[1].len());
    let mut thresholds = options.thresholds;
    if options.quantiles {
        let mut all = vec![0.0; shape.len()];
        each_band(&mut all, width, cost, |out| dispatch(Magnitudes { shape, smoothed, out }));
        thresholds = thresholds.map(|share| quantile(&mut all, share));
    }
    let strong = Mutex::new(Vec::new());
    each_band(out, width, cost, |out| {
        let found = dispatch(Crests { shape, smoothed, mask: options.mask, thresholds, out });
        strong.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
    });
    let row = width as isize;
    let neighbours = [-row - 1, -row, -row + 1, -1, 1, row - 1, row, row + 1];
    let mut pending = Vec::new();
    for pixel in strong.into_inner().unwrap_or_else(PoisonError::into_inner) {
        spread(out, pixel, &neighbours, &mut pending);
    }
    for pixel in out {
        *pixel = u8::from(*pixel == STRONG);
    }
}

/// Writes the lengths of the gradients.
struct Magnitudes<'a, S> {
    shape: Shape,
    smoothed: &'a S,
    out: Band<'a, f64>,
}

impl<R: Rows, S: Fn(usize) -> R> Kernel for Magnitudes<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { shape, smoothed, out } = self;
        let first = out.first;
        let mut gradients = Gradients::new(smoothed(first.saturating_sub(1)), shape, first);
        let mut row = Gradient::new(shape.width());
        for (y, out) in out.rows() {
            gradients.row(y, &mut row);
            out.copy_from_slice(&row.magnitude);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// σ = 1, cut at four of them.
    fn gaussian() -> Vec<f64> {
        let weights: Vec<f64> = (0..5).map(|d| (-0.5 * f64::from(d * d)).exp()).collect();
        let sum = weights[0] + 2.0 * weights[1..].iter().sum::<f64>();
        weights.iter().map(|weight| weight / sum).collect()
    }

    fn edges(samples: &[u8], width: usize, options: &Canny<'_>) -> Vec<u8> {
        let shape = Shape::new(samples.len() / width, width, 1).unwrap();
        let mut out = vec![9; samples.len()];
        let image = ImageView::new(samples, shape).unwrap();
        canny(image, options, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        out
    }

    fn options(weights: &[f64]) -> Canny<'_> {
        Canny {
            weights: [weights; 2],
            border: Border::Constant,
            cval: 0.0,
            thresholds: [0.1, 0.2],
            quantiles: false,
            mask: None,
        }
    }

    #[test]
    fn a_ramp_has_its_edge_where_it_is_steepest() {
        let weights = gaussian();
        let row = [0u8, 0, 0, 10, 90, 200, 250, 255, 255, 255, 255];
        let image: Vec<u8> = row.iter().copied().cycle().take(9 * row.len()).collect();
        for (y, edges) in edges(&image, row.len(), &options(&weights)).chunks(11).enumerate() {
            let expected = u8::from((1..8).contains(&y));
            for (x, &edge) in edges.iter().enumerate() {
                assert_eq!(edge, if x == 4 { expected } else { 0 }, "{y}, {x}");
            }
        }
        let faint = Canny { thresholds: [0.1, 9.0], ..options(&weights) };
        assert_eq!(edges(&image, row.len(), &faint), [0; 99]);
    }

    #[test]
    fn flat_and_small_images_have_none() {
        let weights = gaussian();
        for (height, width) in [(1, 1), (1, 9), (9, 1), (2, 2), (3, 3), (20, 31)] {
            assert_eq!(
                edges(&vec![200; height * width], width, &options(&weights)),
                vec![0; height * width]
            );
        }
    }

    #[test]
    fn bands_know_nothing_of_each_other() {
        let weights = gaussian();
        let mut random = crate::random::Random::new(5);
        let (height, width) = (61, 47);
        let image: Vec<u8> = (0..height * width).map(|_| random.below(256) as u8).collect();
        let shape = Shape::new(height, width, 1).unwrap();
        let view = ImageView::new(&image, shape).unwrap();
        let options = options(&weights);
        let blur = Blur { weights: options.weights, border: options.border, cval: options.cval };
        let smoothed = |first| smoothed_image(view, first, blur);
        let crests = |rows: &[usize]| {
            let mut samples = vec![9; image.len()];
            for rows in rows.windows(2) {
                let out = &mut samples[rows[0] * width..rows[1] * width];
                let out = Band { first: rows[0], row_len: width, samples: out };
                let thresholds = options.thresholds;
                let smoothed = &smoothed;
                dispatch(Crests { shape, smoothed, mask: None, thresholds, out });
            }
            samples
        };
        let whole = crests(&[0, height]);
        assert!(whole.contains(&STRONG));
        assert_eq!(crests(&[0, 1, 2, 5, 30, 60, height]), whole);
    }

    #[test]
    fn what_lies_at_the_border_of_a_mask_is_no_edge() {
        let weights = gaussian();
        let image: Vec<u8> = (0..400).map(|i| if i % 20 < 10 { 20 } else { 220 }).collect();
        let mask: Vec<u8> = (0..400).map(|i| u8::from(i / 20 > 6)).collect();
        let view = ImageView::new(&mask, Shape::new(20, 20, 1).unwrap()).unwrap();
        let edges = edges(&image, 20, &Canny { mask: Some(view), ..options(&weights) });
        for (y, row) in edges.chunks(20).enumerate() {
            assert_eq!(row.contains(&1), (8..19).contains(&y), "{y}");
        }
    }
}
