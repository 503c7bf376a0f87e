//! The image library's kernels for the CPU, one file per operation, by scikit-image's modules and names.
//!
//! A kernel borrows its input, writes every sample of the `out` that the caller provides, and returns an
//! [`Error`] instead of panicking, with `out` written in part where a sample is to blame. It runs on the calling thread, with others to help where [`threads`] finds it worth them. Definitions and numbers are those of
//! scikit-image 0.26; a file's documentation names the function it follows and where its arithmetic differs.
//!
//! Vector instructions come from [`simd`]: plain loops, compiled once per instruction set, chosen when called.

mod approximation;
mod approximation32;
mod bits;
pub mod border;
pub mod color;
pub mod error;
pub mod exposure;
pub mod feature;
pub mod filters;
pub mod footprint;
mod groups;
pub mod io;
mod last_cache;
mod level;
pub mod measure;
pub mod metrics;
pub mod morphology;
mod nearest_seed;
mod prefetch;
mod ranks;
mod roots;
pub mod segmentation;
pub mod simd;
mod stream;
mod sum;
pub mod threads;
mod transcendental;
pub mod transform;
pub mod util;

#[cfg(test)]
mod random;

pub use error::{Error, Result};
pub use ranks::Label;
