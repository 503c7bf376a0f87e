use super::adjustment::check;
use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { gamma: f32, gain: f32 });

pub(super) static ADJUST_GAMMA: Pointwise = Pointwise {
    name: "exposure.adjustGamma",
    channels: Channels::Each,
    wgsl: include_str!("../../shaders/exposure/adjust_gamma.wgsl"),
    params: Some(Params::LAYOUT),
};

/// Samples to a power, times `gain`; scikit-image's `adjust_gamma`.
///
/// Takes `f32`, any channels, and gives the same. Waits for the least sample.
///
/// # Errors
///
/// [`GpuError::Value`](crate::GpuError::Value) for negative samples, [`GpuError::Argument`](crate::GpuError::Argument) for integers, which
/// [`look_up`](super::look_up) is for, and those of the device.
pub fn adjust_gamma(image: &GpuImage, gamma: f64, gain: f64) -> Result<GpuImage> {
    check(ADJUST_GAMMA.name, image)?;
    let params = Params { gamma: gamma as f32, gain: gain as f32 };
    ADJUST_GAMMA.apply(image, DType::F32, &params)
}
