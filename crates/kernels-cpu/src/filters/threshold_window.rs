use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::window_columns::Windows;
use super::window_means::WindowMeans;
use crate::border::Border;
use crate::error::{Error, Result, check_channels, check_shape};

/// A threshold made of the mean m and the standard deviation s of a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WindowRule {
    /// m - k · s: `skimage.filters.threshold_niblack`.
    Niblack {
        /// The weight of the deviation.
        k: f64,
    },
    /// m · (1 + k · (s / r - 1)): `skimage.filters.threshold_sauvola`.
    Sauvola {
        /// The weight of the deviation.
        k: f64,
        /// The largest deviation.
        r: f64,
    },
}

/// A threshold for each pixel from the mean and the deviation of the window about it, rows by columns; mirrored beyond the edge.
///
/// Computed in 64 bits, by sums of the samples' differences from the first of them, so that what all have in common does not cost
/// the deviations their digits.
///
/// # Errors
///
/// [`Error::Channels`] for several channels, [`Error::Option`] for a window of even sides, [`Error::Mismatch`] for an `out` of
/// another shape.
pub fn threshold_window<T: Sample>(
    image: ImageView<'_, T>,
    window: [usize; 2],
    rule: WindowRule,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_channels("image", image.shape(), &[1], "1")?;
    check_shape("out", out.shape(), image.shape())?;
    check_window(window)?;
    let finite =
        image.samples().iter().map(|sample| sample.to_f64()).find(|value| value.is_finite());
    let pivot = finite.unwrap_or(0.0);
    WindowMeans {
        windows: Windows {
            image,
            window,
            border: Border::Mirror,
            cval: 0.0,
            terms: |sample| {
                let difference = sample - pivot;
                [difference, difference * difference]
            },
        },
        rule: |[mean, square]: [f64; 2]| {
            let variance = square - mean * mean;
            // Rounding may leave a little less than nothing; NaN stays.
            let deviation = if variance < 0.0 { 0.0 } else { variance.sqrt() };
            let mean = mean + pivot;
            Float::from_f64(match rule {
                WindowRule::Niblack { k } => mean - k * deviation,
                WindowRule::Sauvola { k, r } => mean * (1.0 + k * (deviation / r - 1.0)),
            })
        },
        out: out.into_samples(),
    }
    .run();
    Ok(())
}

/// The mean of the window about each pixel, rows by columns, less `offset`: `skimage.filters.threshold_local` with method `mean`, in
/// 64 bits.
///
/// # Errors
///
/// As [`threshold_window`].
pub fn threshold_local_mean<T: Sample>(
    image: ImageView<'_, T>,
    window: [usize; 2],
    (border, cval): (Border, f64),
    offset: f64,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_channels("image", image.shape(), &[1], "1")?;
    check_shape("out", out.shape(), image.shape())?;
    check_window(window)?;
    WindowMeans {
        windows: Windows { image, window, border, cval, terms: |sample| [sample] },
        rule: |[mean]: [f64; 1]| Float::from_f64(mean - offset),
        out: out.into_samples(),
    }
    .run();
    Ok(())
}

fn check_window(window: [usize; 2]) -> Result<()> {
    if window.iter().all(|side| side % 2 == 1) {
        return Ok(());
    }
    let given = format!("{} × {}", window[0], window[1]);
    Err(Error::Option { name: "window", given, expected: "odd sides" })
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    const SHAPE: [usize; 3] = [2, 4, 1];
    const SAMPLES: [f64; 8] = [1.0, 2.0, 4.0, 8.0, 3.0, 3.0, 5.0, 9.0];

    fn shape() -> Shape {
        Shape::new(SHAPE[0], SHAPE[1], SHAPE[2]).unwrap()
    }

    fn window(samples: &[f64], window: [usize; 2], rule: WindowRule) -> Result<Vec<f64>> {
        let mut out = vec![0.0; 8];
        let image = ImageView::new(samples, shape()).unwrap();
        threshold_window(image, window, rule, ImageViewMut::new(&mut out, shape()).unwrap())?;
        Ok(out)
    }

    fn close(found: &[f64], expected: [f64; 8]) {
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found}, expected {expected}");
        }
    }

    #[test]
    fn mirrors_beyond_the_edge() {
        // Mean 1, by hand: 2 1 2 about the first sample.
        let found = window(&SAMPLES, [1, 3], WindowRule::Niblack { k: 0.0 }).unwrap();
        let third = 1.0 / 3.0;
        close(&found, [5.0, 7.0, 14.0, 16.0, 9.0, 11.0, 17.0, 19.0].map(|sum| sum * third));
        let found = window(&SAMPLES, [1, 1], WindowRule::Sauvola { k: 0.5, r: 2.0 }).unwrap();
        close(&found, SAMPLES.map(|sample| sample / 2.0));
    }

    #[test]
    fn a_nan_spreads_no_further_than_the_window() {
        let mut samples = SAMPLES;
        samples[3] = f64::NAN;
        let found = window(&samples, [3, 3], WindowRule::Niblack { k: 0.2 }).unwrap();
        let nan: Vec<bool> = found.iter().map(|value| value.is_nan()).collect();
        assert_eq!(nan, [false, false, true, true, false, false, true, true]);
    }

    #[test]
    fn means_with_any_border() {
        let mut out = [0.0; 8];
        let image = ImageView::new(&SAMPLES, shape()).unwrap();
        let view = ImageViewMut::new(&mut out, shape()).unwrap();
        threshold_local_mean(image, [3, 1], (Border::Constant, 6.0), 1.0, view).unwrap();
        let third = 1.0 / 3.0;
        close(&out, [10.0, 11.0, 15.0, 23.0, 10.0, 11.0, 15.0, 23.0].map(|sum| sum * third - 1.0));
    }

    #[test]
    fn refuses_even_windows() {
        let error = window(&SAMPLES, [3, 2], WindowRule::Niblack { k: 0.0 }).unwrap_err();
        assert_eq!(error.to_string(), "window is 3 × 2; expected odd sides");
    }
}
