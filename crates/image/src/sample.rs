use crate::{Float, SamplesMut};

/// One of the five sample types, and how it becomes a floating-point number.
///
/// The rules are scikit-image 0.26's `img_as_float`: unsigned integers divide by their maximum,
/// signed ones too but never below −1, floating-point numbers stay as they are.
pub trait Sample: Copy + PartialEq + PartialOrd + Default + Send + Sync + 'static {
    /// NumPy's name of the type.
    const NAME: &'static str;
    /// What one unit is worth after [`to_float`](Sample::to_float): `1 / MAX`, or 1.
    const SCALE: f64;
    /// The type to compute in: wide enough that no input value loses digits.
    type Work: Float;
    /// What functions that turn images into floating-point images return.
    type Output: Float;

    /// The value as it is.
    fn to_work(self) -> Self::Work;

    /// The value, the most negative integer raised by one: [`to_float`](Sample::to_float) before scaling.
    #[inline(always)]
    fn to_level(self) -> Self::Work {
        self.to_work()
    }

    /// The value in [0, 1] (unsigned), [−1, 1] (signed), or as it is (floating point).
    #[inline(always)]
    fn to_float(self) -> Self::Work {
        self.to_level() * Self::Work::from_f64(Self::SCALE)
    }

    /// The value as a double, exactly.
    fn to_f64(self) -> f64;

    /// The greatest sample that is not greater than `value`; `None` below all samples and for NaN.
    fn at_most(value: f64) -> Option<Self>;

    /// The slice, if its samples are of this type: see [`SamplesMut::of`].
    fn slice_mut(samples: SamplesMut<'_>) -> Option<&mut [Self]>;

    /// The sample equal to `value`, if this type has one.
    fn exactly(value: f64) -> Option<Self> {
        Self::at_most(value).filter(|sample| sample.to_f64() == value)
    }
}

macro_rules! integer {
    ($type:ident, $variant:ident, $name:literal, $work:ident, $level:expr) => {
        impl Sample for $type {
            const NAME: &'static str = $name;
            const SCALE: f64 = 1.0 / $type::MAX as f64;
            type Work = $work;
            type Output = f32;

            #[inline(always)]
            fn to_work(self) -> $work {
                $work::from(self)
            }

            #[inline(always)]
            fn to_level(self) -> $work {
                let level: fn(Self) -> Self = $level;
                $work::from(level(self))
            }

            #[inline(always)]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }

            fn at_most(value: f64) -> Option<Self> {
                (value >= f64::from($type::MIN)).then_some(value.floor() as $type)
            }

            fn slice_mut(samples: SamplesMut<'_>) -> Option<&mut [Self]> {
                if let SamplesMut::$variant(slice) = samples { Some(slice) } else { None }
            }
        }
    };
}

integer!(u8, U8, "uint8", f32, |value| value);
integer!(u16, U16, "uint16", f32, |value| value);
integer!(i32, I32, "int32", f64, |value| value.max(-i32::MAX));

macro_rules! float {
    ($type:ident, $variant:ident, $name:literal) => {
        impl Sample for $type {
            const NAME: &'static str = $name;
            const SCALE: f64 = 1.0;
            type Work = $type;
            type Output = $type;

            #[inline(always)]
            fn to_work(self) -> $type {
                self
            }

            #[inline(always)]
            fn to_float(self) -> $type {
                self
            }

            #[inline(always)]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }

            fn at_most(value: f64) -> Option<Self> {
                let nearest = value as $type;
                let below = if f64::from(nearest) > value { nearest.next_down() } else { nearest };
                (!value.is_nan()).then_some(below)
            }

            fn slice_mut(samples: SamplesMut<'_>) -> Option<&mut [Self]> {
                if let SamplesMut::$variant(slice) = samples { Some(slice) } else { None }
            }
        }
    };
}

float!(f32, F32, "float32");
float!(f64, F64, "float64");

#[cfg(test)]
mod tests {
    use super::*;

    // Expected values: img_as_float of scikit-image 0.26.0.

    #[test]
    fn unsigned_integers_span_zero_to_one() {
        assert_eq!(u8::MAX.to_float(), 1.0);
        assert!((51u8.to_float() - 0.2).abs() < 1e-7);
        assert_eq!(u16::MAX.to_float(), 1.0);
        assert!((1u16.to_float() - 1.525_902_2e-5).abs() < 1e-11);
    }

    #[test]
    fn signed_integers_never_fall_below_minus_one() {
        assert_eq!(i32::MAX.to_float(), 1.0);
        assert_eq!(i32::MIN.to_float(), -1.0);
        assert_eq!((-i32::MAX).to_float(), -1.0);
        assert!((1i32.to_float() - 4.656_612_875_245_797e-10).abs() < 1e-24);
    }

    #[test]
    fn floats_stay_as_they_are() {
        assert_eq!(7.5f32.to_float(), 7.5);
        assert_eq!((-3e300f64).to_float(), -3e300);
    }

    #[test]
    fn exactly_refuses_what_the_type_cannot_hold() {
        assert_eq!(u8::exactly(255.0), Some(255));
        assert_eq!(u8::exactly(256.0), None);
        assert_eq!(u8::exactly(-1.0), None);
        assert_eq!(u8::exactly(0.5), None);
        assert_eq!(i32::exactly(f64::NAN), None);
        assert_eq!(f32::exactly(0.1), None);
        assert_eq!(f32::exactly(0.5), Some(0.5));
    }

    #[test]
    fn at_most_rounds_down() {
        assert_eq!(u8::at_most(254.9), Some(254));
        assert_eq!(u8::at_most(1e9), Some(255));
        assert_eq!(u8::at_most(-0.1), None);
        assert_eq!(i32::at_most(-0.1), Some(-1));
        assert_eq!(i32::at_most(f64::NAN), None);
        assert_eq!(f32::at_most(0.1), Some(0.1f32.next_down()));
        assert_eq!(f32::at_most(1e39), Some(f32::MAX));
        assert_eq!(f32::at_most(f64::NEG_INFINITY), Some(f32::NEG_INFINITY));
        assert_eq!(f64::at_most(0.1), Some(0.1));
        assert_eq!(f64::at_most(f64::NAN), None);
    }
}
