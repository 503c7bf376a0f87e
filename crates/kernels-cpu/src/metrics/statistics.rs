use tagswitch_image::{Float, ImageView, Sample};

use crate::simd::{Kernel, Level, dispatch};
use crate::sum::{Summed, sum, sum_of_squares};

/// What metrics relate an error to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statistics {
    /// Mean of the squared samples.
    pub square: f64,
    /// Mean of the samples.
    pub mean: f64,
    /// The least sample that is a number; infinite where there is none.
    pub least: f64,
    /// The greatest sample that is a number; negative and infinite where there is none.
    pub greatest: f64,
}

/// Of all samples of an image, in 64 bits.
pub fn statistics<T: Summed>(image: ImageView<'_, T>) -> Statistics {
    let samples = image.samples();
    let count = samples.len() as f64;
    let [least, greatest] = dispatch(Extremes { samples });
    Statistics {
        square: sum_of_squares(samples) / count,
        mean: sum(samples) / count,
        least,
        greatest,
    }
}

struct Extremes<'a, T> {
    samples: &'a [T],
}

impl<T: Sample> Kernel for Extremes<'_, T> {
    type Output = [f64; 2];

    #[inline(always)]
    fn run<L: Level>(self) -> [f64; 2] {
        const LANES: usize = 32;
        let mut least = [T::Work::from_f64(f64::INFINITY); LANES];
        let mut greatest = [T::Work::from_f64(f64::NEG_INFINITY); LANES];
        let mut take = |lane: usize, sample: T| {
            let value = sample.to_work();
            least[lane] = if value < least[lane] { value } else { least[lane] };
            greatest[lane] = if value > greatest[lane] { value } else { greatest[lane] };
        };
        let (blocks, rest) = self.samples.as_chunks::<LANES>();
        for block in blocks {
            for (lane, &sample) in block.iter().enumerate() {
                take(lane, sample);
            }
        }
        for (lane, &sample) in rest.iter().enumerate() {
            take(lane, sample);
        }
        let ends = |lanes: [T::Work; LANES]| lanes.map(Sample::to_f64).into_iter();
        [
            ends(least).fold(f64::INFINITY, f64::min),
            ends(greatest).fold(f64::NEG_INFINITY, f64::max),
        ]
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn of<T: Summed>(samples: &[T]) -> Statistics {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        statistics(ImageView::new(samples, shape).unwrap())
    }

    #[test]
    fn are_those_of_all_samples() {
        let samples: Vec<u8> = (0..19).map(|i| i * 13).collect();
        let squares: f64 = samples.iter().map(|&v| f64::from(v) * f64::from(v)).sum();
        let expected =
            Statistics { square: squares / 19.0, mean: 117.0, least: 0.0, greatest: 234.0 };
        assert_eq!(of(&samples), expected);
    }

    #[test]
    fn extremes_lie_anywhere_and_pass_nan_over() {
        for length in 1..100 {
            for at in 0..length {
                let mut samples = vec![f32::NAN; length];
                samples[length - 1 - at] = 9.0;
                samples[at] = -7.0;
                let Statistics { least, greatest, mean, .. } = of(&samples);
                assert_eq!(least, -7.0);
                assert_eq!(greatest, if 2 * at + 1 == length { -7.0 } else { 9.0 });
                assert_eq!(mean.is_nan(), length > 2);
            }
        }
        let Statistics { least, greatest, .. } = of(&[f64::NAN]);
        assert_eq!([least, greatest], [f64::INFINITY, f64::NEG_INFINITY]);
    }
}
