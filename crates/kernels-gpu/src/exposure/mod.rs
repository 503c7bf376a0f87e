//! Intensities and their histograms.

mod adjust_gamma;
mod adjust_log;
mod adjust_sigmoid;
mod adjustment;
mod channel;
mod equalize_adapthist;
mod float_levels;
mod histogram;
mod histogram_under;
mod hsv_value;
mod interpolate;
mod look_up;
mod look_up_float;
mod rescale_intensity;

pub use adjust_gamma::adjust_gamma;
pub use adjust_log::adjust_log;
pub use adjust_sigmoid::adjust_sigmoid;
pub use equalize_adapthist::{Tiles, levels_by_tiles, tile_counts};
pub(crate) use histogram::over_extrema;
pub use histogram::{Histogram, SourceRange, float_histogram, level_histogram};
pub use histogram_under::histogram_under;
pub use hsv_value::{value_in_16_bits, with_value};
pub use interpolate::interpolate;
pub use look_up::look_up;
pub use look_up_float::look_up_float;
pub use rescale_intensity::rescale_intensity;

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &channel::CHANNEL,
    &equalize_adapthist::COUNTS,
    &equalize_adapthist::LEVELS,
    &histogram::BYTES,
    &histogram::LEVELS,
    &histogram::EDGES,
    &histogram_under::GREATEST,
    &histogram_under::FILLED,
    &hsv_value::VALUE,
    &hsv_value::COLORS,
    &interpolate::INTERPOLATE,
    &look_up::LOOK_UP,
    &look_up_float::LOOK_UP,
];

pub(crate) static POINTWISE: &[&crate::pointwise::Pointwise] = &[
    &adjust_gamma::ADJUST_GAMMA,
    &adjust_log::ADJUST_LOG,
    &adjust_sigmoid::ADJUST_SIGMOID,
    &rescale_intensity::RESCALE_INTENSITY,
];
