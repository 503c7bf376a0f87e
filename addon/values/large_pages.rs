//! Fresh memory in large pages: where something is written for the first time, the system hands out its memory page by page, which takes
//! longer than many kernels do.

/// Fewer bytes hold too few large pages for the call to pay.
#[cfg(target_os = "linux")]
const LEAST_BYTES: usize = 4 << 20;

/// Asks for large pages for memory that is about to be written. Contents stay as they are; a system that has none, or refuses, goes on
/// as before.
///
/// Whole pages are meant, the first and the last one too: a piece that the system gave for itself would otherwise be several mappings, which
/// `mremap(2)`, and so `realloc`, does not move together.
#[cfg(target_os = "linux")]
pub fn advise(memory: *mut u8, len: usize) {
    const PAGE: usize = 4096;
    if len < LEAST_BYTES {
        return;
    }
    let before = memory.addr() % PAGE;
    // SAFETY: every page of the range holds some of the `len` bytes that the caller has at `memory`, so that it is there, and this advice
    // changes neither contents nor whether they may be accessed. A refusal is of no consequence.
    unsafe {
        let first = memory.wrapping_sub(before).cast();
        libc::madvise(first, (before + len).next_multiple_of(PAGE), libc::MADV_HUGEPAGE)
    };
}

/// Elsewhere the system decides alone.
#[cfg(not(target_os = "linux"))]
pub fn advise(_memory: *mut u8, _len: usize) {}
