//! Powers, logarithms and exponentials in loops that are to be vectorised.

use tagswitch_image::Float;

use crate::simd::Level;

/// The floats that results will be rounded to, and functions of numbers in 64 bits that are exact enough for them.
///
/// Those for `f32` are short series, without branches or calls, with relative errors of 10⁻¹²; those for `f64` are the
/// standard library's.
pub trait Precision: Float {
    /// `x`, at least 0 or NaN, to a power.
    fn pow<L: Level>(x: f64, exponent: f64) -> f64;
    /// The cube root of `x` above 0.
    fn cbrt<L: Level>(x: f64) -> f64;
    /// 2 to the power of `x`.
    fn exp2<L: Level>(x: f64) -> f64;
    /// e to the power of `x`.
    fn exp<L: Level>(x: f64) -> f64;
    /// The logarithm to base 2 of `x`, at least 0 or NaN.
    fn log2<L: Level>(x: f64) -> f64;
}

impl Precision for f32 {
    #[inline(always)]
    fn pow<L: Level>(x: f64, exponent: f64) -> f64 {
        let power = exp2::<L>(exponent * log2::<L>(x));
        // Even of NaN, and of what makes 0 × ∞.
        if exponent == 0.0 { 1.0 } else { power }
    }

    #[inline(always)]
    fn cbrt<L: Level>(x: f64) -> f64 {
        exp2::<L>(log2::<L>(x) * (1.0 / 3.0))
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
}

impl Precision for f64 {
    #[inline(always)]
    fn pow<L: Level>(x: f64, exponent: f64) -> f64 {
        x.powf(exponent)
    }

    #[inline(always)]
    fn cbrt<L: Level>(x: f64) -> f64 {
        x.cbrt()
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
}

const FRACTION: u64 = (1 << 52) - 1;
/// 2⁵²: the last bit of such a number is worth 1.
const UNITS: u64 = 0x4330_0000_0000_0000;
/// The bits of √½.
const ROOT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;

/// The logarithm to base 2 of a number within the range of 32-bit floats, with an error of 10⁻¹².
///
/// `x = 2ⁿ m` with `m` in [√½, √2), and `ln m = 2 artanh((m − 1) / (m + 1))` by its Taylor series.
#[inline(always)]
fn log2<L: Level>(x: f64) -> f64 {
    // With the bits of √½ taken away, the exponent's field counts doublings to that interval.
    let shifted = x.to_bits().wrapping_sub(ROOT_HALF);
    let biased = (shifted >> 52) ^ 0x800;
    let doublings = f64::from_bits(biased | UNITS) - (f64::from_bits(UNITS) + 2048.0);
    let mantissa = f64::from_bits((shifted & FRACTION).wrapping_add(ROOT_HALF));

    let t = (mantissa - 1.0) / (mantissa + 1.0);
    let squared = t * t;
    let mut series = 1.0 / 15.0;
    for divisor in [13.0, 11.0, 9.0, 7.0, 5.0, 3.0, 1.0] {
        series = L::fma(series, squared, 1.0 / divisor);
    }
    let value = L::fma(t * series, 2.0 * std::f64::consts::LOG2_E, doublings);
    let beyond = if x == 0.0 { f64::NEG_INFINITY } else { x * f64::INFINITY };
    let beyond = if x < 0.0 { f64::NAN } else { beyond };
    if x > 0.0 && x < f64::INFINITY { value } else { beyond }
}

/// 2 to a power, with a relative error of 10⁻¹²; beyond what 32-bit floats hold, something else beyond it, and infinity for infinity.
///
/// `2ˣ = 2ⁿ e^(f ln 2)` with `f` in [−½, ½], by its Taylor series.
#[inline(always)]
fn exp2<L: Level>(x: f64) -> f64 {
    /// Added to a number, it makes the last bit worth 1, and so rounds it.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    let infinity = x == f64::INFINITY;
    let x = if x < -1000.0 { -1000.0 } else { x };
    let x = if x > 1000.0 { 1000.0 } else { x };
    let rounded = x + ROUND;
    let y = (x - (rounded - ROUND)) * std::f64::consts::LN_2;
    let mut series = 1.0;
    for divisor in [11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0] {
        series = L::fma(series, y * (1.0 / divisor), 1.0);
    }
    let power = series * f64::from_bits((rounded.to_bits() << 52).wrapping_add(1.0f64.to_bits()));
    if infinity { f64::INFINITY } else { power }
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
        Cbrt,
        Exp2,
        Exp,
        Log2,
    }

    impl Kernel for Compare {
        type Output = f64;

        fn run<L: Level>(self) -> f64 {
            let mut worst = 0.0f64;
            for (a, b) in self.2 {
                let (x, y) = (f64::from(a), f64::from(b));
                let actual = match self.1 {
                    Which::Pow => <f32 as Precision>::pow::<L>(x, y),
                    Which::Cbrt => <f32 as Precision>::cbrt::<L>(x),
                    Which::Exp2 => <f32 as Precision>::exp2::<L>(x),
                    Which::Exp => <f32 as Precision>::exp::<L>(x),
                    Which::Log2 => <f32 as Precision>::log2::<L>(x),
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
        for _ in 0..20_000 {
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
        worst(|a, _| a.log2(), Which::Log2, &[(-1.0, 0.0), (-f32::INFINITY, 0.0), (-0.0, 0.0)]);
        worst(|a, _| a.exp2(), Which::Exp2, &signed);
        worst(|a, _| a.exp(), Which::Exp, &signed);
        positive.retain(|&(a, _)| a > 0.0);
        worst(|a, _| a.cbrt(), Which::Cbrt, &positive);
    }
}
