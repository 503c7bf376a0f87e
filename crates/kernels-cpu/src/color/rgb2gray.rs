use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_channels, check_shape};
use crate::groups::{Maker, Streaming};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::is_streamed;
use crate::threads::each_band;

/// Operations per sample.
const COST: usize = 4;

/// Luminance of the primaries of Rec. 709, rounded as in C. Poynton's Color FAQ and in scikit-image.
const WEIGHTS: [f64; 3] = [0.2125, 0.7154, 0.0721];

/// Samples of RGB images.
pub trait Rgb: Sample {
    /// The luminance of each pixel.
    #[doc(hidden)]
    #[inline(always)]
    fn luminance<L: Level>(pixels: &[[Self; 3]], out: &mut [Self::Output]) {
        // Integers are scaled with the weights.
        let [red, green, blue] = WEIGHTS.map(|weight| Self::Work::from_f64(weight * Self::SCALE));
        for (gray, pixel) in out.iter_mut().zip(pixels) {
            let [r, g, b] = pixel.map(Sample::to_level);
            *gray = L::fma(r, red, L::fma(g, green, b * blue)).cast();
        }
    }
}

impl Rgb for u8 {
    /// Eight pixels at a time, whose bytes are taken apart by shuffles.
    #[inline(always)]
    fn luminance<L: Level>(pixels: &[[Self; 3]], out: &mut [f32]) {
        let [red, green, blue] = WEIGHTS.map(|weight| (weight * Self::SCALE) as f32);
        let weigh = |r, g, b| L::fma(r, red, L::fma(g, green, b * blue));
        let (eights, rest) = pixels.as_chunks::<8>();
        let (out_eights, out_rest) = out.as_chunks_mut::<8>();
        for (out, eight) in out_eights.iter_mut().zip(eights) {
            let [r, g, b] = L::planes(eight);
            for i in 0..8 {
                out[i] = weigh(r[i] as f32, g[i] as f32, b[i] as f32);
            }
        }
        for (gray, pixel) in out_rest.iter_mut().zip(rest) {
            let [r, g, b] = pixel.map(f32::from);
            *gray = weigh(r, g, b);
        }
    }
}

impl Rgb for u16 {}
impl Rgb for i32 {}
impl Rgb for f32 {}
impl Rgb for f64 {}

/// The luminance of an RGB image: 0.2125 R + 0.7154 G + 0.0721 B.
///
/// `skimage.color.rgb2gray`. Integers become floats in [0, 1]; floats are taken as they are.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) unless the image has three,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the same rows and columns and one channel.
pub fn rgb2gray<T: Rgb>(image: ImageView<'_, T>, out: ImageViewMut<'_, T::Output>) -> Result<()> {
    check_channels("image", image.shape(), &[3], "3")?;
    check_shape("out", out.shape(), image.shape().with_channels(1)?)?;
    let out = out.into_samples();
    let is_streamed = is_streamed(out);
    each_band(out, image.shape().width(), COST, |out| {
        dispatch(Luminance { samples: out.same_rows(image), is_streamed, out: out.samples });
    });
    Ok(())
}

struct Luminance<'a, T: Sample> {
    samples: &'a [T],
    is_streamed: bool,
    out: &'a mut [T::Output],
}

impl<T: Rgb> Kernel for Luminance<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let (pixels, _) = self.samples.as_chunks::<3>();
        Weighed { pixels }.make_all::<L>(self.out, 1, &Streaming(self.is_streamed));
    }
}

struct Weighed<'a, T> {
    pixels: &'a [[T; 3]],
}

impl<T: Rgb> Maker<T::Output> for Weighed<'_, T> {
    #[inline(always)]
    fn make<L: Level>(&mut self, first: usize, out: &mut [T::Output]) {
        T::luminance::<L>(&self.pixels[first..][..out.len()], out);
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;
    use crate::simd::baseline;

    fn gray<T: Rgb>(samples: &[T]) -> Vec<T::Output> {
        let shape = Shape::new(1, samples.len() / 3, 3).unwrap();
        let mut out = vec![T::Output::default(); shape.pixels()];
        let image = ImageView::new(samples, shape).unwrap();
        let gray = ImageViewMut::new(&mut out, shape.with_channels(1).unwrap()).unwrap();
        rgb2gray(image, gray).unwrap();
        out
    }

    #[test]
    fn weighs_the_channels() {
        assert_eq!(gray(&[1.0f64, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]), WEIGHTS);
        assert_eq!(gray(&[0.0f32, -2.0, 0.0]), [-1.4308]);
        assert!((gray(&[255u8; 3])[0] - 1.0).abs() < 1e-7);
        assert!((gray(&[u16::MAX; 3])[0] - 1.0).abs() < 1e-7);
        assert!((gray(&[i32::MIN; 3])[0] + 1.0).abs() < 1e-7);
    }

    #[test]
    fn every_width_and_instruction_set_agrees_with_the_definition() {
        for pixels in 1..70 {
            let samples: Vec<u8> = (0..pixels * 3).map(|i| (i * 89 % 256) as u8).collect();
            let mut plain = vec![0.0; pixels];
            baseline(Luminance { samples: &samples, is_streamed: false, out: &mut plain });
            for ((pixel, a), b) in samples.chunks(3).zip(gray(&samples)).zip(plain) {
                let expected: f64 = pixel
                    .iter()
                    .zip(WEIGHTS)
                    .map(|(&v, weight)| f64::from(v) / 255.0 * weight)
                    .sum();
                assert!(
                    (f64::from(a) - expected).abs() < 2e-7
                        && (f64::from(b) - expected).abs() < 2e-7
                );
            }
        }
    }

    #[test]
    fn nan_stays_in_its_pixel() {
        let out = gray(&[f32::NAN, 0.0, 0.0, 1.0, 1.0, 1.0]);
        assert!(out[0].is_nan() && !out[1].is_nan());
    }

    #[test]
    fn refuses_other_channels() {
        let shape = Shape::new(1, 1, 4).unwrap();
        let image = ImageView::new(&[0u8; 4], shape).unwrap();
        let mut out = [0.0; 4];
        let error = rgb2gray(image, ImageViewMut::new(&mut out, shape).unwrap()).unwrap_err();
        assert_eq!(error, Error::Channels { image: "image", given: 4, expected: "3" });
    }
}
