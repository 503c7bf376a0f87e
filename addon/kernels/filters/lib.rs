//! Bindings of the kernels of scikit-image's `filters`.

#![allow(missing_docs, reason = "names and declarations say it: see `index.d.ts`")]

pub mod filters;
pub mod ridges;
pub mod thresholds;
