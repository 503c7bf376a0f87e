//! Intensities, by `skimage.exposure`.

mod adjust_gamma;
mod adjust_log;
mod adjust_sigmoid;
mod adjustment;
mod equalize_hist;
mod extrema;
mod look_up;
mod rescale_intensity;

pub use crate::level::Level;
pub use adjust_gamma::{AdjustGamma, adjust_gamma};
pub use adjust_log::{AdjustLog, adjust_log};
pub use adjust_sigmoid::{AdjustSigmoid, adjust_sigmoid};
pub use adjustment::Adjustable;
pub use equalize_hist::{Equalizable, equalize_hist};
pub use extrema::extrema;
pub use look_up::look_up;
pub use rescale_intensity::{Rescalable, RescaleIntensity, Rescaled, rescale_intensity};
