//! Other sizes by splines: step by step, and in 64 bits, as filters make much of what 32 bits round off.

use tagswitch_image::{ImageView, ImageViewMut, Sample, Shape};

use super::pyramid::Pyramid;
use super::resample::resample;
use super::resize::{Clip, Resize};
use super::spline::{Degree, Spline, doubles, round};
use super::steps::{Step, Told, same};
use super::taps::{Taps, composed};
use crate::border::Border;
use crate::error::Result;
use crate::filters::{Gaussian, gaussian};
use crate::simd::dispatch;

/// What `resize` does of a degree.
pub fn resized<T: Sample>(
    image: ImageView<'_, T>,
    degree: Degree,
    options: &Resize,
    to: Shape,
    out: &mut [T::Output],
) -> Result<()> {
    let Resize { sigma, radius, border, cval, clip, preserve_range, .. } = *options;
    let source = doubles(image, !preserve_range);
    let source = ImageView::new(&source, image.shape())?;
    let smooth = blurred(source, sigma, radius, border, cval)?;
    let smooth = ImageView::new(&smooth, image.shape())?;
    let mut results = resampled(smooth, degree, border, cval, to)?;
    if clip {
        keep_within(source, border, cval, &mut results);
    }
    round(&results, out);
    Ok(())
}

/// What `pyramid_reduce` does of a degree.
pub fn reduced<T: Sample>(
    image: ImageView<'_, T>,
    degree: Degree,
    options: &Pyramid,
    to: Shape,
    out: &mut [T::Output],
) -> Result<()> {
    let Pyramid { sigma, radius, blur_border, border, cval, preserve_range, .. } = *options;
    let source = doubles(image, !preserve_range);
    let source = ImageView::new(&source, image.shape())?;
    let smooth = blurred(source, sigma, radius, blur_border, cval)?;
    let smooth = ImageView::new(&smooth, image.shape())?;
    let mut results = resampled(smooth, degree, border, cval, to)?;
    keep_within(smooth, border, cval, &mut results);
    round(&results, out);
    Ok(())
}

/// What `pyramid_expand` does of a degree.
pub fn expanded<T: Sample>(
    image: ImageView<'_, T>,
    degree: Degree,
    options: &Pyramid,
    to: Shape,
    out: &mut [T::Output],
) -> Result<()> {
    let Pyramid { sigma, radius, blur_border, border, cval, preserve_range, .. } = *options;
    let source = doubles(image, !preserve_range);
    let source = ImageView::new(&source, image.shape())?;
    let mut large = resampled(source, degree, border, cval, to)?;
    keep_within(source, border, cval, &mut large);
    round(&blurred(ImageView::new(&large, to)?, sigma, radius, blur_border, cval)?, out);
    Ok(())
}

fn blurred(
    image: ImageView<'_, f64>,
    sigma: [f64; 2],
    radius: [usize; 2],
    border: Border,
    cval: f64,
) -> Result<Vec<f64>> {
    let mut smooth = image.samples().to_vec();
    if radius != [0; 2] {
        let options = Gaussian { sigma, radius, border, cval, preserve_range: true };
        gaussian(image, &options, ImageViewMut::new(&mut smooth, image.shape())?)?;
    }
    Ok(smooth)
}

/// The image in another size.
fn resampled(
    image: ImageView<'_, f64>,
    degree: Degree,
    border: Border,
    cval: f64,
    to: Shape,
) -> Result<Vec<f64>> {
    let from = image.shape();
    if from == to {
        // Filters would spread NaN.
        return Ok(image.samples().to_vec());
    }
    let spline = Spline::through(image, degree, border, cval)?;
    let coefficients = spline.coefficients()?;
    let padded = coefficients.shape();
    let taps = |len, padded, to| -> Taps<f64> {
        let tell = |at: usize, told: &mut Told| {
            let place = (at as f64 + 0.5) * (len as f64 / to as f64) - 0.5;
            match degree {
                Degree::Quadratic => tell_taps::<3>(&spline, place, border, padded, told),
                Degree::Cubic => tell_taps::<4>(&spline, place, border, padded, told),
                Degree::Quartic => tell_taps::<5>(&spline, place, border, padded, told),
                Degree::Quintic => tell_taps::<6>(&spline, place, border, padded, told),
            }
        };
        composed(padded, &same(), &Step { tell, alike: 0..0 }, to)
    };
    let down = taps(from.height(), padded.height(), to.height());
    let across = taps(from.width(), padded.width(), to.width());
    let mut results = vec![0.0; to.len()];
    resample(coefficients, false, [&down, &across], cval, &mut results);
    Ok(results)
}

fn tell_taps<const N: usize>(
    spline: &Spline,
    place: f64,
    border: Border,
    len: usize,
    told: &mut Told,
) {
    let (first, weights) = spline.taps::<N>(place);
    for (index, weight) in (first..).zip(weights) {
        // What has no weight does not matter, infinities and NaN included.
        if weight != 0.0 {
            told.push((border.resolve(index, len), weight));
        }
    }
}

/// Clips what overshoots.
pub fn keep_within(image: ImageView<'_, f64>, border: Border, cval: f64, out: &mut [f64]) {
    dispatch(Clip { image, scaled: false, overshoots: true, border, cval, out });
}
