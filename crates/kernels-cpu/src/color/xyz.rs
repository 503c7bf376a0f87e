//! sRGB and CIE XYZ: IEC 61966-2-1:1999.

use tagswitch_image::{ImageView, ImageViewMut};

use super::conversion::{Color, Conversion, convert, product};
use crate::error::Result;
use crate::simd::Level;
use crate::transcendental::Precision;

const XYZ_OF_RGB: [[f64; 3]; 3] = [
    [0.412453, 0.357580, 0.180423],
    [0.212671, 0.715160, 0.072169],
    [0.019334, 0.119193, 0.950227],
];

/// Its inverse.
const RGB_OF_XYZ: [[f64; 3]; 3] = [
    [3.2404813432005266, -1.5371515162713183, -0.4985363261688878],
    [-0.9692549499965682, 1.8759900014898907, 0.04155592655829284],
    [0.055646639135177166, -0.20404133836651123, 1.0573110696453443],
];

/// CIE XYZ, white having Y = 1, of an sRGB image: `skimage.color.rgb2xyz`. Integers become intensities first.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) unless the image has three,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the same shape.
pub fn rgb2xyz<T: Color>(image: ImageView<'_, T>, out: ImageViewMut<'_, T::Output>) -> Result<()> {
    convert(image, XyzOfRgb, out)
}

/// An sRGB image, cut to [0, 1], of CIE XYZ: `skimage.color.xyz2rgb`. Integers become intensities first.
///
/// # Errors
///
/// As [`rgb2xyz`].
pub fn xyz2rgb<T: Color>(image: ImageView<'_, T>, out: ImageViewMut<'_, T::Output>) -> Result<()> {
    convert(image, RgbOfXyz, out)
}

#[derive(Clone, Copy)]
pub(super) struct XyzOfRgb;

impl Conversion<f64> for XyzOfRgb {
    const BY_CHANNEL: bool = true;

    #[inline(always)]
    fn channel<L: Level, P: Precision>(self, channel: f64) -> f64 {
        linear::<L, P>(channel)
    }

    #[inline(always)]
    fn convert<L: Level, P: Precision>(self, light: [f64; 3]) -> [f64; 3] {
        product::<L>(&XYZ_OF_RGB, light)
    }
}

#[derive(Clone, Copy)]
pub(super) struct RgbOfXyz;

/// In 64 bits: a dark channel is thirty times as wrong as what it is made of.
impl Conversion<f64> for RgbOfXyz {
    #[inline(always)]
    fn convert<L: Level, P: Precision>(self, xyz: [f64; 3]) -> [f64; 3] {
        let [red, green, blue] = product::<L>(&RGB_OF_XYZ, xyz);
        [encoded::<L, P>(red), encoded::<L, P>(green), encoded::<L, P>(blue)]
    }
}

/// Light of an encoded channel.
#[inline(always)]
fn linear<L: Level, P: Precision>(channel: f64) -> f64 {
    let power = P::pow::<L>((channel + 0.055) / 1.055, 2.4);
    if channel > 0.04045 { power } else { channel / 12.92 }
}

/// The encoded channel, cut to [0, 1].
#[inline(always)]
fn encoded<L: Level, P: Precision>(light: f64) -> f64 {
    let power = 1.055 * P::pow::<L>(light, 1.0 / 2.4) - 0.055;
    let channel = if light > 0.0031308 { power } else { 12.92 * light };
    let channel = if channel < 0.0 { 0.0 } else { channel };
    if channel > 1.0 { 1.0 } else { channel }
}

#[cfg(test)]
mod tests {
    use super::super::conversion::converted;
    use super::*;

    #[test]
    fn white_is_the_sum_of_the_primaries() {
        let white = XYZ_OF_RGB.map(|row| row.iter().sum::<f64>());
        for (a, b) in converted(&[255u8; 3], XyzOfRgb).iter().zip(white) {
            assert!((f64::from(*a) - b).abs() < 2e-7);
        }
        for (a, b) in converted(&[1.0f64; 3], XyzOfRgb).iter().zip(white) {
            assert!((a - b).abs() < 1e-15);
        }
    }

    #[test]
    fn the_way_back_leads_to_every_byte() {
        let bytes: Vec<u8> = (0..=255).flat_map(|v| [v, 255 - v, v / 2]).collect();
        let back = converted(&converted(&bytes, XyzOfRgb), RgbOfXyz);
        for (a, &b) in back.iter().zip(&bytes) {
            assert!((a * 255.0 - f32::from(b)).abs() < 1e-3);
        }
    }

    #[test]
    fn what_is_beyond_white_is_cut() {
        assert_eq!(
            converted(&[9.0f32, 9.0, 9.0, -1.0, -1.0, -1.0], RgbOfXyz),
            [1.0, 1.0, 1.0, 0.0, 0.0, 0.0]
        );
        assert!(converted(&[f32::NAN, 0.0, 0.0], RgbOfXyz).iter().all(|v| v.is_nan()));
    }
}
