//! Bindings of the kernels on intensities and colours: scikit-image's `color`, `exposure`, `metrics` and `util`.

#![allow(missing_docs, reason = "names and declarations say it: see `index.d.ts`")]

pub mod color;
pub mod color_spaces;
pub mod exposure;
pub mod histograms;
pub mod metrics;
pub mod util;
