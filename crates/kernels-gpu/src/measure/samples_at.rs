use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params { count: u32, channels: u32, first: u32, pixels: u32 });

pub(super) static SAMPLES_AT: Kernel = Kernel {
    name: "measure.profileLine",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/measure/samples_at.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// The samples of some pixels, counted row by row, all channels of each; what scikit-image's `profile_line` is made of. Waits.
///
/// # Errors
///
/// [`GpuError::Argument`] for no pixels and for those beyond the image, [`GpuError::Binding`] for more than can be bound, and those of the device.
pub fn samples_at(image: &GpuImage, pixels: &[u32]) -> Result<Vec<f64>> {
    let operation = SAMPLES_AT.name;
    let (shape, channels) = (image.shape(), image.shape().channels);
    let beyond = pixels.iter().find(|&&pixel| u64::from(pixel) >= shape.pixels());
    if pixels.is_empty() || beyond.is_some() {
        let given = beyond.map_or("none".to_owned(), |pixel| format!("pixel {pixel}"));
        let message = format!("{given} of an image of {}; expected some of them", shape.pixels());
        return Err(GpuError::argument(operation, message));
    }
    let bytes = size_of_val(pixels) as u64 * u64::from(channels);
    image.engine.check_binding(operation, "the samples of a line", bytes)?;
    let samples = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let places = recording.upload(bytemuck::cast_slice(pixels))?;
        let samples = recording.buffer(bytes)?;
        let needs = [
            Need::part(&source, image.pixel_bytes()),
            Need::Whole((&places).into()),
            Need::Whole((&samples).into()),
        ];
        let constants = [("DTYPE", image.dtype().constant())];
        let count = pixels.len() as u32;
        recording.tiled(
            &SAMPLES_AT,
            &constants,
            (Unit::Pixel, shape.pixels()),
            &needs,
            |tile| {
                let params = Params { count, channels, first: tile.first, pixels: tile.units };
                (params, u64::from(count).div_ceil(256))
            },
        )?;
        Ok(samples)
    })?;
    read(&image.engine, operation, &samples, |bytes| {
        let words: Vec<u32> =
            bytemuck::pod_collect_to_vec(&bytes[..4 * pixels.len() * channels as usize]);
        let value = |word: u32| match image.dtype() {
            DType::F32 => f64::from(f32::from_bits(word)),
            _ => f64::from(word.cast_signed()),
        };
        words.into_iter().map(value).collect()
    })
}
