use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::short_distances::{MOST_ROWS, ShortDistances};
use crate::error::{Result, check_channels, check_shape};
use crate::nearest_seed::{COST, NearestSeeds};
use crate::simd::dispatch;
use crate::threads::each_band;

/// How far each pixel is from the nearest one that is 0: `scipy.ndimage.distance_transform_edt`, the exact Euclidean distance transform.
///
/// `sampling` is the height and the width of a pixel. Where nothing is 0 it is, as there, the distance to a pixel above the first one.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the
/// shape of the image.
pub fn distance_transform_edt<T: Sample>(
    image: ImageView<'_, T>,
    sampling: [f64; 2],
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    check_shape("out", out.shape(), shape)?;
    let seeds = background(image, sampling);
    each_band(out.into_samples(), shape.width(), COST, |band| {
        let mut walk = seeds.walk();
        let mut short = ShortDistances::new(shape.width());
        let is_unit = sampling == [1.0; 2] && shape.height() <= MOST_ROWS;
        for (r, out) in band.rows() {
            if is_unit && dispatch(short.of_row(r, seeds.in_columns(r), out)) {
                continue;
            }
            let to_first = |c: usize| {
                let [down, across] = [(r + 1) as f64 * sampling[0], c as f64 * sampling[1]];
                (down * down + across * across).sqrt()
            };
            walk.row(r, |c, nearest| {
                let distance = nearest.map_or_else(|| to_first(c), |(_, distance)| distance);
                out[c] = T::Output::from_f64(distance);
            });
        }
    });
    Ok(())
}

/// Row and column of the nearest pixel that is 0, as two channels: the indices of `scipy.ndimage.distance_transform_edt`. Of several at one
/// distance it is that in the lowest column, and in that column the uppermost; where nothing is 0, −1 and 0.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has two
/// channels and the size of the image.
pub fn nearest_background<T: Sample>(
    image: ImageView<'_, T>,
    sampling: [f64; 2],
    out: ImageViewMut<'_, i32>,
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    check_shape("out", out.shape(), shape.with_channels(2)?)?;
    let width = shape.width();
    let seeds = background(image, sampling);
    each_band(out.into_samples(), 2 * width, COST, |band| {
        let mut walk = seeds.walk();
        for (r, out) in band.rows() {
            let (indices, _) = out.as_chunks_mut();
            walk.row(r, |c, nearest| {
                let place = |(place, _)| [(place / width) as i32, (place % width) as i32];
                indices[c] = nearest.map_or([-1, 0], place);
            });
        }
    });
    Ok(())
}

fn background<T: Sample>(image: ImageView<'_, T>, sampling: [f64; 2]) -> NearestSeeds {
    NearestSeeds::new(image, |sample| sample == T::default(), sampling, f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::random::Random;

    fn transformed<T: Sample>(
        samples: &[T],
        shape: Shape,
        sampling: [f64; 2],
    ) -> (Vec<T::Output>, Vec<[i32; 2]>) {
        let image = ImageView::new(samples, shape).unwrap();
        let mut distances = vec![T::Output::default(); shape.len()];
        let mut indices = vec![0; 2 * shape.len()];
        let out = ImageViewMut::new(&mut distances, shape).unwrap();
        distance_transform_edt(image, sampling, out).unwrap();
        let out = ImageViewMut::new(&mut indices, shape.with_channels(2).unwrap()).unwrap();
        nearest_background(image, sampling, out).unwrap();
        (distances, indices.as_chunks().0.to_vec())
    }

    #[test]
    fn nearest_of_all_background_pixels() {
        let mut random = Random::new(23);
        for (height, width) in [(1, 1), (1, 30), (30, 1), (17, 23), (64, 130), (2, 400)] {
            let shape = Shape::new(height, width, 1).unwrap();
            for (share, sampling) in
                [(0.01, [1.0, 1.0]), (0.3, [1.0, 1.0]), (0.05, [0.7, 2.0]), (0.9, [3.0, 0.5])]
            {
                let samples: Vec<f64> = (0..shape.len())
                    .map(|_| if random.unit() < share { 0.0 } else { random.unit() - 2.0 })
                    .collect();
                let (distances, indices) = transformed(&samples, shape, sampling);
                // By columns, then by rows: the first of the nearest.
                let places = (0..width).flat_map(|c| (0..height).map(move |r| [r, c]));
                let background: Vec<[usize; 2]> =
                    places.filter(|&[r, c]| samples[r * width + c] == 0.0).collect();
                for (i, (&distance, index)) in distances.iter().zip(&indices).enumerate() {
                    let far = |[r, c]: [f64; 2]| {
                        let down = (r - (i / width) as f64) * sampling[0];
                        let across = (c - (i % width) as f64) * sampling[1];
                        down * down + across * across
                    };
                    let places = background.iter().map(|place| place.map(|at| at as f64));
                    let nearest = places.min_by(|&a, &b| far(a).total_cmp(&far(b)));
                    let nearest = nearest.unwrap_or([-1.0, 0.0]);
                    assert_eq!(index.map(f64::from), nearest, "{i} of {shape}");
                    assert_eq!(distance, far(nearest).sqrt(), "{i} of {shape}");
                }
            }
        }
    }

    // Expected values: scipy.ndimage.distance_transform_edt, SciPy 1.17.1.

    #[test]
    fn nothing_but_foreground_is_as_far_as_a_pixel_above_the_first() {
        let shape = Shape::new(2, 3, 1).unwrap();
        let (distances, indices) = transformed(&[1u8, 2, 3, 4, 5, 6], shape, [2.0, 0.5]);
        let expected = [2.0, 2.061_552_8, 2.236_068, 4.0, 4.031_129, 4.123_106];
        for (distance, expected) in distances.iter().zip(expected) {
            assert!((distance - expected).abs() < 1e-6, "{distance}, not {expected}");
        }
        assert_eq!(indices, [[-1, 0]; 6]);
    }

    #[test]
    fn nan_is_no_background() {
        let shape = Shape::new(1, 4, 1).unwrap();
        let (distances, indices) = transformed(&[f32::NAN, 3.0, -0.0, f32::NAN], shape, [1.0; 2]);
        assert_eq!(distances, [2.0, 1.0, 0.0, 1.0]);
        assert_eq!(indices, [[0, 2]; 4]);
    }

    #[test]
    fn refuses_colour_and_other_shapes() {
        let shape = Shape::new(1, 2, 2).unwrap();
        let image = ImageView::new(&[0u8, 1, 2, 3], shape).unwrap();
        let mut out = [0.0; 4];
        let out = ImageViewMut::new(&mut out, shape).unwrap();
        assert!(distance_transform_edt(image, [1.0; 2], out).is_err());
        let gray = ImageView::new(&[0u8, 1], Shape::new(1, 2, 1).unwrap()).unwrap();
        let mut out = [0; 2];
        let out = ImageViewMut::new(&mut out, Shape::new(1, 2, 1).unwrap()).unwrap();
        assert!(nearest_background(gray, [1.0; 2], out).is_err());
    }
}
