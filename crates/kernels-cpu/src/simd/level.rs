//! What kernels ask of an instruction set.

use tagswitch_image::{Float, Sample};

/// An instruction set.
pub trait Level {
    /// `a × b + c`; rounded once where the CPU does that in one instruction, else twice.
    fn fma<F: Float>(a: F, b: F, c: F) -> F;

    /// [`fma`](Self::fma) of four at a time: a loop over several such sums beside each other the compiler puts into vectors across
    /// the sums, whose terms it then has to pick together.
    #[inline(always)]
    fn fma_lanes(a: [f64; 4], b: [f64; 4], c: [f64; 4]) -> [f64; 4] {
        std::array::from_fn(|lane| Self::fma(a[lane], b[lane], c[lane]))
    }

    /// The sum of four: of several such sums beside each other the compiler would gather the terms from memory.
    #[inline(always)]
    fn sum_lanes([a, b, c, d]: [f64; 4]) -> f64 {
        (a + c) + (b + d)
    }

    /// `a / b` rounded as ever, for finite `a` and odd `b` below 2⁵⁰, whose reciprocal is to be given, rounded: multiplied with where
    /// that is faster than division.
    #[inline(always)]
    fn divide(a: f64, b: f64, _reciprocal: f64) -> f64 {
        a / b
    }

    /// The three channels of eight pixels, taken apart.
    #[inline(always)]
    fn planes(pixels: &[[u8; 3]; 8]) -> [[i32; 8]; 3] {
        let mut planes = [[0; 8]; 3];
        for (i, pixel) in pixels.iter().enumerate() {
            for (plane, &sample) in planes.iter_mut().zip(pixel) {
                plane[i] = i32::from(sample);
            }
        }
        planes
    }

    /// Every byte three times.
    #[inline(always)]
    fn triple(bytes: &[u8; 16]) -> [u8; 48] {
        // Four as three words, many of which are made at a time; bytes would be stored one by one.
        let mut tripled = [[[0; 4]; 3]; 4];
        for (words, four) in tripled.iter_mut().zip(bytes.as_chunks().0) {
            let word = u32::from_le_bytes(*four);
            let (a, b, c, d) = (word & 0xff, word >> 8 & 0xff, word >> 16 & 0xff, word >> 24);
            *words = [
                ((a * 0x01_01_01) | (b << 24)).to_le_bytes(),
                ((b * 0x01_01) | (c * 0x01_01_00_00)).to_le_bytes(),
                (c | (d * 0x01_01_01_00)).to_le_bytes(),
            ];
        }
        bytemuck::cast(tripled)
    }

    /// The numbers of the medians of 3 × 3 integers, without a sign if they have less than 32 bits, from each place of three rows on, as
    /// far as they fill vectors. Returns how many those are: none where vectors have no way of their own. Rows are longer than
    /// `medians`, by 32 at least.
    #[inline(always)]
    fn medians_of_nine<R: Copy + Default, T>(
        _rows: [&[R]; 3],
        _medians: &mut [T],
        _number: impl Fn(R) -> T,
    ) -> usize {
        0
    }

    /// What a table has for each byte.
    #[inline(always)]
    fn look_up(table: &[u8; 256], bytes: &[u8; 32]) -> [u8; 32] {
        bytes.map(|byte| table[usize::from(byte)])
    }

    /// The samples at these places.
    ///
    /// # Safety
    ///
    /// All places lie in `samples`.
    #[inline(always)]
    unsafe fn gather<T: Sample, const N: usize>(samples: &[T], places: &[i32; N]) -> [T; N] {
        // SAFETY: the caller vouches for it.
        unsafe { one_by_one(samples, places) }
    }

    /// The samples at these places, and those behind them.
    ///
    /// # Safety
    ///
    /// All places and those behind them lie in `samples`.
    #[inline(always)]
    unsafe fn gather_pairs<T: Sample, const N: usize>(
        samples: &[T],
        places: &[i32; N],
    ) -> [[T; N]; 2] {
        // SAFETY: the caller vouches for it.
        unsafe { [one_by_one(samples, places), one_by_one(&samples[1..], places)] }
    }

    /// Copies a line, past the caches where the CPU can.
    ///
    /// # Safety
    ///
    /// Nobody reads the line before this thread has made an `sfence`.
    #[inline(always)]
    unsafe fn stream(from: &[u8; LINE], to: &mut Line) {
        #[cfg(target_arch = "x86_64")]
        for (from, to) in from.as_chunks::<16>().0.iter().zip(to.0.as_chunks_mut::<16>().0) {
            use std::arch::x86_64::{_mm_loadu_si128, _mm_stream_si128};
            // SAFETY: SSE2 is part of the architecture; both have 16 bytes, those of a line begin at a multiple of as many, and the caller
            // vouches for the fence.
            unsafe {
                _mm_stream_si128(to.as_mut_ptr().cast(), _mm_loadu_si128(from.as_ptr().cast()));
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        to.0.copy_from_slice(from);
    }
}

/// Bytes of a line of the cache.
pub const LINE: usize = 64;

/// A line of the cache.
#[repr(align(64))]
pub struct Line(pub [u8; LINE]);

/// The samples at these places, each by a load of its own.
///
/// # Safety
///
/// All places lie in `samples`.
#[inline(always)]
pub(super) unsafe fn one_by_one<T: Sample, const N: usize>(
    samples: &[T],
    places: &[i32; N],
) -> [T; N] {
    let mut gathered = [T::default(); N];
    for i in 0..N {
        // SAFETY: the caller vouches for it.
        gathered[i] = unsafe { *samples.get_unchecked(places[i] as usize) };
    }
    gathered
}
