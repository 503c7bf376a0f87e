/// Bits of a digit: the counts of all digits stay in the nearest cache.
const BITS: u32 = 11;
const DIGITS: usize = 1 << BITS;
const PASSES: usize = 3;

/// Fewer are sorted by comparing them before the counts were set to 0.
const LEAST: usize = 1 << 12;

/// Sorts by a word of each; what has the same keeps its order. Takes as much memory again.
///
/// The lowest digit first: D. E. Knuth, "The art of computer programming", volume 3, 5.2.5.
pub fn sort_by_word<K: Copy + Default>(keys: &mut Vec<K>, word: impl Fn(K) -> u32) {
    if keys.len() < LEAST {
        return keys.sort_by_key(|&key| word(key));
    }
    let digit = |key: K, pass: usize| (word(key) >> (BITS * pass as u32)) as usize % DIGITS;
    let mut counts = vec![[0usize; DIGITS]; PASSES];
    for &key in &*keys {
        for (pass, counts) in counts.iter_mut().enumerate() {
            counts[digit(key, pass)] += 1;
        }
    }
    let mut sorted = vec![K::default(); keys.len()];
    for (pass, mut places) in counts.into_iter().enumerate() {
        if places.contains(&keys.len()) {
            continue;
        }
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        for &key in &*keys {
            let place = &mut places[digit(key, pass)];
            sorted[*place] = key;
            *place += 1;
        }
        std::mem::swap(keys, &mut sorted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn sorts_and_keeps_the_order_of_equals() {
        let mut random = Random::new(11);
        for (length, mask) in
            [(0, !0), (1, !0), (100, !0), (LEAST, !0), (9000, !0), (9000, 0x3ff_f800), (9000, 7)]
        {
            let words = (0..length as u64).map(|at| (u64::from(random.bits() & mask) << 32) | at);
            let mut keys: Vec<u64> = words.collect();
            let mut expected = keys.clone();
            expected.sort_unstable();
            sort_by_word(&mut keys, |key| (key >> 32) as u32);
            assert_eq!(keys, expected);
        }
    }
}
