/// Bits of a digit at most: the places of all digits stay in the nearest cache.
const BITS: u32 = 11;
const DIGITS: usize = 1 << BITS;

/// Fewer are sorted by comparing them before the places of all digits are known.
const LEAST: usize = 1 << 8;

/// So many stay in the caches, whatever the order in which they are written.
const MOST: usize = 1 << 18;

/// Sorts by a word of each; what has the same keeps its order. Takes as much memory again.
///
/// The highest digit that is not the same in all parts them until they fit into the caches, the lowest first sorts the parts: D. E. Knuth, "The
/// art of computer programming", volume 3, 5.2.5.
pub fn sort_by_word<K: Copy + Default>(keys: &mut Vec<K>, word: impl Fn(K) -> u32 + Copy) {
    let mut spare = vec![K::default(); keys.len()];
    if sort(keys, &mut spare, word) {
        std::mem::swap(keys, &mut spare);
    }
}

/// Sorts with as much memory to spare. Returns whether that has the result.
fn sort<'a, K: Copy>(
    mut keys: &'a mut [K],
    mut spare: &'a mut [K],
    word: impl Fn(K) -> u32 + Copy,
) -> bool {
    if keys.len() < LEAST {
        keys.sort_by_key(|&key| word(key));
        return false;
    }
    let bits = u32::BITS - varying(keys, word).leading_zeros();
    if keys.len() > MOST && bits > 0 {
        let ends = spread(keys, spare, bits.saturating_sub(BITS), word);
        let mut start = 0;
        for end in ends {
            let (part, spare) = (&mut spare[start..end], &mut keys[start..end]);
            if sort(part, spare, word) {
                part.copy_from_slice(spare);
            }
            start = end;
        }
        return true;
    }
    let passes = bits.div_ceil(BITS);
    for pass in 0..passes {
        spread(keys, spare, pass * BITS, word);
        std::mem::swap(&mut keys, &mut spare);
    }
    passes % 2 == 1
}

/// The bits that are not the same in all words.
fn varying<K: Copy>(keys: &[K], word: impl Fn(K) -> u32) -> u32 {
    let (any, all) =
        keys.iter().fold((0, !0), |(any, all), &key| (any | word(key), all & word(key)));
    any & !all
}

/// Copies keys in the order of the digit from a bit on. Returns where those of each digit end.
fn spread<K: Copy>(from: &[K], to: &mut [K], bit: u32, word: impl Fn(K) -> u32) -> [usize; DIGITS] {
    let digit = |key: K| (word(key) >> bit) as usize % DIGITS;
    let mut places = [0; DIGITS];
    for &key in from {
        places[digit(key)] += 1;
    }
    let mut before = 0;
    for place in &mut places {
        before += std::mem::replace(place, before);
    }
    for &key in from {
        let place = &mut places[digit(key)];
        to[*place] = key;
        *place += 1;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn sorts_and_keeps_the_order_of_equals() {
        let mut random = Random::new(11);
        let lengths = [0, 1, 2, 100, LEAST - 1, LEAST, 9000, MOST, MOST + 1];
        let masks = [!0, 0, 7, 0x3ff_f800, 0x8000_0001, 0x3f80_ffff];
        for (length, mask) in lengths.iter().flat_map(|&n| masks.map(|mask| (n, mask))) {
            let words = (0..length as u64).map(|at| u64::from(random.bits() & mask) << 32 | at);
            let mut keys: Vec<u64> = words.collect();
            let mut expected = keys.clone();
            expected.sort_unstable();
            sort_by_word(&mut keys, |key| (key >> 32) as u32);
            assert!(keys == expected, "{length} of {mask:x}");
        }
    }
}
