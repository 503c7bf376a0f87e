use std::f64::consts::SQRT_2;

use tagswitch_kernels_gpu::Shape;
use tagswitch_kernels_gpu::measure::Connectivity;

use super::Samples;

/// A mask, 0 beyond its edges.
struct Mask {
    pixels: Vec<bool>,
    height: i64,
    width: i64,
}

impl Mask {
    fn of(height: i64, width: i64, pixel: impl Fn(i64, i64) -> bool) -> Self {
        let pixels = (0..height * width).map(|i| pixel(i / width, i % width)).collect();
        Self { pixels, height, width }
    }

    fn objects(samples: &Samples, shape: Shape) -> Self {
        let values = samples.values();
        let width = i64::from(shape.width);
        Self::of(shape.height.into(), width, |y, x| values[(y * width + x) as usize] > 0.0)
    }

    fn at(&self, y: i64, x: i64) -> bool {
        let inside = (0..self.height).contains(&y) && (0..self.width).contains(&x);
        inside && self.pixels[(y * self.width + x) as usize]
    }

    fn count(&self, y: i64, x: i64, places: &[(i64, i64)]) -> usize {
        places.iter().filter(|(down, right)| self.at(y + down, x + right)).count()
    }
}

const EDGES: [(i64, i64); 4] = [(-1, 0), (1, 0), (0, -1), (0, 1)];
const CORNERS: [(i64, i64); 4] = [(-1, -1), (-1, 1), (1, -1), (1, 1)];

pub fn euler_number(samples: &Samples, shape: Shape, connectivity: Connectivity) -> i64 {
    let mask = Mask::objects(samples, shape);
    // Vertices less edges plus faces, of pixels that are open squares or closed ones.
    let is_closed = connectivity == Connectivity::Eight;
    let vertex = |y: i64, x: i64| {
        let around = mask.count(y, x, &[(-1, -1), (-1, 0), (0, -1), (0, 0)]);
        if is_closed { around > 0 } else { around == 4 }
    };
    let edge = |y: i64, x: i64, before: (i64, i64)| {
        let both = mask.count(y, x, &[before, (0, 0)]);
        if is_closed { both > 0 } else { both == 2 }
    };
    let mut sum = 0;
    for (y, x) in (0..=mask.height).flat_map(|y| (0..=mask.width).map(move |x| (y, x))) {
        sum += i64::from(vertex(y, x)) + i64::from(mask.at(y, x));
        sum -= i64::from(edge(y, x, (-1, 0))) + i64::from(edge(y, x, (0, -1)));
    }
    sum
}

pub fn perimeter(samples: &Samples, shape: Shape, neighbours: Connectivity) -> f64 {
    let mask = Mask::objects(samples, shape);
    let border = Mask::of(mask.height, mask.width, |y, x| {
        let lacks = mask.count(y, x, &EDGES) < 4
            || (neighbours == Connectivity::Eight && mask.count(y, x, &CORNERS) < 4);
        mask.at(y, x) && lacks
    });
    let mut counts = [0.0; 3];
    for (y, x) in (0..mask.height).flat_map(|y| (0..mask.width).map(move |x| (y, x))) {
        if border.at(y, x) {
            match (border.count(y, x, &EDGES), border.count(y, x, &CORNERS)) {
                (2 | 3, 0..=2) => counts[0] += 1.0,
                (0, 2) | (1, 3) => counts[1] += 1.0,
                (1, 1 | 2) => counts[2] += 1.0,
                _ => {}
            }
        }
    }
    counts[0] + counts[1] * SQRT_2 + counts[2] * ((1.0 + SQRT_2) / 2.0)
}
