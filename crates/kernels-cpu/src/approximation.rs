//! Functions of numbers in 64 bits whose results are rounded to 32: short polynomials without branches or calls, in loops that are to be
//! vectorised.

use tagswitch_image::Float;

use crate::simd::Level;

const FRACTION: u64 = (1 << 52) - 1;
/// 2⁵²: the last bit of such a number is worth 1.
const UNITS: u64 = 0x4330_0000_0000_0000;
/// The bits of √½.
const ROOT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;

/// A polynomial, the coefficient of the highest power first. All here are least in error at Chebyshev's points of where they are used.
#[inline(always)]
pub fn polynomial<L: Level, F: Float, const N: usize>(x: F, coefficients: [F; N]) -> F {
    let mut value = coefficients[0];
    for &coefficient in &coefficients[1..] {
        value = L::fma(value, x, coefficient);
    }
    value
}

/// The logarithm to base 2 of a number within the range of 32-bit floats, with an error of 10⁻¹¹; of a negative one something finite.
///
/// `x = 2ⁿ m` with `m` in [√½, √2), and `log₂ m = 2 log₂ e artanh((m − 1) / (m + 1))`.
#[inline(always)]
pub fn log2<L: Level>(x: f64) -> f64 {
    /// 2 log₂ e artanh t / t, by t².
    const SERIES: [f64; 5] = [
        0.34072522297802965,
        0.41167299107133504,
        0.577083580245398,
        0.9617966733678887,
        2.8853900817900637,
    ];
    // With the bits of √½ taken away, the exponent's field counts doublings to that interval.
    let shifted = x.to_bits().wrapping_sub(ROOT_HALF);
    let biased = (shifted >> 52) ^ 0x800;
    let doublings = f64::from_bits(biased | UNITS) - (f64::from_bits(UNITS) + 2048.0);
    let mantissa = f64::from_bits((shifted & FRACTION).wrapping_add(ROOT_HALF));

    let t = (mantissa - 1.0) / (mantissa + 1.0);
    let value = L::fma(t, polynomial::<L, _, _>(t * t, SERIES), doublings);
    // Infinity and NaN stay.
    let value = if x < f64::INFINITY { value } else { x };
    if x == 0.0 { f64::NEG_INFINITY } else { value }
}

/// 2 to a power, with a relative error of 10⁻¹⁰; next to nothing below what 32-bit floats hold.
///
/// `2ˣ = 2ⁿ 2ᶠ` with `f` in [−½, ½].
#[inline(always)]
pub fn exp2<L: Level>(x: f64) -> f64 {
    /// Added to a number, it makes the last bit worth 1, and so rounds it.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    /// (2ᶠ − 1) / f: what is 1 stays 1.
    const SERIES: [f64; 7] = [
        1.5303702537409895e-05,
        0.00015461447461850476,
        0.0013333478466896157,
        0.009618056669890442,
        0.05550410906332166,
        0.2402265092234271,
        0.6931471805568316,
    ];
    let x = if x < -1000.0 { -1000.0 } else { x };
    // The exponent of infinity.
    let x = if x > 1024.0 { 1024.0 } else { x };
    let rounded = x + ROUND;
    let fraction = x - (rounded - ROUND);
    let series = L::fma(fraction, polynomial::<L, _, _>(fraction, SERIES), 1.0);
    series * f64::from_bits((rounded.to_bits() << 52).wrapping_add(1.0f64.to_bits()))
}

/// The cosine of 0 to 1 turns, with an error of 10⁻¹⁰.
///
/// It is the sine of the place's distance from the middle, less a quarter.
#[inline(always)]
pub fn cos_turns<L: Level>(x: f64) -> f64 {
    /// sin 2πq / q, by q².
    const SERIES: [f64; 6] = [
        -14.394135245504392,
        42.00980570544411,
        -76.70428132019462,
        81.60522620627329,
        -41.34170211699599,
        6.283185307072579,
    ];
    let quarter = (x - 0.5).abs() - 0.25;
    quarter * polynomial::<L, _, _>(quarter * quarter, SERIES)
}
