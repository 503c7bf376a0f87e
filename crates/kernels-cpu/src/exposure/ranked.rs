//! Samples by their order, for what depends on how many are not above each.

use tagswitch_image::Sample;

use super::look_up::entries;
use super::radix_sort::each_part_by_word;
use super::under_mask::under;
use crate::error::{Error, Result};
use crate::level::level_counts;

/// Samples in order.
pub trait Ranked: Sample {
    /// Makes every sample in `out`, of one length, what `value` makes of the number of samples not above it, with a mask of those where that is
    /// not 0; `value` is asked for ascending numbers. NaN counts as greater than any number.
    ///
    /// # Errors
    ///
    /// [`Error::TooManyPixels`] for 2³² samples or more.
    #[doc(hidden)]
    fn by_rank<V: Sample>(
        samples: &[Self],
        mask: Option<&[u8]>,
        value: impl FnMut(usize) -> V,
        out: &mut [V],
    ) -> Result<()>;
}

macro_rules! by_table {
    ($($type:ident),+) => {
        $(impl Ranked for $type {
            fn by_rank<V: Sample>(
                samples: &[Self],
                mask: Option<&[u8]>,
                mut value: impl FnMut(usize) -> V,
                out: &mut [V],
            ) -> Result<()> {
                let mut done = 0;
                let values: Vec<V> = level_counts(&under(mask, samples))
                    .into_iter()
                    .map(|count| {
                        done += count as usize;
                        // Levels that no sample under a mask has others may have.
                        if count > 0 || mask.is_some() { value(done) } else { V::default() }
                    })
                    .collect();
                entries(samples, &values, out);
                Ok(())
            }
        })+
    };
}

by_table!(u8, u16);

/// By sorting, as levels of wider types may lie far apart: what orders a sample stands above the 32 bits of its place.
macro_rules! by_sorting {
    ($($type:ident in $key:ident by $order:expr, through $each_part:ident);+) => {
        $(impl Ranked for $type {
            fn by_rank<V: Sample>(
                samples: &[Self],
                mask: Option<&[u8]>,
                mut value: impl FnMut(usize) -> V,
                out: &mut [V],
            ) -> Result<()> {
                if u32::try_from(samples.len()).is_err() {
                    return Err(Error::TooManyPixels { pixels: samples.len() });
                }
                let key = |at, sample: Self| $order(sample) << 32 | at as $key;
                let mut done = 0;
                $each_part(samples, key, |part| {
                    for equal in part.chunk_by(|a, b| a >> 32 == b >> 32) {
                        done += match mask {
                            Some(mask) => equal.iter().filter(|&&key| mask[key as u32 as usize] != 0).count(),
                            None => equal.len(),
                        };
                        let value = value(done);
                        for &key in equal {
                            out[key as u32 as usize] = value;
                        }
                    }
                });
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

/// What NaN has, and no number.
pub(super) const NAN_ORDER: u32 = !0;

/// The number of which [`order_of`] has made this.
pub(super) fn sample_of(order: u32) -> f32 {
    let sign = 1 << 31;
    f32::from_bits(if order & sign == 0 { !order } else { order ^ sign })
}

fn each_part_by_upper_word<S: Copy>(
    samples: &[S],
    key: impl Fn(usize, S) -> u64 + Copy,
    take: impl FnMut(&[u64]),
) {
    each_part_by_word(samples, key, |key| (key >> 32) as u32, take);
}

/// All in one part.
fn whole<S: Copy>(samples: &[S], key: impl Fn(usize, S) -> u128, mut take: impl FnMut(&[u128])) {
    let mut keys: Vec<u128> =
        samples.iter().enumerate().map(|(at, &sample)| key(at, sample)).collect();
    keys.sort_unstable();
    take(&keys);
}

by_sorting!(
    i32 in u64 by (|sample: i32| u64::from(sample.cast_unsigned() ^ 1 << 31)), through each_part_by_upper_word;
    f32 in u64 by (|sample| u64::from(order_of(sample))), through each_part_by_upper_word;
    f64 in u128 by (|sample: f64| u128::from(float_order!(sample))), through whole
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn ranks<T: Ranked>(samples: &[T]) -> Vec<i32> {
        let mut ranks = vec![0; samples.len()];
        T::by_rank(samples, None, |not_above| not_above as i32, &mut ranks).unwrap();
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

    #[test]
    fn orders_are_those_of_numbers() {
        let (max, least) = (f32::MAX, f32::from_bits(1));
        let ascending =
            [f32::NEG_INFINITY, -max, -1.0, -least, 0.0, least, 1.0, max, f32::INFINITY];
        let orders = ascending.map(order_of);
        assert!(orders.is_sorted_by(|a, b| a < b) && orders[8] < NAN_ORDER);
        assert_eq!(orders.map(sample_of), ascending);
        assert_eq!(sample_of(order_of(-0.0)).to_bits(), 0);
        assert_eq!([f32::NAN, -f32::NAN].map(order_of), [NAN_ORDER; 2]);
    }

    #[test]
    fn many_samples_have_the_ranks_of_their_levels() {
        let mut random = Random::new(5);
        // The longest are streamed.
        for length in (1..70).chain([300, (1 << 20) + 3]) {
            let samples: Vec<u8> = (0..length).map(|_| random.bits() as u8 / 3).collect();
            let mut not_above = [0; 256];
            samples.iter().for_each(|&sample| not_above[usize::from(sample)] += 1);
            (1..256).for_each(|level| not_above[level] += not_above[level - 1]);
            let expected: Vec<i32> = samples.iter().map(|&v| not_above[usize::from(v)]).collect();
            assert!(ranks(&samples) == expected, "{length} of 8 bits");
            let floats: Vec<f32> = samples.iter().map(|&v| f32::from(v) * 0.37 - 9.0).collect();
            assert!(ranks(&floats) == expected, "{length} of floats");
        }
    }
}
