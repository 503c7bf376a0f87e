use tagswitch_image::{ImageView, ImageViewMut, Sample, Shape};

use crate::border::Border;
use crate::error::{Result, check_shape};
use crate::threads::each_band;
use crate::transform::{Degree, Spline, doubles, taps};

/// Operations per sample and tap.
const COST: usize = 8;

/// How samples are had between pixels.
#[derive(Clone, Copy, Debug)]
pub enum Between {
    /// The nearest pixel, the next one of two as near.
    Nearest,
    /// Linear.
    Linear,
    /// A spline through all samples.
    Spline(Degree),
}

/// The numbers at places, each a row and a column, as a column of pixels: what `skimage.measure.profile_line` rounds and reduces.
///
/// In 64 bits, in the order of the reference, so that what is rounded is the same. What has no weight does not matter, NaN and infinities
/// included.
///
/// # Errors
///
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has a row of one pixel for each place,
/// [`Error::Shape`](crate::Error::Shape) for no place, and for an image too large to be padded.
pub fn samples_at<T: Sample>(
    image: ImageView<'_, T>,
    places: &[[f64; 2]],
    between: Between,
    (border, cval): (Border, f64),
    out: ImageViewMut<'_, f64>,
) -> Result<()> {
    let column = Shape::new(places.len(), 1, image.shape().channels())?;
    check_shape("out", out.shape(), column)?;
    let out = out.into_samples();
    let degree = match between {
        Between::Nearest => {
            summed::<T, 1>(image, 0, places, (border, cval), out);
            return Ok(());
        }
        Between::Linear => {
            summed::<T, 2>(image, 0, places, (border, cval), out);
            return Ok(());
        }
        Between::Spline(degree) => degree,
    };
    let numbers = doubles(image, false);
    let spline = Spline::through(ImageView::new(&numbers, image.shape())?, degree, border, cval)?;
    let sum = match degree {
        Degree::Quadratic => summed::<f64, 3>,
        Degree::Cubic => summed::<f64, 4>,
        Degree::Quartic => summed::<f64, 5>,
        Degree::Quintic => summed::<f64, 6>,
    };
    sum(spline.coefficients()?, spline.padding(), places, (border, cval), out);
    Ok(())
}

/// Sums of the `N` × `N` numbers around each place, in a grid with so many rows and columns before those of the image.
fn summed<T: Sample, const N: usize>(
    grid: ImageView<'_, T>,
    padding: usize,
    places: &[[f64; 2]],
    (border, cval): (Border, f64),
    out: &mut [f64],
) {
    let shape = grid.shape();
    let channels = shape.channels();
    let tap = |first: isize, k: usize, len| border.resolve(first.saturating_add(k as isize), len);
    each_band(out, channels, COST * N * N, |out| {
        for (i, sums) in out.rows() {
            let [row, column] = places[i].map(|place| place + padding as f64);
            let ((top, down), (left, across)) = (taps::<N>(row), taps::<N>(column));
            sums.fill(0.0);
            for (y, weight) in down.into_iter().enumerate().filter(|(_, weight)| *weight != 0.0) {
                let row = tap(top, y, shape.height()).map(|row| grid.row(row));
                for (x, share) in across.into_iter().enumerate().filter(|(_, share)| *share != 0.0)
                {
                    let place = row.zip(tap(left, x, shape.width()));
                    for (channel, sum) in sums.iter_mut().enumerate() {
                        let number =
                            place.map_or(cval, |(row, x)| row[x * channels + channel].to_f64());
                        *sum += weight * share * number;
                    }
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn at(image: &[f64], shape: Shape, place: [f64; 2], between: Between, border: Border) -> f64 {
        let mut out = [0.0];
        let image = ImageView::new(image, shape).unwrap();
        let pixel = ImageViewMut::new(&mut out, Shape::new(1, 1, 1).unwrap()).unwrap();
        samples_at(image, &[place], between, (border, 9.0), pixel).unwrap();
        out[0]
    }

    #[test]
    fn between_pixels_and_beyond_the_edge() {
        let shape = Shape::new(2, 3, 1).unwrap();
        let image = [0.0, 1.0, 2.0, 10.0, 11.0, f64::NAN];
        let linear = |place| at(&image, shape, place, Between::Linear, Border::Constant);
        assert_eq!(linear([0.5, 0.25]), 5.25);
        // A pixel without weight may be anything, below or beside.
        assert_eq!([linear([0.0, 2.0]), linear([1.0, 1.0])], [2.0, 11.0]);
        assert!(linear([0.5, 2.0]).is_nan());
        assert_eq!(linear([-0.5, 1.0]), 5.0);
        assert_eq!(linear([-5.0, 1.0]), 9.0);
        let nearest = |place| at(&image, shape, place, Between::Nearest, Border::Reflect);
        assert_eq!([nearest([0.4, 0.5]), nearest([0.5, -1.0])], [1.0, 10.0]);
        // As far as a number goes.
        assert_eq!(at(&image, shape, [1e300, 0.0], Between::Nearest, Border::Nearest), 10.0);
    }

    #[test]
    fn splines_go_through_the_samples_of_each_channel() {
        let shape = Shape::new(5, 4, 2).unwrap();
        let image: Vec<u8> = (0..40).map(|i| (i * 37 % 101) as u8).collect();
        let view = ImageView::new(&image, shape).unwrap();
        let places: Vec<_> = (0..20).map(|i| [(i / 4) as f64, (i % 4) as f64]).collect();
        for degree in [Degree::Quadratic, Degree::Cubic, Degree::Quartic, Degree::Quintic] {
            for border in [Border::Nearest, Border::Reflect] {
                let mut out = vec![0.0; 40];
                let between = Between::Spline(degree);
                let column = Shape::new(20, 1, 2).unwrap();
                let pixels = ImageViewMut::new(&mut out, column).unwrap();
                samples_at(view, &places, between, (border, 0.0), pixels).unwrap();
                assert!(out.iter().zip(&image).all(|(a, &b)| (a - f64::from(b)).abs() < 1e-11));
            }
        }
    }

    #[test]
    fn every_place_has_its_number() {
        let view = ImageView::new(&[1u8], Shape::new(1, 1, 1).unwrap()).unwrap();
        let mut out = [0.0; 2];
        let pixels = ImageViewMut::new(&mut out, Shape::new(2, 1, 1).unwrap()).unwrap();
        let border = (Border::Nearest, 0.0);
        assert!(samples_at(view, &[[0.0; 2]], Between::Linear, border, pixels).is_err());
    }
}
