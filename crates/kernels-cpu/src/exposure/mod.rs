//! Intensities, by `skimage.exposure`.

mod adjust_gamma;
mod adjust_log;
mod adjust_sigmoid;
mod adjustment;
mod bins;
mod contrast_limit;
mod equal_bins;
mod equalize_adapthist;
mod equalize_hist;
mod extrema;
mod float_bins;
mod histogram;
mod look_up;
mod match_histograms;
mod radix_sort;
mod ranked;
mod rescale_intensity;
mod root;
mod tiles;

pub use crate::level::Level;
pub use adjust_gamma::{AdjustGamma, adjust_gamma};
pub use adjust_log::{AdjustLog, adjust_log};
pub use adjust_sigmoid::{AdjustSigmoid, adjust_sigmoid};
pub use adjustment::Adjustable;
pub(crate) use bins::occupied;
pub use bins::{Histogram, Levels};
pub use equalize_adapthist::{Adaptable, Values, equalize_adapthist};
pub use equalize_hist::{Equalizable, equalize_hist};
pub use extrema::extrema;
pub use float_bins::SourceRange;
pub use histogram::{Leveled, float_histogram, level_histogram};
pub use look_up::look_up;
pub use match_histograms::{Quantiles, match_histograms, quantiles};
pub use ranked::Ranked;
pub use rescale_intensity::{Rescalable, RescaleIntensity, Rescaled, rescale_intensity};
pub use tiles::EqualizeAdapthist;
