//! Measurements of regions, by `skimage.measure`.

mod connected;
mod forest;
mod label;
mod moments;
mod region_sums;
mod runs;

pub(crate) use connected::{Connected, connect};
pub use label::{Connectivity, Value, label};
pub use moments::moments;
pub use region_sums::region_sums;
