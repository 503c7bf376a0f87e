//! Sums in 64 bits.

use crate::simd::{Kernel, Level, dispatch};

/// Sums that run beside each other, so that additions need not wait for the one before.
const LANES: usize = 16;

/// The sum of what `term` makes of each element; mark it `#[inline(always)]` where it is a function.
///
/// Exact for whole numbers as long as no sum is beyond 2⁵³. The order of the additions depends on nothing but the length.
pub(crate) fn sum<T: Copy>(elements: &[T], term: impl Fn(T) -> f64) -> f64 {
    dispatch(Sum { elements, term })
}

struct Sum<'a, T, F> {
    elements: &'a [T],
    term: F,
}

impl<T: Copy, F: Fn(T) -> f64> Kernel for Sum<'_, T, F> {
    type Output = f64;

    #[inline(always)]
    fn run<L: Level>(self) -> f64 {
        let mut sums = [0.0; LANES];
        let (blocks, rest) = self.elements.as_chunks::<LANES>();
        for block in blocks {
            for i in 0..LANES {
                sums[i] += (self.term)(block[i]);
            }
        }
        rest.iter().fold(sums.iter().sum(), |sum, &element| sum + (self.term)(element))
    }
}
