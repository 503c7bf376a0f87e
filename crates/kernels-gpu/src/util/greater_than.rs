use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params { count: u32 });

pub(super) static GREATER_THAN: Kernel = Kernel {
    name: "util.greater/than",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/point.wgsl"),
        include_str!("../../shaders/shared/sample_in.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/util/greater_than.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// A `u8` mask of 1 where samples are greater than the threshold at their place; NumPy's `image > thresholds`.
///
/// Takes one channel of any dtype and thresholds of the same size and any dtype, which are compared as they are. NaN on either
/// side compares false.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels and sizes that differ, and those of the device.
pub fn greater_than(image: &GpuImage, thresholds: &GpuImage) -> Result<GpuImage> {
    let operation = "util.greater";
    let shape = image.shape();
    if shape.channels != 1 || thresholds.shape() != shape {
        let message = format!(
            "image is {shape:?}, thresholds are {:?}; expected one channel and one size",
            thresholds.shape()
        );
        return Err(GpuError::argument(operation, message));
    }
    image.check_beside(operation, thresholds)?;
    let bytes = byte_length(operation, shape, DType::U8)?;
    let mask = image.engine.record(operation, |recording| {
        let (samples, limits) = (image.storage(recording)?, thresholds.storage(recording)?);
        let mask = recording.buffer(bytes)?;
        recording.tiled(
            &GREATER_THAN,
            &[("DTYPE", image.dtype().constant()), ("THRESHOLDS", thresholds.dtype().constant())],
            (Unit::Pixel, shape.pixels()),
            &[
                Need::part(&samples, image.pixel_bytes()),
                Need::part(&limits, thresholds.pixel_bytes()),
                Need::part(&mask, 1),
            ],
            |tile| (Params { count: tile.units }, u64::from(tile.units).div_ceil(4).div_ceil(256)),
        )?;
        Ok(mask)
    })?;
    Ok(GpuImage::new(&image.engine, mask, shape, DType::U8))
}
