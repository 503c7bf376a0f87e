//! Measurements of regions, by `skimage.measure`.

mod block_reduce;
mod blocks;
mod connected;
mod euler_number;
mod fold;
mod forest;
mod label;
mod line_moments;
mod moments;
mod objects;
mod perimeter;
mod pixels;
mod quarter;
mod region_sums;
mod runs;
mod samples_at;
mod shannon_entropy;
mod value;

pub(crate) use block_reduce::mean_of_four;
pub use block_reduce::{block_max, block_mean, block_median, block_min, block_sum};
pub use blocks::Blocks;
pub(crate) use connected::{Connected, connect};
pub use euler_number::euler_number;
pub use label::{Connectivity, label};
pub use moments::{moments, moments_central};
pub use perimeter::perimeter;
pub use region_sums::region_sums;
pub use samples_at::{Between, samples_at};
pub use shannon_entropy::{Different, shannon_entropy};
pub use value::Value;
