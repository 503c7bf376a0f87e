use std::borrow::Cow;
use std::ops::Range;

use super::clip::{Constant, clip};
use crate::device::Engine;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Part, Rows, Runs, parts, runs};

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

params!(Params {
    count: u32,
    first: u32,
    step: u32,
    from_length: u32,
    to_length: u32,
    source_first: u32,
    beyond_first: u32,
    resampled_first: u32,
    cval: f32,
    scale: f32
});

pub(super) static RESAMPLE: Kernel = Kernel {
    name: "transform.resample",
    workgroup: [256, 1, 1],
    bindings: &[
        Binding::Read(1),
        Binding::Read(4),
        Binding::Write(5),
        Binding::Read(2),
        Binding::Read(3),
    ],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_windows.wgsl"),
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
/// [`GpuError::Argument`] for tables that do not fit the image, [`GpuError::Limit`], [`GpuError::Binding`] where the samples that a row is a
/// sum of cannot be bound at once, and those of the device.
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
    for taps in [&options.down, &options.across] {
        let bytes = 8 * (1 + taps.spans.len().max(taps.taps.len())) as u64;
        image.engine.check_binding(operation, "a table of weights", bytes)?;
    }
    let scale = if options.preserve_range { 1.0 } else { image.dtype().scale() };
    let of = (&*image.engine, operation);
    let down = Pass::down(of, Cow::Borrowed(&options.down), from, image.dtype())?;
    let across = Pass::across(of, Cow::Borrowed(&options.across), middle)?;
    let resampled = image.engine.record(operation, |recording| {
        let image_samples = image.storage(recording)?;
        let source = (&*image_samples, image.dtype(), scale);
        let rows = down.record(recording, source, options.cval)?;
        let result = across.record(recording, (&rows, DType::F32, 1.0), options.cval)?;
        if options.clip {
            clip(recording, image, (&result, to), Constant::Apart, options.cval, scale)?;
        }
        Ok(result)
    })?;
    Ok(GpuImage::new(&image.engine, resampled, to, DType::F32))
}

impl Taps {
    /// Index and weight of what a sample is a sum of.
    fn of(&self, at: u32) -> &[(u32, f32)] {
        let start = |at: usize| self.spans.get(at).map_or(self.taps.len(), |span| span.0 as usize);
        &self.taps[start(at as usize)..start(at as usize + 1)]
    }
}

/// Parts of whole rows; `bytes` are those of a row before and after.
fn row_parts(
    of: (&Engine, &str),
    [from, to]: [u32; 2],
    bytes: [u64; 2],
    read: impl Fn(Range<u32>) -> Runs,
) -> Result<Vec<Part>> {
    let (source, result) =
        (Rows { count: from, bytes: bytes[0] }, Rows { count: to, bytes: bytes[1] });
    parts(of, source, result, (1, 0), |rows, _| Some(read(rows.clone())))
}

/// The sums along one axis.
pub(super) struct Pass<'a> {
    taps: Cow<'a, Taps>,
    /// From one sample along the axis to the next; samples along it, before and after.
    lengths: [u32; 3],
    to: Shape,
    parts: Vec<Part>,
}

impl<'a> Pass<'a> {
    /// Sums of rows of an image of this shape.
    pub(super) fn down(
        of: (&Engine, &str),
        taps: Cow<'a, Taps>,
        from: Shape,
        dtype: DType,
    ) -> Result<Self> {
        let to = Shape { height: taps.spans.len() as u32, ..from };
        let row = from.width * from.channels;
        let bytes = [dtype.bytes(), DType::F32.bytes()].map(|bytes| u64::from(row) * bytes as u64);
        let parts = row_parts(of, [from.height, to.height], bytes, |rows| {
            runs(rows.flat_map(|row| taps.of(row).iter().map(|(index, _)| *index)))
        })?;
        Ok(Self { taps, lengths: [row, from.height, to.height], to, parts })
    }

    /// Sums of columns of an image of floats.
    fn across(of: (&Engine, &str), taps: Cow<'a, Taps>, from: Shape) -> Result<Self> {
        let to = Shape { width: taps.spans.len() as u32, ..from };
        let bytes = [from, to].map(|shape| u64::from(shape.width) * u64::from(shape.channels) * 4);
        let parts = row_parts(of, [to.height; 2], bytes, runs)?;
        Ok(Self { taps, lengths: [from.channels, from.width, to.width], to, parts })
    }

    /// Records them, of samples times `scale`.
    pub(super) fn record(
        &self,
        recording: &mut Recording<'_>,
        (source, dtype, scale): (&Storage, DType, f32),
        cval: f64,
    ) -> Result<Storage> {
        let end = (self.taps.taps.len() as u32, 0.0);
        let pairs = |pairs: &mut dyn Iterator<Item = &(u32, f32)>| -> Vec<[u32; 2]> {
            pairs.map(|(number, weight)| [*number, weight.to_bits()]).collect()
        };
        let spans = pairs(&mut self.taps.spans.iter().chain([&end]));
        // A table has at least one entry; this one belongs to no span.
        let entries = pairs(&mut self.taps.taps.iter().chain([&end]));
        let [spans, entries] = [spans, entries]
            .map(|table| recording.table_for(&self.parts, bytemuck::cast_slice(&table)));
        let (spans, entries) = (spans?, entries?);
        let result = recording.buffer(self.to.samples() * 4)?;
        let [step, from_length, to_length] = self.lengths;
        let row = self.to.width * self.to.channels;
        for part in &self.parts {
            let [source_first, beyond_first, resampled_first] = part.first_words();
            let count = part.pixels() * row;
            let params = Params {
                count,
                first: part.rows.start * row,
                step,
                from_length,
                to_length,
                source_first,
                beyond_first,
                resampled_first,
                cval: cval as f32,
                scale,
            };
            let [source, beyond, result] = part.bound(source, &result);
            recording.dispatch_part(
                (&RESAMPLE, &[("DTYPE", dtype.constant())]),
                part,
                &params,
                &[source, beyond, result, spans.bound(), entries.bound()],
                u64::from(count).div_ceil(256),
            )?;
        }
        Ok(result)
    }
}
