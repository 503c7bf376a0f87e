//! What a file may ask for, and memory within it.

use super::{Error, Format, Result};

/// What a decoder may use beside the samples themselves.
const SCRATCH: u64 = 256 << 20;

/// How much a file may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Rows times columns.
    pub max_pixels: u64,
}

impl Default for Limits {
    /// 2²⁷ pixels, about 134 million.
    fn default() -> Self {
        Self { max_pixels: 1 << 27 }
    }
}

/// The memory that a decoder may have: the samples of the largest image allowed and some more.
pub(super) fn allowance(limits: &Limits) -> u64 {
    limits.max_pixels.saturating_mul(8).saturating_add(SCRATCH)
}

/// Refuses a header that promises too much.
pub(super) fn check_size(format: Format, width: u32, height: u32, limits: &Limits) -> Result<()> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels <= limits.max_pixels {
        return Ok(());
    }
    let reason =
        format!("{height} × {width} is {pixels} pixels; at most {} are allowed", limits.max_pixels);
    Err(Error::Limit { format, reason })
}

/// Zeroed memory, or an error where the system has none.
pub(super) fn allocate<T: Clone + Default>(format: Format, len: usize) -> Result<Vec<T>> {
    let mut samples = Vec::new();
    samples.try_reserve_exact(len).map_err(|_| Error::Limit {
        format,
        reason: format!("no memory for {len} samples of {} bytes", size_of::<T>()),
    })?;
    samples.resize(len, T::default());
    Ok(samples)
}
