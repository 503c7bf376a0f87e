use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_channels, check_shape};

/// The integral image: each sample is the sum of those above and to the left of it, itself included;
/// `skimage.transform.integral_image` in 64-bit floats.
///
/// One pass: the sum along the row so far is added to the sample above. Integers are exact up to 2⁵³.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) for an `out` of
/// another shape.
pub fn integral_image<T: Sample>(
    image: ImageView<'_, T>,
    out: ImageViewMut<'_, f64>,
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    check_shape("out", out.shape(), shape)?;
    let width = shape.width();
    let mut above: &[f64] = &[];
    for (samples, sums) in image.rows().zip(out.into_samples().chunks_exact_mut(width)) {
        let mut along = 0.0;
        if above.is_empty() {
            for (sum, sample) in sums.iter_mut().zip(samples) {
                along += sample.to_f64();
                *sum = along;
            }
        } else {
            for ((sum, sample), above) in sums.iter_mut().zip(samples).zip(above) {
                along += sample.to_f64();
                *sum = along + above;
            }
        }
        above = sums;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;

    #[test]
    fn adds_up_what_lies_above_and_to_the_left() {
        let shape = Shape::new(3, 2, 1).unwrap();
        let mut out = [0.0; 6];
        let image = ImageView::new(&[i32::MAX, i32::MAX, 1, 2, -3, 4], shape).unwrap();
        integral_image(image, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        let most = f64::from(i32::MAX);
        assert_eq!(
            out,
            [most, 2.0 * most, most + 1.0, 2.0 * most + 3.0, most - 2.0, 2.0 * most + 4.0]
        );
    }

    #[test]
    fn refuses_colour() {
        let shape = Shape::new(1, 1, 3).unwrap();
        let mut out = [0.0; 3];
        let image = ImageView::new(&[1u8, 2, 3], shape).unwrap();
        let error = integral_image(image, ImageViewMut::new(&mut out, shape).unwrap()).unwrap_err();
        assert!(matches!(error, Error::Channels { .. }));
    }
}
