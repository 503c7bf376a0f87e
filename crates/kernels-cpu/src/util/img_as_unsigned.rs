//! Unsigned integers of samples, by the rules of `skimage.util.img_as_ubyte` and `img_as_uint`.

use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Error, Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};

/// How far rounding may carry a result of 32-bit kernels beyond ±1.
const SLACK: f64 = 1e-5;

/// Samples as bytes, any number of channels: `skimage.util.img_as_ubyte`.
///
/// Floats in [−1, 1] are multiplied by 255 and rounded, half to even; scikit-image refuses what lies beyond, here a hair
/// beyond, as rounding makes of white, is white. Integers lose their lowest bits, unless no sample needs more than 8.
/// Negative ones become 0.
///
/// # Errors
///
/// [`Error::Range`] for NaN and for floats beyond ±1,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn img_as_ubyte<T: AsUnsigned>(
    image: ImageView<'_, T>,
    out: ImageViewMut<'_, u8>,
) -> Result<()> {
    as_unsigned(image, out)
}

/// Samples as 16-bit unsigned integers, any number of channels: `skimage.util.img_as_uint`.
///
/// As [`img_as_ubyte`], with 65535 and 16; bytes are multiplied by 257.
///
/// # Errors
///
/// As [`img_as_ubyte`].
pub fn img_as_uint<T: AsUnsigned>(
    image: ImageView<'_, T>,
    out: ImageViewMut<'_, u16>,
) -> Result<()> {
    as_unsigned(image, out)
}

fn as_unsigned<T: AsUnsigned, O: Unsigned>(
    image: ImageView<'_, T>,
    out: ImageViewMut<'_, O>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    T::convert(image.samples(), out.into_samples())
}

/// What samples become.
pub trait Unsigned: Sample {
    /// Its bits.
    const BITS: u32;
    /// The level, cut to the limits.
    fn from_level(level: i32) -> Self;
}

macro_rules! unsigned {
    ($($type:ident),+) => {
        $(impl Unsigned for $type {
            const BITS: u32 = $type::BITS;

            #[inline(always)]
            fn from_level(level: i32) -> Self {
                level.clamp(0, i32::from($type::MAX)) as Self
            }
        })+
    };
}

unsigned!(u8, u16);

/// Samples that can become unsigned integers.
pub trait AsUnsigned: Sample {
    /// The work, on slices of one length.
    #[doc(hidden)]
    fn convert<O: Unsigned>(samples: &[Self], out: &mut [O]) -> Result<()>;
}

macro_rules! integer {
    ($($type:ident of $bits:literal bits),+) => {
        $(impl AsUnsigned for $type {
            fn convert<O: Unsigned>(samples: &[Self], out: &mut [O]) -> Result<()> {
                let (factor, shift) = if $bits <= O::BITS {
                    (((1 << O::BITS) - 1) / ((1 << $bits) - 1), 0)
                } else {
                    let fits = samples.iter().all(|&sample| i32::from(sample) < 1 << O::BITS);
                    (1, if fits { 0 } else { $bits - O::BITS })
                };
                dispatch(Shift { samples, factor, shift, out });
                Ok(())
            }
        })+
    };
}

integer!(u8 of 8 bits, u16 of 16 bits);

impl AsUnsigned for i32 {
    fn convert<O: Unsigned>(samples: &[Self], out: &mut [O]) -> Result<()> {
        let fits = samples.iter().all(|&sample| sample < 1 << O::BITS);
        let shift = if fits { 0 } else { 31 - O::BITS };
        dispatch(Shift { samples, factor: 1, shift, out });
        Ok(())
    }
}

macro_rules! float {
    ($($type:ident),+) => {
        $(impl AsUnsigned for $type {
            fn convert<O: Unsigned>(samples: &[Self], out: &mut [O]) -> Result<()> {
                let scale = ((1 << O::BITS) - 1) as $type;
                if dispatch(Round { samples, limit: (1.0 + SLACK) as $type, scale, out }) {
                    return Ok(());
                }
                let outside = |value: &f64| value.is_nan() || value.abs() > 1.0 + SLACK;
                let first = samples.iter().map(|sample| sample.to_f64()).find(outside);
                Err(Error::Range { value: first.unwrap_or(f64::NAN) })
            }
        }

        impl<O: Unsigned> Kernel for Round<'_, $type, O> {
            /// Whether no sample is out of range, so that all were rounded.
            type Output = bool;

            #[inline(always)]
            fn run<L: Level>(self) -> bool {
                /// Samples that are rounded before it is known whether all were in range.
                const BLOCK: usize = 1024;
                /// Added to a number, leaves no bits for a fraction, which is rounded half to even, and the whole in the lowest ones.
                const WHOLE: $type = 1.5 / $type::EPSILON;
                let Self { limit, scale, .. } = self;
                for (out, samples) in self.out.chunks_mut(BLOCK).zip(self.samples.chunks(BLOCK)) {
                    let mut all = true;
                    for (out, &sample) in out.iter_mut().zip(samples) {
                        all &= sample.abs() <= limit;
                        let level = (sample * scale + WHOLE).to_bits() as i32;
                        *out = O::from_level(level.wrapping_sub(WHOLE.to_bits() as i32));
                    }
                    if !all {
                        return false;
                    }
                }
                true
            }
        }
        )+
    };
}

float!(f32, f64);

struct Shift<'a, T, O> {
    samples: &'a [T],
    factor: i32,
    shift: u32,
    out: &'a mut [O],
}

impl<T: Sample + Into<i32>, O: Unsigned> Kernel for Shift<'_, T, O> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { factor, shift, .. } = self;
        for (out, &sample) in self.out.iter_mut().zip(self.samples) {
            let level: i32 = sample.into();
            *out = O::from_level((level >> shift).wrapping_mul(factor));
        }
    }
}

struct Round<'a, F, O> {
    samples: &'a [F],
    limit: F,
    scale: F,
    out: &'a mut [O],
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn converted<T: AsUnsigned, O: Unsigned>(samples: &[T]) -> Result<Vec<O>> {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        let mut out = vec![O::default(); samples.len()];
        let image = ImageView::new(samples, shape).unwrap();
        as_unsigned(image, ImageViewMut::new(&mut out, shape).unwrap())?;
        Ok(out)
    }

    // Expected values: skimage.util.img_as_ubyte and img_as_uint, scikit-image 0.26.0.

    #[test]
    fn scales_rounds_and_cuts_floats() {
        let samples = [0.0f32, 0.5, 1.0, -1.0, -0.0, 0.001_9, 0.002, 127.5 / 255.0, 128.5 / 255.0];
        assert_eq!(converted(&samples), Ok(vec![0u8, 128, 255, 0, 0, 0, 1, 128, 128]));
        assert_eq!(converted(&[0.0f64, 0.5, 1.0, -0.25]), Ok(vec![0u16, 32_768, 65_535, 0]));
        assert_eq!(converted(&[1.000_001f64]), Ok(vec![255u8]));
    }

    #[test]
    fn integers_lose_their_lowest_bits_where_they_must() {
        assert_eq!(converted(&[0u8, 1, 255]), Ok(vec![0u8, 1, 255]));
        assert_eq!(converted(&[0u8, 1, 255]), Ok(vec![0u16, 257, 65_535]));
        assert_eq!(converted(&[0u16, 511, 65_535]), Ok(vec![0u8, 1, 255]));
        assert_eq!(converted(&[0u16, 200, 255]), Ok(vec![0u8, 200, 255]));
        assert_eq!(converted(&[-5i32, 200, i32::MAX]), Ok(vec![0u8, 0, 255]));
        assert_eq!(converted(&[i32::MIN, 65_536, i32::MAX]), Ok(vec![0u16, 2, 65_535]));
        assert_eq!(converted(&[-70_000i32, 200, 255]), Ok(vec![0u8, 200, 255]));
    }

    #[test]
    fn every_length_is_done_to_its_end() {
        for length in [1, 15, 1024, 1025, 3000] {
            let samples: Vec<f32> = (0..length).map(|i| (i % 256) as f32 / 255.0).collect();
            let expected: Vec<u8> = (0..length).map(|i| (i % 256) as u8).collect();
            assert_eq!(converted(&samples), Ok(expected));
            for at in [0, length / 2, length - 1] {
                let mut wrong = samples.clone();
                wrong[at] = -1.5;
                assert_eq!(converted::<_, u16>(&wrong), Err(Error::Range { value: -1.5 }));
            }
        }
    }

    #[test]
    fn every_level_and_what_lies_between_two_is_rounded_half_to_even() {
        let halves = (-40..=2 * 65_535).map(|twice| f64::from(twice) / 2.0);
        let between =
            |level: f64| [level / 65_535.0, level / 65_535.0 + 1e-9, level / 65_535.0 - 1e-9];
        let samples: Vec<f64> = halves.flat_map(between).chain([-1.0, 1.000_01]).collect();
        let expected: Vec<u16> =
            samples.iter().map(|sample| (sample * 65_535.0).round_ties_even() as u16).collect();
        assert_eq!(converted(&samples), Ok(expected));
        let samples: Vec<f32> = samples.iter().map(|&sample| sample as f32).collect();
        let expected: Vec<u8> =
            samples.iter().map(|sample| (sample * 255.0).round_ties_even() as u8).collect();
        assert_eq!(converted(&samples), Ok(expected));
    }

    #[test]
    fn refuses_what_is_out_of_range() {
        assert_eq!(converted::<_, u8>(&[0.5f32, 2.0]), Err(Error::Range { value: 2.0 }));
        assert_eq!(converted::<_, u8>(&[-1.1f64]), Err(Error::Range { value: -1.1 }));
        assert!(converted::<_, u16>(&[f64::NAN]).is_err());
        for odd in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, 1.000_1] {
            for at in [0, 5, 31, 69] {
                let mut samples = [0.5; 70];
                samples[at] = odd;
                assert!(converted::<_, u8>(&samples).is_err(), "{odd} at {at}");
            }
        }
    }
}
