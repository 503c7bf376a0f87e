//! Unsigned integers of samples.

use crate::error::{GpuError, Result};
use crate::extrema::{Extrema, extrema};
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

params!(Params { shift: u32 });

pub(super) static IMG_AS_UBYTE: Pointwise = Pointwise {
    name: "util.imgAsUbyte",
    channels: Channels::Each,
    wgsl: include_str!("../../shaders/util/img_as_ubyte.wgsl"),
    params: Some(Params::LAYOUT),
};

pub(super) static IMG_AS_UINT: Pointwise = Pointwise {
    name: "util.imgAsUint",
    channels: Channels::Each,
    wgsl: include_str!("../../shaders/util/img_as_uint.wgsl"),
    params: Some(Params::LAYOUT),
};

/// How far rounding may carry the results of other kernels beyond ±1.
const SLACK: f32 = 1e-5;

/// Samples in 8 bits; scikit-image's `img_as_ubyte`.
///
/// Takes any dtype and channels, gives `u8`. Waits for the extremes of all but bytes, by which floats are refused, and integers stay as they are
/// where 8 bits are enough. `operation` is for messages.
///
/// # Errors
///
/// [`GpuError::Value`] for NaN and floats beyond ±1, and those of the device.
pub fn img_as_ubyte(operation: &str, image: &GpuImage) -> Result<GpuImage> {
    let shift = shift(operation, image, 8)?;
    IMG_AS_UBYTE.apply(image, DType::U8, &Params { shift })
}

/// Samples in 16 bits; scikit-image's `img_as_uint`.
///
/// As [`img_as_ubyte`], for 16 bits, over which bytes are spread.
///
/// # Errors
///
/// As [`img_as_ubyte`].
pub fn img_as_uint(image: &GpuImage) -> Result<GpuImage> {
    in_16_bits(IMG_AS_UINT.name, image)
}

/// As [`img_as_uint`], for an operation that refuses samples in its own name.
pub(crate) fn in_16_bits(operation: &str, image: &GpuImage) -> Result<GpuImage> {
    let shift = shift(operation, image, 16)?;
    IMG_AS_UINT.apply(image, DType::U16, &Params { shift })
}

/// The bits that integers lose on the way to so many.
fn shift(operation: &str, image: &GpuImage, bits: u32) -> Result<u32> {
    let own = match image.dtype() {
        DType::U8 => 8,
        DType::U16 => 16,
        DType::I32 | DType::F32 => 31,
    };
    if own <= bits {
        return Ok(0);
    }
    let sample = match extrema(operation, image)? {
        Extrema::Levels(_, greatest) => {
            return Ok(if greatest < 1 << bits { 0 } else { own - bits });
        }
        Extrema::Nan => f32::NAN,
        Extrema::Floats(least, _) if least < -1.0 - SLACK => least,
        Extrema::Floats(_, greatest) if greatest > 1.0 + SLACK => greatest,
        Extrema::Floats(..) => return Ok(0),
    };
    let message = format!("image holds {sample}; expected samples from -1 to 1");
    Err(GpuError::Value { operation: operation.to_owned(), message })
}
