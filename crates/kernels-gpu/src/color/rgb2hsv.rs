use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { scale: f32 });

pub(super) static RGB2HSV: Pointwise = Pointwise {
    name: "color.rgb2hsv",
    channels: Channels::All { takes: 3, gives: 3 },
    wgsl: include_str!("../../shaders/color/rgb2hsv.wgsl"),
    params: Some(Params::LAYOUT),
};

/// Hue in turns, saturation and value of an RGB image; scikit-image's `rgb2hsv`.
///
/// Takes 3 channels of any dtype, gives 3 of `f32`. Integers become intensities first.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for another number of channels, and those of the device.
pub fn rgb2hsv(image: &GpuImage) -> Result<GpuImage> {
    let scale = image.dtype().scale();
    RGB2HSV.apply(image, DType::F32, &Params { scale })
}
