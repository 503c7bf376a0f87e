use crate::blocks;
use crate::error::{GpuError, Result};
use crate::extrema::{Extrema, extrema};
use crate::image::{DType, GpuImage, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Unit};

params!(ShapesParams { width: u32, first: u32, count: u32 });
params!(IntensitiesParams { width: u32, first: u32, count: u32, channels: u32, channel: u32 });

/// Words for each label, as in the shaders.
const SHAPE: usize = 15;
const INTENSITIES: usize = 10;
/// Pixels of an invocation.
const PIXELS: u64 = 16;

pub(super) static SHAPES: Kernel = Kernel {
    name: "measure.regionSums/shapes",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(2), Binding::Update(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        blocks::LONG,
        include_str!("../../shaders/measure/region_runs.wgsl"),
        include_str!("../../shaders/measure/region_shapes.wgsl"),
    ],
    params: ShapesParams::LAYOUT,
};

pub(super) static OF_INTENSITIES: Kernel = Kernel {
    name: "measure.regionSums/intensities",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Update(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        blocks::LONG,
        include_str!("../../shaders/measure/region_runs.wgsl"),
        include_str!("../../shaders/measure/region_intensities.wgsl"),
    ],
    params: IntensitiesParams::LAYOUT,
};

/// Boxes, moments and sums of intensities of all regions above 0, for each channel of intensities, or once without: what
/// `skimage.measure.regionprops` passes over images for.
///
/// Takes integers. Each list has for each region, ascending by label: the label; its first row and column, and those after the last; the
/// 4 × 4 raw moments of its pixels about the corner of that box. With intensities also their least and greatest, the sum of the squares of
/// their differences from the mean, and their moments. All are exact until they are rounded to 64 bits. What is not summed up is NaN:
/// moments beyond the second order, of intensities beyond the first, and of those of 32 bits all but the sum, and the squares.
///
/// Waits for the greatest label, then for the sums. `operation` is for messages.
///
/// # Errors
///
/// [`GpuError::Argument`] for labels of several channels and images of different sizes, [`GpuError::Unsupported`] for floats, for labels
/// so high that their sums cannot be bound at once and for sides too long for sums of 64 bits, and those of the device.
pub fn region_sums(
    operation: &str,
    labels: &GpuImage,
    intensity: Option<&GpuImage>,
) -> Result<Vec<Vec<f64>>> {
    check(operation, labels, intensity)?;
    let channels = intensity.map_or(1, |intensity| intensity.shape().channels);
    let greatest = match extrema(operation, labels)? {
        Extrema::Levels(_, greatest @ 1..) => u64::from(greatest.unsigned_abs()),
        _ => return Ok(vec![Vec::new(); channels as usize]),
    };
    let bytes = |words: usize| 4 * words as u64 * (greatest + 1);
    if bytes(SHAPE) > labels.engine.largest_binding() {
        let reason = format!("labels go up to {greatest}; sums of so many cannot be seen at once");
        return Err(GpuError::unsupported(operation, reason));
    }
    let (shapes, intensities) = labels.engine.record(operation, |recording| {
        let shapes = recording.zeros(bytes(SHAPE))?;
        record_shapes(recording, labels, &shapes)?;
        let mut intensities = Vec::new();
        for (intensity, channel) in
            intensity.into_iter().flat_map(|one| (0..channels).map(move |k| (one, k)))
        {
            let sums = recording.zeros(bytes(INTENSITIES))?;
            record_intensities(recording, labels, (intensity, channel), &sums)?;
            intensities.push(sums);
        }
        Ok((shapes, intensities))
    })?;
    let words = |sums: &Storage| {
        read(&labels.engine, operation, sums, bytemuck::pod_collect_to_vec::<u8, u32>)
    };
    let shapes = words(&shapes)?;
    let shapes = || (0..).zip(shapes.chunks_exact(SHAPE)).filter(|(_, words)| words[0] > 0);
    let Some(intensity) = intensity else {
        return Ok(vec![shapes().flat_map(|(label, words)| numbers(label, words)).collect()]);
    };
    let wide = intensity.dtype() == DType::I32;
    let of_channel = |sums: &Storage| {
        let sums = words(sums)?;
        let of = |(label, words): (usize, &[u32])| {
            let sums = &sums[label * INTENSITIES..][..INTENSITIES];
            numbers(label, words).into_iter().chain(intensity_numbers(words, sums, wide))
        };
        Ok(shapes().flat_map(of).collect())
    };
    intensities.iter().map(of_channel).collect()
}

fn check(operation: &str, labels: &GpuImage, intensity: Option<&GpuImage>) -> Result<()> {
    let shape = labels.shape();
    if shape.channels != 1 {
        let message = format!("labels have {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    for image in intensity.into_iter().chain([labels]) {
        labels.check_beside(operation, image)?;
        let size = image.shape();
        if (size.width, size.height) != (shape.width, shape.height) {
            return Err(GpuError::argument(operation, "images differ in size"));
        }
        if image.dtype() == DType::F32 {
            let reason = "floats are not summed up exactly on the GPU";
            return Err(GpuError::unsupported(operation, reason));
        }
    }
    let side = u128::from(shape.width.max(shape.height));
    if u128::from(shape.pixels()) * side * side > u128::from(u64::MAX) {
        let reason = format!("a side of {side} pixels is too long for sums of 64 bits");
        return Err(GpuError::unsupported(operation, reason));
    }
    Ok(())
}

fn record_shapes(recording: &mut Recording<'_>, labels: &GpuImage, sums: &Storage) -> Result<()> {
    let storage = labels.storage(recording)?;
    let constants = [("LABELS", labels.dtype().constant())];
    let needs = [Need::part(&storage, labels.pixel_bytes()), Need::Whole(sums.into())];
    let (width, pixels) = (labels.shape().width, labels.shape().pixels());
    recording.tiled(&SHAPES, &constants, (Unit::Pixel, pixels), &needs, |tile| {
        let (first, count) = (tile.first, tile.units);
        (ShapesParams { width, first, count }, u64::from(count).div_ceil(PIXELS * 256))
    })
}

fn record_intensities(
    recording: &mut Recording<'_>,
    labels: &GpuImage,
    (intensity, channel): (&GpuImage, u32),
    sums: &Storage,
) -> Result<()> {
    let (storage, of_labels) = (intensity.storage(recording)?, labels.storage(recording)?);
    let constants =
        [("DTYPE", intensity.dtype().constant()), ("LABELS", labels.dtype().constant())];
    let needs = [
        Need::part(&storage, intensity.pixel_bytes()),
        Need::part(&of_labels, labels.pixel_bytes()),
        Need::Whole(sums.into()),
    ];
    let (width, pixels) = (labels.shape().width, labels.shape().pixels());
    let channels = intensity.shape().channels;
    recording.tiled(&OF_INTENSITIES, &constants, (Unit::Pixel, pixels), &needs, |tile| {
        let (first, count) = (tile.first, tile.units);
        let params = IntensitiesParams { width, first, count, channels, channel };
        (params, u64::from(count).div_ceil(PIXELS * 256))
    })
}

/// 64 bits, of which the lower half comes first.
fn long(words: &[u32]) -> i128 {
    i128::from(u64::from(words[1]) << 32 | u64::from(words[0]))
}

/// The raw moments that are known: `[p, q]` is the power of rows and of columns.
fn matrix(known: &[([usize; 2], i128)]) -> [f64; 16] {
    let mut moments = [f64::NAN; 16];
    for &([p, q], moment) in known {
        moments[4 * p + q] = moment as f64;
    }
    moments
}

/// Label, box and moments of a region's pixels.
fn numbers(label: usize, words: &[u32]) -> Vec<f64> {
    let [top, left] = corner(words);
    let count = i128::from(words[0]);
    let [rows, columns, row_squares, products, column_squares] =
        [5, 7, 9, 11, 13].map(|place| long(&words[place..]));
    let moments = matrix(&[
        ([0, 0], count),
        ([1, 0], rows - count * top),
        ([0, 1], columns - count * left),
        ([2, 0], row_squares - 2 * top * rows + count * top * top),
        ([1, 1], products - top * columns - left * rows + count * top * left),
        ([0, 2], column_squares - 2 * left * columns + count * left * left),
    ]);
    let [bottom, right] = [words[2], words[4]].map(|last| f64::from(last) + 1.0);
    let mut numbers = vec![label as f64, top as f64, left as f64, bottom, right];
    numbers.extend(moments);
    numbers
}

/// Extremes of intensities, their squares about the mean, and their moments.
fn intensity_numbers(shape: &[u32], words: &[u32], wide: bool) -> Vec<f64> {
    let [least, greatest] =
        [!words[0], words[1]].map(|key| f64::from((key ^ 0x8000_0000).cast_signed()));
    let [top, left] = corner(shape);
    let count = i128::from(shape[0]);
    // The only one that may be negative.
    let sum = i128::from(long(&words[2..]) as i64);
    if wide {
        let moments = matrix(&[([0, 0], sum)]);
        return [least, greatest, f64::NAN].into_iter().chain(moments).collect();
    }
    let [squares, down, across] = [4, 6, 8].map(|place| long(&words[place..]));
    let moments =
        matrix(&[([0, 0], sum), ([1, 0], down - sum * top), ([0, 1], across - sum * left)]);
    let deviations = (count * squares - sum * sum) as f64 / count as f64;
    [least, greatest, deviations].into_iter().chain(moments).collect()
}

/// The first row and column of a region.
fn corner(words: &[u32]) -> [i128; 2] {
    [!words[1], !words[3]].map(i128::from)
}
