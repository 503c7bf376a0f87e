use tagswitch_image::ImageView;

use crate::error::{Result, check_shape};
use crate::sum::{Summed, sum_of_squared_differences};

/// The mean of the squared differences of two images of the same shape: `skimage.metrics.mean_squared_error`, in 64 bits.
///
/// # Errors
///
/// [`Error::Mismatch`](crate::Error::Mismatch) for images of different shapes.
pub fn mean_squared_error<T: Summed>(
    first: ImageView<'_, T>,
    second: ImageView<'_, T>,
) -> Result<f64> {
    check_shape("the second image", second.shape(), first.shape())?;
    let (first, second) = (first.samples(), second.samples());
    Ok(sum_of_squared_differences(first, second) / first.len() as f64)
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn is_of_all_channels() {
        let shape = Shape::new(1, 2, 2).unwrap();
        let view = |samples| ImageView::new(samples, shape).unwrap();
        let error = mean_squared_error(view(&[0u8, 255, 3, 4]), view(&[255, 0, 1, 4]));
        assert_eq!(error, Ok((2.0 * 65025.0 + 4.0) / 4.0));
    }

    #[test]
    fn refuses_images_of_different_shapes() {
        let samples = [0u8; 6];
        let view = |height, width| {
            ImageView::new(&samples, Shape::new(height, width, 1).unwrap()).unwrap()
        };
        let message = mean_squared_error(view(2, 3), view(3, 2)).unwrap_err().to_string();
        assert_eq!(message, "the second image has shape 3 × 2 × 1; expected 2 × 3 × 1");
    }
}
