use crate::error::{GpuError, Result};
use crate::image::{GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params { pixels: u32 });

pub(super) static GRAY2RGB: Kernel = Kernel {
    name: "color.gray2rgb",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/color/gray2rgb.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// An image of three channels that all are the given one; scikit-image's `gray2rgb`.
///
/// Takes one channel of any dtype, gives three of the same.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, [`GpuError::Limit`], and those of the device.
pub fn gray2rgb(image: &GpuImage) -> Result<GpuImage> {
    let operation = GRAY2RGB.name;
    let channels = image.shape().channels;
    if channels != 1 {
        let message = format!("image has {channels} channels; expected one");
        return Err(GpuError::argument(operation, message));
    }
    let (shape, dtype) = (Shape { channels: 3, ..image.shape() }, image.dtype());
    let bytes = byte_length(operation, shape, dtype)?;
    let pixel_bytes = 3 * image.pixel_bytes();
    let rgb = image.engine.record(operation, |recording| {
        let rgb = recording.buffer(bytes)?;
        recording.tiled(
            &GRAY2RGB,
            &[("DTYPE", dtype.constant())],
            (Unit::Pixel, shape.pixels()),
            &[Need::part(&image.storage, image.pixel_bytes()), Need::part(&rgb, pixel_bytes)],
            |tile| {
                let words = (u64::from(tile.units) * pixel_bytes).div_ceil(4);
                (Params { pixels: tile.units }, words.div_ceil(256))
            },
        )?;
        Ok(rgb)
    })?;
    Ok(GpuImage::new(&image.engine, rgb, shape, dtype))
}
