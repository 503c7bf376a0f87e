//! Bindings of the kernels on intensities and colours: scikit-image's `color`, `exposure`, `metrics` and `util`.

#![allow(missing_docs, reason = "names and declarations say it: see `index.d.ts`")]
#![allow(
    clippy::too_many_arguments,
    reason = "JavaScript's calls give the sides of shapes one by one"
)]

pub mod color;
pub mod color_spaces;
pub mod exposure;
pub mod histograms;
pub mod metrics;
pub mod util;
