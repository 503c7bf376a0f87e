//! Memory of results that glibc would take from the system and give back each time, which takes longer than many kernels do: pieces above
//! the limit of [`freed_memory`](crate::freed_memory).

use napi::bindgen_prelude::{Function, Unknown};
use napi_derive::napi;

/// Calls what asks for a result's memory. Once that is garbage it is kept for the next one; what nobody needs goes back to the system
/// soon after the last call.
#[napi(catch_unwind, ts_args_type = "allocate: () => Buffer", ts_return_type = "Buffer")]
pub fn large_memory<'env>(
    allocate: Function<'env, (), Unknown<'env>>,
) -> napi::Result<Unknown<'env>> {
    kept(|| allocate.call(()))
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
use glibc::kept;

/// Other allocators have their own rules.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn kept<T>(allocate: impl FnOnce() -> T) -> T {
    allocate()
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod glibc {
    use std::env;
    use std::sync::{LazyLock, Mutex, PoisonError};
    use std::thread;
    use std::time::{Duration, Instant};

    use crate::freed_memory;

    /// As many bytes are kept at the end of the heap: some results, which often become garbage together.
    const MOST_KEPT: i32 = 256 << 20;
    /// What [`freed_memory`] has glibc keep, twice its limit.
    const USUALLY_KEPT: i32 = 64 << 20;
    /// glibc's own number of pieces from the system, `M_MMAP_MAX` in `mallopt(3)`.
    const PIECES: i32 = 65_536;
    /// How long after the last of such results the memory goes back.
    const IDLE: Duration = Duration::from_secs(1);

    /// When memory was last asked for, while a thread waits to give back what is left of it.
    static LAST: Mutex<Option<Instant>> = Mutex::new(None);

    /// Whether somebody has set how glibc gets memory, and is to have it so: `mallopt(3)`.
    static IS_TUNED: LazyLock<bool> = LazyLock::new(|| {
        let names = [
            "MALLOC_MMAP_MAX_",
            "MALLOC_MMAP_THRESHOLD_",
            "MALLOC_TRIM_THRESHOLD_",
            "GLIBC_TUNABLES",
        ];
        names.iter().any(|name| env::var_os(name).is_some())
    });

    /// Has glibc take a piece from its heap, where it stays once it is freed. Others are taken as before.
    pub fn kept<T>(allocate: impl FnOnce() -> T) -> T {
        if *IS_TUNED {
            return allocate();
        }
        // Before the limits below, after which glibc raises none by itself.
        freed_memory::keep();
        // SAFETY: this changes only where pieces come from, those of other threads included, which may be either.
        unsafe {
            libc::mallopt(libc::M_TRIM_THRESHOLD, MOST_KEPT);
            libc::mallopt(libc::M_MMAP_MAX, 0);
        }
        let allocated = allocate();
        // SAFETY: as above.
        unsafe { libc::mallopt(libc::M_MMAP_MAX, PIECES) };
        give_back_later();
        allocated
    }

    fn give_back_later() {
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        let is_waiting = last.replace(Instant::now()).is_some();
        if is_waiting {
            return;
        }
        let waiting = thread::Builder::new().name("tagswitch-memory".into()).spawn(|| {
            loop {
                thread::sleep(IDLE);
                let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
                if last.is_none_or(|last| last.elapsed() >= IDLE) {
                    *last = None;
                    break;
                }
            }
            // SAFETY: only memory that nobody has goes back.
            unsafe {
                libc::mallopt(libc::M_TRIM_THRESHOLD, USUALLY_KEPT);
                libc::malloc_trim(0);
            }
        });
        if waiting.is_err() {
            *last = None;
        }
    }
}
