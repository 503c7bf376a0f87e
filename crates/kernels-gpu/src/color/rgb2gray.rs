use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params { pixels: u32, scale: f32 });

pub(super) static RGB2GRAY: Kernel = Kernel {
    name: "color.rgb2gray",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/color/rgb2gray.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// Luminance, 0.2125 R + 0.7154 G + 0.0721 B, of intensities; scikit-image's `rgb2gray`.
///
/// Takes 3 channels of any dtype, gives one of `f32`.
///
/// # Errors
///
/// [`GpuError::Argument`] for another number of channels, and those of the device.
pub fn rgb2gray(image: &GpuImage) -> Result<GpuImage> {
    let operation = RGB2GRAY.name;
    let channels = image.shape().channels;
    if channels != 3 {
        return Err(GpuError::argument(
            operation,
            format!("image has {channels} channels; expected 3"),
        ));
    }
    let shape = Shape { channels: 1, ..image.shape() };
    let bytes = byte_length(operation, shape, DType::F32)?;
    let gray = image.engine.record(operation, |recording| {
        let gray = recording.buffer(bytes)?;
        recording.tiled(
            &RGB2GRAY,
            &[("DTYPE", image.dtype().constant())],
            (Unit::Pixel, shape.pixels()),
            &[Need::part(&image.storage, image.pixel_bytes()), Need::part(&gray, 4)],
            |tile| {
                let params = Params { pixels: tile.units, scale: image.dtype().scale() };
                (params, u64::from(tile.units).div_ceil(256))
            },
        )?;
        Ok(gray)
    })?;
    Ok(GpuImage::new(&image.engine, gray, shape, DType::F32))
}
