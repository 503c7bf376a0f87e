use std::marker::PhantomData;

use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_channels, check_shape};
use crate::simd::{Kernel, Level, dispatch, dispatch_wide};
use crate::threads::each_band;
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

/// Pixels whose channels are taken apart, converted and put together again.
pub(super) const BLOCK: usize = 96;

/// A channel of these pixels.
pub(super) type Plane<W> = [W; BLOCK];

/// Pixels of a colour space in another, in loops without branches and calls, so that many are done at a time. `W` is what they are
/// computed in.
pub(super) trait Conversion<W>: Copy + Sync {
    /// Whether [`channel`](Self::channel) does anything.
    const BY_CHANNEL: bool = false;

    /// What becomes of each intensity by itself, before all else.
    #[inline(always)]
    fn channel<L: Level, P: Precision>(self, _plane: &mut Plane<W>) {}

    /// Three intensities from three.
    fn convert<L: Level, P: Precision>(self, planes: &mut [Plane<W>; 3]);
}

/// Every pixel by itself, as a function of its channels has it.
#[inline(always)]
pub(super) fn each_pixel<W: Copy>(planes: &mut [Plane<W>; 3], convert: impl Fn([W; 3]) -> [W; 3]) {
    let [first, second, third] = planes;
    for ((a, b), c) in first.iter_mut().zip(second).zip(third) {
        [*a, *b, *c] = convert([*a, *b, *c]);
    }
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
    // Large results go through the caches too: a pixel takes longer than reading the line that it changes, and behind stores past the
    // caches those of the next pixels would have to wait.
    each_band(out.into_samples(), 3, COST, |out| {
        let samples = &image.samples()[3 * out.first..][..out.samples.len()];
        dispatch_wide(Convert { samples, conversion, table, out: out.samples });
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
        for entries in table.chunks_mut(BLOCK) {
            let mut plane = [W::ZERO; BLOCK];
            plane[..entries.len()].copy_from_slice(entries);
            self.conversion.channel::<L, T::Output>(&mut plane);
            entries.copy_from_slice(&plane[..entries.len()]);
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
        let mut planes = [[W::ZERO; BLOCK]; 3];
        let blocks = self.out.chunks_mut(3 * BLOCK).zip(self.samples.chunks(3 * BLOCK));
        for (out, samples) in blocks {
            let (pixels, _) = samples.as_chunks::<3>();
            for (i, pixel) in pixels.iter().enumerate() {
                for (plane, &sample) in planes.iter_mut().zip(pixel) {
                    plane[i] = match (sample.byte(), self.table) {
                        (Some(byte), Some(table)) => table[usize::from(byte)],
                        _ => W::from_f64(sample.to_level().to_f64() * T::SCALE),
                    };
                }
            }
            if C::BY_CHANNEL && self.table.is_none() {
                for plane in &mut planes {
                    self.conversion.channel::<L, T::Output>(plane);
                }
            }
            self.conversion.convert::<L, T::Output>(&mut planes);
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

/// Holds a conversion in 32 bits to that in 64, which calls the standard library for each power: at all widths, for `span` and beyond.
#[cfg(test)]
pub(super) fn check_32_bits(conversion: impl Conversion<f64>, span: [f64; 2]) {
    let mut random = crate::random::Random::new(5);
    let [least, greatest] = span;
    let mut samples: Vec<f32> =
        (0..3 * 300).map(|_| (least + (greatest - least) * random.unit()) as f32).collect();
    let extremes = [0.0, -0.0, 1e-40, 1e-5, 1.0, 5.0, 1e4, -1e4, 1e12, 1e20, 3e38, -3e38];
    let extremes = [&extremes[..], &[f32::NAN, f32::INFINITY, f32::NEG_INFINITY]].concat();
    for &a in &extremes {
        for &b in &extremes {
            samples.extend([a, b, 0.5]);
            samples.extend([0.5, a, b]);
        }
    }
    let all = converted(&samples, conversion);
    for (pixel, result) in samples.chunks(3).zip(all.chunks(3)) {
        let exact = converted(&[pixel[0], pixel[1], pixel[2]].map(f64::from), conversion);
        let finite = pixel.iter().copied().chain(exact.iter().map(|&v| v as f32));
        let scale = finite.filter(|v| v.is_finite()).fold(0.1f32, |most, v| most.max(v.abs()));
        for (&a, &b) in result.iter().zip(&exact) {
            let same = f64::from(a) == f64::from(b as f32) || a.is_nan() && b.is_nan();
            let near = (f64::from(a) - b).abs() <= 3e-7 * b.abs().max(f64::from(scale));
            assert!(same || near, "{result:?} instead of {exact:?} of {pixel:?}");
        }
    }
    for pixels in 1..200 {
        let bits = |samples: &[f32]| samples.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        let part = converted(&samples[samples.len() - 3 * pixels..], conversion);
        assert_eq!(bits(&part), bits(&all[all.len() - 3 * pixels..]));
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;

    #[derive(Clone, Copy)]
    struct Turn;

    impl Conversion<f64> for Turn {
        fn convert<L: Level, P: Precision>(self, planes: &mut [Plane<f64>; 3]) {
            each_pixel(planes, |[a, b, c]| [c, a, b]);
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
