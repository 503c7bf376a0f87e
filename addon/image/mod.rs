//! The image library's kernels for JavaScript: check, borrow, call, convert back.
//!
//! Samples stay where JavaScript has them. Results go into the `out` that the caller allocated, except for files, whose
//! size nobody knows before they are read.

mod color;
mod color_spaces;
mod exposure;
mod feature;
mod filters;
mod freed_memory;
mod geometry;
mod gpu;
mod histogram;
mod histograms;
mod integral_image;
mod io;
mod kernels;
mod large_pages;
mod large_results;
mod masked;
mod measure;
mod memory;
mod metrics;
mod morphology;
mod off_thread;
mod peaks;
mod ridges;
mod samples;
mod segmentation;
mod threads;
mod thresholds;
mod transform;
mod util;
mod warp;
