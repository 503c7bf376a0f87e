//! Fractional powers of many numbers in 64 bits whose results are rounded to 32, with relative errors of 10⁻¹⁰: in loops that are to be
//! vectorised.
//!
//! With `r` about `x^(−1/n)`, and `e = 1 − x rⁿ` for how wrong it is, a power of `x` is a product of `x` and `r` times a short series in
//! `e`: A. S. Householder, "The numerical treatment of a single nonlinear equation", 1970. The root is found in 32 bits, of which a
//! vector holds twice as many numbers, by a polynomial in the `e` of a first guess; the power in 64. Each has a loop of its own: in short
//! ones the CPU sees so many numbers at once that it waits for none.

use crate::approximation::polynomial;
use crate::simd::Level;

/// Numbers to the power of 12/5: those that are normal as 32-bit floats, and infinity.
#[inline(always)]
pub fn pow_12_5<L: Level, const N: usize>(numbers: &mut [f64; N]) {
    /// (1 − e)^(−1/5).
    const ROOT: [f32; 3] = [0.118_689_96, 0.201_602_5, 1.000_012];
    /// (1 − e)^(−3/5).
    const POWER: [f64; 3] = [0.48, 0.6, 1.0];
    let mut roots = narrowed(numbers);
    for root in &mut roots {
        let (x, r) = (*root, guess::<L>(*root, 5.0, 15_058_272.0));
        let square = r * r;
        let error = L::fma(-x * r, square * square, 1.0);
        *root = r * polynomial::<L, _, _>(error, ROOT);
    }
    for (number, root) in numbers.iter_mut().zip(roots) {
        let (x, r) = (*number, f64::from(root));
        let (base, square) = (x * r, r * r);
        let error = L::fma(-base, square * square, 1.0);
        *number = base * base * base * polynomial::<L, _, _>(error, POWER);
    }
}

/// Numbers to the power of 5/12: those that are normal as 32-bit floats.
#[inline(always)]
pub fn pow_5_12<L: Level, const N: usize>(numbers: &mut [f64; N]) {
    /// (1 − e)^(−1/12).
    const ROOT: [f32; 4] = [0.028_907_224, 0.047_922_315, 0.083_564_74, 0.999_956_86];
    /// (1 − e)^(−7/12).
    const POWER: [f64; 3] = [133.0 / 288.0, 7.0 / 12.0, 1.0];
    let mut roots = narrowed(numbers);
    for root in &mut roots {
        let (x, r) = (*root, guess::<L>(*root, 12.0, 13_594_351.0));
        let square = r * r;
        let fourth = square * square;
        let error = L::fma(-x * fourth, fourth * fourth, 1.0);
        *root = r * polynomial::<L, _, _>(error, ROOT);
    }
    for (number, root) in numbers.iter_mut().zip(roots) {
        let (x, r) = (*number, f64::from(root));
        let square = r * r;
        let fifth = square * square * r;
        let near = x * (fifth * square);
        let error = L::fma(-near, fifth, 1.0);
        *number = near * polynomial::<L, _, _>(error, POWER);
    }
}

/// Cube roots of numbers that are normal as 32-bit floats.
#[inline(always)]
pub fn cbrt<L: Level, const N: usize>(numbers: &mut [f64; N]) {
    /// (1 − e)^(−1/3).
    const ROOT: [f32; 4] = [0.171_291_53, 0.223_733_4, 0.333_345_7, 0.999_998];
    /// (1 − e)^(−2/3).
    const POWER: [f64; 2] = [2.0 / 3.0, 1.0];
    let mut roots = narrowed(numbers);
    for root in &mut roots {
        let (x, r) = (*root, guess::<L>(*root, 3.0, 16_731_395.0));
        let error = L::fma(-x * r, r * r, 1.0);
        *root = r * polynomial::<L, _, _>(error, ROOT);
    }
    for (number, root) in numbers.iter_mut().zip(roots) {
        let (x, r) = (*number, f64::from(root));
        let near = x * (r * r);
        let error = L::fma(-near, r, 1.0);
        *number = near * polynomial::<L, _, _>(error, POWER);
    }
}

#[inline(always)]
fn narrowed<const N: usize>(numbers: &[f64; N]) -> [f32; N] {
    let mut narrowed = [0.0; N];
    for (narrow, &number) in narrowed.iter_mut().zip(numbers) {
        *narrow = number as f32;
    }
    narrowed
}

/// `x^(−1/n)`, 4 % off at most: the bits of a float are about its logarithm.
///
/// `sum` is what the upper bits of `x` divided by `n` and those of the guess come to for the least error, each a whole number.
#[inline(always)]
fn guess<L: Level>(x: f32, n: f32, sum: f32) -> f32 {
    /// 2²³: the last bit of such a number is worth 1.
    const UNITS: u32 = 0x4b00_0000;
    /// Bits that are of no account.
    const LOWER: u32 = 8;
    let upper = f32::from_bits(x.to_bits() >> LOWER | UNITS);
    f32::from_bits(L::fma(upper, -1.0 / n, sum).to_bits() << LOWER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use crate::simd::{Kernel, baseline, dispatch};

    #[derive(Clone, Copy, PartialEq)]
    enum Which {
        TwelveFifths,
        FiveTwelfths,
        Cbrt,
    }

    impl Which {
        fn exact(self, x: f64) -> f64 {
            match self {
                Self::TwelveFifths => x.powf(2.4),
                Self::FiveTwelfths => x.powf(5.0 / 12.0),
                Self::Cbrt => x.cbrt(),
            }
        }
    }

    struct Compute<const N: usize>(Which, [f64; N]);

    impl<const N: usize> Kernel for Compute<N> {
        type Output = [f64; N];

        #[inline(always)]
        fn run<L: Level>(mut self) -> [f64; N] {
            match self.0 {
                Which::TwelveFifths => pow_12_5::<L, N>(&mut self.1),
                Which::FiveTwelfths => pow_5_12::<L, N>(&mut self.1),
                Which::Cbrt => cbrt::<L, N>(&mut self.1),
            }
            self.1
        }
    }

    const ALL: [Which; 3] = [Which::TwelveFifths, Which::FiveTwelfths, Which::Cbrt];

    fn check<const N: usize>(which: Which, numbers: [f64; N]) {
        for powers in [dispatch(Compute(which, numbers)), baseline(Compute(which, numbers))] {
            for (power, x) in powers.into_iter().zip(numbers) {
                let exact = which.exact(x);
                assert!(
                    (power - exact).abs() <= 3e-10 * exact,
                    "{power} instead of {exact} of {x}"
                );
            }
        }
    }

    #[test]
    fn powers_are_right_to_nine_digits() {
        let mut random = Random::new(12);
        for which in ALL {
            for _ in 0..400 {
                check(
                    which,
                    [(); 96].map(|()| {
                        loop {
                            let x = f32::from_bits(random.bits() & 0x7fff_ffff);
                            if x.is_normal() {
                                break f64::from(x);
                            }
                        }
                    }),
                );
                check(which, [(); 96].map(|()| random.unit() + 1e-3));
            }
            check(which, [f32::MIN_POSITIVE, 0.5, 1.0, 2.0, f32::MAX].map(f64::from));
        }
    }

    #[test]
    fn infinity_stays() {
        let numbers = [1.0, f64::INFINITY];
        assert_eq!(dispatch(Compute(Which::TwelveFifths, numbers))[1], f64::INFINITY);
        assert_eq!(baseline(Compute(Which::TwelveFifths, numbers))[1], f64::INFINITY);
    }

    #[test]
    fn a_number_has_the_same_power_at_every_place() {
        let mut random = Random::new(13);
        for which in ALL {
            let numbers = [(); 67].map(|()| random.unit() + 1e-3);
            let together = dispatch(Compute(which, numbers));
            for (power, x) in together.into_iter().zip(numbers) {
                assert_eq!([power], dispatch(Compute(which, [x])));
            }
        }
    }
}
