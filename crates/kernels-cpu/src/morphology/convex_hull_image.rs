use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_channels, check_shape};

/// Row and column; half a pixel is 1, so that all points are whole.
type Point = (i64, i64);

/// The pixels in the smallest convex polygon around all that are not 0, as a mask of 0 and 1.
///
/// `skimage.morphology.convex_hull_image` of one channel. With `offset_coordinates` a pixel is the middles of its sides,
/// else its centre: then pixels on one line have no hull, and the mask is empty. The polygon is found by A. Andrew's
/// monotone chain ("Another efficient algorithm for convex hulls in two dimensions", 1979), in whole numbers.
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
    let hull = convex_hull(outermost(image, offset_coordinates));
    let out = out.into_samples();
    out.fill(0);
    if hull.len() < 3 {
        return Ok(());
    }
    for (row, out) in (0..).step_by(2).zip(out.chunks_exact_mut(shape.width())) {
        // Each edge has the hull on its left: where `along · column ≥ across`.
        let (mut first, mut last) = (0, shape.width() as i64 - 1);
        for (i, &from) in hull.iter().enumerate() {
            let to = hull[(i + 1) % hull.len()];
            let along = 2 * (to.0 - from.0);
            let across = (to.1 - from.1) * (row - from.0)
                + (to.0 - from.0) * from.1
                + i64::from(!include_borders);
            match along.signum() {
                1 => first = first.max(-(-across).div_euclid(along)),
                -1 => last = last.min((-across).div_euclid(-along)),
                _ if across > 0 => last = -1,
                _ => {}
            }
        }
        if first <= last {
            out[first as usize..=last as usize].fill(1);
        }
    }
    Ok(())
}

/// The points of the first and the last pixel of each row: no others can be corners.
fn outermost<T: Sample>(image: ImageView<'_, T>, offset: bool) -> Vec<Point> {
    let mut points = Vec::new();
    let counts = |sample: &T| *sample != T::default();
    for (row, samples) in (0..).step_by(2).zip(image.rows()) {
        let (Some(first), Some(last)) =
            (samples.iter().position(counts), samples.iter().rposition(counts))
        else {
            continue;
        };
        for column in [first, last].map(|column| 2 * column as i64) {
            if offset {
                points.extend([(row - 1, column), (row, column - 1)]);
                points.extend([(row, column + 1), (row + 1, column)]);
            } else {
                points.push((row, column));
            }
        }
    }
    points
}

/// The corners, each a turn to the left from the one before; fewer than three where all points lie on a line.
fn convex_hull(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_unstable();
    let mut hull = chain(points.iter());
    hull.extend(chain(points.iter().rev()));
    hull
}

fn chain<'a>(points: impl Iterator<Item = &'a Point>) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::new();
    for &point in points {
        while let [.., a, b] = corners[..]
            && turn(a, b, point) <= 0
        {
            corners.pop();
        }
        corners.push(point);
    }
    // The last one begins the other chain.
    corners.pop();
    corners
}

/// Above 0 where the way from `a` over `b` to `c` turns to the left, with rows to the right and columns up.
fn turn(a: Point, b: Point, c: Point) -> i64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::random::Random;

    fn hull(samples: &[u8], shape: Shape, offset: bool, borders: bool) -> Vec<u8> {
        let mut out = vec![7; shape.len()];
        let image = ImageView::new(samples, shape).unwrap();
        let view = ImageViewMut::new(&mut out, shape).unwrap();
        convex_hull_image(image, offset, borders, view).unwrap();
        out
    }

    #[test]
    fn pixels_lie_on_the_left_of_every_edge() {
        let mut random = Random::new(5);
        for (height, width) in [(1, 1), (1, 9), (9, 1), (6, 7), (23, 31)] {
            let shape = Shape::new(height, width, 1).unwrap();
            for rarity in [2, 9, 60] {
                let samples: Vec<u8> =
                    (0..shape.len()).map(|_| u8::from(random.below(rarity) == 0)).collect();
                for (offset, borders) in
                    [(true, true), (true, false), (false, true), (false, false)]
                {
                    let image = ImageView::new(&samples, shape).unwrap();
                    let corners = convex_hull(outermost(image, offset));
                    let found = hull(&samples, shape, offset, borders);
                    for (i, found) in found.iter().enumerate() {
                        let pixel = (2 * (i / width) as i64, 2 * (i % width) as i64);
                        let inside = corners.len() > 2
                            && (0..corners.len()).all(|k| {
                                let next = corners[(k + 1) % corners.len()];
                                turn(corners[k], next, pixel) >= i64::from(!borders)
                            });
                        assert_eq!(*found, u8::from(inside), "{shape} {offset} {borders} {i}");
                    }
                }
            }
        }
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
