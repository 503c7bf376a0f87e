use tagswitch_image::{Float, Sample};

use super::level::{LINE, Level, Line, one_by_one};
use super::nine::medians_of_nine;

/// AVX2 with fused multiply-add: vectors of 32 bytes.
pub struct Avx2;

impl Level for Avx2 {
    #[inline(always)]
    fn fma<F: Float>(a: F, b: F, c: F) -> F {
        a.mul_add(b, c)
    }

    #[inline(always)]
    fn fma_lanes(a: [f64; 4], b: [f64; 4], mut c: [f64; 4]) -> [f64; 4] {
        use std::arch::x86_64::{_mm256_fmadd_pd, _mm256_loadu_pd, _mm256_storeu_pd};

        // SAFETY: this level is chosen where the CPU has AVX2 and FMA; all arrays are of four.
        unsafe {
            let (a, b) = (_mm256_loadu_pd(a.as_ptr()), _mm256_loadu_pd(b.as_ptr()));
            let sum = _mm256_fmadd_pd(a, b, _mm256_loadu_pd(c.as_ptr()));
            _mm256_storeu_pd(c.as_mut_ptr(), sum);
        }
        c
    }

    #[inline(always)]
    fn sum_lanes(lanes: [f64; 4]) -> f64 {
        use std::arch::x86_64::{
            _mm_add_pd, _mm_add_sd, _mm_cvtsd_f64, _mm_unpackhi_pd, _mm256_castpd256_pd128,
            _mm256_extractf128_pd, _mm256_loadu_pd,
        };

        // SAFETY: this level is chosen where the CPU has AVX2; the array is of four.
        unsafe {
            let lanes = _mm256_loadu_pd(lanes.as_ptr());
            let halves =
                _mm_add_pd(_mm256_castpd256_pd128(lanes), _mm256_extractf128_pd::<1>(lanes));
            _mm_cvtsd_f64(_mm_add_sd(halves, _mm_unpackhi_pd(halves, halves)))
        }
    }

    /// By P. Markstein's last step, Computation of elementary functions on the IBM RISC System/6000 processor, 1990: `near` is off by less
    /// than two units in the last place; `rest` is exact, as it has no more bits than `b` and two; and quotients lie no nearer to the
    /// middle between two numbers than `1 / b` of their distance, far more than the last sum is off before it is rounded.
    #[inline(always)]
    fn divide(a: f64, b: f64, reciprocal: f64) -> f64 {
        let near = a * reciprocal;
        let rest = (-near).mul_add(b, a);
        rest.mul_add(reciprocal, near)
    }

    #[inline(always)]
    fn planes(pixels: &[[u8; 3]; 8]) -> [[i32; 8]; 3] {
        use std::arch::x86_64::{
            _mm_loadu_si128, _mm256_loadu_si256, _mm256_set_m128i, _mm256_shuffle_epi8,
            _mm256_storeu_si256,
        };

        /// For four pixels at the beginning of 16 bytes, then for four at their end: where in the bytes 32-bit integers come from,
        /// of which −1 makes 0.
        const PLACES: [[i8; 32]; 3] = [places(0), places(1), places(2)];

        const fn places(channel: i8) -> [i8; 32] {
            let mut places = [-1; 32];
            let mut pixel = 0;
            while pixel < 8 {
                let before = if pixel < 4 { 0 } else { 8 };
                places[4 * pixel] = 3 * pixel as i8 - before + channel;
                pixel += 1;
            }
            places
        }

        let mut planes = [[0; 8]; 3];
        let bytes = pixels.as_flattened().as_ptr();
        // SAFETY: this level is chosen where the CPU has AVX2; there are 24 bytes, of which 16 are read from the first and from the
        // eighth on, and all arrays have 32.
        unsafe {
            let (first, last) =
                (_mm_loadu_si128(bytes.cast()), _mm_loadu_si128(bytes.add(8).cast()));
            let both = _mm256_set_m128i(last, first);
            for channel in 0..3 {
                let places = _mm256_loadu_si256(PLACES[channel].as_ptr().cast());
                let plane = _mm256_shuffle_epi8(both, places);
                _mm256_storeu_si256(planes[channel].as_mut_ptr().cast(), plane);
            }
        }
        planes
    }

    #[inline(always)]
    fn triple(bytes: &[u8; 16]) -> [u8; 48] {
        use std::arch::x86_64::{_mm_loadu_si128, _mm_shuffle_epi8, _mm_storeu_si128};

        /// Where in the 16 bytes those of each third come from.
        const PLACES: [u8; 48] = {
            let mut places = [0; 48];
            let mut i = 0;
            while i < 48 {
                places[i] = i as u8 / 3;
                i += 1;
            }
            places
        };

        let mut tripled = [0; 48];
        // SAFETY: CPUs of this level have SSSE3; 16 bytes are read and written at a time, of as many, and thrice as many.
        unsafe {
            let bytes = _mm_loadu_si128(bytes.as_ptr().cast());
            for third in (0..48).step_by(16) {
                let places = _mm_loadu_si128(PLACES.as_ptr().add(third).cast());
                let to = tripled.as_mut_ptr().add(third).cast();
                _mm_storeu_si128(to, _mm_shuffle_epi8(bytes, places));
            }
        }
        tripled
    }

    #[inline(always)]
    fn medians_of_nine<R: Copy + Default, T>(
        rows: [&[R]; 3],
        medians: &mut [T],
        number: impl Fn(R) -> T,
    ) -> usize {
        // SAFETY: this level is chosen where the CPU has AVX2; so many integers have 32 bytes.
        unsafe {
            match size_of::<R>() {
                1 => medians_of_nine::<R, T, 32>(rows, medians, number),
                2 => medians_of_nine::<R, T, 16>(rows, medians, number),
                4 => medians_of_nine::<R, T, 8>(rows, medians, number),
                _ => 0,
            }
        }
    }

    /// Shuffling bytes picks from 16 entries, and makes 0 of those whose uppermost bit is set.
    #[inline(always)]
    fn look_up(table: &[u8; 256], bytes: &[u8; 32]) -> [u8; 32] {
        use std::arch::x86_64::{
            _mm_loadu_si128, _mm256_adds_epu8, _mm256_and_si256, _mm256_blendv_epi8,
            _mm256_broadcastsi128_si256, _mm256_loadu_si256, _mm256_or_si256, _mm256_set1_epi8,
            _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_slli_epi16, _mm256_storeu_si256,
            _mm256_sub_epi8,
        };

        let mut found = [0; 32];
        // SAFETY: this level is chosen where the CPU has AVX2; 32 bytes are read and written, of as many, and 16 from each multiple of 16
        // of the table's 256.
        unsafe {
            let bytes = _mm256_loadu_si256(bytes.as_ptr().cast());
            let lower = _mm256_and_si256(bytes, _mm256_set1_epi8(63));
            let mut quarters = [_mm256_setzero_si256(); 4];
            for row in 0..4 {
                // A byte that does not lie among the row's 16 of 64 entries gets its uppermost bit set.
                let places = _mm256_sub_epi8(lower, _mm256_set1_epi8(16 * row));
                let places = _mm256_adds_epu8(places, _mm256_set1_epi8(0x70));
                for (quarter, entries) in quarters.iter_mut().zip(table.as_chunks::<64>().0) {
                    let row = _mm_loadu_si128(entries.as_ptr().add(16 * row as usize).cast());
                    let row = _mm256_broadcastsi128_si256(row);
                    *quarter = _mm256_or_si256(*quarter, _mm256_shuffle_epi8(row, places));
                }
            }
            let odd = _mm256_slli_epi16::<1>(bytes);
            let low = _mm256_blendv_epi8(quarters[0], quarters[1], odd);
            let high = _mm256_blendv_epi8(quarters[2], quarters[3], odd);
            let entries = _mm256_blendv_epi8(low, high, bytes);
            _mm256_storeu_si256(found.as_mut_ptr().cast(), entries);
        }
        found
    }

    #[inline(always)]
    unsafe fn gather<T: Sample, const N: usize>(samples: &[T], places: &[i32; N]) -> [T; N] {
        use std::arch::x86_64::{_mm256_i32gather_epi32, _mm256_loadu_si256, _mm256_storeu_si256};

        if size_of::<T>() != size_of::<i32>() || !N.is_multiple_of(8) {
            // SAFETY: the caller vouches for it.
            return unsafe { one_by_one(samples, places) };
        }
        let mut gathered = [T::default(); N];
        for i in (0..N).step_by(8) {
            // SAFETY: this level is chosen where the CPU has AVX2; 8 places are left from `i` on, samples have the size of 32-bit
            // integers, and the caller vouches for their places.
            unsafe {
                let places = _mm256_loadu_si256(places.as_ptr().add(i).cast());
                let samples = _mm256_i32gather_epi32::<4>(samples.as_ptr().cast(), places);
                _mm256_storeu_si256(gathered.as_mut_ptr().add(i).cast(), samples);
            }
        }
        gathered
    }

    /// Both samples of a pair by one load.
    #[inline(always)]
    unsafe fn gather_pairs<T: Sample, const N: usize>(
        samples: &[T],
        places: &[i32; N],
    ) -> [[T; N]; 2] {
        use std::arch::x86_64::{
            __m128i, _mm_cvtsi128_si64, _mm_extract_epi64, _mm_load_sd, _mm_loadh_pd,
            _mm_loadu_si128, _mm256_castpd_ps, _mm256_set_m128d, _mm256_shuffle_ps,
            _mm256_storeu_ps,
        };

        if size_of::<T>() != size_of::<f32>() || !N.is_multiple_of(8) {
            // SAFETY: the caller vouches for it.
            return unsafe { [one_by_one(samples, places), one_by_one(&samples[1..], places)] };
        }
        let [mut first, mut second] = [[T::default(); N]; 2];
        for i in (0..N).step_by(8) {
            // SAFETY: this level is chosen where the CPU has AVX2; 8 places are left from `i` on, a pair has the size of a double, and the
            // caller vouches for their places. Doubles are only moved here, whatever their bits.
            unsafe {
                // A load for each pair takes no longer than the instruction that gathers them.
                let pair = |place: u32| samples.as_ptr().add(place as usize).cast::<f64>();
                // Two places at a time leave the vectors that they were computed in.
                let two = |places: i64| {
                    _mm_loadh_pd(_mm_load_sd(pair(places as u32)), pair((places >> 32) as u32))
                };
                let four = |i: usize| {
                    let places = _mm_loadu_si128(places.as_ptr().add(i).cast::<__m128i>());
                    [two(_mm_cvtsi128_si64(places)), two(_mm_extract_epi64::<1>(places))]
                };
                let ([a, b], [c, d]) = (four(i), four(i + 4));
                let even = _mm256_castpd_ps(_mm256_set_m128d(c, a));
                let odd = _mm256_castpd_ps(_mm256_set_m128d(d, b));
                let to = first.as_mut_ptr().add(i).cast();
                _mm256_storeu_ps(to, _mm256_shuffle_ps::<0b10_00_10_00>(even, odd));
                let to = second.as_mut_ptr().add(i).cast();
                _mm256_storeu_ps(to, _mm256_shuffle_ps::<0b11_01_11_01>(even, odd));
            }
        }
        [first, second]
    }

    #[inline(always)]
    unsafe fn stream(from: &[u8; LINE], to: &mut Line) {
        use std::arch::x86_64::{_mm256_loadu_si256, _mm256_stream_si256};

        for (from, to) in from.as_chunks::<32>().0.iter().zip(to.0.as_chunks_mut::<32>().0) {
            // SAFETY: this level is chosen where the CPU has AVX2; both have 32 bytes, those of a line begin at a multiple of as many, and
            // the caller vouches for the fence.
            unsafe {
                _mm256_stream_si256(
                    to.as_mut_ptr().cast(),
                    _mm256_loadu_si256(from.as_ptr().cast()),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn quotients_are_those_of_division() {
        if !is_x86_feature_detected!("fma") {
            return;
        }
        let mut random = Random::new(11);
        let mut bits = || u64::from(random.bits());
        let special = [0.0, 1.0, 5e-324, f64::MIN_POSITIVE, f64::MAX];
        for side in (1u64..200).chain([(1 << 25) - 1, (1 << 49) + 1, (1 << 50) - 1]) {
            let divisor = side | 1;
            // A little beside the product of the divisor and what lies in the middle between two numbers.
            let near_middles = (0..50).map(|_| {
                let middle = (1 << 53) | (bits() << 21) | (bits() >> 11) | 1;
                let product = (u128::from(middle) * u128::from(divisor)) as f64;
                f64::from_bits(product.to_bits() + bits() % 3 - 1)
            });
            let divisor = divisor as f64;
            let numbers: Vec<f64> = special.into_iter().chain(near_middles).collect();
            for scale in [1.0, 1e-7, 1e-300, 1e-310, 1e-320, -3.0] {
                for number in numbers.iter().map(|number| number * scale) {
                    let quotient = Avx2::divide(number, divisor, 1.0 / divisor);
                    let expected = number / divisor;
                    assert!(
                        quotient == expected || number.is_infinite(),
                        "{number} / {divisor} is {expected}, not {quotient}"
                    );
                }
            }
        }
    }
}
