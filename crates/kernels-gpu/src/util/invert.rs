use crate::error::Result;
use crate::image::GpuImage;
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { signed_float: u32 });

pub(super) static INVERT: Pointwise = Pointwise {
    name: "util.invert",
    channels: Channels::Each,
    wgsl: include_str!("../../shaders/util/invert.wgsl"),
    params: Some(Params::LAYOUT),
};

/// The image with its range turned over; scikit-image's `invert`.
///
/// Takes any dtype and channels and gives the same. Unsigned integers are taken from the greatest of their type, signed
/// ones from −1, floats from 1, or from 0 with `signed_float`.
///
/// # Errors
///
/// Those of the device.
pub fn invert(image: &GpuImage, signed_float: bool) -> Result<GpuImage> {
    INVERT.apply(image, image.dtype(), &Params { signed_float: u32::from(signed_float) })
}
