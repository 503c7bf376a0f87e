use tagswitch_image::{ImageView, Sample};

use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};

/// Sums that run beside each other, so that additions need not wait for the one before.
const LANES: usize = 8;

/// What the metrics of two images are made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Mean of the squared differences.
    pub error: f64,
    /// Mean of the squared samples of the first image.
    pub square: f64,
    /// Mean of the samples of the first image.
    pub mean: f64,
    /// Least sample of the first image.
    pub least: f64,
    /// Greatest sample of the first image.
    pub greatest: f64,
}

/// Compares two images of the same shape in one pass, in 64 bits.
///
/// # Errors
///
/// [`Error::Mismatch`](crate::Error::Mismatch) for images of different shapes.
pub fn compare<T: Sample>(first: ImageView<'_, T>, second: ImageView<'_, T>) -> Result<Comparison> {
    check_shape("the second image", second.shape(), first.shape())?;
    Ok(dispatch(Compare { first: first.samples(), second: second.samples() }))
}

struct Compare<'a, T> {
    first: &'a [T],
    second: &'a [T],
}

/// One of the sums that run beside each other.
#[derive(Clone, Copy)]
struct Sums {
    error: f64,
    square: f64,
    total: f64,
    least: f64,
    greatest: f64,
}

impl Sums {
    const NONE: Self = Self {
        error: 0.0,
        square: 0.0,
        total: 0.0,
        least: f64::INFINITY,
        greatest: f64::NEG_INFINITY,
    };

    #[inline(always)]
    fn add(&mut self, sample: f64, other: f64) {
        let difference = sample - other;
        self.error += difference * difference;
        self.square += sample * sample;
        self.total += sample;
        self.least = if sample < self.least { sample } else { self.least };
        self.greatest = if sample > self.greatest { sample } else { self.greatest };
    }

    fn join(self, other: Self) -> Self {
        Self {
            error: self.error + other.error,
            square: self.square + other.square,
            total: self.total + other.total,
            least: self.least.min(other.least),
            greatest: self.greatest.max(other.greatest),
        }
    }
}

impl<T: Sample> Kernel for Compare<'_, T> {
    type Output = Comparison;

    #[inline(always)]
    fn run<L: Level>(self) -> Comparison {
        let mut lanes = [Sums::NONE; LANES];
        let (blocks, rest) = self.first.as_chunks::<LANES>();
        let (others, other_rest) = self.second.as_chunks::<LANES>();
        for (block, other) in blocks.iter().zip(others) {
            for i in 0..LANES {
                lanes[i].add(block[i].to_f64(), other[i].to_f64());
            }
        }
        let mut sums = lanes.into_iter().fold(Sums::NONE, Sums::join);
        for (sample, other) in rest.iter().zip(other_rest) {
            sums.add(sample.to_f64(), other.to_f64());
        }
        let count = self.first.len() as f64;
        Comparison {
            error: sums.error / count,
            square: sums.square / count,
            mean: sums.total / count,
            least: sums.least,
            greatest: sums.greatest,
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn compares_in_64_bits() {
        let shape = Shape::new(1, 19, 1).unwrap();
        let first: Vec<u8> = (0..19).map(|i| i * 13).collect();
        let second = vec![3u8; 19];
        let view = |samples| ImageView::new(samples, shape).unwrap();
        let found = compare(view(&first), view(&second)).unwrap();
        let mean = |term: &dyn Fn(f64) -> f64| {
            first.iter().map(|&sample| term(f64::from(sample))).sum::<f64>() / 19.0
        };
        let expected = Comparison {
            error: mean(&|sample| (sample - 3.0) * (sample - 3.0)),
            square: mean(&|sample| sample * sample),
            mean: 117.0,
            least: 0.0,
            greatest: 234.0,
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn refuses_images_of_different_shapes() {
        let samples = [0u8; 6];
        let view = |height, width| {
            ImageView::new(&samples, Shape::new(height, width, 1).unwrap()).unwrap()
        };
        let message = compare(view(2, 3), view(3, 2)).unwrap_err().to_string();
        assert_eq!(message, "the second image has shape 3 × 2 × 1; expected 2 × 3 × 1");
    }
}
