use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tagswitch_kernels_gpu::Engine;

use crate::support::require_gpu;

static ALONE: Mutex<()> = Mutex::new(());

/// An engine whose limit is the test's alone, and put right at its end.
pub struct Limited {
    pub engine: Arc<Engine>,
    _alone: MutexGuard<'static, ()>,
}

impl Limited {
    pub fn new() -> Option<Self> {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Self { engine: require_gpu()?, _alone: alone })
    }

    /// Holds results under each limit to those without; some limit must have made tiles.
    pub fn same<T: PartialEq>(&self, limits: &[u64], what: &str, result: impl Fn() -> T) {
        let count = || {
            let before = self.engine.stats().dispatches;
            (result(), self.engine.stats().dispatches - before)
        };
        self.engine.set_largest_binding(u64::MAX);
        let (expected, at_once) = count();
        let mut most = 0;
        for &limit in limits {
            self.engine.set_largest_binding(limit);
            let (found, dispatches) = count();
            self.engine.set_largest_binding(u64::MAX);
            assert!(
                found == expected,
                "{what}: differs at {limit} bytes in {dispatches} dispatches"
            );
            most = most.max(dispatches);
        }
        assert!(most > at_once, "{what}: no tiles");
    }
}

impl Drop for Limited {
    fn drop(&mut self) {
        self.engine.set_largest_binding(u64::MAX);
    }
}
