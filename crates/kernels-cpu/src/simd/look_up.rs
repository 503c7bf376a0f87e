use super::{Kernel, Level, dispatch};

/// Makes every byte what a table has for it. Both slices have one length.
pub fn look_up(table: &[u8; 256], bytes: &[u8], out: &mut [u8]) {
    // Unlike most kernels this one gains from AVX-512: it has an instruction that picks from 128 entries.
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512vbmi") && is_x86_feature_detected!("avx512bw") {
        // SAFETY: the CPU has the features that the function needs.
        return unsafe { with_avx512(table, bytes, out) };
    }
    dispatch(LookUp { table, bytes, out });
}

struct LookUp<'a> {
    table: &'a [u8; 256],
    bytes: &'a [u8],
    out: &'a mut [u8],
}

impl Kernel for LookUp<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { table, bytes, out } = self;
        let ((blocks, rest), (places, rest_places)) = (bytes.as_chunks(), out.as_chunks_mut());
        for (place, block) in places.iter_mut().zip(blocks) {
            *place = L::look_up(table, block);
        }
        one_by_one(table, rest, rest_places);
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512vbmi,avx512bw")]
fn with_avx512(table: &[u8; 256], bytes: &[u8], out: &mut [u8]) {
    use std::arch::x86_64::{
        _mm512_loadu_epi8, _mm512_mask_blend_epi8, _mm512_movepi8_mask, _mm512_permutex2var_epi8,
        _mm512_storeu_epi8,
    };

    let ((blocks, rest), (places, rest_places)) =
        (bytes.as_chunks::<64>(), out.as_chunks_mut::<64>());
    let [a, b, c, d] = [0, 64, 128, 192].map(|first| {
        // SAFETY: 64 bytes are read, of the table's 256.
        unsafe { _mm512_loadu_epi8(table.as_ptr().add(first).cast()) }
    });
    for (place, block) in places.iter_mut().zip(blocks) {
        // SAFETY: blocks and places have 64 bytes.
        unsafe {
            let bytes = _mm512_loadu_epi8(block.as_ptr().cast());
            let low = _mm512_permutex2var_epi8(a, bytes, b);
            let high = _mm512_permutex2var_epi8(c, bytes, d);
            let entries = _mm512_mask_blend_epi8(_mm512_movepi8_mask(bytes), low, high);
            _mm512_storeu_epi8(place.as_mut_ptr().cast(), entries);
        }
    }
    one_by_one(table, rest, rest_places);
}

#[inline(always)]
fn one_by_one(table: &[u8; 256], bytes: &[u8], out: &mut [u8]) {
    for (out, &byte) in out.iter_mut().zip(bytes) {
        *out = table[usize::from(byte)];
    }
}

#[cfg(test)]
mod tests {
    use super::super::baseline;
    use super::*;
    use crate::random::Random;

    #[test]
    fn finds_every_byte_at_every_length_with_all_instructions() {
        let mut random = Random::new(31);
        let table = std::array::from_fn(|_| random.bits() as u8);
        let all: Vec<u8> = (0..=255).chain((0..200).map(|_| random.bits() as u8)).collect();
        for length in (0..200).chain([all.len()]) {
            let bytes = &all[all.len() - length..];
            let expected: Vec<u8> = bytes.iter().map(|&byte| table[usize::from(byte)]).collect();
            let mut out = vec![0; length];
            look_up(&table, bytes, &mut out);
            assert_eq!(out, expected, "{length}");
            out.fill(0);
            dispatch(LookUp { table: &table, bytes, out: &mut out });
            assert_eq!(out, expected, "{length} in blocks");
            out.fill(0);
            baseline(LookUp { table: &table, bytes, out: &mut out });
            assert_eq!(out, expected, "{length} one by one");
        }
    }
}
