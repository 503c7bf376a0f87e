use tagswitch_kernels_gpu::{Border, BorderMode, Shape};

use super::border;

/// Rows and columns that SciPy adds on either side where the border needs it.
fn padding(mode: BorderMode) -> usize {
    if matches!(mode, BorderMode::Constant | BorderMode::Nearest) { 12 } else { 0 }
}

/// The basis spline of a degree at a distance from its middle, by its differences of truncated powers.
fn basis(degree: usize, distance: f64) -> f64 {
    let (mut sum, mut binomial, mut factorial) = (0.0, 1.0, 1.0);
    for i in 0..=degree + 1 {
        let place = (degree + 1) as f64 / 2.0 - i as f64 - distance.abs();
        if place > 0.0 {
            sum += binomial * place.powi(degree as i32);
        }
        binomial *= -((degree + 1 - i) as f64) / (i + 1) as f64;
    }
    (1..=degree).for_each(|i| factorial *= i as f64);
    sum / factorial
}

/// The coefficients down the columns: the solutions of the equations that their splines go through all samples.
fn coefficients(samples: &[Vec<f64>], degree: usize, mode: BorderMode) -> Vec<Vec<f64>> {
    let count = samples.len();
    if count == 1 {
        return samples.to_vec();
    }
    let mode = match mode {
        BorderMode::Constant => BorderMode::Mirror,
        BorderMode::Nearest => BorderMode::Reflect,
        other => other,
    };
    let equation = |(at, row): (usize, &Vec<f64>)| {
        let mut shares = vec![0.0; count];
        for distance in -3..=3_i64 {
            let other = border(at as i64 + distance, count as i64, mode).unwrap();
            shares[other] += basis(degree, distance as f64);
        }
        [&shares[..], row].concat()
    };
    let mut rows: Vec<Vec<f64>> = samples.iter().enumerate().map(equation).collect();
    for at in 0..count {
        let best = (at..count).max_by(|&a, &b| rows[a][at].abs().total_cmp(&rows[b][at].abs()));
        rows.swap(at, best.unwrap());
        let pivot = rows[at].clone();
        for row in rows.iter_mut().enumerate().filter(|(i, _)| *i != at).map(|(_, row)| row) {
            let share = row[at] / pivot[at];
            if share != 0.0 {
                row.iter_mut().zip(&pivot).for_each(|(value, other)| *value -= share * other);
            }
        }
    }
    let solved = rows.iter().enumerate();
    solved.map(|(at, row)| row[count..].iter().map(|value| value / row[at]).collect()).collect()
}

fn turned(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column]).collect()).collect()
}

/// One channel's spline.
pub struct Spline {
    degree: usize,
    border: Border,
    size: [usize; 2],
    coefficients: Vec<Vec<f64>>,
}

impl Spline {
    pub fn through(
        values: &[f64],
        shape: Shape,
        channel: usize,
        degree: usize,
        side: Border,
    ) -> Self {
        let pad = padding(side.mode);
        let [height, width, channels] =
            [shape.height, shape.width, shape.channels].map(|n| n as usize);
        let size = [height + 2 * pad, width + 2 * pad];
        let at = |row: usize, column: usize| {
            let row = border(row as i64 - pad as i64, height as i64, side.mode)?;
            let column = border(column as i64 - pad as i64, width as i64, side.mode)?;
            Some(values[(row * width + column) * channels + channel])
        };
        let row = |row| {
            (0..size[1]).map(|column| at(row, column).unwrap_or(side.cval)).collect::<Vec<_>>()
        };
        let rows: Vec<_> = (0..size[0]).map(row).collect();
        let across = turned(&coefficients(&turned(&rows), degree, side.mode));
        let coefficients = coefficients(&across, degree, side.mode);
        Self { degree, border: side, size, coefficients }
    }

    /// Its value at a column and a row of the image.
    pub fn at(&self, [column, row]: [f64; 2]) -> f64 {
        let pad = padding(self.border.mode) as f64;
        let around = |place: f64| {
            let middle = (place + pad).round();
            (-4..=4).map(move |i| {
                let index = middle + f64::from(i);
                (index as i64, basis(self.degree, place + pad - index))
            })
        };
        let (mut sum, mut inside) = (0.0, false);
        for (y, weight) in around(row) {
            for (x, share) in around(column) {
                let [row, column] = [(y, self.size[0]), (x, self.size[1])]
                    .map(|(index, side)| border(index, side as i64, self.border.mode));
                let value = row.zip(column).map(|(row, column)| self.coefficients[row][column]);
                inside |= value.is_some();
                sum += weight * share * value.unwrap_or(self.border.cval);
            }
        }
        if inside { sum } else { self.border.cval }
    }
}
