use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use crate::error::{Error, Result, check_shape};
use crate::measure::{Connectivity, Value, label};

/// What counts as the border of an image.
#[derive(Clone, Copy, Debug)]
pub enum Border<'a> {
    /// So many rows and columns at each edge.
    Edges(usize),
    /// Where the mask is 0.
    Outside(ImageView<'a, u8>),
}

/// The image without the regions that touch its border: `skimage.segmentation.clear_border`.
///
/// Regions are those of [`label`], 8-connected; as there, the background is one too.
///
/// # Errors
///
/// [`Error::Option`] for a background that an integer type does not hold, or NaN; floats take the nearest. Those of [`label`], and [`Error::Mismatch`](crate::Error::Mismatch) for a mask of another shape.
pub fn clear_border<T: Value>(
    image: ImageView<'_, T>,
    border: Border<'_>,
    background: f64,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    let shape = image.shape();
    check_shape("out", out.shape(), shape)?;
    if let Border::Outside(mask) = border {
        check_shape("mask", mask.shape(), shape)?;
    }
    let is_float = T::exactly(0.5).is_some();
    let nearest = if is_float { T::Work::from_f64(background).to_f64() } else { background };
    let Some(background) = T::exactly(nearest) else {
        let given = background.to_string();
        return Err(Error::Option {
            name: "bgval",
            given,
            expected: "a value of the image's type",
        });
    };
    let mut regions = vec![0; shape.len()];
    let count = label(image, 0.0, Connectivity::Corners, ImageViewMut::new(&mut regions, shape)?)?;
    let mut touching = vec![false; count + 1];
    let mut touch = |regions: &[i32]| {
        for &region in regions {
            touching[region as usize] = true;
        }
    };
    let (width, height) = (shape.width(), shape.height());
    match border {
        Border::Edges(size) => {
            for (r, row) in regions.chunks_exact(width).enumerate() {
                if r < size || r + size >= height || 2 * size >= width {
                    touch(row);
                } else {
                    touch(&row[..size]);
                    touch(&row[width - size..]);
                }
            }
        }
        Border::Outside(mask) => {
            for (region, &inside) in regions.iter().zip(mask.samples()) {
                if inside == 0 {
                    touch(&[*region]);
                }
            }
        }
    }
    for ((out, &sample), &region) in
        out.into_samples().iter_mut().zip(image.samples()).zip(&regions)
    {
        *out = if touching[region as usize] { background } else { sample };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn the_background_is_the_nearest_of_the_type() {
        let shape = Shape::new(1, 2, 1).unwrap();
        let cleared = |background: f64| {
            let mut out = [0_f32; 2];
            let image = ImageView::new(&[0_f32, 0.0], shape).unwrap();
            let to = ImageViewMut::new(&mut out, shape).unwrap();
            clear_border(image, Border::Edges(1), background, to).map(|()| out[0])
        };
        assert_eq!(cleared(0.1), Ok(0.1));
        assert_eq!(cleared(2.7), Ok(2.7));
        assert_eq!(cleared(1e40), Ok(f32::INFINITY));
        assert!(cleared(f64::NAN).is_err());
        for background in [2.7, -1.0, 256.0] {
            let image = ImageView::new(&[0_u8, 0], shape).unwrap();
            let mut out = [0; 2];
            let to = ImageViewMut::new(&mut out, shape).unwrap();
            assert!(clear_border(image, Border::Edges(1), background, to).is_err());
        }
    }
}
