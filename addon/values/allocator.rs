//! Memory of what kernels hold while they run: large pieces come in large pages, as results do.

use std::alloc::{GlobalAlloc, Layout, System};

use crate::large_pages::advise;

#[global_allocator]
static ALLOCATOR: LargePages = LargePages;

/// The system's allocator, which is asked for large pages.
struct LargePages;

/// Advises whatever memory was given; null where there is none.
fn advised(memory: *mut u8, size: usize) -> *mut u8 {
    if !memory.is_null() {
        advise(memory, size);
    }
    memory
}

// SAFETY: every piece comes from the system's allocator and goes back to it, with the layout that the caller gives; advice changes neither
// contents nor whether they may be accessed, and it allocates nothing.
unsafe impl GlobalAlloc for LargePages {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are those that the system's allocator asks for.
        advised(unsafe { System.alloc(layout) }, layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        advised(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as above.
        advised(unsafe { System.realloc(memory, layout, size) }, size)
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(memory, layout) }
    }
}
