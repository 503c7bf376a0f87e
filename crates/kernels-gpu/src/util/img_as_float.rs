use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { scale: f32 });

pub(super) static IMG_AS_FLOAT: Pointwise = Pointwise {
    name: "util.imgAsFloat",
    channels: Channels::Each,
    wgsl: include_str!("../../shaders/util/img_as_float.wgsl"),
    params: Some(Params::LAYOUT),
};

/// Samples as intensities; scikit-image's `img_as_float`.
///
/// Takes any dtype and channels, gives `f32`.
///
/// # Errors
///
/// Those of the device.
pub fn img_as_float(image: &GpuImage) -> Result<GpuImage> {
    let scale = image.dtype().scale();
    IMG_AS_FLOAT.apply(image, DType::F32, &Params { scale })
}
