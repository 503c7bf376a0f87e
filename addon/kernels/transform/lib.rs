//! Bindings of the kernels that move pixels: scikit-image's `transform`.

#![allow(missing_docs, reason = "names and declarations say it: see `index.d.ts`")]

pub mod integral_image;
pub mod transform;
pub mod warp;
