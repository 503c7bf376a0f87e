//! Measurements of regions, by `skimage.measure`.

mod connected;
mod forest;
mod label;
mod runs;

pub(crate) use connected::{Connected, connect};
pub use label::{Connectivity, Value, label};
