//! Bindings of the kernels of scikit-image's `feature`.

#![allow(missing_docs, reason = "names and declarations say it: see `index.d.ts`")]

pub mod feature;
pub mod peaks;
