//! Measurements of regions, by `skimage.measure`.

mod block_reduce;
mod connected;
mod euler_number;
mod fold;
mod forest;
mod label;
mod moments;
mod objects;
mod perimeter;
mod pixels;
mod region_sums;
mod runs;
mod shannon_entropy;

pub use block_reduce::{Blocks, block_max, block_mean, block_median, block_min, block_sum};
pub(crate) use connected::{Connected, connect};
pub use euler_number::euler_number;
pub(crate) use fold::fold;
pub use label::{Connectivity, Value, label};
pub use moments::moments;
pub use perimeter::perimeter;
pub use region_sums::region_sums;
pub use shannon_entropy::{Different, shannon_entropy};
