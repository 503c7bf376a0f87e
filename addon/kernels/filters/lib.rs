//! Bindings of the kernels of scikit-image's `filters`.

#![allow(missing_docs, reason = "names and declarations say it: see `index.d.ts`")]
#![allow(
    clippy::too_many_arguments,
    reason = "JavaScript's calls give the sides of shapes one by one"
)]

pub mod filters;
pub mod ridges;
pub mod thresholds;
