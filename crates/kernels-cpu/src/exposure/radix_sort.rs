use std::ops::{AddAssign, Range};

/// Bits of a digit: the places of all digits stay in the nearest cache.
const BITS: u32 = 11;
const DIGITS: usize = 1 << BITS;
const DIGITS_OF_A_WORD: usize = u32::BITS.div_ceil(BITS) as usize;

/// Fewer are sorted by comparing them before the places of all digits are known.
const LEAST: usize = 1 << 9;

/// So many stay in the caches, whatever the order in which they are written.
const MOST: usize = 1 << 18;

/// Makes a key of each sample and its place, and gives `take` all of them in the order of a word of each, a part after the other: what has the
/// same word is in one part, in any order. Takes as much memory as the keys, and as the longest part.
///
/// The highest digit that is not the same in all parts them until they fit into the caches, the lowest first sorts the parts: D. E. Knuth, "The
/// art of computer programming", volume 3, 5.2.5.
pub fn each_part_by_word<S: Copy, K: Copy + Default>(
    samples: &[S],
    key: impl Fn(usize, S) -> K + Copy,
    word: impl Fn(K) -> u32 + Copy,
    mut take: impl FnMut(&[K]),
) {
    let mut keys = vec![K::default(); samples.len()];
    let ends = if samples.len() <= MOST {
        for (at, (place, &sample)) in keys.iter_mut().zip(samples).enumerate() {
            *place = key(at, sample);
        }
        vec![samples.len()]
    } else {
        spread_by_highest(samples, key, &mut keys, word)
    };
    let mut spare = Vec::new();
    for part in parts(&ends) {
        let part = &mut keys[part];
        if spare.len() < part.len() {
            spare = vec![K::default(); part.len()];
        }
        let spare = &mut spare[..part.len()];
        sort(part, spare, word, &mut take);
    }
}

/// Gives what is sorted, with as much memory to spare.
fn sort<'a, K: Copy>(
    mut keys: &'a mut [K],
    mut spare: &'a mut [K],
    word: impl Fn(K) -> u32 + Copy,
    take: &mut impl FnMut(&[K]),
) {
    if keys.len() < LEAST {
        keys.sort_unstable_by_key(|&key| word(key));
        return take(keys);
    }
    if keys.len() > MOST {
        if varying_bits(keys, of_itself, word) == 0 {
            return take(keys);
        }
        let ends = spread_by_highest(keys, of_itself, spare, word);
        for part in parts(&ends) {
            sort(&mut spare[part.clone()], &mut keys[part], word, take);
        }
        return;
    }
    let digit = |key, i| (word(key) >> (i as u32 * BITS)) as usize % DIGITS;
    let mut counts = [[0_u32; DIGITS]; DIGITS_OF_A_WORD];
    for &key in &*keys {
        for (i, counts) in counts.iter_mut().enumerate() {
            counts[digit(key, i)] += 1;
        }
    }
    for (i, places) in counts.iter_mut().enumerate() {
        if places[digit(keys[0], i)] as usize == keys.len() {
            continue;
        }
        make_places(places);
        for &key in &*keys {
            let place = &mut places[digit(key, i)];
            spare[*place as usize] = key;
            *place += 1;
        }
        std::mem::swap(&mut keys, &mut spare);
    }
    take(keys);
}

/// Writes keys in the order of the highest digit of which the first bit is not the same in all. Returns where those of each digit end.
fn spread_by_highest<S: Copy, K: Copy>(
    from: &[S],
    key: impl Fn(usize, S) -> K + Copy,
    to: &mut [K],
    word: impl Fn(K) -> u32 + Copy,
) -> Vec<usize> {
    let bit = varying_bits(from, key, word).saturating_sub(BITS);
    let digit = |key| (word(key) >> bit) as usize % DIGITS;
    let mut places = vec![0_usize; DIGITS];
    for (at, &sample) in from.iter().enumerate() {
        places[digit(key(at, sample))] += 1;
    }
    make_places(&mut places);
    for (at, &sample) in from.iter().enumerate() {
        let key = key(at, sample);
        let place = &mut places[digit(key)];
        to[*place] = key;
        *place += 1;
    }
    places
}

/// The key of what is a key already.
fn of_itself<K>(_: usize, key: K) -> K {
    key
}

/// How many of the lower bits there are in which words differ.
fn varying_bits<S: Copy, K>(
    samples: &[S],
    key: impl Fn(usize, S) -> K,
    word: impl Fn(K) -> u32,
) -> u32 {
    let (mut any, mut all) = (0, !0);
    for (at, &sample) in samples.iter().enumerate() {
        let word = word(key(at, sample));
        (any, all) = (any | word, all & word);
    }
    u32::BITS - (any & !all).leading_zeros()
}

/// Of how many have each digit makes where the first of them is to be.
fn make_places<P: Copy + Default + AddAssign>(counts: &mut [P]) {
    let mut before = P::default();
    for count in counts {
        before += std::mem::replace(count, before);
    }
}

/// The parts that are not empty, by where each ends.
fn parts(ends: &[usize]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let parts = ends.iter().map(move |&end| std::mem::replace(&mut start, end)..end);
    parts.filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn gives_all_in_order_and_equals_together() {
        let mut random = Random::new(11);
        let lengths = [0, 1, 2, 100, LEAST - 1, LEAST, 9000, MOST, MOST + 2];
        let masks = [!0, 0, 7, 0x3ff_f800, 0x8000_0001, 0x3f80_ffff];
        for (length, mask) in lengths.iter().flat_map(|&n| masks.map(|mask| (n, mask))) {
            let mut words: Vec<u32> = (0..length).map(|_| random.bits() & mask).collect();
            // By the highest digit nearly all are in one part.
            words.iter_mut().take(1).for_each(|word| *word ^= 1 << 31);
            let key = |at: usize, word: u32| u64::from(word) << 32 | at as u64;
            let mut expected: Vec<u64> =
                words.iter().enumerate().map(|(at, &word)| key(at, word)).collect();
            expected.sort_unstable();
            let mut found: Vec<u64> = Vec::new();
            let word = |key: u64| (key >> 32) as u32;
            each_part_by_word(&words, key, word, |part| {
                assert!(part.is_sorted_by_key(|&key| word(key)));
                let last = found.last().map(|&key| word(key));
                assert!(last < part.first().map(|&key| word(key)), "{length} of {mask:x}");
                found.extend(part);
            });
            found.sort_unstable();
            assert!(found == expected, "{length} of {mask:x}");
        }
    }
}
