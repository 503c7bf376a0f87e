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
    name: "filters.histogram/bytes",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/filters/histogram_bytes.wgsl"),
    ],
    params: BytesParams::LAYOUT,
};

pub(super) static LEVELS: Kernel = Kernel {
    name: "filters.histogram/levels",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/filters/histogram_levels.wgsl"),
    ],
    params: LevelsParams::LAYOUT,
};

pub(super) static EDGES: Kernel = Kernel {
    name: "filters.histogram/edges",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Update(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/filters/histogram_edges.wgsl"),
    ],
    params: EdgesParams::LAYOUT,
};

/// How many samples lie in each bin, and the value that stands for it, ascending.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// Samples per bin.
    pub counts: Vec<f64>,
    /// Values of the bins.
    pub bin_centers: Vec<f64>,
}

/// The histogram from which thresholds are found, as `tagswitch_kernels_cpu::filters::histogram` has it, to the last bit.
///
/// Takes one channel. Integers have a bin for every level that occurs, floats `nbins` between their extremes, and an image of one
/// value has one bin. Counted on the GPU and waited for; floats and `i32` take a second wait, for the extremes before it.
/// `operation` is for messages.
///
/// # Errors
///
/// [`GpuError::Value`] for a float image with NaN, with infinite samples among others, or with a range without `nbins` distinct bins,
/// [`GpuError::Unsupported`] for `i32` levels more than 2²⁴ apart and for floats without `nbins`, [`GpuError::Argument`], and
/// those of the device.
pub fn histogram(operation: &str, image: &GpuImage, nbins: Option<u32>) -> Result<Histogram> {
    if image.shape().channels != 1 {
        let message = format!("image has {} channels; expected one", image.shape().channels);
        return Err(GpuError::argument(operation, message));
    }
    match image.dtype() {
        DType::U8 => levels(operation, image, 0, 256),
        DType::U16 => levels(operation, image, 0, 65_536),
        DType::I32 | DType::F32 => match (extrema(operation, image)?, nbins) {
            (Extrema::Nan, Some(_)) => {
                Err(value(operation, "image holds NaN; expected finite samples".to_owned()))
            }
            (Extrema::Levels(least, greatest), _) => {
                let span = i64::from(greatest) - i64::from(least) + 1;
                if span > SPAN {
                    let reason = format!(
                        "levels go from {least} to {greatest}; they may lie {SPAN} apart at most"
                    );
                    return Err(GpuError::unsupported(operation, reason));
                }
                levels(operation, image, least, span.unsigned_abs())
            }
            (Extrema::Floats(least, greatest), Some(nbins)) => {
                floats(operation, image, least, greatest, nbins as usize)
            }
            (Extrema::Nan | Extrema::Floats(..), None) => {
                let reason = "floats have no levels to count, and are not sorted on the GPU";
                Err(GpuError::unsupported(operation, reason.to_owned()))
            }
        },
    }
}

fn levels(operation: &str, image: &GpuImage, least: i32, bins: u64) -> Result<Histogram> {
    let histogram = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let histogram = recording.zeros(bins * 4)?;
        let needs = [Need::part(&source, image.pixel_bytes()), Need::Whole((&histogram).into())];
        let work = (Unit::Pixel, image.shape().pixels());
        if image.dtype() == DType::U8 {
            recording.tiled(&BYTES, &[], work, &needs, |tile| {
                let count = tile.units;
                (BytesParams { count }, strides(u64::from(count).div_ceil(4)))
            })?;
        } else {
            let constants = [("DTYPE", image.dtype().constant())];
            recording.tiled(&LEVELS, &constants, work, &needs, |tile| {
                let count = tile.units;
                let params = LevelsParams { count, least, bins: bins as u32 };
                (params, u64::from(count).div_ceil(256))
            })?;
        }
        Ok(histogram)
    })?;
    let counts =
        read(&image.engine, operation, &histogram, bytemuck::pod_collect_to_vec::<u8, u32>)?;
    let occupied = (i64::from(least)..).zip(counts).filter(|&(_, count)| count > 0);
    let (bin_centers, counts) =
        occupied.map(|(level, count)| (level as f64, f64::from(count))).unzip();
    Ok(Histogram { counts, bin_centers })
}

fn floats(
    operation: &str,
    image: &GpuImage,
    least: f32,
    greatest: f32,
    nbins: usize,
) -> Result<Histogram> {
    if least == greatest {
        // Infinity too.
        let counts = vec![image.shape().pixels() as f64];
        return Ok(Histogram { counts, bin_centers: vec![f64::from(least)] });
    }
    for sample in [least, greatest] {
        if sample.is_infinite() {
            let sign = if sample < 0.0 { "-" } else { "" };
            let message = format!("image holds {sign}Infinity; expected finite samples");
            return Err(value(operation, message));
        }
    }
    let edges = edges(least, greatest, nbins);
    if nbins < 1
        || edges
            .windows(2)
            .any(|pair| pair[0].partial_cmp(&pair[1]) != Some(std::cmp::Ordering::Less))
    {
        let width = if greatest - least < 1.0 { "narrow" } else { "wide" };
        let message = format!(
            "the range of the samples, {least:?} to {greatest:?}, is too {width} for {nbins} distinct bins"
        );
        return Err(value(operation, message));
    }
    let histogram = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let histogram = recording.zeros(nbins as u64 * 4)?;
        let table = recording.table(bytemuck::cast_slice(&edges))?;
        let range = greatest - least;
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
                let count = tile.units;
                let params = EdgesParams { count, bins: nbins as u32, least, range };
                (params, strides(u64::from(count)))
            },
        )?;
        Ok(histogram)
    })?;
    let counts = read(&image.engine, operation, &histogram, |bytes| {
        bytemuck::pod_collect_to_vec::<u8, u32>(&bytes[..4 * nbins])
            .iter()
            .map(|&count| f64::from(count))
            .collect()
    })?;
    let bin_centers = edges.windows(2).map(|pair| f64::from((pair[0] + pair[1]) / 2.0)).collect();
    Ok(Histogram { counts, bin_centers })
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
