use tagswitch_image::Sample;

/// Samples of which one is the least and one the greatest. NaN is neither, unless there is nothing else.
pub trait Ordered: Sample {
    /// The lesser of two.
    fn lesser(self, other: Self) -> Self;
    /// The greater of two.
    fn greater(self, other: Self) -> Self;
    /// The difference; integers wrap around.
    fn minus(self, other: Self) -> Self;
    /// Whether it is not a number.
    fn is_nan(self) -> bool;
}

macro_rules! ordered {
    ($minus:expr, $is_nan:expr, $($type:ident),*) => {$(
        impl Ordered for $type {
            #[inline(always)]
            fn lesser(self, other: Self) -> Self {
                // By name: the type's own, not that of some trait.
                <$type>::min(self, other)
            }

            #[inline(always)]
            fn greater(self, other: Self) -> Self {
                <$type>::max(self, other)
            }

            #[inline(always)]
            fn minus(self, other: Self) -> Self {
                let minus: fn(Self, Self) -> Self = $minus;
                minus(self, other)
            }

            #[inline(always)]
            fn is_nan(self) -> bool {
                let is_nan: fn(Self) -> bool = $is_nan;
                is_nan(self)
            }
        }
    )*};
}

ordered!(|a, b| a.wrapping_sub(b), |_| false, u8, u16, i32);
ordered!(|a, b| a - b, |a| a.is_nan(), f32, f64);

/// Whether there is a NaN.
pub fn has_nan<T: Ordered>(samples: &[T]) -> bool {
    // In blocks, as a loop that may end at each sample takes them one by one.
    samples.chunks(4096).any(|block| block.iter().fold(false, |any, sample| any | sample.is_nan()))
}

/// Which of two samples an operation keeps.
pub trait Choice {
    /// The same choice that passes NaN over.
    type OverNan: Choice;
    /// The one to keep; any of them where one is NaN.
    fn choose<T: Ordered>(a: T, b: T) -> T;
}

/// Keeps the least sample: an erosion.
pub struct Least;

/// Keeps the greatest sample: a dilation.
pub struct Greatest;

/// Keeps the least number.
pub struct LeastNumber;

/// Keeps the greatest number.
pub struct GreatestNumber;

impl Choice for Least {
    type OverNan = LeastNumber;

    #[inline(always)]
    fn choose<T: Ordered>(a: T, b: T) -> T {
        if b < a { b } else { a }
    }
}

impl Choice for Greatest {
    type OverNan = GreatestNumber;

    #[inline(always)]
    fn choose<T: Ordered>(a: T, b: T) -> T {
        if b > a { b } else { a }
    }
}

impl Choice for LeastNumber {
    type OverNan = Self;

    #[inline(always)]
    fn choose<T: Ordered>(a: T, b: T) -> T {
        a.lesser(b)
    }
}

impl Choice for GreatestNumber {
    type OverNan = Self;

    #[inline(always)]
    fn choose<T: Ordered>(a: T, b: T) -> T {
        a.greater(b)
    }
}

/// `into[i] = choose(a[i], b[i])`.
#[inline(always)]
pub fn choose_both<C: Choice, T: Ordered>(a: &[T], b: &[T], into: &mut [T]) {
    let n = into.len();
    let (a, b) = (&a[..n], &b[..n]);
    for i in 0..n {
        into[i] = C::choose(a[i], b[i]);
    }
}

/// `into[i] = choose(into[i], a[i])`.
#[inline(always)]
pub fn choose_into<C: Choice, T: Ordered>(a: &[T], into: &mut [T]) {
    let n = into.len();
    let a = &a[..n];
    for i in 0..n {
        into[i] = C::choose(into[i], a[i]);
    }
}
