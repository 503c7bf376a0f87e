use crate::error::Result;
use crate::image::{GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params { words: u32, signed_float: u32 });

pub(super) static INVERT: Kernel = Kernel {
    name: "util.invert",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/util/invert.wgsl"),
    ],
    params: Params::LAYOUT,
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
    let operation = INVERT.name;
    let (shape, dtype) = (image.shape(), image.dtype());
    let bytes = byte_length(operation, shape, dtype)?;
    let pixel_bytes = image.pixel_bytes();
    let inverted = image.engine.record(operation, |recording| {
        let inverted = recording.buffer(bytes)?;
        recording.tiled(
            &INVERT,
            &[("DTYPE", dtype.constant())],
            (Unit::Pixel, shape.pixels()),
            &[Need::part(&image.storage, pixel_bytes), Need::part(&inverted, pixel_bytes)],
            |tile| {
                let words = (u64::from(tile.units) * pixel_bytes).div_ceil(4);
                let params = Params { words: words as u32, signed_float: u32::from(signed_float) };
                (params, words.div_ceil(256))
            },
        )?;
        Ok(inverted)
    })?;
    Ok(GpuImage::new(&image.engine, inverted, shape, dtype))
}
