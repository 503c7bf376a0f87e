use super::adjustment::check;
use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { gain: f32, inv: u32 });

pub(super) static ADJUST_LOG: Pointwise = Pointwise {
    name: "exposure.adjustLog",
    channels: Channels::Each,
    wgsl: include_str!("../../shaders/exposure/adjust_log.wgsl"),
    params: Some(Params::LAYOUT),
};

/// Logarithms of the samples and 1, or with `inverse` powers of 2 less 1, times `gain`; scikit-image's `adjust_log`.
///
/// Takes `f32`, any channels, and gives the same. Waits for the least sample.
///
/// # Errors
///
/// As [`adjust_gamma`](super::adjust_gamma).
pub fn adjust_log(image: &GpuImage, gain: f64, inverse: bool) -> Result<GpuImage> {
    check(ADJUST_LOG.name, image)?;
    let params = Params { gain: gain as f32, inv: u32::from(inverse) };
    ADJUST_LOG.apply(image, DType::F32, &params)
}
