//! CIE L*a*b*, 1976: ISO/CIE 11664-4, with constants rounded as scikit-image's are.

use tagswitch_image::{ImageView, ImageViewMut};

use super::conversion::{BLOCK, Color, Conversion, Plane, convert, each_pixel, product};
use super::xyz::{RGB_OF_XYZ, XYZ_OF_RGB, encode, linearize};
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
    convert(image, LabOfRgb::new(white), out)
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
    convert(image, RgbOfLab::new(white), out)
}

#[derive(Clone, Copy)]
struct LabOfRgb {
    /// XYZ, as shares of white's, of light.
    shares: [[f64; 3]; 3],
}

impl LabOfRgb {
    fn new(white: [f64; 3]) -> Self {
        Self { shares: std::array::from_fn(|i| XYZ_OF_RGB[i].map(|v| v / white[i])) }
    }
}

impl Conversion<f64> for LabOfRgb {
    const BY_CHANNEL: bool = true;

    #[inline(always)]
    fn channel<L: Level, P: Precision>(self, plane: &mut Plane<f64>) {
        linearize::<L, P>(plane);
    }

    #[inline(always)]
    fn convert<L: Level, P: Precision>(self, planes: &mut [Plane<f64>; 3]) {
        each_pixel(planes, |light| product::<L>(&self.shares, light));
        for plane in &mut *planes {
            respond::<L, P>(plane);
        }
        each_pixel(planes, |[x, y, z]| [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]);
    }
}

#[derive(Clone, Copy)]
struct RgbOfLab {
    /// Light of XYZ as shares of white's.
    light: [[f64; 3]; 3],
}

impl RgbOfLab {
    fn new(white: [f64; 3]) -> Self {
        Self { light: RGB_OF_XYZ.map(|row| std::array::from_fn(|i| row[i] * white[i])) }
    }
}

impl Conversion<f64> for RgbOfLab {
    #[inline(always)]
    fn convert<L: Level, P: Precision>(self, planes: &mut [Plane<f64>; 3]) {
        each_pixel(planes, |[lightness, a, b]| {
            let y = quotient::<P>(lightness + 16.0, 116.0);
            let x = y + quotient::<P>(a, 500.0);
            let z = y - quotient::<P>(b, 200.0);
            let z = if z < 0.0 { 0.0 } else { z };
            product::<L>(&self.light, [light::<P>(x), light::<P>(y), light::<P>(z)])
        });
        for plane in planes {
            encode::<L, P>(plane);
        }
    }
}

/// Makes the eye's responses, as shares of that to white, of light.
#[inline(always)]
fn respond<L: Level, P: Precision>(light: &mut Plane<f64>) {
    /// What has no root.
    const DARK: f64 = 0.008856;
    let mut roots = [0.0; BLOCK];
    for (root, &light) in roots.iter_mut().zip(&*light) {
        *root = if light > DARK { light } else { DARK };
    }
    P::cbrt::<L, _>(&mut roots);
    if light.iter().fold(false, |any, &light| any | is_beyond_32_bits(light)) {
        replace_beyond_32_bits(light, &mut roots);
    }
    for (light, root) in light.iter_mut().zip(roots) {
        *light = if *light > DARK { root } else { 7.787 * *light + 16.0 / 116.0 };
    }
}

/// Whether it is too great for a 32-bit float, of which light in a 32-bit image may be a power.
#[inline(always)]
fn is_beyond_32_bits(light: f64) -> bool {
    light > f64::from(f32::MAX)
}

/// Puts cube roots in where there are none that are right.
#[cold]
fn replace_beyond_32_bits(light: &[f64], roots: &mut [f64]) {
    for (root, &light) in roots.iter_mut().zip(light) {
        if is_beyond_32_bits(light) {
            *root = light.cbrt();
        }
    }
}

/// `a / b`, for results of 32 bits by the reciprocal of `b`. In those of 64 the last bit counts: what is dark is left of numbers that
/// cancel.
#[inline(always)]
fn quotient<P: Precision>(a: f64, b: f64) -> f64 {
    if P::EPSILON > f64::EPSILON { a * (1.0 / b) } else { a / b }
}

/// The light of a response.
#[inline(always)]
fn light<P: Precision>(response: f64) -> f64 {
    let line = quotient::<P>(response - 16.0 / 116.0, 7.787);
    let cube = response * response * response;
    if response > 0.2068966 { cube } else { line }
}

#[cfg(test)]
mod tests {
    use super::super::conversion::{check_32_bits, converted};
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
        let lab = converted(&[0.25f64, 0.5, 0.75], LabOfRgb::new(D65));
        close(&lab, &[52.0180115823366, 0.09063119248731155, -39.35936971864056], 1e-12);
        let lab = converted(&[0.25f32, 0.5, 0.75], LabOfRgb::new(D65));
        close(
            &lab.iter().map(|&v| f64::from(v)).collect::<Vec<_>>(),
            &[52.0180115823366, 0.09063119248731155, -39.35936971864056],
            3e-5,
        );
    }

    #[test]
    fn infinite_light_has_no_axes() {
        for pixel in [[f32::INFINITY, 0.5, 0.5], [0.5, f32::NEG_INFINITY, 0.5]] {
            let [lightness, a, b] = converted(&pixel, LabOfRgb::new(D65))[..] else { panic!() };
            assert!(lightness.is_infinite() && a.is_nan() && b.is_nan(), "{lightness} {a} {b}");
        }
    }

    #[test]
    fn the_way_back_leads_to_every_byte() {
        let white = D65;
        let bytes: Vec<u8> = (0..=255).flat_map(|v| [v, 255 - v, v / 2]).collect();
        let back = converted(&converted(&bytes, LabOfRgb::new(white)), RgbOfLab::new(white));
        for (a, &b) in back.iter().zip(&bytes) {
            assert!((a * 255.0 - f32::from(b)).abs() < 5e-3, "{} instead of {b}", a * 255.0);
        }
    }

    #[test]
    fn bytes_of_a_table_are_those_of_single_pixels() {
        let bytes: Vec<u8> = (0..3 * 1500).map(|i| (i * i % 251) as u8).collect();
        let conversion = LabOfRgb::new(D65);
        let each: Vec<f32> =
            bytes.chunks(3).flat_map(|pixel| converted(pixel, conversion)).collect();
        assert_eq!(converted(&bytes, conversion), each);
    }

    #[test]
    fn colours_that_do_not_exist_are_cut() {
        let rgb = converted(&[50.0f64, 20.0, 128.0], RgbOfLab::new(D65));
        close(&rgb, &[0.6814601309163247, 0.40540357005888816, 0.0], 1e-12);
    }

    #[test]
    fn results_in_32_bits_are_those_in_64() {
        for white in [D65, [1.111420406956693, 1.0, 0.3519978321919493]] {
            check_32_bits(LabOfRgb::new(white), [-0.5, 1.5]);
            check_32_bits(LabOfRgb::new(white), [0.0, 0.1]);
            check_32_bits(RgbOfLab::new(white), [-100.0, 100.0]);
        }
    }
}
