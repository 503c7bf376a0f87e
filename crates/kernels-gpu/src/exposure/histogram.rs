use super::channel::channel;
use super::float_levels::{float_levels, joined};
use crate::error::{GpuError, Result};
use crate::extrema::{Extrema, extrema, strides};
use crate::image::{DType, GpuImage, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(BytesParams { count: u32 });
params!(LevelsParams { count: u32, least: i32, bins: u32 });
params!(EdgesParams { count: u32, bins: u32, least: f32, range: f32 });

/// Levels of an `i32` image may span this many values: each has a bin.
const SPAN: i64 = 1 << 24;
/// Bins that fit into workgroup memory, as in the shader.
const LOCAL_BINS: usize = 2048;

pub(super) static BYTES: Kernel = Kernel {
    name: "exposure.histogram/bytes",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/exposure/histogram_bytes.wgsl"),
    ],
    params: BytesParams::LAYOUT,
};

pub(super) static LEVELS: Kernel = Kernel {
    name: "exposure.histogram/levels",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/exposure/histogram_levels.wgsl"),
    ],
    params: LevelsParams::LAYOUT,
};

pub(super) static EDGES: Kernel = Kernel {
    name: "exposure.histogram/edges",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Update(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/exposure/histogram_edges.wgsl"),
    ],
    params: EdgesParams::LAYOUT,
};

/// How many samples lie in each bin, and the value that stands for it, ascending.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// Samples per bin; where channels are counted by themselves, those of the first one, then those of the second and so on.
    pub counts: Vec<f64>,
    /// Values of the bins.
    pub bin_centers: Vec<f64>,
}

/// What bins of floats cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceRange {
    /// The range of the samples; one half to either side where all are equal.
    Image,
    /// −1 to 1. What lies beyond does not count, nor does NaN.
    Type,
}

/// How often each level of an image occurs, all channels together for one list, else each channel by itself; levels that occur in none
/// are left out, NaN is no level.
///
/// Counted on the GPU and waited for, each list by itself; `i32` takes a wait more, for the extremes before them. Floats are sorted there, and
/// counted here. `operation` is for messages.
///
/// # Errors
///
/// [`GpuError::Unsupported`] for `i32` levels more than 2²⁴ apart and for more floats than can be bound at once, [`GpuError::Argument`] for
/// neither one list nor as many as channels, and those of the device.
pub fn level_histogram(operation: &str, image: &GpuImage, lists: u32) -> Result<Histogram> {
    let (least, bins) = match image.dtype() {
        DType::U8 => (0, 256),
        DType::U16 => (0, 65_536),
        DType::I32 => {
            let [least, greatest] = extrema(operation, image)?.values().map(|level| level as i64);
            let span = greatest - least + 1;
            if span > SPAN {
                let reason = format!(
                    "levels go from {least} to {greatest}; they may lie {SPAN} apart at most"
                );
                return Err(GpuError::unsupported(operation, reason));
            }
            (least as i32, span.unsigned_abs() as usize)
        }
        DType::F32 => {
            let lists = lists_of(operation, image, lists, |image| float_levels(operation, image))?;
            return Ok(joined(&lists));
        }
    };
    let counts = lists_of(operation, image, lists, |image| levels(operation, image, least, bins))?;
    let occupied: Vec<usize> =
        (0..bins).filter(|bin| counts.iter().any(|list| list[*bin] > 0)).collect();
    let of = |list: &Vec<u32>| occupied.iter().map(|&bin| f64::from(list[bin])).collect::<Vec<_>>();
    Ok(Histogram {
        counts: counts.iter().flat_map(of).collect(),
        bin_centers: occupied.iter().map(|&bin| f64::from(least) + bin as f64).collect(),
    })
}

/// What is counted of all channels together, or of each by itself.
fn lists_of<T>(
    operation: &str,
    image: &GpuImage,
    lists: u32,
    count: impl Fn(&GpuImage) -> Result<T>,
) -> Result<Vec<T>> {
    if lists == 1 {
        return Ok(vec![count(image)?]);
    }
    let channels = image.shape().channels;
    if lists != channels {
        let message = format!("{lists} lists of {channels} channels; expected one, or as many");
        return Err(GpuError::argument(operation, message));
    }
    (0..channels).map(|i| count(&channel(operation, image, i)?)).collect()
}

/// How many samples of an `f32` image lie in each of `nbins` equal bins, all channels together for one list, else each by itself in the same
/// bins, as `numpy.histogram` counts, to the last bit.
///
/// Counted on the GPU and waited for, each list by itself; [`SourceRange::Image`] takes a wait more, for the extremes before them. `operation`
/// is for messages.
///
/// # Errors
///
/// [`GpuError::Argument`] for integers, no bins, and neither one list nor as many as channels; for [`SourceRange::Image`] [`GpuError::Value`] for NaN and infinite samples, and for a range
/// without `nbins` distinct bins; those of the device.
pub fn float_histogram(
    operation: &str,
    image: &GpuImage,
    nbins: u32,
    range: SourceRange,
    lists: u32,
) -> Result<Histogram> {
    if image.dtype() != DType::F32 || nbins == 0 {
        let message =
            format!("{nbins} bins of {:?}; expected at least 1, and floats", image.dtype());
        return Err(GpuError::argument(operation, message));
    }
    if range == SourceRange::Type {
        // NumPy spreads numbers that are given in 64 bits.
        let step = 2.0 / f64::from(nbins);
        let edge = |i: u32| if i == nbins { 1.0 } else { (f64::from(i) * step - 1.0) as f32 };
        return floats(operation, image, &(0..=nbins).map(edge).collect::<Vec<_>>(), lists);
    }
    over_extrema(operation, image, extrema(operation, image)?, nbins, lists)
}

/// Equal bins between the extremes of floats, which must be finite; one half to either side of a single value.
pub(crate) fn over_extrema(
    operation: &str,
    image: &GpuImage,
    extrema: Extrema,
    nbins: u32,
    lists: u32,
) -> Result<Histogram> {
    let Extrema::Floats(least, greatest) = extrema else {
        return Err(value(operation, "image holds NaN; expected finite samples".to_owned()));
    };
    for sample in [least, greatest] {
        if sample.is_infinite() {
            let sign = if sample < 0.0 { "-" } else { "" };
            let message = format!("image holds {sign}Infinity; expected finite samples");
            return Err(value(operation, message));
        }
    }
    let apart = if least == greatest { 0.5 } else { 0.0 };
    let (least, greatest) = (least - apart, greatest + apart);
    let edges = edges(least, greatest, nbins as usize);
    let ascends = |pair: &[f32]| pair[0].partial_cmp(&pair[1]) == Some(std::cmp::Ordering::Less);
    if !edges.windows(2).all(ascends) {
        let width = if greatest - least < 1.0 { "narrow" } else { "wide" };
        let message = format!(
            "the range of the samples, {least:?} to {greatest:?}, is too {width} for {nbins} distinct bins"
        );
        return Err(value(operation, message));
    }
    floats(operation, image, &edges, lists)
}

/// How often so many levels from the least on occur.
fn levels(operation: &str, image: &GpuImage, least: i32, bins: usize) -> Result<Vec<u32>> {
    let histogram = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let histogram = recording.zeros(4 * bins as u64)?;
        let needs = [Need::part(&source, image.pixel_bytes()), Need::Whole((&histogram).into())];
        let work = (Unit::Pixel, image.shape().pixels());
        if image.dtype() == DType::U8 {
            recording.tiled(&BYTES, &[], work, &needs, |tile| {
                let count = tile.units * image.shape().channels;
                (BytesParams { count }, strides(u64::from(count).div_ceil(4)))
            })?;
        } else {
            let constants = [("DTYPE", image.dtype().constant())];
            recording.tiled(&LEVELS, &constants, work, &needs, |tile| {
                let count = tile.units * image.shape().channels;
                let params = LevelsParams { count, least, bins: bins as u32 };
                (params, u64::from(count).div_ceil(256))
            })?;
        }
        Ok(histogram)
    })?;
    read(&image.engine, operation, &histogram, |bytes| {
        bytemuck::pod_collect_to_vec(&bytes[..4 * bins])
    })
}

fn floats(operation: &str, image: &GpuImage, edges: &[f32], lists: u32) -> Result<Histogram> {
    let counts = lists_of(operation, image, lists, |image| between(operation, image, edges))?;
    let bin_centers = edges.windows(2).map(|pair| f64::from((pair[0] + pair[1]) / 2.0)).collect();
    Ok(Histogram { counts: counts.concat(), bin_centers })
}

/// How many floats lie between edges and the next ones.
fn between(operation: &str, image: &GpuImage, edges: &[f32]) -> Result<Vec<f64>> {
    let nbins = edges.len() - 1;
    let (least, range) = (edges[0], edges[nbins] - edges[0]);
    let histogram = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let histogram = recording.zeros(nbins as u64 * 4)?;
        let table = recording.table(bytemuck::cast_slice(edges))?;
        recording.tiled(
            &EDGES,
            &[("LOCAL", f64::from(u8::from(nbins <= LOCAL_BINS)))],
            (Unit::Pixel, image.shape().pixels()),
            &[
                Need::part(&source, image.pixel_bytes()),
                Need::Whole(table.bound()),
                Need::Whole((&histogram).into()),
            ],
            |tile| {
                let count = tile.units * image.shape().channels;
                let params = EdgesParams { count, bins: nbins as u32, least, range };
                (params, strides(u64::from(count)))
            },
        )?;
        Ok(histogram)
    })?;
    read(&image.engine, operation, &histogram, |bytes| {
        bytemuck::pod_collect_to_vec::<u8, u32>(&bytes[..4 * nbins])
            .iter()
            .map(|&count| f64::from(count))
            .collect()
    })
}

/// `numpy.linspace` in 32 bits: `nbins + 1` edges, the last one exact.
fn edges(least: f32, greatest: f32, nbins: usize) -> Vec<f32> {
    let range = greatest - least;
    let step = range / nbins as f32;
    let offset =
        |i: usize| if step == 0.0 { i as f32 / nbins as f32 * range } else { i as f32 * step };
    (0..=nbins).map(|i| if i == nbins { greatest } else { offset(i) + least }).collect()
}

fn value(operation: &str, message: String) -> GpuError {
    GpuError::Value { operation: operation.to_owned(), message }
}
