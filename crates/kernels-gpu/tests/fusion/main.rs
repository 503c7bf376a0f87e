//! Point-wise operations that become one kernel: the same results, bit by bit, and no more work than is asked for. One test at
//! a time, as they watch the same counters and set the same switch.

mod operations;
#[path = "../oracle/mod.rs"]
mod oracle;
mod results;
#[path = "../support/mod.rs"]
mod support;
mod waiting;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use support::require_gpu;
use tagswitch_kernels_gpu::{DType, Engine, Shape};

static ALONE: Mutex<()> = Mutex::new(());

/// The engine, for one test alone, which finds and leaves fusion on.
struct Alone {
    engine: Arc<Engine>,
    _alone: MutexGuard<'static, ()>,
}

impl Alone {
    fn new() -> Option<Self> {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let engine = require_gpu()?;
        engine.set_fusion(true);
        engine.flush().unwrap();
        Some(Self { engine, _alone: alone })
    }

    /// What `work` gives, with the kernels that it has recorded and the operations in them beyond one each.
    fn counted<T>(&self, work: impl FnOnce() -> T) -> (T, u64, u64) {
        let before = self.engine.stats();
        let value = work();
        let after = self.engine.stats();
        (value, after.dispatches - before.dispatches, after.fused_steps - before.fused_steps)
    }

    fn without_fusion<T>(&self, work: impl FnOnce() -> T) -> T {
        self.engine.set_fusion(false);
        let value = work();
        self.engine.set_fusion(true);
        value
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        self.engine.set_fusion(true);
        self.engine.set_pool_limit(256 << 20);
        self.engine.set_largest_binding(u64::MAX);
    }
}

const DTYPES: [DType; 4] = [DType::U8, DType::U16, DType::I32, DType::F32];
const PHOTO: Shape = Shape { height: 67, width: 43, channels: 3 };
