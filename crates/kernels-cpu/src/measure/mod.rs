//! Measurements of regions, by `skimage.measure`.

mod forest;
mod label;
mod runs;

pub use label::{Connectivity, Value, label};
