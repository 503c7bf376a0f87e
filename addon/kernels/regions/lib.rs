//! Bindings of the kernels on regions: scikit-image's `measure`, `morphology` and `segmentation`.

#![allow(missing_docs, reason = "names and declarations say it: see `index.d.ts`")]

pub mod measure;
pub mod morphology;
pub mod segmentation;
