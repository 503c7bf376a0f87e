use tagswitch_image::{ImageView, ImageViewMut, Sample, Shape};

use super::gradients::{Gradient, Gradients};
use super::quantile::quantile;
use super::smoothed_rows::{Blur, Rows, intensity, smoothed_image, smoothed_masked};
use crate::border::Border;
use crate::error::{Error, Result, check_channels, check_shape};
use crate::filters::hysteresis::{STRONG, WEAK, spread};
use crate::simd::{Kernel, Level, dispatch};

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
    dispatch(Edges { image, options, out: out.into_samples() });
    Ok(())
}

struct Edges<'a, T> {
    image: ImageView<'a, T>,
    options: &'a Canny<'a>,
    out: &'a mut [u8],
}

impl<T: Sample> Kernel for Edges<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, options, out } = self;
        let Canny { weights, border, cval, mask, .. } = *options;
        let (shape, blur) = (image.shape(), Blur { weights, border, cval });
        let Some(mask) = mask else {
            return find(|| smoothed_image(image, blur), shape, options, out);
        };
        let pairs = image.samples().iter().zip(mask.samples());
        let within: Vec<f64> =
            pairs.map(|(&sample, &m)| if m == 0 { 0.0 } else { intensity(sample) }).collect();
        let Ok(within) = ImageView::new(&within, shape) else { unreachable!() };
        find(|| smoothed_masked(within, mask, blur), shape, options, out);
    }
}

/// Finds the edges of an image that `smoothed` gives the rows of.
#[inline(always)]
fn find<R: Rows>(smoothed: impl Fn() -> R, shape: Shape, options: &Canny<'_>, out: &mut [u8]) {
    let thresholds = if options.quantiles {
        let mut gradients = Gradients::new(smoothed(), shape);
        let mut row = Gradient::new(shape.width());
        let mut all = Vec::with_capacity(shape.len());
        for y in 0..shape.height() {
            gradients.row(y, &mut row);
            all.extend_from_slice(&row.magnitude);
        }
        options.thresholds.map(|share| quantile(&mut all, share))
    } else {
        options.thresholds
    };
    let strong = suppress(smoothed(), shape, options.mask, thresholds, out);
    let row = shape.width() as isize;
    let neighbours = [-row - 1, -row, -row + 1, -1, 1, row - 1, row, row + 1];
    let mut pending = Vec::new();
    for pixel in strong {
        spread(out, pixel, &neighbours, &mut pending);
    }
    for pixel in out {
        *pixel = u8::from(*pixel == STRONG);
    }
}

/// Marks the crests of the gradient as weak or strong, all else as neither; returns the strong ones.
#[inline(always)]
fn suppress(
    smoothed: impl Rows,
    shape: Shape,
    mask: Option<ImageView<'_, u8>>,
    [low, high]: [f64; 2],
    out: &mut [u8],
) -> Vec<usize> {
    out.fill(0);
    // scikit-image rounds this one to 32 bits; what is no gradient at all is no edge.
    let low = f64::from(if low as f32 == 0.0 { 1e-14 } else { low as f32 });
    let width = shape.width();
    let mut strong = Vec::new();
    let mut gradients = Gradients::new(smoothed, shape);
    let mut rows: [Gradient; 3] = std::array::from_fn(|_| Gradient::new(width));
    for below in 0..shape.height() {
        gradients.row(below, &mut rows[below % 3]);
        // The outermost pixels, which lack neighbours, are no edge.
        let Some(y) = below.checked_sub(1).filter(|&y| y > 0) else { continue };
        let [above, here, under] = [y - 1, y, y + 1].map(|y| &rows[y % 3]);
        let magnitudes = [above, here, under].map(|row| &row.magnitude[..width]);
        for x in 1..width.max(1) - 1 {
            let magnitude = magnitudes[1][x];
            if magnitude >= low
                && is_crest(magnitudes, here.down[x], here.right[x], x)
                && mask.is_none_or(|mask| surrounded(mask, y, x))
            {
                let pixel = y * width + x;
                out[pixel] = if magnitude >= high { STRONG } else { WEAK };
                if magnitude >= high {
                    strong.push(pixel);
                }
            }
        }
    }
    strong
}

/// Whether the gradient is nowhere greater at a pixel's distance along it, interpolated between two neighbours each.
#[inline(always)]
fn is_crest([above, here, below]: [&[f64]; 3], down: f64, right: f64, x: usize) -> bool {
    let (vertical, horizontal) = (down.abs(), right.abs());
    let falling = (down > 0.0) == (right > 0.0);
    let (before, after) = if falling { (above, below) } else { (below, above) };
    let steep = vertical > horizontal || (vertical == horizontal && !falling);
    let (weight, [ahead, behind]) = if steep {
        (horizontal / vertical, [after[x], before[x]])
    } else {
        (vertical / horizontal, [here[x + 1], here[x - 1]])
    };
    let not_above =
        |diagonal: f64, straight: f64| diagonal * weight + straight * (1.0 - weight) <= here[x];
    not_above(after[x + 1], ahead) && not_above(before[x - 1], behind)
}

/// Whether a pixel and its eight neighbours, which it has, belong to a mask.
#[inline(always)]
fn surrounded(mask: ImageView<'_, u8>, y: usize, x: usize) -> bool {
    (y - 1..=y + 1).all(|y| mask.row(y)[x - 1..=x + 1].iter().all(|&inside| inside != 0))
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
