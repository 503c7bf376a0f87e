use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::row_window::{Converted, Reach, RowWindow};
use crate::border::Border;
use crate::error::{Result, check_channels, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::RowStream;
use crate::threads::{Band, each_band};

/// Operations per sample.
const COST: usize = 6;

/// Four times each sample less its four neighbours; beyond the edges the image is reflected.
///
/// `skimage.filters.laplace` of one channel. Integers become floats in [0, 1] first. 8- and 16-bit ones are added up exactly
/// and scaled last; 32-bit integers and doubles are computed in 64 bits.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn laplace<T: Sample>(image: ImageView<'_, T>, out: ImageViewMut<'_, T::Output>) -> Result<()> {
    check_channels("image", image.shape(), &[1], "1")?;
    check_shape("out", out.shape(), image.shape())?;
    each_band(out.into_samples(), image.shape().width(), COST, |out| {
        dispatch(Laplacian::<T> { image, out });
    });
    Ok(())
}

struct Laplacian<'a, T: Sample> {
    image: ImageView<'a, T>,
    out: Band<'a, T::Output>,
}

impl<T: Sample> Kernel for Laplacian<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, out } = self;
        let width = image.shape().width();
        let (four, scale) = (T::Work::from_f64(4.0), T::Work::from_f64(T::SCALE));
        let reach = Reach { rows: 1, columns: 1 };
        let levels = Converted::new(image, |sample: T| sample.to_level());
        let mut rows = RowWindow::new(levels, out.first, reach, Border::Reflect, T::Work::ZERO);
        let mut starts = [0; 3];
        let mut result = RowStream::new(width, image.shape().len());
        for (y, row) in out.rows() {
            let store = rows.around(y, &mut starts);
            let out = &mut result.tile(row)[..width];
            let [above, here, below] = starts.map(|start| &store[start..][..width + 2]);
            for x in 0..width {
                let neighbours = (above[x + 1] + below[x + 1]) + (here[x] + here[x + 2]);
                out[x] = ((four * here[x + 1] - neighbours) * scale).cast();
            }
            result.store::<L>(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn edges<T: Sample>(samples: &[T], height: usize) -> Vec<T::Output> {
        let shape = Shape::new(height, samples.len() / height, 1).unwrap();
        let mut out = vec![T::Output::default(); shape.len()];
        let image = ImageView::new(samples, shape).unwrap();
        laplace(image, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        out
    }

    #[test]
    fn agrees_with_recorded_scikit_image() {
        // skimage.filters.laplace of [[1, 2, 4], [8, 16, 32]] / 32.
        let samples = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0].map(|v: f64| v / 32.0);
        assert_eq!(edges(&samples, 2), [-0.25, -0.46875, -0.8125, -0.03125, 0.1875, 1.375]);
        assert_eq!(edges(&[0u8, 255], 1), [-1.0, 1.0]);
    }

    #[test]
    fn a_flat_image_has_no_edges() {
        assert_eq!(edges(&[0.1f32; 35], 5), [0.0; 35]);
        assert_eq!(edges(&[i32::MIN; 6], 2), [0.0; 6]);
    }

    /// Images so large that the result is streamed, and small ones of all widths.
    #[test]
    fn follows_the_definition_for_every_size() {
        let mut random = crate::random::Random::new(17);
        for (height, width) in (1..70).map(|width| (3, width)).chain([(1027, 1023)]) {
            let samples: Vec<f32> = (0..height * width).map(|_| random.below(999) as f32).collect();
            let sample = |y: isize, x: isize| {
                let [y, x] = [(y, height), (x, width)]
                    .map(|(place, len)| Border::Reflect.resolve(place, len).unwrap());
                samples[y * width + x]
            };
            for (i, found) in edges(&samples, height).into_iter().enumerate() {
                let (y, x) = ((i / width) as isize, (i % width) as isize);
                let beside = sample(y, x - 1) + sample(y, x + 1);
                let expected = 4.0 * sample(y, x) - (sample(y - 1, x) + sample(y + 1, x) + beside);
                assert_eq!(found, expected, "{y}, {x} of {height} × {width}");
            }
        }
    }
}
