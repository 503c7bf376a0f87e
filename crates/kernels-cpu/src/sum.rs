//! Sums in 64 bits, of one block of samples after the other.
//!
//! Exact for whole numbers as long as no sum is beyond 2⁵³. The order of the additions depends on nothing but the length.

use tagswitch_image::Sample;

use crate::simd::{Kernel, Level, dispatch, dispatch_wide};
use crate::threads::{Band, each_band};

/// As many samples as add up in 32 bits: bytes even where they are squared.
pub(crate) const BLOCK: usize = 4096;

/// Sums that run beside each other, so that additions need not wait for the one before.
const LANES: usize = 32;

/// Samples that can be added up; few bits in 32, which vectors hold more of.
pub trait Summed: Sample {
    /// The sum of a block.
    #[doc(hidden)]
    #[inline(always)]
    fn block_sum(block: &[Self]) -> f64 {
        in_lanes(block, block, |sample, _| sample)
    }

    /// The sum of the squares of a block.
    #[doc(hidden)]
    #[inline(always)]
    fn block_squares(block: &[Self]) -> f64 {
        in_lanes(block, block, |sample, _| sample * sample)
    }

    /// The sum of the squared differences of two blocks of one length.
    #[doc(hidden)]
    #[inline(always)]
    fn block_squared_differences(first: &[Self], second: &[Self]) -> f64 {
        in_lanes(first, second, |sample, other| (sample - other) * (sample - other))
    }
}

#[inline(always)]
fn in_lanes<T: Sample>(first: &[T], second: &[T], term: impl Fn(f64, f64) -> f64) -> f64 {
    let mut sums = [0.0; LANES];
    let (blocks, rest) = first.as_chunks::<LANES>();
    let (other_blocks, other_rest) = second.as_chunks::<LANES>();
    for (block, other) in blocks.iter().zip(other_blocks) {
        for i in 0..LANES {
            sums[i] += term(block[i].to_f64(), other[i].to_f64());
        }
    }
    let rest = rest.iter().zip(other_rest);
    rest.fold(sums.iter().sum(), |sum, (sample, other)| sum + term(sample.to_f64(), other.to_f64()))
}

impl Summed for u8 {
    #[inline(always)]
    fn block_sum(block: &[Self]) -> f64 {
        let mut sum = 0;
        for &sample in block {
            sum += u32::from(sample);
        }
        f64::from(sum)
    }

    #[inline(always)]
    fn block_squares(block: &[Self]) -> f64 {
        let mut sum = 0;
        for &sample in block {
            sum += i32::from(sample) * i32::from(sample);
        }
        f64::from(sum)
    }

    #[inline(always)]
    fn block_squared_differences(first: &[Self], second: &[Self]) -> f64 {
        let mut sum = 0;
        for (&sample, &other) in first.iter().zip(second) {
            // 16 bits hold the difference, and vectors multiply and add pairs of those at once.
            let difference = i16::from(sample) - i16::from(other);
            sum += i32::from(difference) * i32::from(difference);
        }
        f64::from(sum)
    }
}

impl Summed for u16 {
    #[inline(always)]
    fn block_sum(block: &[Self]) -> f64 {
        let mut sum = 0;
        for &sample in block {
            sum += u32::from(sample);
        }
        f64::from(sum)
    }
}

impl Summed for i32 {}
impl Summed for f32 {}
impl Summed for f64 {}

/// The sum of the samples.
pub(crate) fn sum<T: Summed>(samples: &[T]) -> f64 {
    if size_of::<T>() > 2 {
        return dispatch(InLanes { samples });
    }
    by_blocks(samples, samples, Terms::Samples)
}

/// The sum of samples that no fewer than 64 bits hold, of all at once.
struct InLanes<'a, T> {
    samples: &'a [T],
}

impl<T: Sample> Kernel for InLanes<'_, T> {
    type Output = f64;

    #[inline(always)]
    fn run<L: Level>(self) -> f64 {
        let mut sums = [0.0; LANES];
        let (blocks, rest) = self.samples.as_chunks::<LANES>();
        for block in blocks {
            for i in 0..LANES {
                sums[i] += block[i].to_f64();
            }
        }
        rest.iter().fold(sums.iter().sum(), |sum, sample| sum + sample.to_f64())
    }
}

/// The sum of the squared differences of as many samples each.
pub(crate) fn sum_of_squared_differences<T: Summed>(first: &[T], second: &[T]) -> f64 {
    by_blocks(first, second, Terms::SquaredDifferences)
}

/// What is added up.
#[derive(Clone, Copy)]
enum Terms {
    Samples,
    SquaredDifferences,
}

fn by_blocks<T: Summed>(first: &[T], second: &[T], terms: Terms) -> f64 {
    let mut sums = vec![0.0; first.len().div_ceil(BLOCK)];
    each_band(&mut sums, 1, BLOCK, |sums| dispatch_wide(Blocks { first, second, terms, sums }));
    sums.iter().sum()
}

struct Blocks<'a, T> {
    first: &'a [T],
    second: &'a [T],
    terms: Terms,
    sums: Band<'a, f64>,
}

impl<T: Summed> Kernel for Blocks<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { first, second, terms, sums } = self;
        let start = sums.first * BLOCK;
        let blocks = first[start..].chunks(BLOCK).zip(second[start..].chunks(BLOCK));
        for (sum, (first, second)) in sums.samples.iter_mut().zip(blocks) {
            *sum = match terms {
                Terms::Samples => T::block_sum(first),
                Terms::SquaredDifferences => T::block_squared_differences(first, second),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn agrees<T: Summed>(samples: &[T], others: &[T]) {
        let exact = |term: &dyn Fn(f64, f64) -> f64| -> f64 {
            samples.iter().zip(others).map(|(a, b)| term(a.to_f64(), b.to_f64())).sum()
        };
        assert_eq!(sum(samples), exact(&|a, _| a), "{} of {}", samples.len(), T::NAME);
        let squares: f64 = samples.chunks(BLOCK).map(T::block_squares).sum();
        assert_eq!(squares, exact(&|a, _| a * a));
        assert_eq!(sum_of_squared_differences(samples, others), exact(&|a, b| (a - b) * (a - b)));
    }

    #[test]
    fn whole_numbers_add_up_exactly_whatever_their_number() {
        let mut random = Random::new(3);
        for len in (1..70).chain([BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 17]) {
            let [bytes, others] = [(); 2]
                .map(|()| -> Vec<u8> { (0..len).map(|_| random.below(256) as u8).collect() });
            let wide =
                |bytes: &[u8]| -> Vec<u16> { bytes.iter().map(|&v| u16::from(v) * 257).collect() };
            let signed =
                |bytes: &[u8]| -> Vec<i32> { bytes.iter().map(|&v| i32::from(v) - 99).collect() };
            let floats = |bytes: &[u8]| -> Vec<f32> { bytes.iter().map(|&v| v.into()).collect() };
            agrees(&bytes, &others);
            agrees(&wide(&bytes), &wide(&others));
            agrees(&signed(&bytes), &signed(&others));
            agrees(&floats(&bytes), &floats(&others));
        }
    }

    #[test]
    fn the_greatest_samples_fit() {
        let len = 2 * BLOCK + 5;
        agrees(&vec![255u8; len], &vec![0; len]);
        agrees(&vec![0u8; len], &vec![255; len]);
        agrees(&vec![u16::MAX; len], &vec![0; len]);
    }
}
