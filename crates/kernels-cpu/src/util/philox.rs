/// The words that a key has at a place: the same wherever they are computed, and in whatever order.
///
/// Philox4x32-10: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
#[inline(always)]
pub fn philox(place: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let product = |a: u32, b: u32| {
        let whole = u64::from(a) * u64::from(b);
        [whole as u32, (whole >> 32) as u32]
    };
    let ([mut a, mut b, mut c, mut d], [mut key0, mut key1]) = (place, key);
    for _ in 0..10 {
        let [low0, high0] = product(0xd251_1f53, a);
        let [low1, high1] = product(0xcd9e_8d57, c);
        [a, b, c, d] = [high1 ^ b ^ key0, low1, high0 ^ d ^ key1, low0];
        key0 = key0.wrapping_add(0x9e37_79b9);
        key1 = key1.wrapping_add(0xbb67_ae85);
    }
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    // The known answers of the authors' Random123.
    #[test]
    fn gives_the_known_answers() {
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(
            philox([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
    }
}
