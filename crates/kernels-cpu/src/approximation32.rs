//! Functions of 32-bit samples in 32 bits, of which a vector holds twice as many numbers as of 64: short polynomials without branches or
//! calls, off by two or three units in the last place at most, in loops that are to be vectorised.
//!
//! What is near 1 is never made: its digits would be lost once the 1 is taken away.

use crate::approximation::polynomial;
use crate::simd::Level;

/// Added to a number, it makes the last bit worth 1, and so rounds it.
const ROUND: f32 = 12_582_912.0;

/// The logarithm to base 2 of 1 and a number, at least 0 or NaN.
///
/// `1 + x = 2ⁿ (1 + f)` with `1 + f` in [√½, √2), and `f = 2⁻ⁿ x + (2⁻ⁿ − 1)`.
#[inline(always)]
pub fn log2p1<L: Level>(x: f32) -> f32 {
    /// log₂ (1 + f) / 4f, by 4f: the least of four times 2⁻ⁿ is still a normal number.
    const SERIES: [f32; 10] = [
        -1.025_179_8e-7,
        7.048_047_4e-7,
        -2.920_355e-6,
        1.250_351_9e-5,
        -5.849_807_7e-5,
        2.817_896e-4,
        -1.408_970_9e-3,
        7.514_039e-3,
        -4.508_421e-2,
        0.360_673_76,
    ];
    /// The bits of √½.
    const ROOT_HALF: u32 = 0x3f35_04f3;
    let doublings = (1.0 + x).to_bits().wrapping_sub(ROOT_HALF) >> 23;
    let scale = f32::from_bits(129u32.wrapping_sub(doublings) << 23);
    let four = L::fma(x, scale, scale - 4.0);
    let value = L::fma(four, polynomial::<L, _, _>(four, SERIES), doublings as i32 as f32);
    // Infinity and NaN stay.
    if x < f32::INFINITY { value } else { x }
}

/// 2 to the power of a number, at least 0 or NaN, less 1.
///
/// `2ˣ − 1 = 2ⁿ (2ᶠ − 1) + (2ⁿ − 1)` with `f` in [−½, ½].
#[inline(always)]
pub fn exp2m1<L: Level>(x: f32) -> f32 {
    // The exponent of infinity.
    let x = if x > 128.0 { 128.0 } else { x };
    let rounded = x + ROUND;
    let fraction = x - (rounded - ROUND);
    let half = half_power(rounded);
    L::fma(half, twice_exp2m1::<L>(fraction), half - 0.5) + (half - 0.5)
}

/// The logistic function: `1 / (1 + e^(gain (cutoff − x)))`, or 1 less that.
///
/// What `gain` and `cutoff` are more than numbers of 32 bits, and what the distance and the product lose, is added to the fraction of the
/// exponent; where the CPU rounds products before it adds, the product's loss stays.
#[inline(always)]
pub fn sigmoid<L: Level>(x: f32, cutoff: f64, gain: f64, inverse: bool) -> f32 {
    // The inverse has the other sign, and keeps the digits that are lost where something near 1 is taken from it.
    let factor = if inverse { gain } else { -gain } * std::f64::consts::LOG2_E;
    let [wide, wide_lost] = in_two(factor);
    let [centre, centre_lost] = in_two(cutoff);
    let distance = x - centre;
    // D. E. Knuth, "The Art of Computer Programming", volume 2, 4.2.2: what a sum of any two numbers loses.
    let back = distance - x;
    let lost = (x - (distance - back)) - (centre + back) - centre_lost;
    let exponent = wide * distance;
    let lost = L::fma(wide, distance, -exponent) + L::fma(wide, lost, wide_lost * distance);
    // There the result is 0 or 1, and what was lost of infinity is NaN.
    let lost = if exponent.abs() < 150.0 { lost } else { 0.0 };
    let exponent = if exponent > 128.0 { 128.0 } else { exponent };
    let exponent = if exponent < -126.0 { -126.0 } else { exponent };
    let rounded = exponent + ROUND;
    let fraction = exponent - (rounded - ROUND) + lost;
    let half = half_power(rounded);
    1.0 / (L::fma(half, twice_exp2m1::<L>(fraction), half) + (half + 1.0))
}

/// The nearest number of 32 bits, and how much more it is, if it is not beyond all of them.
#[inline(always)]
fn in_two(number: f64) -> [f32; 2] {
    let number = number.clamp(f64::from(f32::MIN), f64::from(f32::MAX));
    let near = number as f32;
    [near, (number - f64::from(near)) as f32]
}

/// Half of 2 to the power of a whole number from −126 to 128, to which [`ROUND`] is added: half, as it is finite whatever the number; of
/// −126 it is 0.
#[inline(always)]
fn half_power(rounded: f32) -> f32 {
    f32::from_bits((rounded.to_bits() << 23).wrapping_add(0.5f32.to_bits()))
}

/// `2 (2ᶠ − 1)` of `f` in [−½, ½].
#[inline(always)]
fn twice_exp2m1<L: Level>(f: f32) -> f32 {
    /// That over `f`.
    const SERIES: [f32; 6] =
        [3.090_632_6e-4, 2.678_172_7e-3, 1.923_616_5e-2, 0.111_007_14, 0.480_453, 1.386_294_4];
    f * polynomial::<L, _, _>(f, SERIES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use crate::simd::{Kernel, baseline, dispatch};

    #[derive(Clone, Copy)]
    enum Which {
        Log2p1,
        Exp2m1,
        Sigmoid { cutoff: f64, gain: f64, inverse: bool },
    }

    struct Compute<'a>(Which, &'a [f32]);

    impl Kernel for Compute<'_> {
        type Output = Vec<f32>;

        #[inline(always)]
        fn run<L: Level>(self) -> Vec<f32> {
            let numbers = self.1.iter();
            match self.0 {
                Which::Log2p1 => numbers.map(|&x| log2p1::<L>(x)).collect(),
                Which::Exp2m1 => numbers.map(|&x| exp2m1::<L>(x)).collect(),
                Which::Sigmoid { cutoff, gain, inverse } => {
                    numbers.map(|&x| sigmoid::<L>(x, cutoff, gain, inverse)).collect()
                }
            }
        }
    }

    /// Whether no value is farther off than three units in the last place, or `allowed`.
    fn check(values: Vec<f32>, numbers: &[f32], allowed: f64, exact: impl Fn(f64) -> f64) {
        for (value, &x) in values.into_iter().zip(numbers) {
            let exact = exact(f64::from(x));
            let near = exact as f32;
            let unit = f64::from(near.abs().next_up()) - f64::from(near.abs());
            assert!(
                value == near
                    || value.is_nan() && near.is_nan()
                    || (f64::from(value) - exact).abs() <= allowed.max(3.0 * unit),
                "{value:e} instead of {near:e} of {x:e}"
            );
        }
    }

    fn log2p1_of_64_bits(x: f64) -> f64 {
        // In 1 + x small numbers lose their digits.
        let small = (x - x * x / 2.0) * std::f64::consts::LOG2_E;
        if x < 1e-6 { small } else { (1.0 + x).log2() }
    }

    fn exp2m1_of_64_bits(x: f64) -> f64 {
        let small = (x * std::f64::consts::LN_2).exp_m1();
        if x < 1e-6 { small } else { x.exp2() - 1.0 }
    }

    #[test]
    fn are_off_by_three_units_at_most() {
        let special = [0.0, -0.0, 1e-45, f32::MIN_POSITIVE, f32::MAX, f32::INFINITY, f32::NAN];
        let mut numbers = Vec::from(special);
        let mut random = Random::new(32);
        for bits in (0..0x7f80_0000).step_by(30_011) {
            numbers.push(f32::from_bits(bits));
        }
        for _ in 0..60_000 {
            let unit = random.unit() as f32;
            numbers.extend([unit, 2.0 * unit, 130.0 * unit]);
        }
        for exponent in -20..127 {
            let power = 2f32.powi(exponent);
            let root = (2f64.powi(exponent) * std::f64::consts::SQRT_2 - 1.0).max(0.0) as f32;
            for near in [power, (power - 1.0).max(0.0), root] {
                numbers.extend([near.next_down().max(0.0), near, near.next_up()]);
            }
        }
        for half in 0..258u16 {
            let near = f32::from(half) / 2.0;
            numbers.extend([near.next_down().max(0.0), near, near.next_up()]);
        }
        for (which, exact) in [
            (Which::Log2p1, log2p1_of_64_bits as fn(f64) -> f64),
            (Which::Exp2m1, exp2m1_of_64_bits),
        ] {
            check(dispatch(Compute(which, &numbers)), &numbers, 0.0, exact);
            check(baseline(Compute(which, &numbers)), &numbers, 0.0, exact);
        }
    }

    #[test]
    fn sigmoids_are_exact_however_steep() {
        let mut random = Random::new(33);
        let mut numbers = vec![0.0, 1e-45, f32::MIN_POSITIVE, f32::MAX, f32::INFINITY, f32::NAN];
        for _ in 0..6000 {
            numbers.extend([random.unit() as f32, (random.unit() * 30.0) as f32]);
        }
        for (cutoff, gain) in [
            (0.5, 10.0),
            (0.3, 4.0),
            (0.1, 1000.0),
            (1.0, -3.0),
            (0.5, 0.01),
            (0.5, 0.0),
            (1e38, 0.1),
            (0.5, 1e300),
        ] {
            for inverse in [false, true] {
                let which = Which::Sigmoid { cutoff, gain, inverse };
                let sign = if inverse { -1.0 } else { 1.0 };
                let exact = |x: f64| 1.0 / (1.0 + (sign * gain * (cutoff - x)).exp());
                check(dispatch(Compute(which, &numbers)), &numbers, 1.3e-38, exact);
                check(baseline(Compute(which, &numbers)), &numbers, 1e-7, exact);
            }
        }
    }

    #[test]
    fn whole_powers_of_2_are_exact() {
        for exponent in 0..24u8 {
            let (exponent, power) = (f32::from(exponent), 2f32.powi(i32::from(exponent)) - 1.0);
            assert_eq!(dispatch(Compute(Which::Log2p1, &[power])), [exponent]);
            assert_eq!(dispatch(Compute(Which::Exp2m1, &[exponent])), [power]);
        }
    }
}
