//! CIE L*a*b*, 1976: ISO/CIE 11664-4, with constants rounded as scikit-image's are.

use tagswitch_image::{ImageView, ImageViewMut};

use super::conversion::{Color, Conversion, convert};
use super::xyz::{RgbOfXyz, XyzOfRgb};
use crate::error::Result;
use crate::simd::Level;
use crate::transcendental::Precision;

/// CIE L*a*b* of an sRGB image: `skimage.color.rgb2lab`. Integers become intensities first.
///
/// `white` is the XYZ of what is white.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) unless the image has three,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the same shape.
pub fn rgb2lab<T: Color>(
    image: ImageView<'_, T>,
    white: [f64; 3],
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    convert(image, LabOfRgb { white }, out)
}

/// An sRGB image, cut to [0, 1], of CIE L*a*b*: `skimage.color.lab2rgb`. Integers become intensities first.
///
/// # Errors
///
/// As [`rgb2lab`].
pub fn lab2rgb<T: Color>(
    image: ImageView<'_, T>,
    white: [f64; 3],
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    convert(image, RgbOfLab { white }, out)
}

#[derive(Clone, Copy)]
struct LabOfRgb {
    white: [f64; 3],
}

impl Conversion<f64> for LabOfRgb {
    const BY_CHANNEL: bool = true;

    #[inline(always)]
    fn channel<L: Level, P: Precision>(self, channel: f64) -> f64 {
        XyzOfRgb.channel::<L, P>(channel)
    }

    #[inline(always)]
    fn convert<L: Level, P: Precision>(self, light: [f64; 3]) -> [f64; 3] {
        let [x, y, z] = XyzOfRgb.convert::<L, P>(light);
        let [white_x, white_y, white_z] = self.white;
        let (x, y, z) = (
            response::<L, P>(x / white_x),
            response::<L, P>(y / white_y),
            response::<L, P>(z / white_z),
        );
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }
}

#[derive(Clone, Copy)]
struct RgbOfLab {
    white: [f64; 3],
}

impl Conversion<f64> for RgbOfLab {
    #[inline(always)]
    fn convert<L: Level, P: Precision>(self, [lightness, a, b]: [f64; 3]) -> [f64; 3] {
        let y = (lightness + 16.0) / 116.0;
        let x = y + a / 500.0;
        let z = y - b / 200.0;
        let z = if z < 0.0 { 0.0 } else { z };
        let [white_x, white_y, white_z] = self.white;
        RgbOfXyz.convert::<L, P>([light(x) * white_x, light(y) * white_y, light(z) * white_z])
    }
}

/// The eye's response to light, as a share of white's.
#[inline(always)]
fn response<L: Level, P: Precision>(light: f64) -> f64 {
    let line = 7.787 * light + 16.0 / 116.0;
    let root = P::cbrt::<L>(light);
    if light > 0.008856 { root } else { line }
}

/// The light of a response.
#[inline(always)]
fn light(response: f64) -> f64 {
    let line = (response - 16.0 / 116.0) / 7.787;
    let cube = response * response * response;
    if response > 0.2068966 { cube } else { line }
}

#[cfg(test)]
mod tests {
    use super::super::conversion::converted;
    use super::*;

    const D65: [f64; 3] = [0.95047, 1.0, 1.08883];

    fn close(actual: &[f64], expected: &[f64], error: f64) {
        for (a, b) in actual.iter().zip(expected) {
            assert!((a - b).abs() < error, "{actual:?} instead of {expected:?}");
        }
    }

    // Expected values: skimage.color.rgb2lab and lab2rgb of scikit-image 0.26.0.

    #[test]
    fn lightness_and_axes() {
        let lab = converted(&[0.25f64, 0.5, 0.75], LabOfRgb { white: D65 });
        close(&lab, &[52.0180115823366, 0.09063119248731155, -39.35936971864056], 1e-12);
        let lab = converted(&[0.25f32, 0.5, 0.75], LabOfRgb { white: D65 });
        close(
            &lab.iter().map(|&v| f64::from(v)).collect::<Vec<_>>(),
            &[52.0180115823366, 0.09063119248731155, -39.35936971864056],
            3e-5,
        );
    }

    #[test]
    fn infinite_light_has_no_axes() {
        for pixel in [[f32::INFINITY, 0.5, 0.5], [0.5, f32::NEG_INFINITY, 0.5]] {
            let [lightness, a, b] = converted(&pixel, LabOfRgb { white: D65 })[..] else {
                panic!()
            };
            assert!(lightness.is_infinite() && a.is_nan() && b.is_nan(), "{lightness} {a} {b}");
        }
    }

    #[test]
    fn the_way_back_leads_to_every_byte() {
        let white = D65;
        let bytes: Vec<u8> = (0..=255).flat_map(|v| [v, 255 - v, v / 2]).collect();
        let back = converted(&converted(&bytes, LabOfRgb { white }), RgbOfLab { white });
        for (a, &b) in back.iter().zip(&bytes) {
            assert!((a * 255.0 - f32::from(b)).abs() < 5e-3, "{} instead of {b}", a * 255.0);
        }
    }

    #[test]
    fn bytes_of_a_table_are_those_of_single_pixels() {
        let bytes: Vec<u8> = (0..3 * 1500).map(|i| (i * i % 251) as u8).collect();
        let conversion = LabOfRgb { white: D65 };
        let each: Vec<f32> =
            bytes.chunks(3).flat_map(|pixel| converted(pixel, conversion)).collect();
        assert_eq!(converted(&bytes, conversion), each);
    }

    #[test]
    fn colours_that_do_not_exist_are_cut() {
        let rgb = converted(&[50.0f64, 20.0, 128.0], RgbOfLab { white: D65 });
        close(&rgb, &[0.6814601309163247, 0.40540357005888816, 0.0], 1e-12);
    }
}
