use tagswitch_image::Sample;

/// Samples of which one is the least and one the greatest. NaN is neither, unless there is nothing else.
pub trait Ordered: Sample {
    /// The least finite sample that there can be.
    #[doc(hidden)]
    const LEAST: Self;

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
            const LEAST: Self = <$type>::MIN;

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
#[inline(always)]
pub fn has_nan<T: Ordered>(samples: &[T]) -> bool {
    // In blocks, as a loop that may end at each sample takes them one by one.
    samples.chunks(4096).any(|block| block.iter().fold(false, |any, sample| any | sample.is_nan()))
}

/// Which of two samples an operation keeps.
pub trait Choice {
    /// Whether NaN is never kept beside a number.
    const PASSES_NAN_OVER: bool;
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
    const PASSES_NAN_OVER: bool = false;
    type OverNan = LeastNumber;

    #[inline(always)]
    fn choose<T: Ordered>(a: T, b: T) -> T {
        if b < a { b } else { a }
    }
}

impl Choice for Greatest {
    const PASSES_NAN_OVER: bool = false;
    type OverNan = GreatestNumber;

    #[inline(always)]
    fn choose<T: Ordered>(a: T, b: T) -> T {
        if b > a { b } else { a }
    }
}

impl Choice for LeastNumber {
    const PASSES_NAN_OVER: bool = true;
    type OverNan = Self;

    #[inline(always)]
    fn choose<T: Ordered>(a: T, b: T) -> T {
        a.lesser(b)
    }
}

impl Choice for GreatestNumber {
    const PASSES_NAN_OVER: bool = true;
    type OverNan = Self;

    #[inline(always)]
    fn choose<T: Ordered>(a: T, b: T) -> T {
        a.greater(b)
    }
}

/// `into[i]` is the choice among samples `i` of two lines.
#[inline(always)]
pub fn choose_of_2<C: Choice, T: Ordered>([a, b]: [&[T]; 2], into: &mut [T]) {
    let n = into.len();
    let (a, b) = (&a[..n], &b[..n]);
    for i in 0..n {
        into[i] = C::choose(a[i], b[i]);
    }
}

/// The same of three lines.
#[inline(always)]
pub fn choose_of_3<C: Choice, T: Ordered>([a, b, c]: [&[T]; 3], into: &mut [T]) {
    let n = into.len();
    let (a, b, c) = (&a[..n], &b[..n], &c[..n]);
    for i in 0..n {
        into[i] = C::choose(C::choose(a[i], b[i]), c[i]);
    }
}

/// The same of five lines.
#[inline(always)]
pub fn choose_of_5<C: Choice, T: Ordered>([a, b, c, d, e]: [&[T]; 5], into: &mut [T]) {
    let n = into.len();
    let (a, b, c, d, e) = (&a[..n], &b[..n], &c[..n], &d[..n], &e[..n]);
    for i in 0..n {
        let [ab, cd] = [C::choose(a[i], b[i]), C::choose(c[i], d[i])];
        into[i] = C::choose(C::choose(ab, cd), e[i]);
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
