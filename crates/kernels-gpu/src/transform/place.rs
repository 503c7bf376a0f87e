//! Where the pixels of a result lie in an image. Shaders find it by integers alone, from two tables that are computed in 64 bits here, one
//! for its columns and one for its rows.

use std::ops::Range;

use crate::border::BorderMode;
use crate::device::Engine;
use crate::error::{GpuError, Result};
use crate::image::Shape;
use crate::tiling::{Runs, runs};

/// Places beyond this are refused: they would not fit the tables, nor what shaders make of them.
const FAR: f64 = 1_073_741_824.0;
/// 2³²: places are fixed-point numbers of 32 bits before the point and 32 behind it.
const ONE: f64 = 4_294_967_296.0;
/// 2⁶², to which sines and cosines are scaled.
const UNIT: f64 = 4_611_686_018_427_387_904.0;

/// Which place in an image a pixel of a result shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Map {
    /// That of a 3 × 3 matrix, row by row, for `[column, row, 1]`.
    Projective([f64; 9]),
    /// Columns are so far from the centre, in directions by row.
    Polar {
        /// Row and column.
        center: [f64; 2],
        /// By column.
        radii: Vec<f64>,
        /// By row: the direction's cosine, along the columns of the image, and its sine.
        directions: Vec<[f64; 2]>,
    },
    /// That of a column and a row of the image.
    Axes {
        /// By column.
        columns: Vec<u32>,
        /// By row.
        rows: Vec<u32>,
    },
}

/// How shaders find places by their tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As the sum of two places.
    Sum,
    /// As quotients of sums.
    Quotient,
    /// As a product, and the centre.
    Polar,
}

/// The tables of a result. Numbers of 64 bits are two words, the upper half first.
#[derive(Debug, Clone)]
pub(super) struct Places {
    pub(super) form: Form,
    pub(super) columns: Vec<[u32; 2]>,
    pub(super) rows: Vec<[u32; 2]>,
}

impl Map {
    /// Whether some place of a result of so many rows and columns has both pixels around it outside of the image in some direction, if
    /// that is known.
    pub(super) fn leads_outside(&self, from: Shape, size: [u32; 2]) -> Option<bool> {
        let [a, b, c, d, e, f] = self.affine()?;
        let outside = |place: f64, side: u32| place <= -1.0 || place >= f64::from(side);
        // Places are linear, so it would be a corner's.
        Some(corners(size).into_iter().any(|[x, y]| {
            outside(a * x + b * y + c, from.width) || outside(d * x + e * y + f, from.height)
        }))
    }

    /// Whether some place may be none, as on the horizon of a projection.
    pub(super) fn may_lead_nowhere(&self) -> bool {
        matches!(self, Self::Projective(_)) && self.affine().is_none()
    }

    fn affine(&self) -> Option<[f64; 6]> {
        match *self {
            Self::Projective([a, b, c, d, e, f, 0.0, 0.0, 1.0]) => Some([a, b, c, d, e, f]),
            _ => None,
        }
    }

    /// The tables for a result of so many rows and columns.
    ///
    /// # Errors
    ///
    /// [`GpuError::Argument`] for places beyond 2³⁰ that are no quotients, for what is not finite, and for lists of another size.
    pub(super) fn places(&self, operation: &str, size: [u32; 2]) -> Result<Places> {
        let tables = match self {
            Self::Projective(matrix) => {
                self.affine().map_or_else(|| quotients(*matrix, size), |affine| sums(affine, size))
            }
            Self::Polar { center, radii, directions } => polar(*center, radii, directions),
            Self::Axes { columns, rows } => Some(axes(columns, rows)),
        };
        let Some(tables) = tables else {
            return Err(GpuError::argument(operation, "the transform leads beyond 2^30 pixels"));
        };
        if tables.size() != size {
            let ([height, width], [rows, columns]) = (size, tables.size());
            let message =
                format!("places of {rows} × {columns} pixels; expected {height} × {width}");
            return Err(GpuError::argument(operation, message));
        }
        Ok(tables)
    }
}

fn corners([height, width]: [u32; 2]) -> [[f64; 2]; 4] {
    let [right, bottom] = [f64::from(width) - 1.0, f64::from(height) - 1.0];
    [[0.0, 0.0], [right, 0.0], [0.0, bottom], [right, bottom]]
}

fn sums([a, b, c, d, e, f]: [f64; 6], size: [u32; 2]) -> Option<Places> {
    let places = corners(size).map(|[x, y]| [a * x + b * y + c, d * x + e * y + f]);
    if !places.as_flattened().iter().all(|place| place.abs() < FAR) {
        return None;
    }
    let columns = (0..size[1]).map(f64::from).flat_map(|x| [a * x, d * x]);
    let rows = (0..size[0]).map(f64::from).flat_map(|y| [b * y + c, e * y + f]);
    let fixed = |value| words(value, ONE);
    Some(Places {
        form: Form::Sum,
        columns: columns.map(fixed).collect(),
        rows: rows.map(fixed).collect(),
    })
}

fn quotients(matrix: [f64; 9], size: [u32; 2]) -> Option<Places> {
    let [across, down, beneath] = *matrix.as_chunks::<3>().0 else { return None };
    let lines = [across, down, beneath];
    let largest = corners(size)
        .into_iter()
        .flat_map(|[x, y]| lines.map(|[a, b, c]| (a * x + b * y + c).abs()))
        .fold(0.0, f64::max);
    if !largest.is_finite() || largest == 0.0 {
        return None;
    }
    // A quotient is that of any multiples: those that fill 62 bits.
    let scale = 2.0_f64.powi((60.0 - largest.log2().floor()).min(1000.0) as i32);
    let columns = (0..size[1]).map(f64::from).flat_map(|x| lines.map(|[a, ..]| a * x));
    let rows = (0..size[0]).map(f64::from).flat_map(|y| lines.map(|[_, b, c]| b * y + c));
    let fixed = |value| words(value, scale);
    Some(Places {
        form: Form::Quotient,
        columns: columns.map(fixed).collect(),
        rows: rows.map(fixed).collect(),
    })
}

fn polar([row, column]: [f64; 2], radii: &[f64], directions: &[[f64; 2]]) -> Option<Places> {
    let furthest = radii.iter().fold(row.abs().max(column.abs()), |most, r| most.max(r.abs()));
    if !(furthest < FAR / 2.0 && radii.iter().all(|radius| *radius >= 0.0)) {
        return None;
    }
    let center = [words(column, ONE), words(row, ONE)];
    let rows = directions.iter().flat_map(|direction| {
        let [cosine, sine] = direction.map(|share| words(share, UNIT));
        [cosine, sine, center[0], center[1]]
    });
    let columns = radii.iter().map(|radius| words(*radius, ONE)).collect();
    Some(Places { form: Form::Polar, columns, rows: rows.collect() })
}

fn axes(columns: &[u32], rows: &[u32]) -> Places {
    let columns = columns.iter().flat_map(|column| [[*column, 0], [0, 0]]).collect();
    let rows = rows.iter().flat_map(|row| [[0, 0], [*row, 0]]).collect();
    Places { form: Form::Sum, columns, rows }
}

/// A number in units of `1 / scale`, of 64 bits: whatever lies beyond cancels in sums.
fn words(value: f64, scale: f64) -> [u32; 2] {
    let bits = (value * scale).round() as i128 as u64;
    [(bits >> 32) as u32, bits as u32]
}

fn number([high, low]: [u32; 2]) -> i64 {
    (u64::from(high) << 32 | u64::from(low)).cast_signed()
}

impl Places {
    /// Rows and columns of the result.
    fn size(&self) -> [u32; 2] {
        let [by_column, by_row] = match self.form {
            Form::Sum => [2, 2],
            Form::Quotient => [3, 3],
            Form::Polar => [1, 4],
        };
        [(self.rows.len() / by_row) as u32, (self.columns.len() / by_column) as u32]
    }

    /// Fails for tables that cannot be bound.
    pub(super) fn check(&self, engine: &Engine, operation: &str) -> Result<()> {
        let bytes = size_of_val(&*self.columns).max(size_of_val(&*self.rows));
        engine.check_binding(operation, "a table of places", bytes as u64)
    }

    /// Which rows of an image of so many some pixels are made of, each of those within `reach` of its place. `None` where that
    /// cannot be told from the ends of rows.
    pub(super) fn read(
        &self,
        (mode, height, reach): (BorderMode, u32, i64),
        rows: &Range<u32>,
        columns: &Range<u32>,
    ) -> Option<Runs> {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for y in rows.clone() {
            // Between them rows of the image only rise, or only fall.
            let ends =
                [columns.start, columns.end - 1].map(|x| self.row_of(y as usize, x as usize));
            if ends[0].1 != ends[1].1 {
                return None;
            }
            for (row, _) in ends.into_iter().filter(|(row, _)| row.abs() < 2.0 * FAR) {
                (least, most) = (least.min(row), most.max(row));
            }
            if ends.iter().any(|(row, _)| row.abs() >= 2.0 * FAR) && rows.len() * columns.len() > 1
            {
                return None;
            }
        }
        if least > most {
            return Some(runs(std::iter::empty()));
        }
        let (first, last) = (least.floor() as i64 - reach, most.floor() as i64 + reach + 1);
        if last - first >= 2 * i64::from(height) {
            return Some([0..height, 0..1]);
        }
        Some(runs((first..=last).filter_map(|row| mode.index(row, height))))
    }

    /// The row of a pixel's place, and on which side of the horizon it is.
    fn row_of(&self, y: usize, x: usize) -> (f64, bool) {
        let sum = |a: [u32; 2], b: [u32; 2]| number(a).wrapping_add(number(b)) as f64;
        match self.form {
            Form::Sum => (sum(self.columns[2 * x + 1], self.rows[2 * y + 1]) / ONE, true),
            Form::Quotient => {
                let of = |at: usize| sum(self.columns[3 * x + at], self.rows[3 * y + at]);
                // On the horizon it is no number, or too large a one.
                let row = of(1) / of(2);
                (if row.is_nan() { f64::INFINITY } else { row }, of(2) >= 0.0)
            }
            Form::Polar => {
                let radius = number(self.columns[x]) as f64 / ONE;
                let sine = number(self.rows[4 * y + 1]) as f64 / UNIT;
                (radius * sine + number(self.rows[4 * y + 3]) as f64 / ONE, true)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_exact_to_the_last_bit() {
        let matrix = [0.83, -0.31, 3.7, 0.37, 1.13, -5.2, 0.0, 0.0, 1.0];
        let places = Map::Projective(matrix).places("", [40, 50]).unwrap();
        assert_eq!(places.size(), [40, 50]);
        for (y, x) in (0..40_u32).flat_map(|y| (0..50_u32).map(move |x| (y, x))) {
            let expected = 0.37 * f64::from(x) + 1.13 * f64::from(y) - 5.2;
            assert!((places.row_of(y as usize, x as usize).0 - expected).abs() < 3e-10);
        }
        let far = Map::Projective([1e9, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
        assert!(far.places("", [2, 3]).is_err());
        assert_eq!(words(-0.25, ONE), [u32::MAX, 0xc000_0000]);
    }

    #[test]
    fn quotients_are_those_of_any_multiple() {
        let matrix = [1.07, -0.11, 1.3, 0.13, 0.93, -2.2, 0.0017, -0.0023, 1.0];
        for factor in [1.0, 1e-9, -3e7] {
            let map = Map::Projective(matrix.map(|element| element * factor));
            let places = map.places("", [40, 50]).unwrap();
            assert!(places.form == Form::Quotient && map.may_lead_nowhere());
            for (y, x) in [(0, 0), (39, 49), (7, 31)] {
                let (u, v) = (x as f64, y as f64);
                let expected = (0.13 * u + 0.93 * v - 2.2) / (0.0017 * u - 0.0023 * v + 1.0);
                assert!((places.row_of(y, x).0 - expected).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn what_is_read_lies_around_places() {
        let map = Map::Projective([1.0, 0.0, 0.0, 0.0, 1.0, 95.0, 0.0, 0.0, 1.0]);
        let places = map.places("", [10, 4]).unwrap();
        let read = |mode| places.read((mode, 100, 1), &(2..4), &(0..4)).unwrap();
        assert_eq!(read(BorderMode::Wrap), [0..1, 96..100]);
        assert_eq!(read(BorderMode::Constant), [96..100, 96..97]);
        assert_eq!(places.read((BorderMode::Constant, 9, 1), &(2..4), &(0..4)), Some([0..0, 0..0]));
    }
}
