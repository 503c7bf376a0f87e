//! Hue, saturation and value.

use tagswitch_image::{Float, ImageView, ImageViewMut};

use super::conversion::{Color, Conversion, Plane, convert, each_pixel};
use crate::error::Result;
use crate::simd::Level;
use crate::transcendental::Precision;

/// Hue, in turns from red, saturation and value of an RGB image; 0 where there is none, and for NaN.
///
/// `skimage.color.rgb2hsv`, after A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978. Integers become intensities
/// first.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) unless the image has three,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the same shape.
pub fn rgb2hsv<T: Color>(image: ImageView<'_, T>, out: ImageViewMut<'_, T::Output>) -> Result<()> {
    convert::<T, T::Difference, _>(image, HsvOfRgb, out)
}

/// An RGB image of hue, saturation and value; whole turns of hue change nothing.
///
/// `skimage.color.hsv2rgb`, which takes hues below 0 and above 42 for others. Integers become intensities first.
///
/// # Errors
///
/// As [`rgb2hsv`].
pub fn hsv2rgb<T: Color>(image: ImageView<'_, T>, out: ImageViewMut<'_, T::Output>) -> Result<()> {
    convert::<T, T::Difference, _>(image, RgbOfHsv, out)
}

/// Red, green and blue of the same hue and saturation with another value.
#[inline(always)]
pub(crate) fn with_value(rgb: [f64; 3], value: f64) -> [f64; 3] {
    let [hue, saturation, _] = hsv_of_rgb(rgb);
    rgb_of_hsv([hue, saturation, value])
}

#[derive(Clone, Copy)]
struct HsvOfRgb;

impl<W: Float> Conversion<W> for HsvOfRgb {
    #[inline(always)]
    fn convert<L: Level, P: Precision>(self, planes: &mut [Plane<W>; 3]) {
        each_pixel(planes, hsv_of_rgb);
    }
}

#[inline(always)]
fn hsv_of_rgb<W: Float>([red, green, blue]: [W; 3]) -> [W; 3] {
    let greatest = |a: W, b: W| if a > b { a } else { b };
    let least = |a: W, b: W| if a < b { a } else { b };
    let value = greatest(greatest(red, green), blue);
    let range = value - least(least(red, green), blue);

    // Quotients that are not needed may be 0 / 0.
    let (two, four, six) = (W::from_f64(2.0), W::from_f64(4.0), W::from_f64(6.0));
    let (place, from) = (green - blue, W::ZERO);
    let (place, from) = if green == value { (blue - red, two) } else { (place, from) };
    let (place, from) = if blue == value { (red - green, four) } else { (place, from) };
    let turns = (from + place / range) / six;
    let hue = or_zero(turns - turns.floor());
    let saturation = or_zero(range / value);

    let gray = range == W::ZERO;
    let hue = if gray { W::ZERO } else { hue };
    let saturation = if gray { W::ZERO } else { saturation };
    let nan = red.is_nan() | green.is_nan() | blue.is_nan();
    let or_nothing = |v: W| if nan { W::ZERO } else { v };
    [or_nothing(hue), or_nothing(saturation), or_nothing(value)]
}

#[inline(always)]
fn or_zero<W: Float>(value: W) -> W {
    if value.is_nan() { W::ZERO } else { value }
}

#[derive(Clone, Copy)]
struct RgbOfHsv;

impl<W: Float> Conversion<W> for RgbOfHsv {
    #[inline(always)]
    fn convert<L: Level, P: Precision>(self, planes: &mut [Plane<W>; 3]) {
        each_pixel(planes, rgb_of_hsv);
    }
}

#[inline(always)]
fn rgb_of_hsv<W: Float>([hue, saturation, value]: [W; 3]) -> [W; 3] {
    let one = W::from_f64(1.0);
    // Without whole turns, which would cost the fraction its digits.
    let sextants = (hue - hue.floor()) * W::from_f64(6.0);
    let sextant = sextants.floor();
    let fraction = sextants - sextant;
    let least = value * (one - saturation);
    let falling = value * (one - fraction * saturation);
    let rising = value * (one - (one - fraction) * saturation);

    // The sixth, to which a hue just below a whole turn is rounded, begins as that of 0 does.
    let is = |k: f64| sextant == W::from_f64(k);
    let red = if is(1.0) { falling } else { value };
    let red = if is(2.0) | is(3.0) { least } else { red };
    let red = if is(4.0) { rising } else { red };
    let green = if is(1.0) | is(2.0) { value } else { rising };
    let green = if is(3.0) { falling } else { green };
    let green = if is(4.0) | is(5.0) { least } else { green };
    let blue = if is(2.0) { rising } else { least };
    let blue = if is(3.0) | is(4.0) { value } else { blue };
    let blue = if is(5.0) { falling } else { blue };
    [red, green, blue]
}

#[cfg(test)]
mod tests {
    use super::super::conversion::converted;
    use super::*;

    const PAIRS: [([f64; 3], [f64; 3]); 8] = [
        ([1.0, 0.0, 0.0], [0.0, 1.0, 1.0]),
        ([1.0, 1.0, 0.0], [1.0 / 6.0, 1.0, 1.0]),
        ([0.0, 0.5, 0.0], [2.0 / 6.0, 1.0, 0.5]),
        ([0.0, 1.0, 1.0], [0.5, 1.0, 1.0]),
        ([0.5, 0.5, 1.0], [4.0 / 6.0, 0.5, 1.0]),
        ([1.0, 0.0, 1.0], [5.0 / 6.0, 1.0, 1.0]),
        ([0.25, 0.25, 0.25], [0.0, 0.0, 0.25]),
        ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
    ];

    #[test]
    fn both_ways() {
        for (rgb, hsv) in PAIRS {
            assert_eq!(converted::<_, f64>(&rgb, HsvOfRgb), hsv);
            assert_eq!(converted::<_, f64>(&hsv, RgbOfHsv), rgb);
            let [hue, saturation, value] = hsv;
            for turns in [-2.0, -1.0, 1.0, 50.0] {
                let turned = [hue + turns, saturation, value];
                for (a, b) in converted::<_, f64>(&turned, RgbOfHsv).iter().zip(rgb) {
                    assert!((a - b).abs() < 1e-12);
                }
            }
        }
        assert_eq!(converted::<_, f64>(&[0u8, 255, 0], HsvOfRgb), [1.0 / 3.0f32, 1.0, 1.0]);
    }

    #[test]
    fn in_32_bits_too_and_just_below_a_whole_turn() {
        for (rgb, hsv) in PAIRS.map(|(rgb, hsv)| (rgb.map(|v| v as f32), hsv.map(|v| v as f32))) {
            for (a, b) in converted::<_, f32>(&rgb, HsvOfRgb).iter().zip(hsv) {
                assert!((a - b).abs() < 1e-7);
            }
            for (a, b) in converted::<_, f32>(&hsv, RgbOfHsv).iter().zip(rgb) {
                assert!((a - b).abs() < 5e-7);
            }
        }
        assert_eq!(converted::<_, f32>(&[-1e-9f32, 0.5, 1.0], RgbOfHsv), [1.0, 0.5, 0.5]);
    }

    #[test]
    fn nan_has_neither_hue_nor_value() {
        for at in 0..3 {
            let mut rgb = [0.5f32, 0.25, 1.0];
            rgb[at] = f32::NAN;
            assert_eq!(converted::<_, f32>(&rgb, HsvOfRgb), [0.0; 3]);
        }
    }
}
