use std::ops::Range;

use tagswitch_image::Shape;

use crate::error::{Error, Result};

/// Beyond this many pixels a place is nowhere, and so it is where the matrix does not lead to a number.
const FAR: f64 = 2_147_483_648.0;

/// What leads from a pixel of a result to its place in the image.
#[derive(Clone, Copy, Debug)]
pub enum Map<'a> {
    /// A transform of `[column, row, 1]`, row by row.
    Matrix([f64; 9]),
    /// Angle and distance.
    Polar(Polar<'a>),
}

/// Rows by angle, and columns by distance from a centre.
#[derive(Clone, Copy, Debug)]
pub struct Polar<'a> {
    /// How far each column is from the centre.
    pub radii: &'a [f64],
    /// The cosine of each row's angle.
    pub cosines: &'a [f64],
    /// Its sine.
    pub sines: &'a [f64],
    /// Row and column of the centre.
    pub center: [f64; 2],
}

impl Map<'_> {
    /// Refuses angles and distances of which there are not as many as a result of this shape has rows and columns.
    pub fn check(self, to: Shape) -> Result<()> {
        let Self::Polar(Polar { radii, cosines, sines, .. }) = self else { return Ok(()) };
        if [radii.len(), cosines.len(), sines.len()] == [to.width(), to.height(), to.height()] {
            return Ok(());
        }
        let given = format!("{} × {}, {}", cosines.len(), sines.len(), radii.len());
        let expected = "a cosine and a sine for each row, and a radius for each column";
        Err(Error::Option { name: "angles and radii", given, expected })
    }
}

/// Where the pixels of a result lie in the image.
pub struct Places<'a> {
    polar: Option<Polar<'a>>,
    matrix: [f64; 9],
    /// Whether it is a matrix with the last row 0, 0, 1, so that steps from column to column are all alike.
    affine: bool,
}

impl<'a> Places<'a> {
    pub fn new(map: Map<'a>) -> Self {
        match map {
            Map::Matrix(matrix) => {
                Self { polar: None, matrix, affine: matrix[6..] == [0.0, 0.0, 1.0] }
            }
            Map::Polar(polar) => Self { polar: Some(polar), matrix: [0.0; 9], affine: false },
        }
    }

    /// Whether steps from column to column are all alike.
    pub fn is_affine(&self) -> bool {
        self.affine
    }

    /// The column and row, between pixels.
    #[inline(always)]
    pub fn of(&self, x: usize, y: usize) -> [f64; 2] {
        if let Some(Polar { radii, cosines, sines, center: [row, column] }) = self.polar {
            return [radii[x] * cosines[y] + column, radii[x] * sines[y] + row];
        }
        let (x, y) = (x as f64, y as f64);
        let [column, row] = self.affine(x, y);
        if self.affine {
            return [column, row];
        }
        let [g, h, i] = [6, 7, 8].map(|k| self.matrix[k]);
        let scale = g * x + h * y + i;
        [column / scale, row / scale]
    }

    /// As [`of`](Self::of), for a transform that is affine.
    #[inline(always)]
    pub fn affine(&self, x: f64, y: f64) -> [f64; 2] {
        let [a, b, c, d, e, f, ..] = self.matrix;
        [a * x + b * y + c, d * x + e * y + f]
    }

    /// The columns of row `y` whose places reach an image of these sides (width, height): some that do not may be among those
    /// that touch it, and some that do may miss among those inside. Unless affine, all touch it and none are inside.
    pub fn columns(&self, y: usize, width: usize, sides: [usize; 2], reach: Reach) -> Range<usize> {
        // More than rounding does to a place.
        const MARGIN: f64 = 1e-3;
        let (before, after, margin) = match reach {
            Reach::Inside(taps) => (1.0 - (taps / 2) as f64, (taps / 2) as f64, -MARGIN),
            Reach::Touching(taps) => ((taps / 2) as f64, 1.0 - (taps / 2) as f64, MARGIN),
        };
        if !self.affine {
            return if margin > 0.0 { 0..width } else { 0..0 };
        }
        let mut columns = 0..width;
        for (axis, side) in sides.into_iter().enumerate() {
            let [step, down, origin] = [0, 1, 2].map(|k| self.matrix[3 * axis + k]);
            let start = down * y as f64 + origin;
            let (least, most) = (-before - margin, side as f64 - after + margin);
            if step.abs() < 1e-12 {
                // Over 2³¹ columns this moves by less than two margins.
                if !(start >= least - margin && start <= most + margin) {
                    return 0..0;
                }
                continue;
            }
            if most < least {
                return 0..0;
            }
            let [one, other] = [(least - start) / step, (most - start) / step];
            // The casts saturate, and make 0 of NaN.
            let first = one.min(other).ceil() as usize;
            let last = (one.max(other).floor() + 1.0) as usize;
            columns = columns.start.max(first)..columns.end.min(last);
        }
        if columns.start < columns.end { columns } else { 0..0 }
    }
}

/// Whether all of so many taps in each direction lie in an image of these sides (width, height).
#[inline(always)]
pub fn is_inside([column, row]: [f64; 2], sides: [usize; 2], taps: usize) -> bool {
    let reach = (taps / 2) as f64;
    let holds = |place: f64, side: usize| place >= reach - 1.0 && place < side as f64 - reach;
    holds(column, sides[0]) && holds(row, sides[1])
}

/// How a place lies to an image, with so many taps in a direction.
#[derive(Clone, Copy, Debug)]
pub enum Reach {
    /// All taps are in the image.
    Inside(usize),
    /// Some may be.
    Touching(usize),
}

/// Whether a place can be looked up.
#[inline(always)]
pub fn is_near([column, row]: [f64; 2]) -> bool {
    column.abs() < FAR && row.abs() < FAR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_is_inside_and_misses_little() {
        for matrix in [
            [0.8, -0.3, 3.7, 0.4, 1.1, -5.2, 0.0, 0.0, 1.0],
            [-1.7, 0.2, 60.0, 0.0, -0.9, 30.0, 0.0, 0.0, 1.0],
            [0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0],
        ] {
            let places = Places::new(Map::Matrix(matrix));
            for taps in [2, 4] {
                for y in 0..40 {
                    let inside = places.columns(y, 50, [37, 29], Reach::Inside(taps));
                    let touching = places.columns(y, 50, [37, 29], Reach::Touching(taps));
                    for x in 0..50 {
                        let [column, row] = places.of(x, y);
                        let reach = (taps / 2) as f64;
                        let touches = |place: f64, side: f64| {
                            place > -reach - 0.01 && place < side - 1.0 + reach + 0.01
                        };
                        let near = touches(column, 37.0) && touches(row, 29.0);
                        assert!(near || !touching.contains(&x));
                        assert!(!inside.contains(&x) || touching.contains(&x));
                        let holds = |place: f64, side: f64, slack: f64| {
                            place >= reach - 1.0 + slack && place < side - reach - slack
                        };
                        if inside.contains(&x) {
                            assert!(holds(column, 37.0, 0.0) && holds(row, 29.0, 0.0));
                        } else {
                            assert!(!holds(column, 37.0, 0.01) || !holds(row, 29.0, 0.01));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_is_inside_where_steps_vary_or_images_are_small() {
        let tilted = Places::new(Map::Matrix([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.001, 0.0, 1.0]));
        assert!(tilted.columns(3, 50, [40, 40], Reach::Inside(2)).is_empty());
        assert_eq!(tilted.columns(3, 50, [40, 40], Reach::Touching(2)), 0..50);
        let plain = Places::new(Map::Matrix([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]));
        assert!(plain.columns(0, 50, [1, 40], Reach::Inside(2)).is_empty());
        assert!(plain.columns(5, 50, [3, 40], Reach::Inside(4)).is_empty());
    }

    #[test]
    fn the_horizon_is_nowhere() {
        let places = Places::new(Map::Matrix([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, -0.5, 0.0, 1.0]));
        assert!(!is_near(places.of(2, 0)));
        assert!(is_near(places.of(1, 0)));
    }
}
