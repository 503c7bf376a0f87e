use std::sync::Arc;

use crate::border::Border;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Unit};
use crate::transform::{Degree, Spline};

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
    looked_up(image, (image.shape(), image.dtype()), pixels, |recording| image.storage(recording))
}

/// The same of the coefficients of the spline through an image of floats, in 32 bits, with as many rows and columns before and behind it as
/// SciPy adds to it for its border.
///
/// # Errors
///
/// Those of [`samples_at`], [`GpuError::Unsupported`] for integers: what they are rounded to depends on the last bits of sums of coefficients;
/// [`GpuError::Binding`] where the samples that a filter begins with cannot be bound at once.
pub fn coefficients_at(
    image: &GpuImage,
    degree: Degree,
    border: Border,
    pixels: &[u32],
) -> Result<Vec<f64>> {
    let operation = SAMPLES_AT.name;
    if image.dtype() != DType::F32 {
        let reason = format!("splines of {:?}: 32 bits do not tell how they round", image.dtype());
        return Err(GpuError::unsupported(operation, reason));
    }
    let spline = Spline::through(operation, image, degree, border)?;
    looked_up(image, (spline.shape, DType::F32), pixels, |recording| {
        spline.record(recording, image, 1.0).map(Arc::new)
    })
}

fn looked_up(
    image: &GpuImage,
    (shape, dtype): (Shape, DType),
    pixels: &[u32],
    source: impl Fn(&mut Recording<'_>) -> Result<Arc<Storage>>,
) -> Result<Vec<f64>> {
    let operation = SAMPLES_AT.name;
    let channels = shape.channels;
    let beyond = pixels.iter().find(|&&pixel| u64::from(pixel) >= shape.pixels());
    if pixels.is_empty() || beyond.is_some() {
        let given = beyond.map_or("none".to_owned(), |pixel| format!("pixel {pixel}"));
        let message = format!("{given} of an image of {}; expected some of them", shape.pixels());
        return Err(GpuError::argument(operation, message));
    }
    let bytes = size_of_val(pixels) as u64 * u64::from(channels);
    image.engine.check_binding(operation, "the samples of a line", bytes)?;
    let samples = image.engine.record(operation, |recording| {
        let source = source(recording)?;
        let places = recording.upload(bytemuck::cast_slice(pixels))?;
        let samples = recording.buffer(bytes)?;
        let needs = [
            Need::part(&source, u64::from(channels) * dtype.bytes() as u64),
            Need::Whole((&places).into()),
            Need::Whole((&samples).into()),
        ];
        let constants = [("DTYPE", dtype.constant())];
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
        let value = |word: u32| match dtype {
            DType::F32 => f64::from(f32::from_bits(word)),
            _ => f64::from(word.cast_signed()),
        };
        words.into_iter().map(value).collect()
    })
}
