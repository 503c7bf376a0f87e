use std::borrow::Cow;

use tagswitch_image::{Float, ImageView, ImageViewMut, Sample, Shape};

use super::extrema::extrema;
use super::tiles::{Binned, EqualizeAdapthist, GREATEST};
use crate::color::with_value;
use crate::error::{Error, Result, check_channels, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::util::AsUnsigned;

/// More contrast in every part of an image, from 0 to 1: `skimage.exposure.equalize_adapthist`, after K. Zuiderveld, "Contrast limited adaptive
/// histogram equalization", Graphics Gems IV, 1994.
///
/// One channel, or three or four, of which the value of HSV is equalized and the fourth is left out.
///
/// # Errors
///
/// [`Error::Channels`] for other channels, [`Error::Option`], [`Error::Range`] for NaN and floats beyond ±1,
/// [`Error::Mismatch`] unless `out` has the image's size, and one channel or three.
pub fn equalize_adapthist<T: Adaptable>(
    image: ImageView<'_, T>,
    options: EqualizeAdapthist,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1, 3, 4], "1, 3 or 4")?;
    check_shape("out", out.shape(), shape.with_channels(shape.channels().min(3))?)?;
    let EqualizeAdapthist { rows, columns, limit, nbins } = options;
    for (name, value) in [("rows", rows), ("columns", columns), ("limit", limit), ("nbins", nbins)]
    {
        if value == 0 || u32::try_from(value).is_err() {
            let expected = "a whole number of at least 1 and below 2³²";
            return Err(Error::Option { name, given: value.to_string(), expected });
        }
    }
    let levels = match T::values(image.samples(), shape.channels())? {
        Values::Bytes(bytes) => {
            let bin_of = Bins::of(&bytes, 257.0, nbins)?;
            let bin_of: Vec<_> =
                (0..=255u8).map(|byte| bin_of.bin(u16::from(byte) * 257)).collect();
            let width = shape.width();
            Binned { places: &bytes, bin_of: &bin_of, width }.equalized(options)
        }
        Values::Words(words) => {
            let bin_of = Bins::of(&words, 1.0, nbins)?;
            let table: Vec<_> = (0..=u16::MAX).map(|level| bin_of.bin(level)).collect();
            let places: Vec<_> = words.iter().map(|&word| table[usize::from(word)]).collect();
            let bin_of: Vec<_> = (0..=bin_of.bin(u16::MAX)).collect();
            let width = shape.width();
            Binned { places: &places, bin_of: &bin_of, width }.equalized(options)
        }
    };
    let stretch = Stretch::of(&levels)?;
    if shape.channels() == 1 {
        dispatch(Gray { levels: &levels, stretch, out: out.into_samples() });
    } else {
        let (samples, channels) = (image.samples(), shape.channels());
        dispatch(Color { samples, channels, levels: &levels, stretch, out: out.into_samples() });
    }
    Ok(())
}

/// What is equalized, as unsigned integers: bytes stand for themselves times 257.
pub enum Values<'a> {
    /// Of 8 bits.
    Bytes(Cow<'a, [u8]>),
    /// Of 16 bits.
    Words(Cow<'a, [u16]>),
}

/// Samples that are equalized.
pub trait Adaptable: Sample {
    /// Of one channel the samples, of colours the value of HSV.
    #[doc(hidden)]
    fn values(samples: &[Self], channels: usize) -> Result<Values<'_>>;
}

impl Adaptable for u8 {
    fn values(samples: &[Self], channels: usize) -> Result<Values<'_>> {
        Ok(Values::Bytes(greatest(samples, channels)))
    }
}

impl Adaptable for u16 {
    fn values(samples: &[Self], channels: usize) -> Result<Values<'_>> {
        Ok(Values::Words(greatest(samples, channels)))
    }
}

impl Adaptable for i32 {
    fn values(samples: &[Self], channels: usize) -> Result<Values<'_>> {
        if channels == 1 {
            return words(samples);
        }
        // Colours are intensities before they have a value.
        let values: Vec<f64> =
            greatest(samples, channels).iter().map(|&value| intensity(value)).collect();
        words(&values)
    }
}

macro_rules! floats {
    ($($type:ident),+) => {
        $(impl Adaptable for $type {
            fn values(samples: &[Self], channels: usize) -> Result<Values<'_>> {
                words(&*greatest(samples, channels))
            }
        })+
    };
}

floats!(f32, f64);

fn words<T: AsUnsigned>(samples: &[T]) -> Result<Values<'static>> {
    let mut words = vec![0u16; samples.len()];
    T::convert(samples, &mut words)?;
    Ok(Values::Words(words.into()))
}

/// The greatest of the first three channels of each pixel, NaN if one is.
fn greatest<T: Sample>(samples: &[T], channels: usize) -> Cow<'_, [T]> {
    if channels == 1 {
        return samples.into();
    }
    #[expect(clippy::eq_op, reason = "only NaN differs from itself")]
    let greater = |a: T, b: T| if b > a || b != b { b } else { a };
    let pixels = samples.chunks_exact(channels);
    pixels.map(|pixel| greater(greater(pixel[0], pixel[1]), pixel[2])).collect::<Vec<_>>().into()
}

#[inline(always)]
fn intensity<T: Sample>(sample: T) -> f64 {
    sample.to_level().to_f64() * T::SCALE
}

/// The least and the greatest of a list of samples.
fn ends<T: Sample>(samples: &[T]) -> Result<[f64; 2]> {
    let shape = Shape::new(1, samples.len(), 1)?;
    Ok(extrema(ImageView::new(samples, shape)?))
}

/// 14-bit levels from the least to the greatest, and the bins that they fall into.
struct Bins {
    ends: [f64; 2],
    width: u16,
}

impl Bins {
    fn of<T: Sample>(samples: &[T], scale: f64, nbins: usize) -> Result<Self> {
        let width = 1 + ((usize::from(GREATEST) + 1) / nbins) as u16;
        Ok(Self { ends: ends(samples)?.map(|end| end * scale), width })
    }

    /// That of a 16-bit sample; of one beyond the ends that of the end.
    fn bin(&self, sample: u16) -> u16 {
        let ([least, greatest], sample) = (self.ends, f64::from(sample));
        let level = if least == greatest {
            sample
        } else {
            ((sample - least) / (greatest - least) * f64::from(GREATEST)).round_ties_even()
        };
        level.min(f64::from(GREATEST)) as u16 / self.width
    }
}

/// Levels from 0 to 1; one level by itself is only cut to these.
#[derive(Clone, Copy)]
struct Stretch {
    least: u16,
    span: u16,
}

impl Stretch {
    fn of(levels: &[u16]) -> Result<Self> {
        let [least, greatest] = ends(levels)?.map(|end| end as u16);
        if least == greatest {
            return Ok(Self { least: 0, span: greatest.max(1) });
        }
        Ok(Self { least, span: greatest - least })
    }

    #[inline(always)]
    fn share<F: Float>(self, level: u16) -> F {
        let float = |level| F::from_f32(f32::from(level));
        (float(level) - float(self.least)) / float(self.span)
    }
}

struct Gray<'a, F> {
    levels: &'a [u16],
    stretch: Stretch,
    out: &'a mut [F],
}

impl<F: Float> Kernel for Gray<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        for (out, &level) in self.out.iter_mut().zip(self.levels) {
            *out = self.stretch.share(level);
        }
    }
}

struct Color<'a, T: Sample> {
    samples: &'a [T],
    channels: usize,
    levels: &'a [u16],
    stretch: Stretch,
    out: &'a mut [T::Output],
}

impl<T: Sample> Kernel for Color<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let (out, _) = self.out.as_chunks_mut::<3>();
        let pixels = self.samples.chunks_exact(self.channels);
        for ((out, pixel), &level) in out.iter_mut().zip(pixels).zip(self.levels) {
            let rgb = [intensity(pixel[0]), intensity(pixel[1]), intensity(pixel[2])];
            let colors = with_value(rgb, self.stretch.share(level));
            for (out, color) in out.iter_mut().zip(colors) {
                *out = T::Output::from_f64(color);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: EqualizeAdapthist =
        EqualizeAdapthist { rows: 1, columns: 2, limit: 1, nbins: 256 };

    fn equalized<T: Adaptable>(samples: &[T], channels: usize) -> Result<Vec<T::Output>> {
        let shape = Shape::new(1, samples.len() / channels, channels).unwrap();
        let shown = shape.with_channels(channels.min(3)).unwrap();
        let mut out = vec![T::Output::default(); shown.len()];
        let image = ImageView::new(samples, shape).unwrap();
        equalize_adapthist(image, OPTIONS, ImageViewMut::new(&mut out, shown).unwrap())?;
        Ok(out)
    }

    // Expected values: skimage.exposure.equalize_adapthist of scikit-image 0.26.0.

    #[test]
    fn pixels_follow_the_curves_beside_them() {
        let bytes = [10u8, 20, 30, 200, 90];
        assert_eq!(equalized(&bytes, 1), Ok(vec![0.0, 1.0, 0.5, 1.0, 0.0]));
        assert_eq!(equalized(&bytes.map(|v| u16::from(v) * 257), 1), equalized(&bytes, 1));
        assert_eq!(equalized(&bytes.map(|v| f64::from(v) / 255.0), 1).unwrap()[2], 0.5);
    }

    #[test]
    fn colours_have_another_value() {
        let colors = [10u8, 20, 30, 200, 90, 0, 0, 0, 0];
        let expected = [1.0 / 9.0, 2.0 / 9.0, 1.0 / 3.0, 1.0, 0.45, 0.0, 0.0, 0.0, 0.0f32];
        for (a, b) in equalized(&colors, 3).unwrap().into_iter().zip(expected) {
            assert!((a - b).abs() < 1e-7, "{a} instead of {b}");
        }
        let opaque: Vec<u8> = colors.chunks(3).flat_map(|p| [p[0], p[1], p[2], 7]).collect();
        assert_eq!(equalized(&opaque, 4), equalized(&colors, 3));
    }

    #[test]
    fn one_level_is_cut() {
        assert_eq!(equalized(&[0.0f32; 5], 1), Ok(vec![1.0; 5]));
    }

    #[test]
    fn refuses_what_has_no_16_bit_level() {
        assert_eq!(equalized(&[0.5, 1.5f64], 1), Err(Error::Range { value: 1.5 }));
        assert!(matches!(equalized(&[0.5, f32::NAN, 0.2], 3), Err(Error::Range { .. })));
        let two = equalized(&[1u8, 2], 2);
        assert!(matches!(two, Err(Error::Channels { given: 2, .. })));
    }
}
