use crate::error::Result;
use crate::image::GpuImage;
use crate::pointwise::{Channels, Pointwise};

pub(super) static GRAY2RGB: Pointwise = Pointwise {
    name: "color.gray2rgb",
    channels: Channels::All { takes: 1, gives: 3 },
    wgsl: include_str!("../../shaders/color/gray2rgb.wgsl"),
    params: None,
};

/// An image of three channels that all are the given one; scikit-image's `gray2rgb`.
///
/// Takes one channel of any dtype, gives three of the same.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, [`GpuError::Limit`], and those of the device.
pub fn gray2rgb(image: &GpuImage) -> Result<GpuImage> {
    GRAY2RGB.apply(image, image.dtype(), &())
}
