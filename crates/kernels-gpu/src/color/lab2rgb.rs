use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { scale: f32, white_x: f32, white_y: f32, white_z: f32 });

pub(super) static LAB2RGB: Pointwise = Pointwise {
    name: "color.lab2rgb",
    channels: Channels::All { takes: 3, gives: 3 },
    wgsl: include_str!("../../shaders/color/lab2rgb.wgsl"),
    params: Some(Params::LAYOUT),
};

/// An sRGB image, cut to [0, 1], of CIE L*a*b*, `white` being its XYZ; scikit-image's `lab2rgb`.
///
/// Takes 3 channels of any dtype, gives 3 of `f32`. Integers become intensities first.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for another number of channels, and those of the device.
pub fn lab2rgb(image: &GpuImage, white: [f32; 3]) -> Result<GpuImage> {
    let [white_x, white_y, white_z] = white;
    let scale = image.dtype().scale();
    LAB2RGB.apply(image, DType::F32, &Params { scale, white_x, white_y, white_z })
}
