use std::ops::{Add, Div, Mul, Sub};

use crate::Sample;

/// The two types in which kernels compute.
pub trait Float:
    Sample
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + std::fmt::Debug
{
    /// 0.
    const ZERO: Self;
    /// The distance from 1 to the next number.
    const EPSILON: f64;
    /// The nearest value of this type.
    fn from_f64(value: f64) -> Self;
    /// The nearest value of this type.
    fn from_f32(value: f32) -> Self;
    /// The nearest value of another floating-point type.
    fn cast<F: Float>(self) -> F;
    /// `self × factor + term`, rounded once; slow where the CPU has no such instruction.
    fn mul_add(self, factor: Self, term: Self) -> Self;
    /// The square root.
    fn sqrt(self) -> Self;
    /// The greatest whole number that is not greater.
    fn floor(self) -> Self;
    /// Neither infinite nor NaN.
    fn is_finite(self) -> bool;
    /// Not a number.
    fn is_nan(self) -> bool;
    /// Rounded towards zero, saturating.
    fn to_index(self) -> i32;
}

macro_rules! float {
    ($float:ident, $from:ident) => {
        impl Float for $float {
            const ZERO: Self = 0.0;
            const EPSILON: f64 = $float::EPSILON as f64;

            #[inline(always)]
            fn from_f64(value: f64) -> Self {
                value as $float
            }

            #[inline(always)]
            fn from_f32(value: f32) -> Self {
                $float::from(value)
            }

            #[inline(always)]
            fn cast<F: Float>(self) -> F {
                F::$from(self)
            }

            #[inline(always)]
            fn mul_add(self, factor: Self, term: Self) -> Self {
                $float::mul_add(self, factor, term)
            }

            #[inline(always)]
            fn sqrt(self) -> Self {
                $float::sqrt(self)
            }

            #[inline(always)]
            fn floor(self) -> Self {
                $float::floor(self)
            }

            #[inline(always)]
            fn is_finite(self) -> bool {
                $float::is_finite(self)
            }

            #[inline(always)]
            fn is_nan(self) -> bool {
                $float::is_nan(self)
            }

            #[inline(always)]
            fn to_index(self) -> i32 {
                self as i32
            }
        }
    };
}

float!(f32, from_f32);
float!(f64, from_f64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn casts_keep_special_values() {
        assert_eq!(f64::INFINITY.cast::<f32>(), f32::INFINITY);
        assert!(f32::NAN.cast::<f64>().is_nan());
        assert_eq!(0.1f32.cast::<f32>(), 0.1f32);
    }
}
