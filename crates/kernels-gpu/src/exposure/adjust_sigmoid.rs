use super::adjustment::check;
use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { cutoff: f32, gain: f32, inv: u32 });

pub(super) static ADJUST_SIGMOID: Pointwise = Pointwise {
    name: "exposure.adjustSigmoid",
    channels: Channels::Each,
    wgsl: include_str!("../../shaders/exposure/adjust_sigmoid.wgsl"),
    params: Some(Params::LAYOUT),
};

/// Samples on a sigmoid curve about `cutoff`, or with `inverse` 1 less that; scikit-image's `adjust_sigmoid`.
///
/// Takes `f32`, any channels, and gives the same. Waits for the least sample.
///
/// # Errors
///
/// As [`adjust_gamma`](super::adjust_gamma).
pub fn adjust_sigmoid(image: &GpuImage, cutoff: f64, gain: f64, inverse: bool) -> Result<GpuImage> {
    check(ADJUST_SIGMOID.name, image)?;
    let params = Params { cutoff: cutoff as f32, gain: gain as f32, inv: u32::from(inverse) };
    ADJUST_SIGMOID.apply(image, DType::F32, &params)
}
