//! How much the CPU's last cache holds.

use std::sync::LazyLock;

/// A virtual machine is told its host's cache, of which others have their part: more than this is not counted on.
const MOST_BYTES: usize = 32 << 20;

/// Where the CPU does not say.
const USUAL_BYTES: usize = 8 << 20;

/// Bytes of the largest cache, as far as they can be counted on. The CPU is asked once.
pub fn last_cache_bytes() -> usize {
    static BYTES: LazyLock<usize> =
        LazyLock::new(|| largest().unwrap_or(USUAL_BYTES).min(MOST_BYTES));
    // Tests know which results are streamed.
    if cfg!(test) { USUAL_BYTES } else { *BYTES }
}

#[cfg(target_arch = "x86_64")]
fn largest() -> Option<usize> {
    use raw_cpuid::CpuId;
    let caches = CpuId::new().get_cache_parameters()?;
    let bytes = caches.map(|cache| {
        let lines = cache.sets() * cache.associativity() * cache.physical_line_partitions();
        lines * cache.coherency_line_size()
    });
    bytes.max().filter(|&bytes| bytes > 0)
}

#[cfg(not(target_arch = "x86_64"))]
fn largest() -> Option<usize> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn the_cpu_says_what_the_system_says() {
        let path = |i| format!("/sys/devices/system/cpu/cpu0/cache/index{i}/size");
        let sizes = (0..8).filter_map(|i| std::fs::read_to_string(path(i)).ok());
        let kibibytes = sizes.map(|size| size.trim().trim_end_matches('K').parse::<usize>());
        let Some(most) = kibibytes.map(Result::unwrap).max() else { return };
        if let Some(bytes) = largest() {
            assert_eq!(bytes, most << 10);
        }
    }
}
