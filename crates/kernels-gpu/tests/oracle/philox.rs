/// The numbers in (0, 1) that the first two words of Philox4x32-10 make at a place.
pub fn numbers_at(place: u64, key: [u32; 2]) -> [f64; 2] {
    let product = |a: u64, b: u32| {
        let whole = a * u64::from(b);
        [whole as u32, (whole >> 32) as u32]
    };
    let mut words = [place as u32, (place >> 32) as u32, 0, 0];
    for round in 0..10_u32 {
        let ([low0, high0], [low1, high1]) =
            (product(0xd251_1f53, words[0]), product(0xcd9e_8d57, words[2]));
        let keys = [0x9e37_79b9_u32, 0xbb67_ae85].map(|step| step.wrapping_mul(round));
        let [first, second] = [keys[0].wrapping_add(key[0]), keys[1].wrapping_add(key[1])];
        words = [high1 ^ words[1] ^ first, low1, high0 ^ words[3] ^ second, low0];
    }
    [words[0], words[1]].map(|word| (f64::from(word) + 0.5) / 4_294_967_296.0)
}
