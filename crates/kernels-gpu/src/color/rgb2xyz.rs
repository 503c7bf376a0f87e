use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { scale: f32 });

pub(super) static RGB2XYZ: Pointwise = Pointwise {
    name: "color.rgb2xyz",
    channels: Channels::All { takes: 3, gives: 3 },
    wgsl: include_str!("../../shaders/color/rgb2xyz.wgsl"),
    params: Some(Params::LAYOUT),
};

/// CIE XYZ of an sRGB image; scikit-image's `rgb2xyz`.
///
/// Takes 3 channels of any dtype, gives 3 of `f32`. Integers become intensities first.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for another number of channels, and those of the device.
pub fn rgb2xyz(image: &GpuImage) -> Result<GpuImage> {
    let scale = image.dtype().scale();
    RGB2XYZ.apply(image, DType::F32, &Params { scale })
}
