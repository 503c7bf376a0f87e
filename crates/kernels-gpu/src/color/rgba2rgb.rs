use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { scale: f32, red: f32, green: f32, blue: f32 });

pub(super) static RGBA2RGB: Pointwise = Pointwise {
    name: "color.rgba2rgb",
    channels: Channels::All { takes: 4, gives: 3 },
    wgsl: include_str!("../../shaders/color/rgba2rgb.wgsl"),
    params: Some(Params::LAYOUT),
};

/// An image with opacity over a background, cut to [0, 1]; scikit-image's `rgba2rgb`.
///
/// Takes 4 channels of any dtype, gives 3 of `f32`. Integers become intensities first.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for another number of channels, and those of the device.
pub fn rgba2rgb(image: &GpuImage, background: [f32; 3]) -> Result<GpuImage> {
    let [red, green, blue] = background;
    let scale = image.dtype().scale();
    RGBA2RGB.apply(image, DType::F32, &Params { scale, red, green, blue })
}
