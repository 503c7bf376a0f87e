//! T. S. Huang's running median: "A fast two-dimensional median filtering algorithm" (IEEE Transactions on Acoustics, Speech,
//! and Signal Processing 27(1), 1979).

/// The sample of a given rank among bytes that come and go.
pub struct RunningMedian {
    counts: [u32; 256],
    rank: u32,
    median: u8,
    /// How many are less than `median`.
    below: u32,
}

impl RunningMedian {
    /// Of none yet; of rank 0 is the least of them.
    pub fn new(rank: u32) -> Self {
        Self { counts: [0; 256], rank, median: 0, below: 0 }
    }

    /// Forgets all.
    #[inline(always)]
    pub fn clear(&mut self) {
        self.counts.fill(0);
        self.below = 0;
    }

    #[inline(always)]
    pub fn add(&mut self, level: u8) {
        self.counts[usize::from(level)] += 1;
        self.below += u32::from(level < self.median);
    }

    /// Takes away one that was added.
    #[inline(always)]
    pub fn remove(&mut self, level: u8) {
        self.counts[usize::from(level)] -= 1;
        self.below -= u32::from(level < self.median);
    }

    /// The sample of the rank; there must be more samples than that.
    #[inline(always)]
    pub fn median(&mut self) -> u8 {
        while self.below > self.rank {
            self.median -= 1;
            self.below -= self.counts[usize::from(self.median)];
        }
        loop {
            let until = self.below + self.counts[usize::from(self.median)];
            if until > self.rank {
                return self.median;
            }
            self.below = until;
            self.median += 1;
        }
    }
}
