//! What regions of equal value compare.

use tagswitch_image::Sample;

/// What makes two samples equal.
pub trait Value: Sample {
    /// A type that compares as regions do.
    #[doc(hidden)]
    type Key: Sample;

    /// The keys of a row, in `buffer` where they are not the samples themselves.
    #[doc(hidden)]
    fn keys<'a>(
        row: &'a [Self],
        background: f64,
        buffer: &'a mut Vec<Self::Key>,
    ) -> &'a [Self::Key];
}

macro_rules! integers {
    ($($type:ident),*) => {$(
        impl Value for $type {
            type Key = $type;

            #[inline(always)]
            fn keys<'a>(row: &'a [$type], _background: f64, _buffer: &'a mut Vec<$type>) -> &'a [$type] {
                row
            }
        }
    )*};
}

integers!(u8, u16, i32);

macro_rules! floats {
    ($($type:ident),*) => {$(
        impl Value for $type {
            type Key = f64;

            #[inline(always)]
            fn keys<'a>(row: &'a [$type], background: f64, buffer: &'a mut Vec<f64>) -> &'a [f64] {
                buffer.clear();
                buffer.extend(row.iter().map(|&v| if v.is_nan() { background } else { f64::from(v).trunc() }));
                buffer
            }
        }
    )*};
}

floats!(f32, f64);
