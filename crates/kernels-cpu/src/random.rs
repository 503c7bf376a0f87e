//! Repeatable noise for tests.

/// A linear congruential generator (Knuth's MMIX constants), upper bits only.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn bits(&mut self) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 32) as u32
    }

    /// In [0, 1), with 24 bits.
    pub fn unit(&mut self) -> f64 {
        f64::from(self.bits() >> 8) / f64::from(1 << 24)
    }

    pub fn below(&mut self, end: u32) -> u32 {
        self.bits() % end
    }
}
