//! Samples by their order, for what depends on how many are not above each.

use tagswitch_image::Sample;

use super::radix_sort::sort_by_word;
use crate::error::{Error, Result};
use crate::level::{Level, level_counts};

/// Samples in order.
pub trait Ranked: Sample {
    /// Hands every sample's place to `put`, with what `value` makes of the number of samples not above it; `value` is asked for
    /// ascending numbers. NaN counts as greater than any number.
    ///
    /// # Errors
    ///
    /// [`Error::TooManyPixels`] for 2³² samples or more.
    #[doc(hidden)]
    fn by_rank<V: Copy + Default>(
        samples: &[Self],
        value: impl FnMut(usize) -> V,
        put: impl FnMut(usize, V),
    ) -> Result<()>;
}

macro_rules! by_table {
    ($($type:ident),+) => {
        $(impl Ranked for $type {
            fn by_rank<V: Copy + Default>(
                samples: &[Self],
                mut value: impl FnMut(usize) -> V,
                mut put: impl FnMut(usize, V),
            ) -> Result<()> {
                let mut done = 0;
                let values: Vec<V> = level_counts(samples)
                    .into_iter()
                    .map(|count| {
                        done += count as usize;
                        if count > 0 { value(done) } else { V::default() }
                    })
                    .collect();
                for (at, sample) in samples.iter().enumerate() {
                    put(at, values[sample.index()]);
                }
                Ok(())
            }
        })+
    };
}

by_table!(u8, u16);

/// By sorting, as levels of wider types may lie far apart: what orders a sample stands above the 32 bits of its place.
macro_rules! by_sorting {
    ($($type:ident in $key:ident by $order:expr, sorted by $sort:expr);+) => {
        $(impl Ranked for $type {
            fn by_rank<V: Copy + Default>(
                samples: &[Self],
                mut value: impl FnMut(usize) -> V,
                mut put: impl FnMut(usize, V),
            ) -> Result<()> {
                if u32::try_from(samples.len()).is_err() {
                    return Err(Error::TooManyPixels { pixels: samples.len() });
                }
                let order: fn(Self) -> $key = $order;
                let mut keys: Vec<$key> =
                    (0..).zip(samples).map(|(at, &sample)| order(sample) << 32 | at).collect();
                let sort: fn(&mut Vec<$key>) = $sort;
                sort(&mut keys);
                let mut done = 0;
                for equal in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
                    done += equal.len();
                    let value = value(done);
                    for &key in equal {
                        put(key as u32 as usize, value);
                    }
                }
                Ok(())
            }
        })+
    };
}

/// The bits of a float as an unsigned number of the same order: zeros are one, and NaN is the greatest.
macro_rules! float_order {
    ($sample:ident) => {{
        let bits = ($sample + 0.0).to_bits();
        let sign = 1 << (8 * size_of_val(&bits) - 1);
        match bits {
            _ if $sample.is_nan() => !0,
            _ if bits & sign != 0 => !bits,
            _ => bits | sign,
        }
    }};
}

/// The same of 32 bits.
pub(super) fn order_of(sample: f32) -> u32 {
    float_order!(sample)
}

fn sort_by_upper_word(keys: &mut Vec<u64>) {
    sort_by_word(keys, |key| (key >> 32) as u32);
}

by_sorting!(
    i32 in u64 by |sample| u64::from(sample.cast_unsigned() ^ 1 << 31), sorted by sort_by_upper_word;
    f32 in u64 by |sample| u64::from(order_of(sample)), sorted by sort_by_upper_word;
    f64 in u128 by |sample| u128::from(float_order!(sample)), sorted by |keys| keys.sort_unstable()
);

#[cfg(test)]
mod tests {
    use super::*;

    fn ranks<T: Ranked>(samples: &[T]) -> Vec<usize> {
        let mut ranks = vec![0; samples.len()];
        T::by_rank(samples, |not_above| not_above, |at, rank| ranks[at] = rank).unwrap();
        ranks
    }

    #[test]
    fn ranks_count_what_is_not_above() {
        assert_eq!(ranks(&[3u8, 200, 3, 255]), [2, 3, 2, 4]);
        assert_eq!(ranks(&[3u16, 65_535, 3, 0]), [3, 4, 3, 1]);
        assert_eq!(ranks(&[i32::MIN, -1, i32::MAX, 0, -1]), [1, 3, 5, 4, 3]);
        let floats =
            [0.0, -0.0, -1.5, f64::NAN, f64::INFINITY, -f64::NAN, f64::NEG_INFINITY, 1e-300];
        assert_eq!(ranks(&floats), [4, 4, 2, 8, 6, 8, 1, 5]);
        assert_eq!(ranks(&floats.map(|v| v as f32)), [5, 5, 2, 8, 6, 8, 1, 5]);
    }
}
