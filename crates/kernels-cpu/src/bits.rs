//! 64 flags as the bits of a word, the first one the lowest.

/// The word of flags that are 0 or 1.
#[inline(always)]
pub fn packed(flags: &[u8; 64]) -> u64 {
    let mut word = 0;
    for (i, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
        // The multiplication gathers the lowest bits of eight bytes in the highest byte.
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        word |= gathered << (8 * i);
    }
    word
}

/// The flags of a word, 0 or 1 each.
#[inline(always)]
pub fn unpacked(word: u64) -> [u8; 64] {
    let mut flags = [0; 64];
    let eights = flags.as_chunks_mut::<8>().0;
    for (eight, byte) in eights.iter_mut().zip(word.to_le_bytes()) {
        // Each byte keeps the bit of its place, and what is not 0 then carries into the highest one.
        let spread = (u64::from(byte) * 0x0101_0101_0101_0101) & 0x8040_2010_0804_0201;
        let carried = spread + 0x7f7f_7f7f_7f7f_7f7f;
        *eight = ((carried >> 7) & 0x0101_0101_0101_0101).to_le_bytes();
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn words_have_the_flags() {
        let mut random = Random::new(6);
        let some = (0..200).map(|_| u64::from(random.bits()) << 32 | u64::from(random.bits()));
        for word in some.chain([0, 1, 1 << 63, u64::MAX]) {
            let flags = unpacked(word);
            for (i, &flag) in flags.iter().enumerate() {
                assert_eq!(u64::from(flag), (word >> i) & 1);
            }
            assert_eq!(packed(&flags), word);
        }
    }
}
