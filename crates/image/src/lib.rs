//! Borrowed images: a [`Shape`] over a slice of interleaved, row-major samples.
//!
//! Nothing here owns samples or computes any. Kernels take [`ImageView`]s and write into
//! [`ImageViewMut`]s, so that the caller decides where results live. A view is checked once, when
//! it is made; behind that, the slice is known to hold exactly `height × width × channels` samples.
//!
//! [`SamplesRef`] and its kin hold samples whose type is known only when the program runs.
//!
//! A [`ChordFootprint`] says which neighbours of a pixel count, by runs; a [`ConvexHull`] which columns of a row lie inside of it.
//!
//! [`Sample`] says how each of the five sample types becomes a floating-point number, by
//! scikit-image's rules: the one place for them.

mod convex_hull;
mod float;
mod footprint;
mod sample;
mod samples;
mod shape;
mod view;

pub use convex_hull::ConvexHull;
pub use float::Float;
pub use footprint::{Chord, ChordFootprint};
pub use sample::Sample;
pub use samples::{Samples, SamplesMut, SamplesRef};
pub use shape::{Shape, ShapeError};
pub use view::{ImageView, ImageViewMut};
