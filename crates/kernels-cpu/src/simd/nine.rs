//! Medians of 3 × 3 integers in the registers of AVX2: of a vector's columns, which are sorted once, those beside each come by shifts.
//! There are no closures here: those that are not inlined have no AVX2, and then each instruction is a call.

use std::arch::x86_64::{
    __m256i, _mm256_alignr_epi8, _mm256_loadu_si256, _mm256_max_epi32, _mm256_max_epu8,
    _mm256_max_epu16, _mm256_min_epi32, _mm256_min_epu8, _mm256_min_epu16,
    _mm256_permute2x128_si256, _mm256_storeu_si256,
};

/// For vectors of `N` integers: of 8 and 16 bits without a sign, of 32 with one. See [`Level::medians_of_nine`](super::Level).
///
/// # Safety
///
/// The CPU has AVX2; `N` integers have 32 bytes.
#[inline(always)]
pub unsafe fn medians_of_nine<R: Copy + Default, T, const N: usize>(
    rows: [&[R]; 3],
    medians: &mut [T],
    number: impl Fn(R) -> T,
) -> usize {
    let count = medians.len() / N * N;
    let [above, row, below] = rows;
    let rows = [&above[..count + N], &row[..count + N], &below[..count + N]];
    // SAFETY: the caller vouches for AVX2; a vector is written to `N` integers, and places of as many are left of all rows.
    unsafe {
        let mut here = columns(rows, 0);
        for (block, medians) in medians.as_chunks_mut::<N>().0.iter_mut().enumerate() {
            let next = columns(rows, (block + 1) * N);
            let low = beside::<R>(here[0], next[0]);
            let middle = beside::<R>(here[1], next[1]);
            let high = beside::<R>(here[2], next[2]);
            let [_, least] = ordered::<R>(low[0], low[1]);
            let [_, least] = ordered::<R>(least, low[2]);
            let [greatest, _] = ordered::<R>(high[0], high[1]);
            let [greatest, _] = ordered::<R>(greatest, high[2]);
            let [_, middle, _] = sorted::<R>(middle);
            let [_, median, _] = sorted::<R>([least, middle, greatest]);
            let mut ranks = [R::default(); N];
            _mm256_storeu_si256(ranks.as_mut_ptr().cast(), median);
            for i in 0..N {
                medians[i] = number(ranks[i]);
            }
            here = next;
        }
    }
    count
}

/// A vector's columns from place `x` on, each sorted.
///
/// # Safety
///
/// The CPU has AVX2; rows have 32 bytes from there on.
#[inline(always)]
unsafe fn columns<R>(rows: [&[R]; 3], x: usize) -> [__m256i; 3] {
    // SAFETY: the caller vouches for it.
    unsafe {
        sorted::<R>([
            _mm256_loadu_si256(rows[0][x..].as_ptr().cast()),
            _mm256_loadu_si256(rows[1][x..].as_ptr().cast()),
            _mm256_loadu_si256(rows[2][x..].as_ptr().cast()),
        ])
    }
}

/// # Safety
///
/// The CPU has AVX2.
#[inline(always)]
unsafe fn sorted<R>([a, b, c]: [__m256i; 3]) -> [__m256i; 3] {
    // SAFETY: the caller vouches for it.
    unsafe {
        let [a, b] = ordered::<R>(a, b);
        let [b, c] = ordered::<R>(b, c);
        let [a, b] = ordered::<R>(a, b);
        [a, b, c]
    }
}

/// # Safety
///
/// The CPU has AVX2.
#[inline(always)]
unsafe fn ordered<R>(a: __m256i, b: __m256i) -> [__m256i; 2] {
    // SAFETY: the caller vouches for it.
    unsafe {
        match size_of::<R>() {
            1 => [_mm256_min_epu8(a, b), _mm256_max_epu8(a, b)],
            2 => [_mm256_min_epu16(a, b), _mm256_max_epu16(a, b)],
            _ => [_mm256_min_epi32(a, b), _mm256_max_epi32(a, b)],
        }
    }
}

/// The vector `here`, that from its second integer on, and that from its third one on.
///
/// # Safety
///
/// The CPU has AVX2.
#[inline(always)]
unsafe fn beside<R>(here: __m256i, next: __m256i) -> [__m256i; 3] {
    // SAFETY: the caller vouches for it.
    unsafe {
        let middle = _mm256_permute2x128_si256::<0x21>(here, next);
        let [second, third] = match size_of::<R>() {
            1 => [_mm256_alignr_epi8::<1>(middle, here), _mm256_alignr_epi8::<2>(middle, here)],
            2 => [_mm256_alignr_epi8::<2>(middle, here), _mm256_alignr_epi8::<4>(middle, here)],
            _ => [_mm256_alignr_epi8::<4>(middle, here), _mm256_alignr_epi8::<8>(middle, here)],
        };
        [here, second, third]
    }
}
