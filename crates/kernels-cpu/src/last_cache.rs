//! How much the CPU's last cache holds.

use std::sync::LazyLock;

/// A virtual machine is told its host's cache, of which others have their part: more than this is not counted on.
const MOST_BYTES: usize = 32 << 20;

/// A CPU of which a part is not told has more, and cores of one CPU may differ: less than this is not believed.
const LEAST_BYTES: usize = 8 << 20;

/// Bytes of the largest cache, as far as they can be counted on. The CPU is asked once.
pub fn last_cache_bytes() -> usize {
    static BYTES: LazyLock<usize> =
        LazyLock::new(|| largest().unwrap_or(LEAST_BYTES).clamp(LEAST_BYTES, MOST_BYTES));
    // Tests know which results are streamed.
    if cfg!(test) { LEAST_BYTES } else { *BYTES }
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
    fn the_cpu_says_what_the_system_says_of_one_of_its_cores() {
        let size = |cpu, i| {
            let path = format!("/sys/devices/system/cpu/cpu{cpu}/cache/index{i}/size");
            let size = std::fs::read_to_string(path).ok()?;
            Some(size.trim().trim_end_matches('K').parse::<usize>().unwrap() << 10)
        };
        let of_core = |cpu| (0..8).filter_map(|i| size(cpu, i)).max();
        let told: Vec<_> = (0..1024).filter_map(of_core).collect();
        if let (Some(bytes), false) = (largest(), told.is_empty()) {
            assert!(told.contains(&bytes), "{bytes} of {told:?}");
        }
    }
}
