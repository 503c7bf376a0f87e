use std::f64::consts::TAU;

use crate::border::Border;

/// What [`gabor`](super::gabor) is to do.
#[derive(Clone, Copy, Debug)]
pub struct Gabor {
    /// Of the wave, in periods per pixel.
    pub frequency: f64,
    /// Its direction in radians, from that of the columns towards that of the rows.
    pub theta: f64,
    /// Its phase in radians.
    pub offset: f64,
    /// Standard deviations along the wave and across it.
    pub sigma: [f64; 2],
    /// How far the kernel reaches down the rows and across the columns.
    pub radius: [usize; 2],
    /// What lies beyond the edges.
    pub border: Border,
    /// The sample beyond the edges for [`Border::Constant`].
    pub cval: f64,
}

/// A real and an imaginary part.
pub type Complex = [f64; 2];

impl Gabor {
    /// The weights down the rows and across the columns, of which the kernel is the product, if it is; turned round, as a convolution
    /// has them.
    pub fn separated(&self) -> Option<[Vec<Complex>; 2]> {
        let (sine, cosine) = self.theta.sin_cos();
        let [along, across] = self.sigma.map(|sigma| 1.0 / (sigma * sigma));
        let [rows, columns] = self.radius;
        let mixed = cosine * sine * (along - across) * (rows * columns) as f64;
        // A right angle is one but for rounding.
        if mixed.abs() > 1e-14 {
            return None;
        }
        let line = |radius: usize, narrow: f64, frequency: f64, height: f64, offset: f64| {
            let distances = (0..=2 * radius).map(|tap| radius as f64 - tap as f64);
            let weight = |d: f64| {
                let gaussian = height * (-0.5 * narrow * d * d).exp();
                polar(gaussian, TAU * frequency * d + offset)
            };
            distances.map(weight).collect()
        };
        let narrow = sine * sine * along + cosine * cosine * across;
        let column = line(rows, narrow, self.frequency * sine, self.height(), self.offset);
        let narrow = cosine * cosine * along + sine * sine * across;
        let row = line(columns, narrow, self.frequency * cosine, 1.0, 0.0);
        Some([column, row])
    }

    /// The kernel's weights, row by row, turned round.
    pub fn weights(&self) -> Vec<Complex> {
        let (sine, cosine) = self.theta.sin_cos();
        let [rows, columns] = self.radius.map(|radius| radius as f64);
        let line = |radius: f64| (0..=2 * radius as usize).map(move |tap| radius - tap as f64);
        let weight = |y: f64, x: f64| {
            let [along, across] = [x * cosine + y * sine, y * cosine - x * sine];
            let [a, b] = [along / self.sigma[0], across / self.sigma[1]];
            let gaussian = self.height() * (-0.5 * (a * a + b * b)).exp();
            polar(gaussian, TAU * self.frequency * along + self.offset)
        };
        line(rows).flat_map(|y| line(columns).map(move |x| weight(y, x))).collect()
    }

    fn height(&self) -> f64 {
        1.0 / (TAU * self.sigma[0] * self.sigma[1])
    }
}

fn polar(length: f64, angle: f64) -> Complex {
    let (sine, cosine) = angle.sin_cos();
    [length * cosine, length * sine]
}
