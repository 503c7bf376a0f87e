//! Memory of results that are garbage is to hold the next ones: fresh memory comes from the system page by page, which takes longer than
//! many kernels do.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
use std::sync::Once;

/// Has glibc keep what is freed, as far as it would go by itself.
///
/// Pieces above a threshold come from the system and go back to it; whenever one of at most 32 MiB goes back, glibc raises the threshold
/// to its size, and what it keeps of smaller ones to twice that (`mallopt(3)`, `M_MMAP_THRESHOLD`). A piece of that size, never touched,
/// makes the first results as fast as those that come after a large one was garbage. Where somebody has set the threshold, it stays.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn keep() {
    /// With what glibc adds, just below its limit.
    const MOST: usize = (32 << 20) - (2 << 12);
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the piece is freed once, and nothing reads or writes it. That there is none changes nothing.
        unsafe { libc::free(std::hint::black_box(libc::malloc(MOST))) }
    });
}

/// Other allocators have their own rules.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn keep() {}
