use tagswitch_image::ImageView;

use crate::error::{Result, check_channels};
use crate::sum::{Summed, sum};

/// The mean of the samples; `skimage.filters.threshold_mean`, added up in 64 bits.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels.
pub fn threshold_mean<T: Summed>(image: ImageView<'_, T>) -> Result<f64> {
    check_channels("image", image.shape(), &[1], "1")?;
    let samples = image.samples();
    Ok(sum(samples) / samples.len() as f64)
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn mean<T: Summed>(samples: &[T]) -> f64 {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        threshold_mean(ImageView::new(samples, shape).unwrap()).unwrap()
    }

    #[test]
    fn adds_up_in_64_bits() {
        assert_eq!(mean(&[255u8; 1000]), 255.0);
        assert_eq!(mean(&[i32::MAX, i32::MAX, i32::MIN, 0]), 536_870_911.5);
        assert_eq!(mean(&[1e8f32, 1.0, -1e8, 1.0]), 0.5);
        assert!(mean(&[1.0, f64::NAN]).is_nan());
    }
}
