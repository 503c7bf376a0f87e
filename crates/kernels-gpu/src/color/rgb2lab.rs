use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { scale: f32, white_x: f32, white_y: f32, white_z: f32 });

pub(super) static RGB2LAB: Pointwise = Pointwise {
    name: "color.rgb2lab",
    channels: Channels::All { takes: 3, gives: 3 },
    wgsl: include_str!("../../shaders/color/rgb2lab.wgsl"),
    params: Some(Params::LAYOUT),
};

/// CIE L*a*b* of an sRGB image, `white` being its XYZ; scikit-image's `rgb2lab`.
///
/// Takes 3 channels of any dtype, gives 3 of `f32`. Integers become intensities first.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for another number of channels, and those of the device.
pub fn rgb2lab(image: &GpuImage, white: [f32; 3]) -> Result<GpuImage> {
    let [white_x, white_y, white_z] = white;
    let scale = image.dtype().scale();
    RGB2LAB.apply(image, DType::F32, &Params { scale, white_x, white_y, white_z })
}
