use tagswitch_image::{ConvexHull, ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_channels, check_shape};

/// The pixels in the smallest convex polygon around all that are not 0, as a mask of 0 and 1.
///
/// `skimage.morphology.convex_hull_image` of one channel. With `offset_coordinates` a pixel is the middles of its sides,
/// else its centre: then pixels on one line have no hull, and the mask is empty.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) unless
/// `out` has the image's shape.
pub fn convex_hull_image<T: Sample>(
    image: ImageView<'_, T>,
    offset_coordinates: bool,
    include_borders: bool,
    out: ImageViewMut<'_, u8>,
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    check_shape("out", out.shape(), shape)?;
    let counts = |sample: &T| *sample != T::default();
    let ends = image.rows().map(|row| {
        let first = row.iter().position(counts)?;
        Some([first, row.iter().rposition(counts)?])
    });
    let hull = ConvexHull::around(ends, offset_coordinates);
    let width = shape.width();
    for (row, out) in out.into_samples().chunks_exact_mut(width).enumerate() {
        let inside = hull.columns(row, width, include_borders);
        out[..inside.start].fill(0);
        out[inside.clone()].fill(1);
        out[inside.end..].fill(0);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn hull(samples: &[u8], shape: Shape, offset: bool, borders: bool) -> Vec<u8> {
        let mut out = vec![7; shape.len()];
        let image = ImageView::new(samples, shape).unwrap();
        let view = ImageViewMut::new(&mut out, shape).unwrap();
        convex_hull_image(image, offset, borders, view).unwrap();
        out
    }

    // Expected values: scikit-image 0.26.0.

    #[test]
    fn agrees_with_recorded_scikit_image() {
        let shape = Shape::new(3, 4, 1).unwrap();
        let corner = [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1];
        assert_eq!(hull(&corner, shape, true, true), [1, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1]);
        let diagonal = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];
        assert_eq!(hull(&diagonal, shape, false, true), [0; 12]);
        assert_eq!(hull(&diagonal, shape, true, true), diagonal);
    }
}
