use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};

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
    let (samples, mask) = (image.samples(), out.into_samples());
    match T::at_most(threshold) {
        Some(limit) => dispatch(Compare { samples, limit, mask }),
        // Below everything, or not a number.
        None => mask.fill(u8::from(threshold < 0.0)),
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
}
