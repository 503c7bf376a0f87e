use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_channels, check_shape};

/// How many rows are added up side by side, so that sums along one need not wait for each other.
const ROWS: usize = 4;

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
    let nothing = vec![0.0; width];
    let mut above = &nothing[..];
    let samples = image.samples().chunks(ROWS * width);
    for (samples, sums) in samples.zip(out.into_samples().chunks_mut(ROWS * width)) {
        if samples.len() == ROWS * width {
            add_rows::<T, ROWS>(samples, above, sums);
        } else {
            for (samples, sums) in samples.chunks_exact(width).zip(sums.chunks_exact_mut(width)) {
                add_rows::<T, 1>(samples, above, sums);
                above = sums;
            }
        }
        above = &sums[sums.len() - width..];
    }
    Ok(())
}

/// The sums of `N` rows, by those of the row above them.
fn add_rows<T: Sample, const N: usize>(samples: &[T], above: &[f64], sums: &mut [f64]) {
    let width = above.len();
    let mut samples = samples.chunks_exact(width);
    let mut sums = sums.chunks_exact_mut(width);
    let samples: [&[T]; N] = std::array::from_fn(|_| &samples.next().unwrap_or_default()[..width]);
    let sums: [&mut [f64]; N] =
        std::array::from_fn(|_| &mut sums.next().unwrap_or_default()[..width]);
    let mut along = [0.0; N];
    for (x, &above) in above.iter().enumerate() {
        let mut sum = above;
        for row in 0..N {
            along[row] += samples[row][x].to_f64();
            sum += along[row];
            sums[row][x] = sum;
        }
    }
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
    fn any_number_of_rows_is_added_up() {
        for (height, width) in [(1, 5), (3, 1), (4, 7), (5, 2), (9, 3)] {
            let shape = Shape::new(height, width, 1).unwrap();
            let samples: Vec<u16> = (0..shape.len()).map(|i| (i * i % 61) as u16).collect();
            let mut out = vec![0.0; shape.len()];
            let image = ImageView::new(&samples, shape).unwrap();
            integral_image(image, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
            for (i, sum) in out.into_iter().enumerate() {
                let rows = samples.chunks(width).take(i / width + 1);
                let expected: u16 = rows.flat_map(|row| &row[..=i % width]).sum();
                assert_eq!(sum, f64::from(expected), "{i} of {shape}");
            }
        }
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
