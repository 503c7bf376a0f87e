use super::histogram::Histogram;
use crate::error::Result;
use crate::extrema::unorder;
use crate::image::{GpuImage, read};
use crate::sort::sorted_keys;

/// A key, and of how many samples.
type Level = (u32, f64);

/// The levels of floats, ascending, by the keys that samples are sorted by; NaN is none. Waits.
pub(super) fn float_levels(operation: &str, image: &GpuImage) -> Result<Vec<Level>> {
    let keys = sorted_keys(operation, image)?;
    read(&image.engine, operation, &keys, |bytes| {
        let keys =
            bytemuck::pod_collect_to_vec::<u8, u32>(&bytes[..4 * image.shape().samples() as usize]);
        let numbers = &keys[..keys.partition_point(|&key| key != 0)];
        numbers.chunk_by(|a, b| a == b).map(|level| (level[0], level.len() as f64)).collect()
    })
}

/// The histogram of several lists of levels.
pub(super) fn joined(lists: &[Vec<Level>]) -> Histogram {
    let mut keys: Vec<u32> = lists.iter().flatten().map(|level| level.0).collect();
    keys.sort_unstable_by_key(|&key| !key);
    keys.dedup();
    let counts_of = |list: &Vec<Level>| {
        let mut own = list.iter().peekable();
        let count = |&key: &u32| own.next_if(|level| level.0 == key).map_or(0.0, |level| level.1);
        keys.iter().map(count).collect::<Vec<_>>()
    };
    Histogram {
        counts: lists.iter().flat_map(counts_of).collect(),
        bin_centers: keys.iter().map(|&key| f64::from(unorder(!key))).collect(),
    }
}
