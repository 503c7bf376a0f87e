use tagswitch_image::{Float, ImageView, Sample};

use crate::simd::{Kernel, Level, dispatch_wide};
use crate::sum::{BLOCK, Summed};
use crate::threads::{Band, each_band};

/// What metrics relate an error to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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
    let mut blocks = vec![Statistics::default(); samples.len().div_ceil(BLOCK)];
    each_band(&mut blocks, 1, 2 * BLOCK, |blocks| dispatch_wide(Blocks { samples, blocks }));
    let count = samples.len() as f64;
    Statistics {
        square: blocks.iter().map(|block| block.square).sum::<f64>() / count,
        mean: blocks.iter().map(|block| block.mean).sum::<f64>() / count,
        least: blocks.iter().map(|block| block.least).fold(f64::INFINITY, f64::min),
        greatest: blocks.iter().map(|block| block.greatest).fold(f64::NEG_INFINITY, f64::max),
    }
}

/// The statistics of each block, whose samples are in the nearest cache once they were read; sums in place of means.
struct Blocks<'a, T> {
    samples: &'a [T],
    blocks: Band<'a, Statistics>,
}

impl<T: Summed> Kernel for Blocks<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { samples, blocks } = self;
        let samples = samples[blocks.first * BLOCK..].chunks(BLOCK);
        for (block, samples) in blocks.samples.iter_mut().zip(samples) {
            let [least, greatest] = extremes(samples);
            let (square, mean) = (T::block_squares(samples), T::block_sum(samples));
            *block = Statistics { square, mean, least, greatest };
        }
    }
}

#[inline(always)]
fn extremes<T: Sample>(samples: &[T]) -> [f64; 2] {
    // More than registers hold would go through memory.
    const LANES: usize = 32;
    let mut least = [T::Work::from_f64(f64::INFINITY); LANES];
    let mut greatest = [T::Work::from_f64(f64::NEG_INFINITY); LANES];
    let mut take = |lane: usize, sample: T| {
        let value = sample.to_work();
        least[lane] = if value < least[lane] { value } else { least[lane] };
        greatest[lane] = if value > greatest[lane] { value } else { greatest[lane] };
    };
    let (groups, rest) = samples.as_chunks::<LANES>();
    for group in groups {
        for (lane, &sample) in group.iter().enumerate() {
            take(lane, sample);
        }
    }
    for (lane, &sample) in rest.iter().enumerate() {
        take(lane, sample);
    }
    let [mut low, mut high] = [f64::INFINITY, f64::NEG_INFINITY];
    for lane in 0..LANES {
        low = low.min(least[lane].to_f64());
        high = high.max(greatest[lane].to_f64());
    }
    [low, high]
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
        let many: Vec<u16> = (0..3 * BLOCK + 17).map(|i| (i % 19 * 13) as u16).collect();
        let Statistics { square, mean, least, greatest } = of(&many);
        let sum = |term: fn(f64) -> f64| many.iter().map(|&v| term(v.into())).sum::<f64>();
        assert_eq!(square, sum(|v| v * v) / many.len() as f64);
        assert_eq!([mean, least, greatest], [sum(|v| v) / many.len() as f64, 0.0, 234.0]);
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
