//! Regions and their sums, moments, the shape of masks, and what blocks and lines are reduced to.

mod block_extremes;
mod block_medians;
mod block_sums;
mod blocks;
mod euler_number;
mod label;
mod label_marks;
mod label_seams;
mod moments;
mod pattern_counts;
mod perimeter;
mod region_sums;
mod samples_at;

pub use block_extremes::{Extreme, block_extreme};
pub use block_medians::block_median;
pub use block_sums::block_sum;
pub use blocks::Blocks;
pub use euler_number::euler_number;
pub use label::{Connectivity, label};
pub(crate) use label_marks::{check_marks, marks};
pub use moments::moments;
pub use perimeter::perimeter;
pub use region_sums::region_sums;
pub use samples_at::{coefficients_at, samples_at};

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &label::START,
    &label::FLATTEN,
    &label::MERGE,
    &label::COUNT,
    &label::RANK,
    &label::NUMBER,
    &label_marks::MARKED,
    &label_seams::FIND,
    &label_seams::LINK,
    &label_seams::JOIN,
    &label_seams::LEAST,
    &label_seams::SETTLE,
    &label_seams::NUMBER,
    &label_seams::NUMBER_ACROSS,
    &moments::MOMENTS,
    &euler_number::SQUARES,
    &perimeter::BORDER,
    &block_extremes::DOWN,
    &block_extremes::ACROSS,
    &block_medians::MEDIANS,
    &block_sums::SUMS,
    &samples_at::SAMPLES_AT,
    &region_sums::SHAPES,
    &region_sums::OF_INTENSITIES,
];
