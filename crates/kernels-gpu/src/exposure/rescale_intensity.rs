use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { least: f32, greatest: f32, base: f32, top: f32, kind: u32 });

pub(super) static RESCALE_INTENSITY: Pointwise = Pointwise {
    name: "exposure.rescaleIntensity",
    channels: Channels::Each,
    wgsl: include_str!("../../shaders/exposure/rescale_intensity.wgsl"),
    params: Some(Params::LAYOUT),
};

/// The range `from` stretched to the range `to`, least and greatest of each; scikit-image's `rescale_intensity`.
///
/// Takes `f32`, any channels, and gives the same.
///
/// # Errors
///
/// [`GpuError::Argument`] for integers, which [`look_up`](super::look_up) is for, and those of the device.
pub fn rescale_intensity(image: &GpuImage, from: [f64; 2], to: [f64; 2]) -> Result<GpuImage> {
    if image.dtype() != DType::F32 {
        let message =
            format!("image is {:?}; expected F32, as integers are looked up", image.dtype());
        return Err(GpuError::argument(RESCALE_INTENSITY.name, message));
    }
    let kind = if from.iter().chain(&to).any(|limit| limit.is_nan()) {
        2
    } else {
        u32::from(from[0] == from[1])
    };
    let ([least, greatest], [base, top]) = (from.map(|v| v as f32), to.map(|v| v as f32));
    RESCALE_INTENSITY.apply(image, DType::F32, &Params { least, greatest, base, top, kind })
}
