//! Who goes before whom, with everything that follows from it.

/// A growing strict partial order of the numbers below a bound, always closed: a bit for each pair.
pub struct Precedence {
    size: usize,
    words: usize,
    after: Vec<u64>,
}

impl Precedence {
    /// An order of `size` members in which nothing is decided.
    pub fn new(size: usize) -> Self {
        let words = size.div_ceil(64);
        Self { size, words, after: vec![0; size * words] }
    }

    /// What `edges` lead to, round circles too (Warshall's algorithm).
    pub fn closure(size: usize, edges: &[(usize, usize)]) -> Self {
        let mut order = Self::new(size);
        for &(a, b) in edges {
            order.after[a * order.words + b / 64] |= 1 << (b % 64);
        }
        for middle in 0..size {
            for a in 0..size {
                if order.has(a, middle) {
                    order.follow(a, middle);
                }
            }
        }
        order
    }

    /// Whether `a` goes before `b`.
    pub fn has(&self, a: usize, b: usize) -> bool {
        self.after[a * self.words + b / 64] >> (b % 64) & 1 == 1
    }

    /// Puts `a` before `b`; refuses, with `false`, where that would close a circle.
    pub fn add(&mut self, a: usize, b: usize) -> bool {
        if a == b || self.has(b, a) {
            return false;
        }
        if self.has(a, b) {
            return true;
        }
        for earlier in 0..self.size {
            if earlier == a || self.has(earlier, a) {
                self.after[earlier * self.words + b / 64] |= 1 << (b % 64);
                self.follow(earlier, b);
            }
        }
        true
    }

    /// Puts `a` before everything that `b` goes before.
    fn follow(&mut self, a: usize, b: usize) {
        for word in 0..self.words {
            self.after[a * self.words + word] |= self.after[b * self.words + word];
        }
    }

    /// All members so that the order is kept; of those that nothing holds back, the smallest comes next.
    pub fn sorted(&self) -> Vec<usize> {
        let mut left: Vec<usize> = (0..self.size).collect();
        let mut order = Vec::with_capacity(self.size);
        while !left.is_empty() {
            let is_free = |b: &usize| left.iter().all(|&a| !self.has(a, *b));
            let next = left.iter().position(is_free).expect("the order has no circle");
            order.push(left.remove(next));
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_is_known_and_circles_are_refused() {
        let mut order = Precedence::new(70);
        assert!(order.add(69, 3));
        assert!(order.add(3, 1));
        assert!(order.has(69, 1));
        assert!(!order.add(1, 69));
        assert!(!order.add(5, 5));
        assert_eq!(order.sorted()[..3], [0, 2, 4]);
        assert_eq!(order.sorted()[67..], [69, 3, 1]);
    }
}
