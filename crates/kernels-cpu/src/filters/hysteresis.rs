use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_channels, check_shape};
use crate::measure::Connectivity;
use crate::segmentation::Padded;
use crate::simd::{Kernel, Level, dispatch};

/// What a pixel is that belongs to a region only where one that does leads to it.
pub(crate) const WEAK: u8 = 1;
/// What a pixel is that belongs to a region.
pub(crate) const STRONG: u8 = 2;

/// A mask of the samples above `high`, and of those above `low` that they lead to: `skimage.filters.apply_hysteresis_threshold`.
///
/// Pixels are connected by their edges. Compared in doubles, which hold every sample exactly. (NumPy rounds `high` to 32 bits for a
/// `float32` image; round it before.) Strong pixels are flooded from, one after the other.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the
/// image's shape.
pub fn apply_hysteresis_threshold<T: Sample>(
    image: ImageView<'_, T>,
    low: f64,
    high: f64,
    out: ImageViewMut<'_, u8>,
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    check_shape("out", out.shape(), shape)?;
    let padded = Padded::new(shape);
    let mut strength = dispatch(Strength { image, padded, low, high });
    let neighbours = padded.neighbours(Connectivity::Edges);
    let mut pending = Vec::new();
    for pixel in padded.pixels() {
        if strength[pixel] == STRONG {
            spread(&mut strength, pixel, &neighbours, &mut pending);
        }
    }
    let rows = strength[padded.pitch()..].chunks_exact(padded.pitch());
    for (out, row) in out.into_samples().chunks_exact_mut(shape.width()).zip(rows) {
        for (out, &strength) in out.iter_mut().zip(&row[1..]) {
            *out = u8::from(strength == STRONG);
        }
    }
    Ok(())
}

/// Makes strong what is weak and a strong pixel leads to. The outermost pixels must be neither; `pending` is room to work in.
#[inline(always)]
pub(crate) fn spread(
    strength: &mut [u8],
    from: usize,
    neighbours: &[isize],
    pending: &mut Vec<usize>,
) {
    pending.push(from);
    while let Some(pixel) = pending.pop() {
        for &offset in neighbours {
            let next = pixel.wrapping_add_signed(offset);
            if strength[next] == WEAK {
                strength[next] = STRONG;
                pending.push(next);
            }
        }
    }
}

struct Strength<'a, T> {
    image: ImageView<'a, T>,
    padded: Padded,
    low: f64,
    high: f64,
}

impl<T: Sample> Kernel for Strength<'_, T> {
    type Output = Vec<u8>;

    #[inline(always)]
    fn run<L: Level>(self) -> Vec<u8> {
        let Self { image, padded, low, high } = self;
        padded.pad(image.samples(), 0, |sample| {
            let value = sample.to_f64();
            u8::from(value > low) + u8::from(value > low && value > high)
        })
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn mask<T: Sample>(samples: &[T], width: usize, low: f64, high: f64) -> Vec<u8> {
        let shape = Shape::new(samples.len() / width, width, 1).unwrap();
        let mut out = vec![9; samples.len()];
        let image = ImageView::new(samples, shape).unwrap();
        let out_view = ImageViewMut::new(&mut out, shape).unwrap();
        apply_hysteresis_threshold(image, low, high, out_view).unwrap();
        out
    }

    // Expected values: skimage.filters.apply_hysteresis_threshold, scikit-image 0.26.0.

    #[test]
    fn weak_pixels_lead_on() {
        assert_eq!(mask(&[1u8, 2, 3, 2, 1, 2, 1, 3, 2], 9, 1.5, 2.5), [0, 1, 1, 1, 0, 0, 0, 1, 1]);
        let corner = [1.0f32, 0.0, 0.0, 0.0, 0.6, 0.6];
        assert_eq!(mask(&corner, 3, 0.5, 0.8), [1, 0, 0, 0, 0, 0]);
        assert_eq!(mask(&[0.6f64, 1.0, f64::NAN, 0.6], 4, 0.5, 0.8), [1, 1, 0, 0]);
    }

    #[test]
    fn a_long_way_round() {
        #[rustfmt::skip]
        let spiral = [
            9u16, 0, 5, 5, 5,
            5,    0, 5, 0, 5,
            5,    0, 0, 0, 5,
            5,    5, 5, 5, 5,
        ];
        let expected: Vec<u8> = spiral.iter().map(|&v| u8::from(v > 0)).collect();
        assert_eq!(mask(&spiral, 5, 4.0, 8.0), expected);
        assert_eq!(mask(&spiral, 5, 4.0, 9.0), [0; 20]);
    }
}
