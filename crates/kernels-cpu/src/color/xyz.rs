//! sRGB and CIE XYZ: IEC 61966-2-1:1999.

use tagswitch_image::{ImageView, ImageViewMut};

use super::conversion::{BLOCK, Color, Conversion, Plane, convert, each_pixel, product};
use crate::error::Result;
use crate::simd::Level;
use crate::transcendental::Precision;

pub(super) const XYZ_OF_RGB: [[f64; 3]; 3] = [
    [0.412453, 0.357580, 0.180423],
    [0.212671, 0.715160, 0.072169],
    [0.019334, 0.119193, 0.950227],
];

/// Its inverse.
pub(super) const RGB_OF_XYZ: [[f64; 3]; 3] = [
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
struct XyzOfRgb;

impl Conversion<f64> for XyzOfRgb {
    const BY_CHANNEL: bool = true;

    #[inline(always)]
    fn channel<L: Level, P: Precision>(self, plane: &mut Plane<f64>) {
        linearize::<L, P>(plane);
    }

    #[inline(always)]
    fn convert<L: Level, P: Precision>(self, planes: &mut [Plane<f64>; 3]) {
        each_pixel(planes, |light| product::<L>(&XYZ_OF_RGB, light));
    }
}

#[derive(Clone, Copy)]
struct RgbOfXyz;

/// In 64 bits: a dark channel is thirty times as wrong as what it is made of.
impl Conversion<f64> for RgbOfXyz {
    #[inline(always)]
    fn convert<L: Level, P: Precision>(self, planes: &mut [Plane<f64>; 3]) {
        each_pixel(planes, |xyz| product::<L>(&RGB_OF_XYZ, xyz));
        for plane in planes {
            encode::<L, P>(plane);
        }
    }
}

/// Makes light of encoded channels.
#[inline(always)]
pub(super) fn linearize<L: Level, P: Precision>(channels: &mut Plane<f64>) {
    let mut powers = [0.0; BLOCK];
    for (power, channel) in powers.iter_mut().zip(&*channels) {
        *power = (channel + 0.055) * (1.0 / 1.055);
    }
    P::pow_12_5::<L, _>(&mut powers);
    for (channel, power) in channels.iter_mut().zip(powers) {
        *channel = if *channel > 0.04045 { power } else { *channel * (1.0 / 12.92) };
    }
}

/// Makes encoded channels, cut to [0, 1], of light.
#[inline(always)]
pub(super) fn encode<L: Level, P: Precision>(light: &mut Plane<f64>) {
    /// What has no power.
    const DARK: f64 = 0.0031308;
    let mut powers = [0.0; BLOCK];
    for (power, &light) in powers.iter_mut().zip(&*light) {
        let light = if light > DARK { light } else { DARK };
        // The rest is cut anyhow.
        *power = if light < 2.0 { light } else { 2.0 };
    }
    P::pow_5_12::<L, _>(&mut powers);
    for (light, power) in light.iter_mut().zip(powers) {
        let channel = if *light > DARK { 1.055 * power - 0.055 } else { 12.92 * *light };
        let channel = if channel < 0.0 { 0.0 } else { channel };
        *light = if channel > 1.0 { 1.0 } else { channel };
    }
}

#[cfg(test)]
mod tests {
    use super::super::conversion::{check_32_bits, converted};
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

    #[test]
    fn results_in_32_bits_are_those_in_64() {
        check_32_bits(XyzOfRgb, [-0.5, 1.5]);
        check_32_bits(RgbOfXyz, [-0.2, 1.2]);
        check_32_bits(RgbOfXyz, [0.0, 0.02]);
    }
}
