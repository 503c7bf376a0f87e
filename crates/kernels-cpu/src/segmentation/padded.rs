use tagswitch_image::Shape;

use crate::measure::Connectivity;

/// Pixels in raster order with one more around the image, so that all of its own have eight neighbours.
#[derive(Clone, Copy)]
pub struct Padded {
    shape: Shape,
    pitch: usize,
}

impl Padded {
    pub fn new(shape: Shape) -> Self {
        Self { shape, pitch: shape.width() + 2 }
    }

    /// Pixels, those around included.
    pub fn len(self) -> usize {
        self.pitch * (self.shape.height() + 2)
    }

    /// From one row to the next.
    pub fn pitch(self) -> usize {
        self.pitch
    }

    /// How far two pixels are from each other.
    pub fn distance(self, a: usize, b: usize) -> f64 {
        let rows = (a / self.pitch) as f64 - (b / self.pitch) as f64;
        let columns = (a % self.pitch) as f64 - (b % self.pitch) as f64;
        (rows * rows + columns * columns).sqrt()
    }

    /// The image's own pixels in raster order.
    pub fn pixels(self) -> impl Iterator<Item = usize> {
        (1..=self.shape.height())
            .flat_map(move |r| (r * self.pitch + 1)..(r * self.pitch + 1 + self.shape.width()))
    }

    /// Samples with `around` around them.
    #[inline(always)]
    pub fn pad<T, U: Clone>(self, samples: &[T], around: U, convert: impl Fn(&T) -> U) -> Vec<U> {
        let mut padded = vec![around; self.len()];
        let lines = padded[self.pitch..].chunks_exact_mut(self.pitch);
        for (line, row) in lines.zip(samples.chunks_exact(self.shape.width())) {
            for (padded, sample) in line[1..].iter_mut().zip(row) {
                *padded = convert(sample);
            }
        }
        padded
    }

    /// How far neighbours are: those that share an edge, then those that share a corner, each in raster order.
    pub fn neighbours(self, connectivity: Connectivity) -> Vec<isize> {
        let down = self.pitch as isize;
        let mut offsets = vec![-down, -1, 1, down];
        if connectivity == Connectivity::Corners {
            offsets.extend([-down - 1, -down + 1, down - 1, down + 1]);
        }
        offsets
    }
}
