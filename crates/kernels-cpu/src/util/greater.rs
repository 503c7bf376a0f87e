use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::each_tile;

/// Operations per sample.
const COST: usize = 1;

/// Where samples are greater than a threshold: 1, elsewhere (also for NaN) 0.
///
/// NumPy's `image > threshold`, compared in doubles, which hold every sample exactly. (NumPy rounds the threshold to
/// 32 bits for a `float32` image; round it before.)
///
/// # Errors
///
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn greater<T: Sample>(
    image: ImageView<'_, T>,
    threshold: f64,
    out: ImageViewMut<'_, u8>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    match T::at_most(threshold) {
        Some(limit) => each_tile(image, out, COST, |samples, mask| {
            dispatch(Compare { samples, limit, mask });
        }),
        // Below everything, or not a number.
        None => out.into_samples().fill(u8::from(threshold < 0.0)),
    }
    Ok(())
}

struct Compare<'a, T> {
    samples: &'a [T],
    limit: T,
    mask: &'a mut [u8],
}

impl<T: Sample> Kernel for Compare<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        for (mask, &sample) in self.mask.iter_mut().zip(self.samples) {
            *mask = u8::from(sample > self.limit);
        }
    }
}

/// Where samples are greater than the threshold of their pixel: 1, elsewhere (also where either is NaN) 0.
///
/// NumPy's `image > thresholds`, compared in doubles.
///
/// # Errors
///
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `thresholds` and `out` have the image's shape.
pub fn greater_than<T: Sample, U: Sample>(
    image: ImageView<'_, T>,
    thresholds: ImageView<'_, U>,
    out: ImageViewMut<'_, u8>,
) -> Result<()> {
    check_shape("thresholds", thresholds.shape(), image.shape())?;
    check_shape("out", out.shape(), image.shape())?;
    let (samples, limits) = (image.samples(), thresholds.samples());
    dispatch(CompareEach { samples, limits, mask: out.into_samples() });
    Ok(())
}

struct CompareEach<'a, T, U> {
    samples: &'a [T],
    limits: &'a [U],
    mask: &'a mut [u8],
}

impl<T: Sample, U: Sample> Kernel for CompareEach<'_, T, U> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let pairs = self.samples.iter().zip(self.limits);
        for (mask, (sample, limit)) in self.mask.iter_mut().zip(pairs) {
            *mask = u8::from(sample.to_f64() > limit.to_f64());
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn mask<T: Sample>(samples: &[T], threshold: f64) -> Vec<u8> {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        let mut out = vec![9; samples.len()];
        let image = ImageView::new(samples, shape).unwrap();
        greater(image, threshold, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        out
    }

    #[test]
    fn compares_exactly_whatever_the_threshold() {
        let thresholds = [
            -1e300,
            -1.0,
            -0.5,
            0.0,
            0.1,
            0.5,
            7.0,
            7.5,
            254.999,
            255.0,
            1e9,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
        ];
        for t in thresholds {
            let bytes: Vec<u8> = (0..=255).collect();
            let ints: Vec<i32> = (-300..300).chain([i32::MIN, i32::MAX]).collect();
            let floats =
                [0.1f32, -0.0, 0.0, 0.5, 7.5, f32::MAX, f32::INFINITY, f32::NEG_INFINITY, f32::NAN];
            let doubles = floats.map(f64::from);
            assert_eq!(
                mask(&bytes, t),
                Vec::from_iter(bytes.iter().map(|&v| u8::from(f64::from(v) > t)))
            );
            assert_eq!(
                mask(&ints, t),
                Vec::from_iter(ints.iter().map(|&v| u8::from(f64::from(v) > t)))
            );
            assert_eq!(mask(&floats, t), doubles.map(|v| u8::from(v > t)));
            assert_eq!(mask(&doubles, t), doubles.map(|v| u8::from(v > t)));
        }
    }
    #[test]
    fn compares_types_of_any_kind_pixel_by_pixel() {
        let shape = Shape::new(1, 5, 1).unwrap();
        let image = [i32::MAX, -1, 0, 7, 3];
        let thresholds = [i32::MAX as f32, -1.5, f32::NAN, f32::INFINITY, 3.0];
        let mut out = [9; 5];
        greater_than(
            ImageView::new(&image, shape).unwrap(),
            ImageView::new(&thresholds, shape).unwrap(),
            ImageViewMut::new(&mut out, shape).unwrap(),
        )
        .unwrap();
        // In 32 bits, the greatest whole number is rounded up.
        assert_eq!(out, [0, 1, 0, 0, 0]);
        let column = Shape::new(5, 1, 1).unwrap();
        let turned = ImageView::new(&thresholds, column).unwrap();
        let out = ImageViewMut::new(&mut out, shape).unwrap();
        assert!(greater_than(ImageView::new(&image, shape).unwrap(), turned, out).is_err());
    }
}
