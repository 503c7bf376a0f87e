use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { scale: f32 });

pub(super) static XYZ2RGB: Pointwise = Pointwise {
    name: "color.xyz2rgb",
    channels: Channels::All { takes: 3, gives: 3 },
    wgsl: include_str!("../../shaders/color/xyz2rgb.wgsl"),
    params: Some(Params::LAYOUT),
};

/// An sRGB image, cut to [0, 1], of CIE XYZ; scikit-image's `xyz2rgb`.
///
/// Takes 3 channels of any dtype, gives 3 of `f32`. Integers become intensities first.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for another number of channels, and those of the device.
pub fn xyz2rgb(image: &GpuImage) -> Result<GpuImage> {
    let scale = image.dtype().scale();
    XYZ2RGB.apply(image, DType::F32, &Params { scale })
}
