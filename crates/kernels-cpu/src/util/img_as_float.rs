use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::each_tile;

/// Operations per sample.
const COST: usize = 2;

/// Samples as intensities, any number of channels: `skimage.util.img_as_float`, in 32 bits unless they have 64.
///
/// # Errors
///
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn img_as_float<T: Sample>(
    image: ImageView<'_, T>,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    each_tile(image, out, COST, |samples, out| dispatch(Scale { samples, out }));
    Ok(())
}

struct Scale<'a, T: Sample> {
    samples: &'a [T],
    out: &'a mut [T::Output],
}

impl<T: Sample> Kernel for Scale<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        for (out, &sample) in self.out.iter_mut().zip(self.samples) {
            *out = sample.to_float().cast();
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn scales_integers() {
        let shape = Shape::new(1, 3, 1).unwrap();
        let mut out = [0.0; 3];
        let image = ImageView::new(&[i32::MIN, 0, i32::MAX], shape).unwrap();
        img_as_float(image, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        assert_eq!(out, [-1.0, 0.0, 1.0]);
    }
}
