use super::place::{FAR, Form, NOWHERE, ONE, Places, UNIT, words};
use crate::error::{GpuError, Result};
use crate::image::{GpuImage, Shape};

/// Which place in an image a pixel of a result shows.
#[derive(Debug, Clone)]
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
    /// Of each pixel the row and the column of its place, row by row; none where one of them is NaN, or 2³¹ and more.
    Each {
        /// Columns of the result.
        width: u32,
        /// `[row, column]`.
        places: Vec<[f64; 2]>,
    },
    /// The same: an image of two channels, of any dtype.
    Image(GpuImage),
    /// Where a column and a row cross.
    Axes {
        /// The place of each column.
        columns: Vec<f64>,
        /// That of each row.
        rows: Vec<f64>,
    },
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
    /// [`GpuError::Argument`] for places beyond 2³⁰ that are no quotients, for what is not finite, and for lists and images of another size.
    pub(super) fn places(&self, operation: &str, size: [u32; 2]) -> Result<Places> {
        let tables = match self {
            Self::Projective(matrix) => {
                self.affine().map_or_else(|| quotients(*matrix, size), |affine| sums(affine, size))
            }
            Self::Polar { center, radii, directions } => polar(*center, radii, directions),
            Self::Axes { columns, rows } => axes(columns, rows),
            Self::Each { width, places } => Some(each(*width, places)),
            Self::Image(places) => Some(Places::of_image(places)),
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
    Some(Places::new(Form::Sum, columns.map(fixed).collect(), rows.map(fixed).collect()))
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
    Some(Places::new(Form::Quotient, columns.map(fixed).collect(), rows.map(fixed).collect()))
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
    Some(Places::new(Form::Polar, columns, rows.collect()))
}

fn axes(columns: &[f64], rows: &[f64]) -> Option<Places> {
    if !columns.iter().chain(rows).all(|place| place.abs() < FAR) {
        return None;
    }
    let columns = columns.iter().flat_map(|column| [words(*column, ONE), [0, 0]]).collect();
    let rows = rows.iter().flat_map(|row| [[0, 0], words(*row, ONE)]).collect();
    Some(Places::new(Form::Sum, columns, rows))
}

pub(super) fn each(width: u32, places: &[[f64; 2]]) -> Places {
    let looked_up = |place: &[f64; 2]| place.iter().all(|along| along.abs() < 2.0 * FAR);
    let along = |axis: usize| {
        let fixed = |place| if looked_up(place) { words(place[axis], ONE) } else { NOWHERE };
        places.iter().map(fixed).collect()
    };
    Places::new(Form::Each { width }, along(1), along(0))
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
            assert_eq!(places.form, Form::Quotient);
            for (y, x) in [(0, 0), (39, 49), (7, 31)] {
                let (u, v) = (x as f64, y as f64);
                let expected = (0.13 * u + 0.93 * v - 2.2) / (0.0017 * u - 0.0023 * v + 1.0);
                assert!((places.row_of(y, x).0 - expected).abs() < 1e-9);
            }
        }
    }
}
