use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_channels, check_shape};
use crate::simd::{Kernel, Level, dispatch};

/// An image with opacity over a background, cut to [0, 1].
///
/// `skimage.color.rgba2rgb`: (1 − α) B + α C. Integers become intensities first.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) unless the image has four,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the same rows and columns and three channels.
pub fn rgba2rgb<T: Sample>(
    image: ImageView<'_, T>,
    background: [f64; 3],
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_channels("image", image.shape(), &[4], "4")?;
    check_shape("out", out.shape(), image.shape().with_channels(3)?)?;
    dispatch(Blend { rgba: image.samples(), background, rgb: out.into_samples() });
    Ok(())
}

struct Blend<'a, T: Sample> {
    rgba: &'a [T],
    background: [f64; 3],
    rgb: &'a mut [T::Output],
}

impl<T: Sample> Kernel for Blend<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let background = self.background.map(T::Work::from_f64);
        let (dark, bright) = (T::Work::ZERO, T::Work::from_f64(1.0));
        let (pixels, _) = self.rgba.as_chunks::<4>();
        let (colors, _) = self.rgb.as_chunks_mut::<3>();
        for (color, pixel) in colors.iter_mut().zip(pixels) {
            let [channels @ .., opacity] = pixel;
            let opacity = opacity.to_float();
            for ((out, channel), behind) in color.iter_mut().zip(channels).zip(background) {
                let blend = L::fma(opacity, channel.to_float(), (bright - opacity) * behind);
                let blend = if blend < dark { dark } else { blend };
                *out = if blend > bright { bright } else { blend }.cast();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn rgb<T: Sample>(samples: &[T], background: [f64; 3]) -> Vec<T::Output> {
        let shape = Shape::new(1, samples.len() / 4, 4).unwrap();
        let mut out = vec![T::Output::default(); shape.pixels() * 3];
        let image = ImageView::new(samples, shape).unwrap();
        let colors = ImageViewMut::new(&mut out, shape.with_channels(3).unwrap()).unwrap();
        rgba2rgb(image, background, colors).unwrap();
        out
    }

    #[test]
    fn opacity_hides_the_background() {
        let background = [1.0, 0.5, 0.25];
        assert_eq!(rgb(&[10u8, 20, 30, 0], background), [1.0, 0.5, 0.25]);
        assert_eq!(rgb(&[255u8, 0, 255, 255], background), [1.0, 0.0, 1.0]);
        assert_eq!(rgb(&[0.0f64, 1.0, 0.75, 0.5], background), [0.5, 0.75, 0.5]);
    }

    #[test]
    fn what_is_beyond_the_range_is_cut() {
        assert_eq!(rgb(&[-3.0f32, 7.0, 0.5, 1.0], [0.0; 3]), [0.0, 1.0, 0.5]);
        assert!(rgb(&[0.0f32, 0.0, 0.0, f32::NAN], [0.0; 3]).iter().all(|v| v.is_nan()));
    }
}
