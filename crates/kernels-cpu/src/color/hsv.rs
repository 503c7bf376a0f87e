//! Hue, saturation and value.

use tagswitch_image::{ImageView, ImageViewMut};

use super::conversion::{Color, Conversion, convert};
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
    convert(image, HsvOfRgb, out)
}

/// An RGB image of hue, saturation and value; whole turns of hue change nothing.
///
/// `skimage.color.hsv2rgb`, which takes hues below 0 and above 42 for others. Integers become intensities first.
///
/// # Errors
///
/// As [`rgb2hsv`].
pub fn hsv2rgb<T: Color>(image: ImageView<'_, T>, out: ImageViewMut<'_, T::Output>) -> Result<()> {
    convert(image, RgbOfHsv, out)
}

/// Red, green and blue of the same hue and saturation with another value.
#[inline(always)]
pub(crate) fn with_value<L: Level>(rgb: [f64; 3], value: f64) -> [f64; 3] {
    let [hue, saturation, _] = HsvOfRgb.convert::<L, f64>(rgb);
    RgbOfHsv.convert::<L, f64>([hue, saturation, value])
}

#[derive(Clone, Copy)]
struct HsvOfRgb;

impl Conversion for HsvOfRgb {
    #[inline(always)]
    fn convert<L: Level, P: Precision>(self, [red, green, blue]: [f64; 3]) -> [f64; 3] {
        let greatest = |a: f64, b: f64| if a > b { a } else { b };
        let least = |a: f64, b: f64| if a < b { a } else { b };
        let value = greatest(greatest(red, green), blue);
        let range = value - least(least(red, green), blue);

        // Quotients that are not needed may be 0 / 0.
        let sextants = (green - blue) / range;
        let sextants = if green == value { 2.0 + (blue - red) / range } else { sextants };
        let sextants = if blue == value { 4.0 + (red - green) / range } else { sextants };
        let turns = sextants / 6.0;
        let hue = or_zero(turns - turns.floor());
        let saturation = or_zero(range / value);

        let gray = range == 0.0;
        let hue = if gray { 0.0 } else { hue };
        let saturation = if gray { 0.0 } else { saturation };
        let nan = red.is_nan() | green.is_nan() | blue.is_nan();
        let or_nothing = |v: f64| if nan { 0.0 } else { v };
        [or_nothing(hue), or_nothing(saturation), or_nothing(value)]
    }
}

#[inline(always)]
fn or_zero(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value }
}

#[derive(Clone, Copy)]
struct RgbOfHsv;

impl Conversion for RgbOfHsv {
    #[inline(always)]
    fn convert<L: Level, P: Precision>(self, [hue, saturation, value]: [f64; 3]) -> [f64; 3] {
        let sextants = hue * 6.0;
        let whole = sextants.floor();
        let fraction = sextants - whole;
        let least = value * (1.0 - saturation);
        let falling = value * (1.0 - fraction * saturation);
        let rising = value * (1.0 - (1.0 - fraction) * saturation);

        let sextant = whole - 6.0 * (whole / 6.0).floor();
        let is = |k: f64| sextant == k;
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
            assert_eq!(converted(&rgb, HsvOfRgb), hsv);
            assert_eq!(converted(&hsv, RgbOfHsv), rgb);
            let [hue, saturation, value] = hsv;
            for turns in [-2.0, -1.0, 1.0, 50.0] {
                for (a, b) in converted(&[hue + turns, saturation, value], RgbOfHsv).iter().zip(rgb)
                {
                    assert!((a - b).abs() < 1e-12);
                }
            }
        }
        assert_eq!(converted(&[0u8, 255, 0], HsvOfRgb), [1.0 / 3.0f32, 1.0, 1.0]);
    }

    #[test]
    fn nan_has_neither_hue_nor_value() {
        for at in 0..3 {
            let mut rgb = [0.5f32, 0.25, 1.0];
            rgb[at] = f32::NAN;
            assert_eq!(converted(&rgb, HsvOfRgb), [0.0; 3]);
        }
    }
}
