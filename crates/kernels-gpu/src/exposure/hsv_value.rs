//! The value of HSV by itself: equalized, and put back.

use super::equalize_adapthist::OPERATION;
use crate::blocks;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};
use crate::util::in_16_bits;

params!(Params { pixels: u32, channels: u32 });

pub(super) static VALUE: Kernel = Kernel {
    name: "exposure.equalizeAdapthist/value",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        blocks::LONG,
        include_str!("../../shaders/exposure/adapthist_value.wgsl"),
    ],
    params: Params::LAYOUT,
};

pub(super) static COLORS: Kernel = Kernel {
    name: "exposure.equalizeAdapthist/colors",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/point.wgsl"),
        include_str!("../../shaders/exposure/adapthist_colors.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// An image of one channel, or the value of HSV of one of three or four, of which the fourth is left out; in 16 bits.
///
/// Takes any dtype, gives `u16`. Waits for the extremes of floats, by which they are refused, and of one channel of `i32`.
///
/// # Errors
///
/// [`GpuError::Value`] for NaN and floats beyond ±1, [`GpuError::Argument`] for other channels, and those of the device.
pub fn value_in_16_bits(image: &GpuImage) -> Result<GpuImage> {
    let values = if image.shape().channels == 1 { image.clone() } else { value(image)? };
    if values.dtype() == DType::U16 { Ok(values) } else { in_16_bits(OPERATION, &values) }
}

/// Of integers in 16 bits, of floats as it is.
fn value(image: &GpuImage) -> Result<GpuImage> {
    check(image)?;
    let dtype = if image.dtype() == DType::F32 { DType::F32 } else { DType::U16 };
    let shape = Shape { channels: 1, ..image.shape() };
    let bytes = byte_length(OPERATION, shape, dtype)?;
    let values = image.engine.record(OPERATION, |recording| {
        let source = image.storage(recording)?;
        let values = recording.buffer(bytes)?;
        let per_word = 4 / dtype.bytes() as u32;
        recording.tiled(
            &VALUE,
            &[("DTYPE", image.dtype().constant()), ("PER_WORD", f64::from(per_word))],
            (Unit::Pixel, shape.pixels()),
            &[Need::part(&source, image.pixel_bytes()), Need::part(&values, dtype.bytes() as u64)],
            |part| {
                let params = Params { pixels: part.units, channels: image.shape().channels };
                (params, u64::from(part.units.div_ceil(per_word)).div_ceil(256))
            },
        )?;
        Ok(values)
    })?;
    Ok(GpuImage::new(&image.engine, values, shape, dtype))
}

/// Colours with another value of HSV.
///
/// Takes three or four channels of any dtype, of which the fourth is left out, and one channel of `f32` of the same size; gives three of `f32`.
///
/// # Errors
///
/// [`GpuError::Argument`] for other images, [`GpuError::Limit`], and those of the device.
pub fn with_value(image: &GpuImage, values: &GpuImage) -> Result<GpuImage> {
    check(image)?;
    let expected = Shape { channels: 1, ..image.shape() };
    if (values.shape(), values.dtype()) != (expected, DType::F32) {
        let given = format!("values are {:?} of {:?}", values.shape(), values.dtype());
        let message = format!("{given}; expected {expected:?} of F32");
        return Err(GpuError::argument(OPERATION, message));
    }
    image.check_beside(OPERATION, values)?;
    let shape = Shape { channels: 3, ..image.shape() };
    let bytes = byte_length(OPERATION, shape, DType::F32)?;
    let colors = image.engine.record(OPERATION, |recording| {
        let (source, values) = (image.storage(recording)?, values.storage(recording)?);
        let colors = recording.buffer(bytes)?;
        recording.tiled(
            &COLORS,
            &[("DTYPE", image.dtype().constant())],
            (Unit::Pixel, shape.pixels()),
            &[
                Need::part(&source, image.pixel_bytes()),
                Need::part(&values, 4),
                Need::part(&colors, 12),
            ],
            |part| {
                let params = Params { pixels: part.units, channels: image.shape().channels };
                (params, u64::from(part.units).div_ceil(256))
            },
        )?;
        Ok(colors)
    })?;
    Ok(GpuImage::new(&image.engine, colors, shape, DType::F32))
}

fn check(image: &GpuImage) -> Result<()> {
    match image.shape().channels {
        3 | 4 => Ok(()),
        given => {
            let message = format!("image has {given} channels; expected 1, 3 or 4");
            Err(GpuError::argument(OPERATION, message))
        }
    }
}
