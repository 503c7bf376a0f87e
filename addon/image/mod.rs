//! The image library's kernels for JavaScript: check, borrow, call, convert back.
//!
//! Samples stay where JavaScript has them. Results go into the `out` that the caller allocated, except for files, whose
//! size nobody knows before they are read.

mod gpu;
mod io;
mod kernels;
mod off_thread;
mod threads;
