use tagswitch_kernels_gpu::feature::{Derivatives, HessianMatrix, StructureTensor};
use tagswitch_kernels_gpu::{Border, Shape};

use super::Samples;
use super::filters::border;

type Elements = [Vec<f64>; 3];

/// One axis of an image of one channel, and what lies beyond its ends.
#[derive(Clone, Copy)]
struct Axis {
    shape: (i64, i64),
    down: bool,
    beyond: Border,
}

impl Axis {
    fn both(shape: Shape, beyond: Border) -> [Self; 2] {
        let shape = (i64::from(shape.height), i64::from(shape.width));
        [true, false].map(|down| Self { shape, down, beyond })
    }

    /// `value` of what gives a sample's neighbour at a distance.
    fn each(self, source: &[f64], value: impl Fn(&dyn Fn(i64) -> f64) -> f64) -> Vec<f64> {
        let (h, w) = self.shape;
        (0..h * w)
            .map(|i| {
                let (y, x) = (i / w, i % w);
                value(&|d| {
                    let (y, x) = if self.down { (y + d, x) } else { (y, x + d) };
                    let place = border(y, h, self.beyond.mode).zip(border(x, w, self.beyond.mode));
                    place.map_or(self.beyond.cval, |(y, x)| source[y * w as usize + x])
                })
            })
            .collect()
    }

    fn gaussian(self, source: &[f64], sigma: f64, radius: u32) -> Vec<f64> {
        let weights = weights(sigma, radius);
        self.each(source, |at| weights.iter().map(|(d, weight)| weight * at(*d)).sum())
    }

    fn derivative(self, source: &[f64], sigma: f64, radius: u32) -> Vec<f64> {
        let weights = weights(sigma, radius);
        let slope = |d: i64, weight: f64| weight * d as f64 / (sigma * sigma);
        self.each(source, |at| weights.iter().map(|(d, weight)| slope(*d, *weight) * at(*d)).sum())
    }

    /// Half of the difference of the neighbours, at the ends that of two samples.
    fn gradient(self, source: &[f64]) -> Vec<f64> {
        let (h, w) = self.shape;
        let (length, step) = if self.down { (h, w) } else { (w, 1) };
        (0..h * w)
            .map(|i| {
                let at = if self.down { i / w } else { i % w };
                let (before, after) = ((at - 1).max(0), (at + 1).min(length - 1));
                let sample = |to: i64| source[(i + (to - at) * step) as usize];
                (sample(after) - sample(before)) / (after - before) as f64
            })
            .collect()
    }
}

fn weights(sigma: f64, radius: u32) -> Vec<(i64, f64)> {
    let radius = i64::from(radius);
    let weight =
        |d: i64| if d == 0 { 1.0 } else { (-0.5 * (d * d) as f64 / (sigma * sigma)).exp() };
    let sum: f64 = (-radius..=radius).map(weight).sum();
    (-radius..=radius).map(|d| (d, weight(d) / sum)).collect()
}

pub fn structure_tensor(samples: &Samples, shape: Shape, options: &StructureTensor) -> Elements {
    let source = samples.intensities();
    let [rows, columns] = Axis::both(shape, options.border);
    let sobel = |along: Axis, across: Axis| {
        let differences = along.each(&source, |at| at(1) - at(-1));
        across.each(&differences, |at| at(-1) + 2.0 * at(0) + at(1))
    };
    let (down, across) = (sobel(rows, columns), sobel(columns, rows));
    [(&down, &down), (&down, &across), (&across, &across)].map(|(a, b)| {
        let products: Vec<f64> = a.iter().zip(b).map(|(a, b)| a * b).collect();
        let smooth = rows.gaussian(&products, options.sigma[0], options.radius[0]);
        columns.gaussian(&smooth, options.sigma[1], options.radius[1])
    })
}

pub fn hessian_matrix(samples: &Samples, shape: Shape, options: &HessianMatrix) -> Elements {
    let source = samples.intensities();
    let [rows, columns] = Axis::both(shape, options.border);
    let ([row_sigma, column_sigma], [row_radius, column_radius]) = (options.sigma, options.radius);
    let Derivatives::Gaussian { columns_first } = options.derivatives else {
        let smooth = rows.gaussian(&source, row_sigma, row_radius);
        let smooth = columns.gaussian(&smooth, column_sigma, column_radius);
        let (down, across) = (rows.gradient(&smooth), columns.gradient(&smooth));
        return [rows.gradient(&down), columns.gradient(&down), columns.gradient(&across)];
    };
    let down = |source: &[f64]| {
        let derived = rows.derivative(source, row_sigma, row_radius);
        columns.gaussian(&derived, column_sigma, column_radius)
    };
    let across = |source: &[f64]| {
        let smooth = rows.gaussian(source, row_sigma, row_radius);
        columns.derivative(&smooth, column_sigma, column_radius)
    };
    let (first, second) = (down(&source), across(&source));
    let mixed = if columns_first { down(&second) } else { across(&first) };
    [down(&first), mixed, across(&second)]
}
