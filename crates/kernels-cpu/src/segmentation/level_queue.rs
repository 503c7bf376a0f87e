use std::collections::VecDeque;

/// What waits by level, and on one level in the order in which it came; nothing comes to a level below that of what left last.
///
/// Buckets by the highest byte in which a level differs from the least that there may be, and by its value in this byte; whatever waits in
/// the lowest byte's is of one level. Those of a higher byte are dealt out to lower ones when their turn comes, in their order: at most once
/// for each byte of a level. Source: E. V. Denardo, B. L. Fox, "Shortest-route methods: 1. Reaching, pruning, and buckets", 1979;
/// R. K. Ahuja and others, "Faster algorithms for the shortest path problem", 1990 (radix heaps).
pub struct LevelQueue {
    /// Those of the lowest byte first.
    buckets: Vec<VecDeque<(u32, u32)>>,
    /// A bit for each bucket in which something may wait.
    occupied: Vec<u64>,
    /// The least level that there may be.
    least: u32,
}

/// Values of a byte.
const VALUES: usize = 256;
/// Buckets that share a word of bits.
const WORD: usize = 64;

impl LevelQueue {
    pub fn new() -> Self {
        let buckets = size_of::<u32>() * VALUES;
        Self {
            buckets: (0..buckets).map(|_| VecDeque::new()).collect(),
            occupied: vec![0; buckets / WORD],
            least: 0,
        }
    }

    /// Has a pixel wait at a level.
    #[inline(always)]
    pub fn push(&mut self, level: u32, pixel: u32) {
        debug_assert!(level >= self.least);
        let byte = (level ^ self.least | 1).ilog2() / 8;
        let bucket = byte as usize * VALUES + (level >> (8 * byte)) as usize % VALUES;
        self.occupied[bucket / WORD] |= 1 << (bucket % WORD);
        self.buckets[bucket].push_back((level, pixel));
    }

    /// What comes next, with its level. `soon` is told of pixels that come before long.
    #[inline(always)]
    pub fn pop(&mut self, soon: impl Fn(u32)) -> Option<(u32, u32)> {
        const AHEAD: usize = 6;
        loop {
            let bucket = &mut self.buckets[self.least as usize % VALUES];
            if let Some(first) = bucket.pop_front() {
                if let Some(&(_, pixel)) = bucket.get(AHEAD) {
                    soon(pixel);
                }
                return Some(first);
            }
            if !self.rise(&soon) {
                return None;
            }
        }
    }

    /// Goes on to the next bucket of one level; false if there is none.
    fn rise(&mut self, soon: impl Fn(u32)) -> bool {
        let current = self.least as usize % VALUES;
        self.occupied[current / WORD] &= !(1 << (current % WORD));
        let Some(word) = self.occupied.iter().position(|&word| word != 0) else { return false };
        let bucket = word * WORD + self.occupied[word].trailing_zeros() as usize;
        let (byte, value) = (bucket / VALUES, (bucket % VALUES) as u32);
        let above = self.least.checked_shr(8 * (byte as u32 + 1)).unwrap_or(0);
        self.least = (above << 8 | value) << (8 * byte);
        if byte > 0 {
            self.occupied[word] &= self.occupied[word] - 1;
            for (level, pixel) in std::mem::take(&mut self.buckets[bucket]) {
                soon(pixel);
                self.push(level, pixel);
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn levels_leave_in_order_and_by_age() {
        let mut random = Random::new(5);
        for spread in [1, 4, 300, 70_000, u32::MAX / 4000] {
            let mut queue = LevelQueue::new();
            let mut waiting: Vec<(u32, u32)> = Vec::new();
            let mut last = 0;
            for number in 0..3000 {
                let level = last + random.below(spread);
                queue.push(level, number);
                waiting.insert(waiting.partition_point(|other| other.0 <= level), (level, number));
                if number % 3 == 2 || number > 2000 {
                    let next = waiting.remove(0);
                    assert_eq!(queue.pop(|_| ()), Some(next));
                    last = next.0;
                }
            }
            for next in waiting {
                assert_eq!(queue.pop(|_| ()), Some(next));
            }
            assert_eq!(queue.pop(|_| ()), None);
        }
    }

    #[test]
    fn the_greatest_levels_have_a_bucket() {
        let mut queue = LevelQueue::new();
        for level in [u32::MAX, 0, u32::MAX - 1, u32::MAX] {
            queue.push(level, 7);
        }
        let levels = std::iter::from_fn(|| queue.pop(|_| ())).map(|(level, _)| level);
        assert_eq!(levels.collect::<Vec<_>>(), [0, u32::MAX - 1, u32::MAX, u32::MAX]);
    }
}
