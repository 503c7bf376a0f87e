use tagswitch_image::{ImageView, ImageViewMut, Sample};

use super::places::{Map, Places, is_near};
use crate::border::Border;
use crate::error::{Error, Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// Operations per sample.
const COST: usize = 20;

/// The image seen through a transform, in the size of `out`, each pixel the nearest one, in the image's own type.
///
/// `skimage.transform.warp` and `warp_polar` of order 0, which goes through `scipy.ndimage.map_coordinates`: places are as NumPy's BLAS multiplies
/// matrices, as the last bit may decide. `cval` is as in [`Warp`](super::Warp).
///
/// # Errors
///
/// [`Error::Option`] for a `cval` that the type does not hold, or a polar map of another size; [`Error::Mismatch`] for another number of channels.
pub fn warp_nearest<T: Sample>(
    image: ImageView<'_, T>,
    map: Map<'_>,
    border: Border,
    cval: f64,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    let (from, to) = (image.shape(), out.shape());
    check_shape("out", to, to.with_channels(from.channels())?)?;
    map.check(to)?;
    let expected = "a value of the image's type";
    let constant = T::exactly(cval);
    let constant = constant.ok_or_else(|| Error::Option {
        name: "cval",
        given: cval.to_string(),
        expected,
    })?;
    let places = &Places::new(map);
    each_band(out.into_samples(), to.row_len(), COST, |out| {
        dispatch(Nearest { image, places, border, constant, out });
    });
    Ok(())
}

struct Nearest<'a, T> {
    image: ImageView<'a, T>,
    places: &'a Places<'a>,
    border: Border,
    constant: T,
    out: Band<'a, T>,
}

impl<T: Sample> Kernel for Nearest<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, places, border, constant, out } = self;
        let (height, width) = (image.shape().height(), image.shape().width());
        let channels = image.shape().channels();
        let index = |place: f64, len: usize| {
            border.resolve((border.folded(place, len) + 0.5).floor() as isize, len)
        };
        for (y, row) in out.rows() {
            for (x, pixel) in row.chunks_exact_mut(channels).enumerate() {
                let [column, line] = places.multiplied::<L>(x, y);
                let near = is_near([column, line]);
                let found = near.then(|| index(line, height).zip(index(column, width)));
                match found.flatten() {
                    Some((line, column)) => {
                        pixel.copy_from_slice(&image.row(line)[column * channels..][..channels]);
                    }
                    None => pixel.fill(constant),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn the_identity_changes_nothing_and_a_shift_brings_the_constant() {
        let shape = Shape::new(1, 5, 1).unwrap();
        let samples = [1u16, 2, 3, 4, 5];
        let shifted = |shift: f64| {
            let mut out = [0; 5];
            let image = ImageView::new(&samples, shape).unwrap();
            let matrix = [1.0, 0.0, shift, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
            let view = ImageViewMut::new(&mut out, shape).unwrap();
            warp_nearest(image, Map::Matrix(matrix), Border::Constant, 9.0, view).unwrap();
            out
        };
        assert_eq!(shifted(0.0), samples);
        assert_eq!(shifted(-1.4), [9, 1, 2, 3, 4]);
    }

    // Expected values: skimage.transform.warp of scikit-image 0.26.0.
    #[test]
    fn halves_beyond_the_edge_are_folded_before_they_are_rounded() {
        let shape = Shape::new(1, 3, 1).unwrap();
        let places = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5];
        let samples = |border: Border| {
            places.map(|place| {
                let image = ImageView::new(&[1u8, 2, 3], shape).unwrap();
                let matrix = [1.0, 0.0, place, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
                let mut out = [0];
                let view = ImageViewMut::new(&mut out, Shape::new(1, 1, 1).unwrap()).unwrap();
                warp_nearest(image, Map::Matrix(matrix), border, 9.0, view).unwrap();
                out[0]
            })
        };
        assert_eq!(samples(Border::Mirror), [3, 3, 2, 2, 3, 2, 2]);
        assert_eq!(samples(Border::Reflect), [3, 2, 1, 2, 3, 3, 3]);
        assert_eq!(samples(Border::Nearest), [1, 1, 1, 2, 3, 3, 3]);
    }

    #[test]
    fn refuses_other_channels_and_constants() {
        let matrix = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
        let shape = Shape::new(2, 2, 1).unwrap();
        let image = ImageView::new(&[0u8; 4], shape).unwrap();
        let mut out = [0u8; 4];
        let view = ImageViewMut::new(&mut out, shape).unwrap();
        let error =
            warp_nearest(image, Map::Matrix(matrix), Border::Constant, 0.5, view).unwrap_err();
        assert!(matches!(error, Error::Option { name: "cval", .. }), "{error}");
        let view = ImageViewMut::new(&mut out, Shape::new(1, 2, 2).unwrap()).unwrap();
        let error =
            warp_nearest(image, Map::Matrix(matrix), Border::Constant, 0.0, view).unwrap_err();
        assert!(matches!(error, Error::Mismatch { image: "out", .. }), "{error}");
    }
}
