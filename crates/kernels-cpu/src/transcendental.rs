//! Powers, logarithms and exponentials in loops that are to be vectorised.

use tagswitch_image::Float;

use crate::approximation::{cos_turns, exp2, log2};
use crate::approximation32::{exp2m1, log2p1, sigmoid};
use crate::roots;
use crate::simd::Level;

/// The floats that results will be rounded to, and functions of numbers in 64 bits that are exact enough for them.
///
/// Those for `f32` are short polynomials, without branches or calls, with relative errors of 10⁻¹⁰; those for `f64` are the
/// standard library's.
pub trait Precision: Float {
    /// Numbers, at least 0 or NaN, to a power.
    fn pow<L: Level, const N: usize>(numbers: &mut [f64; N], exponent: f64);
    /// Numbers to the power of 12/5; for `f32` those that are normal as such, and infinity.
    fn pow_12_5<L: Level, const N: usize>(numbers: &mut [f64; N]);
    /// Numbers to the power of 5/12; for `f32` those that are normal as such.
    fn pow_5_12<L: Level, const N: usize>(numbers: &mut [f64; N]);
    /// Cube roots of numbers; for `f32` of those that are normal as such.
    fn cbrt<L: Level, const N: usize>(numbers: &mut [f64; N]);
    /// 2 to the power of `x`.
    fn exp2<L: Level>(x: f64) -> f64;
    /// e to the power of `x`.
    fn exp<L: Level>(x: f64) -> f64;
    /// The logarithm to base 2 of `x`, at least 0 or NaN.
    fn log2<L: Level>(x: f64) -> f64;
    /// The natural logarithm of such an `x`.
    fn ln<L: Level>(x: f64) -> f64;
    /// The logarithm to base 2 of 1 and `x`, at least 0 or NaN; for `f32` off by three units in the last place at most.
    fn log2p1<L: Level>(x: Self) -> Self;
    /// 2 to the power of such an `x`, less 1; for `f32` as exact.
    fn exp2m1<L: Level>(x: Self) -> Self;
    /// The logistic function of `x`: `1 / (1 + e^(gain (cutoff − x)))`, or 1 less that; for `f32` as exact.
    fn sigmoid<L: Level>(x: Self, cutoff: f64, gain: f64, inverse: bool) -> Self;
    /// The cosine of `x` turns, 0 to 1.
    fn cos_turns<L: Level>(x: f64) -> f64;
}

impl Precision for f32 {
    #[inline(always)]
    fn pow<L: Level, const N: usize>(numbers: &mut [f64; N], exponent: f64) {
        // In two loops, short enough for the CPU to be at many numbers at once.
        for number in &mut *numbers {
            *number = exponent * log2::<L>(*number);
        }
        for number in &mut *numbers {
            *number = exp2::<L>(*number);
        }
        // Even of NaN, and of what makes 0 × ∞.
        if exponent == 0.0 {
            *numbers = [1.0; N];
        }
    }

    #[inline(always)]
    fn pow_12_5<L: Level, const N: usize>(numbers: &mut [f64; N]) {
        roots::pow_12_5::<L, N>(numbers);
    }

    #[inline(always)]
    fn pow_5_12<L: Level, const N: usize>(numbers: &mut [f64; N]) {
        roots::pow_5_12::<L, N>(numbers);
    }

    #[inline(always)]
    fn cbrt<L: Level, const N: usize>(numbers: &mut [f64; N]) {
        roots::cbrt::<L, N>(numbers);
    }

    #[inline(always)]
    fn exp2<L: Level>(x: f64) -> f64 {
        exp2::<L>(x)
    }

    #[inline(always)]
    fn exp<L: Level>(x: f64) -> f64 {
        exp2::<L>(x * std::f64::consts::LOG2_E)
    }

    #[inline(always)]
    fn log2<L: Level>(x: f64) -> f64 {
        log2::<L>(x)
    }

    #[inline(always)]
    fn ln<L: Level>(x: f64) -> f64 {
        log2::<L>(x) * std::f64::consts::LN_2
    }

    #[inline(always)]
    fn log2p1<L: Level>(x: f32) -> f32 {
        log2p1::<L>(x)
    }

    #[inline(always)]
    fn exp2m1<L: Level>(x: f32) -> f32 {
        exp2m1::<L>(x)
    }

    #[inline(always)]
    fn sigmoid<L: Level>(x: f32, cutoff: f64, gain: f64, inverse: bool) -> f32 {
        sigmoid::<L>(x, cutoff, gain, inverse)
    }

    #[inline(always)]
    fn cos_turns<L: Level>(x: f64) -> f64 {
        cos_turns::<L>(x)
    }
}

impl Precision for f64 {
    #[inline(always)]
    fn pow<L: Level, const N: usize>(numbers: &mut [f64; N], exponent: f64) {
        *numbers = numbers.map(|x| x.powf(exponent));
    }

    #[inline(always)]
    fn pow_12_5<L: Level, const N: usize>(numbers: &mut [f64; N]) {
        *numbers = numbers.map(|x| x.powf(2.4));
    }

    #[inline(always)]
    fn pow_5_12<L: Level, const N: usize>(numbers: &mut [f64; N]) {
        *numbers = numbers.map(|x| x.powf(1.0 / 2.4));
    }

    #[inline(always)]
    fn cbrt<L: Level, const N: usize>(numbers: &mut [f64; N]) {
        *numbers = numbers.map(f64::cbrt);
    }

    #[inline(always)]
    fn exp2<L: Level>(x: f64) -> f64 {
        x.exp2()
    }

    #[inline(always)]
    fn exp<L: Level>(x: f64) -> f64 {
        x.exp()
    }

    #[inline(always)]
    fn log2<L: Level>(x: f64) -> f64 {
        x.log2()
    }

    #[inline(always)]
    fn ln<L: Level>(x: f64) -> f64 {
        x.ln()
    }

    #[inline(always)]
    fn log2p1<L: Level>(x: f64) -> f64 {
        (1.0 + x).log2()
    }

    #[inline(always)]
    fn exp2m1<L: Level>(x: f64) -> f64 {
        x.exp2() - 1.0
    }

    #[inline(always)]
    fn sigmoid<L: Level>(x: f64, cutoff: f64, gain: f64, inverse: bool) -> f64 {
        let sigmoid = 1.0 / (1.0 + (gain * (cutoff - x)).exp());
        if inverse { 1.0 - sigmoid } else { sigmoid }
    }

    #[inline(always)]
    fn cos_turns<L: Level>(x: f64) -> f64 {
        (std::f64::consts::TAU * x).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use crate::simd::{Kernel, baseline, dispatch};

    /// The largest error in units in the last place.
    struct Compare(fn(f64, f64) -> f64, Which, Vec<(f32, f32)>);

    #[derive(Clone, Copy)]
    enum Which {
        Pow,
        Exp2,
        Exp,
        Log2,
        Ln,
        CosTurns,
    }

    impl Kernel for Compare {
        type Output = f64;

        fn run<L: Level>(self) -> f64 {
            let mut worst = 0.0f64;
            for (a, b) in self.2 {
                let (x, y) = (f64::from(a), f64::from(b));
                let actual = match self.1 {
                    Which::Pow => {
                        let mut numbers = [x];
                        <f32 as Precision>::pow::<L, 1>(&mut numbers, y);
                        numbers[0]
                    }
                    Which::Exp2 => <f32 as Precision>::exp2::<L>(x),
                    Which::Exp => <f32 as Precision>::exp::<L>(x),
                    Which::Log2 => <f32 as Precision>::log2::<L>(x),
                    Which::Ln => <f32 as Precision>::ln::<L>(x),
                    Which::CosTurns => <f32 as Precision>::cos_turns::<L>(x),
                } as f32;
                let exact = self.0(x, y) as f32;
                if actual == exact || actual.is_nan() && exact.is_nan() {
                    continue;
                }
                let unit = f64::from(exact.abs().next_up()) - f64::from(exact.abs());
                worst = worst.max((f64::from(actual) - f64::from(exact)).abs() / unit);
            }
            worst
        }
    }

    fn worst(exact: fn(f64, f64) -> f64, which: Which, pairs: &[(f32, f32)]) {
        for error in [
            dispatch(Compare(exact, which, pairs.to_vec())),
            baseline(Compare(exact, which, pairs.to_vec())),
        ] {
            assert!(error <= 1.0, "{error}");
        }
    }

    #[test]
    fn are_off_by_a_unit_at_most() {
        let mut random = Random::new(3);
        let mut positive = Vec::new();
        let mut signed = Vec::new();
        let mut turns = vec![(0.0, 0.0), (0.5, 0.0), (1.0, 0.0)];
        for _ in 0..20_000 {
            turns.push((random.unit() as f32, 0.0));
            let bits = random.bits() & 0x7fff_ffff;
            let any = f32::from_bits(bits);
            positive.push((any, (random.unit() * 8.0) as f32));
            positive.push((random.unit() as f32, (random.unit() * 3.0) as f32));
            signed.push(((random.unit() * 300.0 - 150.0) as f32, 0.0));
        }
        for special in [0.0, 1.0, 2.0, f32::MIN_POSITIVE, 1e-45, f32::MAX, f32::INFINITY, f32::NAN]
        {
            for exponent in [0.0, 1e-3, 0.5, 1.0, 2.4, 100.0] {
                positive.push((special, exponent));
            }
            signed.extend([(special, 0.0), (-special, 0.0)]);
        }
        worst(f64::powf, Which::Pow, &positive);
        worst(|a, _| a.log2(), Which::Log2, &positive);
        worst(|a, _| a.log2(), Which::Log2, &[(-0.0, 0.0)]);
        worst(|a, _| a.ln(), Which::Ln, &positive);
        worst(|a, _| a.exp2(), Which::Exp2, &signed);
        worst(|a, _| a.exp(), Which::Exp, &signed);
        worst(|a, _| (std::f64::consts::TAU * a).cos(), Which::CosTurns, &turns);
    }
}
