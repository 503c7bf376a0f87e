//! Measurements of regions, by `skimage.measure`.

mod label;

pub use label::{Connectivity, label};
