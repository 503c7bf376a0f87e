//! Bindings of the kernels of scikit-image's `feature`.

#![allow(missing_docs, reason = "names and declarations say it: see `index.d.ts`")]
#![allow(
    clippy::too_many_arguments,
    reason = "JavaScript's calls give the sides of shapes one by one"
)]

pub mod feature;
pub mod peaks;
