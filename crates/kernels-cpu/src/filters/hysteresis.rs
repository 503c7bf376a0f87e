use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::bits::{packed, unpacked};
use crate::error::{Result, check_channels, check_shape};
use crate::simd::{Kernel, Level, dispatch};

/// What a pixel is that belongs to a region only where one that does leads to it.
pub(crate) const WEAK: u8 = 1;
/// What a pixel is that belongs to a region.
pub(crate) const STRONG: u8 = 2;

/// A mask of the samples above `high`, and of those above `low` that they lead to: `skimage.filters.apply_hysteresis_threshold`.
///
/// Pixels are connected by their edges. Compared in doubles, which hold every sample exactly. (NumPy rounds `high` to 32 bits for a
/// `float32` image; round it before.) Strong pixels are flooded from, 64 of a row at once.
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
    let mut words = dispatch(Strength { image, low, high });
    words.spread();
    dispatch(Mask { words: &words, width: shape.width(), out: out.into_samples() });
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

/// The strength of pixels, 64 of a row in a word. Around the rows there are words of neither, one between a row and the next.
struct Words {
    weak: Vec<u64>,
    strong: Vec<u64>,
    /// From one row to the next.
    pitch: usize,
}

impl Words {
    /// Makes strong what a strong pixel leads to.
    fn spread(&mut self) {
        let Self { weak, strong, pitch } = self;
        let mut pending: Vec<usize> = (0..strong.len()).filter(|&word| strong[word] != 0).collect();
        while let Some(word) = pending.pop() {
            let here = filled(strong[word], weak[word]);
            strong[word] = here;
            let around = [
                (word - *pitch, here),
                (word - 1, here << 63),
                (word + 1, here >> 63),
                (word + *pitch, here),
            ];
            for (next, reached) in around {
                let fresh = reached & weak[next] & !strong[next];
                if fresh != 0 {
                    strong[next] |= fresh;
                    pending.push(next);
                }
            }
        }
    }
}

/// The runs of `weak` bits that have any of `strong`.
fn filled(strong: u64, weak: u64) -> u64 {
    // In the sum, strong bits carry upwards through their runs.
    let up = |strong: u64, weak: u64| weak & !weak.wrapping_add(strong) | strong;
    up(strong, weak) | up(strong.reverse_bits(), weak.reverse_bits()).reverse_bits()
}

struct Strength<'a, T> {
    image: ImageView<'a, T>,
    low: f64,
    high: f64,
}

impl<T: Sample> Kernel for Strength<'_, T> {
    type Output = Words;

    #[inline(always)]
    fn run<L: Level>(self) -> Words {
        let Self { image, low, high } = self;
        let shape = image.shape();
        let pitch = shape.width().div_ceil(64) + 1;
        let [mut weak, mut strong] = [(); 2].map(|()| vec![0; pitch * (shape.height() + 2)]);
        let lines =
            weak[pitch..].chunks_exact_mut(pitch).zip(strong[pitch..].chunks_exact_mut(pitch));
        for (row, (weak, strong)) in image.rows().zip(lines) {
            for (samples, (weak, strong)) in row.chunks(64).zip(weak.iter_mut().zip(strong)) {
                [*weak, *strong] = match samples.first_chunk::<64>() {
                    Some(samples) => strengths(samples, low, high),
                    None => strengths(samples, low, high),
                };
            }
        }
        Words { weak, strong, pitch }
    }
}

/// Which of at most 64 samples are above `low`, and which of these above `high`.
#[inline(always)]
fn strengths<T: Sample>(samples: &[T], low: f64, high: f64) -> [u64; 2] {
    let [mut weak, mut strong] = [[0; 64]; 2];
    for (sample, (weak, strong)) in samples.iter().zip(weak.iter_mut().zip(&mut strong)) {
        let value = sample.to_f64();
        *weak = u8::from(value > low);
        *strong = *weak & u8::from(value > high);
    }
    [packed(&weak), packed(&strong)]
}

struct Mask<'a> {
    words: &'a Words,
    width: usize,
    out: &'a mut [u8],
}

impl Kernel for Mask<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { words, width, out } = self;
        let lines = words.strong[words.pitch..].chunks_exact(words.pitch);
        for (row, words) in out.chunks_exact_mut(width).zip(lines) {
            for (pixels, &word) in row.chunks_mut(64).zip(words) {
                let flags = unpacked(word);
                match pixels.first_chunk_mut() {
                    Some(pixels) => *pixels = flags,
                    None => pixels.copy_from_slice(&flags[..pixels.len()]),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::random::Random;

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

    /// Floods from strong pixels, one pixel after the other.
    fn reference(samples: &[f64], width: usize, low: f64, high: f64) -> Vec<u8> {
        let mut out: Vec<u8> = samples.iter().map(|&v| u8::from(v > low && v > high)).collect();
        let mut pending: Vec<usize> = (0..out.len()).filter(|&i| out[i] != 0).collect();
        while let Some(pixel) = pending.pop() {
            let x = pixel % width;
            let around = [
                pixel.checked_sub(width),
                (x > 0).then(|| pixel - 1),
                (x + 1 < width).then_some(pixel + 1),
                Some(pixel + width),
            ];
            for next in around.into_iter().flatten().filter(|&next| next < samples.len()) {
                if samples[next] > low && out[next] == 0 {
                    out[next] = 1;
                    pending.push(next);
                }
            }
        }
        out
    }

    #[test]
    fn words_are_flooded_as_pixels_are() {
        let mut random = Random::new(8);
        for width in (1..70).chain([127, 128, 129, 200]) {
            for high in [0.5, 0.97, 0.999] {
                let samples: Vec<f64> = (0..23 * width).map(|_| random.unit()).collect();
                for low in [0.2, 0.38, 0.6] {
                    let expected = reference(&samples, width, low, high);
                    assert_eq!(mask(&samples, width, low, high), expected, "{width}");
                }
            }
        }
    }

    #[test]
    fn what_is_not_above_low_is_not_above_high() {
        let samples = [0.3, f64::INFINITY, f64::NAN, 0.3, f64::NEG_INFINITY, 0.7];
        assert_eq!(mask(&samples, 6, 0.5, 0.1), [0, 1, 0, 0, 0, 1]);
        assert_eq!(mask(&samples, 6, f64::NAN, 0.1), [0; 6]);
    }
}
