//! Values between JavaScript and Rust: typed arrays as samples, without a copy, their memory and geometry, and errors.

#![allow(missing_docs, reason = "names and declarations say it: see `index.d.ts`")]

mod allocator;
pub mod error;
mod freed_memory;
pub mod geometry;
pub mod histogram;
mod large_pages;
mod large_results;
pub mod masked;
mod memory;
pub mod numbers;
pub mod samples;

// What this crate and those above it declare is noted while they compile: anew where the folder for the notes is another.
const _: Option<&str> = option_env!("NAPI_TYPE_DEF_TMP_FOLDER");
