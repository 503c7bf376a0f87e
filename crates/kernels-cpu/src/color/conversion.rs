use std::marker::PhantomData;

use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_channels, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::each_tile;
use crate::transcendental::Precision;

/// Operations per sample, transcendental ones among them.
const COST: usize = 40;

/// Samples whose colours can be converted.
pub trait Color: Sample<Output: Precision> {
    /// What keeps the digits of differences between channels: as wide as the samples, 64 bits for integers.
    type Difference: Float;
    /// The sample, where there are so few that a table of all pays.
    fn byte(self) -> Option<u8>;
}

macro_rules! color {
    ($($type:ident in $difference:ident, $byte:expr);+) => {
        $(impl Color for $type {
            type Difference = $difference;

            #[inline(always)]
            fn byte(self) -> Option<u8> {
                let byte: fn(Self) -> Option<u8> = $byte;
                byte(self)
            }
        })+
    };
}

color!(u8 in f64, Some; u16 in f64, |_| None; i32 in f64, |_| None; f32 in f32, |_| None; f64 in f64, |_| None);

/// One pixel of a colour space in another, without branches and calls, `map` of arrays among them, so that many are done at a
/// time. `W` is what it is computed in.
pub(super) trait Conversion<W>: Copy + Sync {
    /// Whether [`channel`](Self::channel) does anything.
    const BY_CHANNEL: bool = false;

    /// What becomes of each intensity by itself, before all else.
    #[inline(always)]
    fn channel<L: Level, P: Precision>(self, intensity: W) -> W {
        intensity
    }

    /// Three intensities from three.
    fn convert<L: Level, P: Precision>(self, pixel: [W; 3]) -> [W; 3];
}

/// Every pixel of an image of three channels, converted.
pub(super) fn convert<T: Color, W: Float, C: Conversion<W>>(
    image: ImageView<'_, T>,
    conversion: C,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_channels("image", image.shape(), &[3], "3")?;
    check_shape("out", out.shape(), image.shape())?;
    let is_byte = T::default().byte().is_some();
    let by_table = C::BY_CHANNEL && is_byte && image.shape().pixels() >= MANY;
    let table = by_table.then(|| dispatch(Channels::<T, W, C> { conversion, of: PhantomData }));
    let table = table.as_ref();
    each_tile(image, out, COST, |samples, out| {
        dispatch(Convert { samples, conversion, table, out });
    });
    Ok(())
}

/// Pixels for which a table pays.
const MANY: usize = 1024;

/// What becomes of the intensity of each byte.
struct Channels<T, W, C> {
    conversion: C,
    of: PhantomData<(T, W)>,
}

impl<T: Color, W: Float, C: Conversion<W>> Kernel for Channels<T, W, C> {
    type Output = [W; 256];

    #[inline(always)]
    fn run<L: Level>(self) -> [W; 256] {
        let mut table = [W::ZERO; 256];
        for (level, entry) in table.iter_mut().enumerate() {
            *entry = W::from_f64(level as f64 * T::SCALE);
        }
        for entry in &mut table {
            *entry = self.conversion.channel::<L, T::Output>(*entry);
        }
        table
    }
}

struct Convert<'a, T: Sample, W, C> {
    samples: &'a [T],
    conversion: C,
    /// What becomes of the intensity of each byte, where that is known.
    table: Option<&'a [W; 256]>,
    out: &'a mut [T::Output],
}

impl<T: Color, W: Float, C: Conversion<W>> Kernel for Convert<'_, T, W, C> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        /// Pixels whose channels are taken apart, converted and put together again.
        const BLOCK: usize = 64;
        let intensity = |sample: T| W::from_f64(sample.to_level().to_f64() * T::SCALE);
        let mut planes = [[W::ZERO; BLOCK]; 3];
        let blocks = self.out.chunks_mut(3 * BLOCK).zip(self.samples.chunks(3 * BLOCK));
        for (out, samples) in blocks {
            let (pixels, _) = samples.as_chunks::<3>();
            for (i, pixel) in pixels.iter().enumerate() {
                for (plane, &sample) in planes.iter_mut().zip(pixel) {
                    plane[i] = match (sample.byte(), self.table) {
                        (Some(byte), Some(table)) => table[usize::from(byte)],
                        _ => intensity(sample),
                    };
                }
            }
            if C::BY_CHANNEL && self.table.is_none() {
                for intensity in planes.as_flattened_mut() {
                    *intensity = self.conversion.channel::<L, T::Output>(*intensity);
                }
            }
            let [first, second, third] = &mut planes;
            for ((a, b), c) in first.iter_mut().zip(second).zip(third) {
                [*a, *b, *c] = self.conversion.convert::<L, T::Output>([*a, *b, *c]);
            }
            let (pixels, _) = out.as_chunks_mut::<3>();
            for (i, pixel) in pixels.iter_mut().enumerate() {
                for (sample, plane) in pixel.iter_mut().zip(&planes) {
                    *sample = plane[i].cast();
                }
            }
        }
    }
}

/// A matrix, row by row, times a column.
#[inline(always)]
pub(super) fn product<L: Level>(matrix: &[[f64; 3]; 3], [a, b, c]: [f64; 3]) -> [f64; 3] {
    let row = |[x, y, z]: [f64; 3]| L::fma(x, a, L::fma(y, b, z * c));
    [row(matrix[0]), row(matrix[1]), row(matrix[2])]
}

#[cfg(test)]
pub(super) fn converted<T: Color, W: Float>(
    samples: &[T],
    conversion: impl Conversion<W>,
) -> Vec<T::Output> {
    let shape = tagswitch_image::Shape::new(1, samples.len() / 3, 3).unwrap();
    let mut out = vec![T::Output::default(); samples.len()];
    let image = ImageView::new(samples, shape).unwrap();
    convert(image, conversion, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
    out
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;

    #[derive(Clone, Copy)]
    struct Turn;

    impl Conversion<f64> for Turn {
        fn convert<L: Level, P: Precision>(self, [a, b, c]: [f64; 3]) -> [f64; 3] {
            [c, a, b]
        }
    }

    #[test]
    fn every_width_is_converted_to_its_end() {
        for pixels in 1..200u16 {
            let samples: Vec<f32> = (0..3 * pixels).map(f32::from).collect();
            let expected: Vec<f32> = samples.chunks(3).flat_map(|p| [p[2], p[0], p[1]]).collect();
            assert_eq!(converted(&samples, Turn), expected);
        }
    }

    #[test]
    fn refuses_other_channels() {
        let shape = Shape::new(1, 1, 4).unwrap();
        let mut out = [0.0; 4];
        let image = ImageView::new(&[0u8; 4], shape).unwrap();
        let error = convert(image, Turn, ImageViewMut::new(&mut out, shape).unwrap()).unwrap_err();
        assert_eq!(error, Error::Channels { image: "image", given: 4, expected: "3" });
    }
}
