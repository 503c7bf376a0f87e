use tagswitch_kernels_gpu::Border;

use super::border;

/// One channel of an image in 64 bits.
pub struct Plane {
    pub values: Vec<f64>,
    pub height: usize,
    pub width: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    Down,
    Across,
}

impl Plane {
    pub fn at(&self, y: i64, x: i64, Border { mode, cval }: Border) -> f64 {
        match (border(y, self.height as i64, mode), border(x, self.width as i64, mode)) {
            (Some(y), Some(x)) => self.values[y * self.width + x],
            _ => cval,
        }
    }

    /// What is made for each row and column.
    pub fn map(&self, value: impl Fn(i64, i64) -> f64) -> Self {
        let (height, width) = (self.height, self.width);
        let values = (0..height * width).map(|i| value((i / width) as i64, (i % width) as i64));
        Self { values: values.collect(), height, width }
    }

    /// Weighed by an even kernel, from the centre outwards: neighbours at one distance are added first, the outermost before those further in.
    pub fn weighed(&self, weights: &[f64], axis: Axis, border: Border) -> Self {
        self.map(|y, x| {
            let pairs = weights.iter().enumerate().skip(1).rev();
            pairs.fold(weights[0] * self.at(y, x, border), |sum, (distance, weight)| {
                let [before, after] = self.aside(y, x, distance, axis, border);
                sum + weight * (before + after)
            })
        })
    }

    /// Differences weighed by an odd kernel, from the centre outwards.
    pub fn derived(&self, weights: &[f64], axis: Axis, border: Border) -> Self {
        self.map(|y, x| {
            let pairs = weights.iter().enumerate().skip(1);
            pairs.fold(0.0 * self.at(y, x, border), |sum, (distance, weight)| {
                let [before, after] = self.aside(y, x, distance, axis, border);
                sum + weight * (after - before)
            })
        })
    }

    fn aside(&self, y: i64, x: i64, distance: usize, axis: Axis, border: Border) -> [f64; 2] {
        [-(distance as i64), distance as i64].map(|away| match axis {
            Axis::Down => self.at(y + away, x, border),
            Axis::Across => self.at(y, x + away, border),
        })
    }
}
