use tagswitch_image::Sample;

/// Samples of which one is the least and one the greatest. NaN is neither, unless there is nothing else.
pub trait Ordered: Sample {
    /// The lesser of two.
    fn lesser(self, other: Self) -> Self;
    /// The greater of two.
    fn greater(self, other: Self) -> Self;
    /// The difference; integers wrap around.
    fn minus(self, other: Self) -> Self;
}

macro_rules! ordered {
    ($minus:expr, $($type:ident),*) => {$(
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
        }
    )*};
}

ordered!(|a, b| a.wrapping_sub(b), u8, u16, i32);
ordered!(|a, b| a - b, f32, f64);

/// Which of two samples an operation keeps.
pub trait Choice {
    /// The one to keep.
    fn choose<T: Ordered>(a: T, b: T) -> T;
}

/// Keeps the least sample: an erosion.
pub struct Least;

/// Keeps the greatest sample: a dilation.
pub struct Greatest;

impl Choice for Least {
    #[inline(always)]
    fn choose<T: Ordered>(a: T, b: T) -> T {
        a.lesser(b)
    }
}

impl Choice for Greatest {
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
