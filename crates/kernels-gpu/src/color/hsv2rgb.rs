use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { scale: f32 });

pub(super) static HSV2RGB: Pointwise = Pointwise {
    name: "color.hsv2rgb",
    channels: Channels::All { takes: 3, gives: 3 },
    wgsl: include_str!("../../shaders/color/hsv2rgb.wgsl"),
    params: Some(Params::LAYOUT),
};

/// An RGB image of hue in turns, saturation and value; scikit-image's `hsv2rgb`.
///
/// Takes 3 channels of any dtype, gives 3 of `f32`. Integers become intensities first.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for another number of channels, and those of the device.
pub fn hsv2rgb(image: &GpuImage) -> Result<GpuImage> {
    let scale = image.dtype().scale();
    HSV2RGB.apply(image, DType::F32, &Params { scale })
}
