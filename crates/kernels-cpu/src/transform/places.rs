use std::ops::Range;

use tagswitch_image::Shape;

use super::near::Near;
use crate::error::{Error, Result};
use crate::simd::Level;

/// Beyond this many pixels a place is nowhere, and so it is where the matrix does not lead to a number.
const FAR: f64 = 2_147_483_648.0;

/// What leads from a pixel of a result to its place in the image.
#[derive(Clone, Copy, Debug)]
pub enum Map<'a> {
    /// A transform of `[column, row, 1]`, row by row.
    Matrix([f64; 9]),
    /// Angle and distance.
    Polar(Polar<'a>),
    /// Nothing but the places: of each pixel row, then column.
    Each(Each<'a>),
}

/// A place for each pixel.
#[derive(Clone, Copy, Debug)]
pub struct Each<'a> {
    /// Row and column, pixel by pixel.
    pub places: &'a [f64],
    /// Pixels in a row.
    pub width: usize,
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
    /// Refuses places, or angles and distances, of which there are not as many as a result of this shape has pixels, or rows and columns.
    pub fn check(self, to: Shape) -> Result<()> {
        let Polar { radii, cosines, sines, .. } = match self {
            Self::Matrix(_) => return Ok(()),
            Self::Polar(polar) => polar,
            Self::Each(Each { places, width }) => {
                if width == to.width() && places.len() == 2 * width * to.height() {
                    return Ok(());
                }
                let given = format!("{} numbers for rows of {width}", places.len());
                let expected = "a row and a column for each pixel";
                return Err(Error::Option { name: "places", given, expected });
            }
        };
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
    each: Option<Each<'a>>,
    matrix: [f64; 9],
    /// Whether it is a matrix with the last row 0, 0, 1, so that steps from column to column are all alike.
    affine: bool,
}

impl<'a> Places<'a> {
    pub fn new(map: Map<'a>) -> Self {
        let none = Self { polar: None, each: None, matrix: [0.0; 9], affine: false };
        match map {
            Map::Matrix(matrix) => Self { matrix, affine: matrix[6..] == [0.0, 0.0, 1.0], ..none },
            Map::Polar(polar) => Self { polar: Some(polar), ..none },
            Map::Each(each) => Self { each: Some(each), ..none },
        }
    }

    /// The column and row, between pixels.
    #[inline(always)]
    pub fn of(&self, x: usize, y: usize) -> [f64; 2] {
        self.by(x, y, |[a, b, c], x, y| a * x + b * y + c)
    }

    /// The same as NumPy's BLAS gives them, which adds to products before they are rounded.
    #[inline(always)]
    pub fn multiplied<L: Level>(&self, x: usize, y: usize) -> [f64; 2] {
        self.by(x, y, |[a, b, c], x, y| L::fma(b, y, a * x) + c)
    }

    #[inline(always)]
    fn by(&self, x: usize, y: usize, along: impl Fn([f64; 3], f64, f64) -> f64) -> [f64; 2] {
        if let Some(Polar { radii, cosines, sines, center: [row, column] }) = self.polar {
            return [radii[x] * cosines[y] + column, radii[x] * sines[y] + row];
        }
        if let Some(Each { places, width }) = self.each {
            let at = 2 * (y * width + x);
            return [places[at + 1], places[at]];
        }
        let (x, y) = (x as f64, y as f64);
        let [a, b, c, d, e, f, g, h, i] = self.matrix;
        let [column, row] = [along([a, b, c], x, y), along([d, e, f], x, y)];
        if self.affine {
            return [column, row];
        }
        let scale = along([g, h, i], x, y);
        [column / scale, row / scale]
    }

    /// The places of `B` pixels from column `x` on: their columns, then their rows. Those past the last column are anywhere.
    #[inline(always)]
    pub fn block<const B: usize>(&self, x: usize, y: usize) -> [[f64; B]; 2] {
        let [mut columns, mut rows] = [[0.0; B]; 2];
        if let Some(Polar { radii, cosines, sines, center: [row, column] }) = self.polar {
            for (i, radius) in radii[x..].iter().take(B).enumerate() {
                columns[i] = radius * cosines[y] + column;
                rows[i] = radius * sines[y] + row;
            }
            return [columns, rows];
        }
        if let Some(Each { places, width }) = self.each {
            let ahead = &places[2 * (y * width + x)..2 * (y + 1) * width];
            for (i, place) in ahead.chunks_exact(2).take(B).enumerate() {
                [rows[i], columns[i]] = [place[0], place[1]];
            }
            return [columns, rows];
        }
        let (first, y) = (x as f64, y as f64);
        let x = |i: usize| first + f64::from(i as u32);
        // One loop for each kind of map: branches within would have vectors stored in parts, for which whoever loads them waits.
        for i in 0..B {
            [columns[i], rows[i]] = self.affine(x(i), y);
        }
        if self.affine {
            return [columns, rows];
        }
        let [.., g, h, last] = self.matrix;
        for i in 0..B {
            let scale = g * x(i) + h * y + last;
            columns[i] /= scale;
            rows[i] /= scale;
        }
        [columns, rows]
    }

    /// Whether a matrix leads there.
    pub fn is_matrix(&self) -> bool {
        self.polar.is_none() && self.each.is_none()
    }

    /// The places to which a matrix leads from `B` pixels from column `x` on, in fixed point. None unless they are near enough for that.
    #[inline(always)]
    pub fn near<const B: usize>(
        &self,
        x: usize,
        y: usize,
        distances: &[i32; B],
    ) -> Option<Near<B>> {
        let [a, _, _, d, _, _, g, h, i] = self.matrix;
        let [x, y] = [x + B / 2, y].map(|at| f64::from(at as u32));
        let (mut place, mut step, mut tilt) = (self.affine(x, y), [a, d], 0.0);
        if !self.affine {
            let share = (g * x + h * y + i).recip();
            place = [place[0] * share, place[1] * share];
            step = [(a - g * place[0]) * share, (d - g * place[1]) * share];
            tilt = g * share;
        }
        Near::new(place, step, tilt, distances)
    }

    #[inline(always)]
    fn affine(&self, x: f64, y: f64) -> [f64; 2] {
        let [a, b, c, d, e, f, ..] = self.matrix;
        [a * x + b * y + c, d * x + e * y + f]
    }

    /// Those of some columns of row `y` whose places lie less than `beyond` pixels outside of an image of these sides (width, height), or
    /// more than as many inside where it is below 0, and a few more; unless affine, all. None are an empty range among them.
    pub fn columns(
        &self,
        y: usize,
        mut columns: Range<usize>,
        sides: [usize; 2],
        beyond: f64,
    ) -> Range<usize> {
        // More than rounding does to a place.
        const MARGIN: f64 = 1e-3;
        if !self.affine {
            return columns;
        }
        let none = columns.start..columns.start;
        let reach = beyond + MARGIN;
        for (axis, side) in sides.into_iter().enumerate() {
            let [step, down, origin] = [0, 1, 2].map(|k| self.matrix[3 * axis + k]);
            let start = down * y as f64 + origin;
            let (least, most) = (-reach, side as f64 - 1.0 + reach);
            if step.abs() < 1e-12 {
                // Over 2³¹ columns this moves by less than two margins.
                if !(start >= least - MARGIN && start <= most + MARGIN) {
                    return none;
                }
                continue;
            }
            let [one, other] = [(least - start) / step, (most - start) / step];
            // The casts saturate, and make 0 of NaN.
            let first = one.min(other).ceil() as usize;
            let last = (one.max(other).floor() + 1.0) as usize;
            columns = columns.start.max(first)..columns.end.min(last);
        }
        if columns.start < columns.end { columns } else { none }
    }
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
    fn no_column_is_left_out_that_reaches_the_image_and_few_others_are_in() {
        for matrix in [
            [0.8, -0.3, 3.7, 0.4, 1.1, -5.2, 0.0, 0.0, 1.0],
            [-1.7, 0.2, 60.0, 0.0, -0.9, 30.0, 0.0, 0.0, 1.0],
            [0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0],
        ] {
            let places = Places::new(Map::Matrix(matrix));
            for (y, beyond) in (0..40).zip([1.0, 2.0, 0.0, -1.0].into_iter().cycle()) {
                let columns = places.columns(y, 3..50, [37, 29], beyond);
                for x in 3..50 {
                    let [column, row] = places.of(x, y);
                    let reaches = |slack: f64| {
                        let reach = beyond + slack;
                        let holds =
                            |place: f64, side: f64| place > -reach && place < side - 1.0 + reach;
                        holds(column, 37.0) && holds(row, 29.0)
                    };
                    assert!(reaches(0.01) || !columns.contains(&x));
                    assert!(!reaches(0.0) || columns.contains(&x));
                }
            }
        }
        let tilted = Places::new(Map::Matrix([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.001, 0.0, 1.0]));
        assert_eq!(tilted.columns(3, 5..50, [40, 40], 1.0), 5..50);
    }

    #[test]
    fn blocks_are_the_places_of_single_pixels() {
        let turned = Map::Matrix([0.8, -0.3, 3.7, 0.4, 1.1, -5.2, 0.0, 0.0, 1.0]);
        let tilted = Map::Matrix([1.1, -0.11, 1.3, 0.13, 0.93, -2.2, 0.0017, -0.0023, 1.0]);
        let polar = Map::Polar(Polar {
            radii: &[0.5, 1.5, 2.5, 3.5, 4.5],
            cosines: &[1.0, 0.8],
            sines: &[0.0, 0.6],
            center: [2.0, 1.0],
        });
        let places: Vec<f64> = (0..20).map(|i| 0.3 * f64::from(i * i)).collect();
        let each = Map::Each(Each { places: &places, width: 5 });
        for map in [turned, tilted, polar, each] {
            let places = Places::new(map);
            let [columns, rows] = places.block::<4>(1, 1);
            for i in 0..4 {
                assert_eq!([columns[i], rows[i]], places.of(1 + i, 1));
            }
            assert_eq!(places.block::<4>(3, 1)[0][1], places.of(4, 1)[0]);
        }
    }

    #[test]
    fn the_horizon_is_nowhere() {
        let places = Places::new(Map::Matrix([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, -0.5, 0.0, 1.0]));
        assert!(!is_near(places.of(2, 0)));
        assert!(is_near(places.of(1, 0)));
    }
}
