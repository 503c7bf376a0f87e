//! Fresh memory in large pages: where a result is written for the first time, the system hands out its memory page by page, which takes
//! longer than many kernels do.

/// Results of fewer bytes hold too few large pages for the call to pay.
#[cfg(target_os = "linux")]
const LEAST_BYTES: usize = 4 << 20;

/// Asks for large pages for memory that is about to be written. Contents stay as they are; a system that has none, or refuses, goes on
/// as before.
#[cfg(target_os = "linux")]
pub fn advise(memory: *mut u8, len: usize) {
    const PAGE: usize = 4096;
    if len < LEAST_BYTES {
        return;
    }
    let skipped = memory.align_offset(PAGE);
    let len = (len - skipped) / PAGE * PAGE;
    // SAFETY: the range lies within the `len` bytes that the caller has at `memory`, and this advice changes neither contents nor
    // whether they may be accessed. A refusal is of no consequence.
    unsafe { libc::madvise(memory.add(skipped).cast(), len, libc::MADV_HUGEPAGE) };
}

/// Elsewhere the system decides alone.
#[cfg(not(target_os = "linux"))]
pub fn advise(_memory: *mut u8, _len: usize) {}
