//! Bindings of the kernels that move pixels: scikit-image's `transform`.

#![allow(missing_docs, reason = "names and declarations say it: see `index.d.ts`")]
#![allow(
    clippy::too_many_arguments,
    reason = "JavaScript's calls give the sides of shapes one by one"
)]

pub mod integral_image;
pub mod transform;
pub mod warp;
