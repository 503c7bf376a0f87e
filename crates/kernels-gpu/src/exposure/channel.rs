use crate::error::Result;
use crate::image::{GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params { count: u32, channels: u32, channel: u32 });

pub(super) static CHANNEL: Kernel = Kernel {
    name: "exposure.channel",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/exposure/channel.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// One channel of an image, of any dtype.
pub(super) fn channel(operation: &str, image: &GpuImage, channel: u32) -> Result<GpuImage> {
    let (dtype, channels) = (image.dtype(), image.shape().channels);
    let shape = Shape { channels: 1, ..image.shape() };
    let bytes = byte_length(operation, shape, dtype)?;
    let per_word = 4 / dtype.bytes() as u32;
    let storage = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let result = recording.buffer(bytes)?;
        recording.tiled(
            &CHANNEL,
            &[("DTYPE", dtype.constant()), ("PER_WORD", f64::from(per_word))],
            (Unit::Pixel, shape.pixels()),
            &[Need::part(&source, image.pixel_bytes()), Need::part(&result, dtype.bytes() as u64)],
            |tile| {
                let params = Params { count: tile.units, channels, channel };
                (params, u64::from(tile.units.div_ceil(per_word)).div_ceil(256))
            },
        )?;
        Ok(result)
    })?;
    Ok(GpuImage::new(&image.engine, storage, shape, dtype))
}
