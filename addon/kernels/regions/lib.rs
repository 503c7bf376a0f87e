//! Bindings of the kernels on regions: scikit-image's `measure`, `morphology` and `segmentation`.

#![allow(missing_docs, reason = "names and declarations say it: see `index.d.ts`")]
#![allow(
    clippy::too_many_arguments,
    reason = "JavaScript's calls give the sides of shapes one by one"
)]

pub mod measure;
pub mod morphology;
pub mod segmentation;
