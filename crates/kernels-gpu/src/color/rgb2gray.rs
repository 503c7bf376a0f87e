use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { scale: f32 });

pub(super) static RGB2GRAY: Pointwise = Pointwise {
    name: "color.rgb2gray",
    channels: Channels::All { takes: 3, gives: 1 },
    wgsl: include_str!("../../shaders/color/rgb2gray.wgsl"),
    params: Some(Params::LAYOUT),
};

/// Luminance, 0.2125 R + 0.7154 G + 0.0721 B, of intensities; scikit-image's `rgb2gray`.
///
/// Takes 3 channels of any dtype, gives one of `f32`.
///
/// # Errors
///
/// [`GpuError::Argument`] for another number of channels, and those of the device.
pub fn rgb2gray(image: &GpuImage) -> Result<GpuImage> {
    RGB2GRAY.apply(image, DType::F32, &Params { scale: image.dtype().scale() })
}
