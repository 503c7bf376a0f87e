use super::clip::{Constant, clip};
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;

/// Of each sample along an axis, which samples it is a sum of.
#[derive(Debug, Clone, Default)]
pub struct Taps {
    /// Where the taps of each sample begin, and what the constant beyond the edges weighs.
    pub spans: Vec<(u32, f32)>,
    /// Index and weight of each tap.
    pub taps: Vec<(u32, f32)>,
}

/// What [`resample`] is to do.
#[derive(Debug, Clone)]
pub struct Resample {
    /// What each row is a sum of.
    pub down: Taps,
    /// What each column is a sum of.
    pub across: Taps,
    /// The constant beyond the edges, in the units of the result.
    pub cval: f64,
    /// Clip results to the range of the image.
    pub clip: bool,
    /// Keep integers as they are instead of making intensities of them.
    pub preserve_range: bool,
}

params!(Params { count: u32, step: u32, from_length: u32, to_length: u32, cval: f32, scale: f32 });

pub(super) static RESAMPLE: Kernel = Kernel {
    name: "transform.resample",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/transform/resample.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// An image of as many rows and columns as there are sums, each channel by itself. What scikit-image's `resize`, its pyramids
/// and `downscale_local_mean` do is such sums.
///
/// Takes any dtype, gives `f32`.
///
/// # Errors
///
/// [`GpuError::Argument`] for tables that do not fit the image, [`GpuError::Limit`], and those of the device.
pub fn resample(operation: &str, image: &GpuImage, options: &Resample) -> Result<GpuImage> {
    let from = image.shape();
    for (taps, length) in [(&options.down, from.height), (&options.across, from.width)] {
        if taps.taps.iter().any(|(index, _)| *index >= length) || taps.spans.is_empty() {
            let message = format!("taps must be of {length} samples");
            return Err(GpuError::argument(operation, message));
        }
    }
    let middle = Shape { height: options.down.spans.len() as u32, ..from };
    let to = Shape { width: options.across.spans.len() as u32, ..middle };
    byte_length(operation, middle, DType::F32)?;
    byte_length(operation, to, DType::F32)?;
    let scale = if options.preserve_range { 1.0 } else { image.dtype().scale() };
    let resampled = image.engine.record(operation, |recording| {
        let image_samples = image.storage(recording)?;
        let row = from.width * from.channels;
        let lengths = [row, from.height, middle.height];
        let source = (&*image_samples, image.dtype(), scale);
        let rows = pass(recording, source, &options.down, lengths, middle, options.cval)?;
        let lengths = [from.channels, from.width, to.width];
        let source = (&rows, DType::F32, 1.0);
        let result = pass(recording, source, &options.across, lengths, to, options.cval)?;
        if options.clip {
            clip(recording, image, (&result, to), Constant::Apart, options.cval, scale)?;
        }
        Ok(result)
    })?;
    Ok(GpuImage::new(&image.engine, resampled, to, DType::F32))
}

/// The sums along one axis.
fn pass(
    recording: &mut Recording<'_>,
    (source, dtype, scale): (&Storage, DType, f32),
    taps: &Taps,
    [step, from_length, to_length]: [u32; 3],
    to: Shape,
    cval: f64,
) -> Result<Storage> {
    let end = (taps.taps.len() as u32, 0.0);
    let pairs = |pairs: &mut dyn Iterator<Item = &(u32, f32)>| -> Vec<[u32; 2]> {
        pairs.map(|(number, weight)| [*number, weight.to_bits()]).collect()
    };
    let spans = pairs(&mut taps.spans.iter().chain([&end]));
    let spans = recording.table(bytemuck::cast_slice(&spans))?;
    // A table has at least one entry; this one belongs to no span.
    let entries = pairs(&mut taps.taps.iter().chain([&end]));
    let entries = recording.table(bytemuck::cast_slice(&entries))?;
    let result = recording.buffer(to.samples() * 4)?;
    let count = to.samples();
    let params =
        Params { count: count as u32, step, from_length, to_length, cval: cval as f32, scale };
    recording.dispatch(
        &RESAMPLE,
        &[("DTYPE", dtype.constant())],
        &params,
        &[source.into(), spans.bound(), entries.bound(), (&result).into()],
        count.div_ceil(256),
    )?;
    Ok(result)
}
