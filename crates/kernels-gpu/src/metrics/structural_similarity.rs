use super::check_alike;
use crate::blocks;
use crate::border::BorderMode;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::storage::Storage;
use crate::tiling::{Need, Unit};

params!(Params {
    width: u32,
    height: u32,
    top: u32,
    rows: u32,
    first_word: u32,
    margin: u32,
    scale: f32,
    covariance: f32,
    c1: f32,
    c2: f32,
    kept_first: u32
});

/// Rows and columns of a workgroup, as in the shader.
const TILE: u32 = 16;
/// The largest radius of a window that fits into workgroup memory, likewise: √2048 cells a side.
const RADIUS: u32 = 14;

const fn kernel(
    name: &'static str,
    bindings: &'static [Binding],
    sources: &'static [&'static str],
) -> Kernel {
    Kernel { name, workgroup: [256, 1, 1], bindings, sources, params: Params::LAYOUT }
}

/// The sources of a kernel, with one that says what becomes of the similarities.
macro_rules! sources {
    ($kept:literal) => {
        &[
            include_str!("../../shaders/shared/line.wgsl"),
            include_str!("../../shaders/shared/source_window.wgsl"),
            include_str!("../../shaders/shared/other_window.wgsl"),
            include_str!("../../shaders/shared/sample.wgsl"),
            include_str!("../../shaders/shared/border.wgsl"),
            blocks::INVOCATION,
            blocks::REDUCTION,
            blocks::STENCIL,
            include_str!($kept),
            include_str!("../../shaders/metrics/structural_similarity.wgsl"),
        ]
    };
}

pub(super) static SIMILARITY: Kernel = kernel(
    "metrics.structuralSimilarity",
    &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources!("../../shaders/metrics/similarity_summed.wgsl"),
);

pub(super) static FULL: Kernel = kernel(
    "metrics.structuralSimilarity/full",
    &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4), Binding::Write(5)],
    sources!("../../shaders/metrics/similarity_kept.wgsl"),
);

/// What [`structural_similarity`] is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct StructuralSimilarity {
    /// Weights of the window along either axis; their number is odd, and 29 at most.
    pub weights: Vec<f64>,
    /// Pixels along each edge that do not count.
    pub margin: u32,
    /// From the least to the greatest value that is possible.
    pub range: f64,
    /// What covariances are multiplied by.
    pub covariance: f64,
    /// What keeps the quotient of the means stable, in the square of the images' units.
    pub c1: f64,
    /// What keeps the quotient of the covariances stable, likewise.
    pub c2: f64,
}

/// The mean structural similarity, over pixels and channels; scikit-image's `structural_similarity`.
///
/// Takes two images of one shape and dtype. Computed in 32-bit floats, in which variances are those of what differs from the pixel in the
/// window's middle; added up here in 64. Waits.
///
/// # Errors
///
/// [`GpuError::Argument`] for images that differ, an even number of weights and a margin that leaves no pixel,
/// [`GpuError::Unsupported`] for larger windows, and those of the device.
pub fn structural_similarity(
    first: &GpuImage,
    second: &GpuImage,
    options: &StructuralSimilarity,
) -> Result<f64> {
    compared(first, second, options, false).map(|(mean, _)| mean)
}

/// The mean, and the similarity at each sample, those in the margin too: an image of `f32`. As [`structural_similarity`].
///
/// # Errors
///
/// Those of [`structural_similarity`].
pub fn structural_similarities(
    first: &GpuImage,
    second: &GpuImage,
    options: &StructuralSimilarity,
) -> Result<(f64, GpuImage)> {
    let (mean, similarities) = compared(first, second, options, true)?;
    let (shape, dtype) = (first.shape(), DType::F32);
    let kept = similarities.ok_or_else(|| GpuError::argument(FULL.name, "nothing was kept"))?;
    Ok((mean, GpuImage::new(&first.engine, kept, shape, dtype)))
}

/// The mean, and what the similarities of all samples are kept in, where they are to be.
fn compared(
    first: &GpuImage,
    second: &GpuImage,
    options: &StructuralSimilarity,
    keeps: bool,
) -> Result<(f64, Option<Storage>)> {
    let operation = SIMILARITY.name;
    check_alike(operation, first, second)?;
    let (shape, dtype) = (first.shape(), first.dtype());
    let StructuralSimilarity { weights, margin, range, covariance, c1, c2 } = options;
    let radius = weights.len() as u32 / 2;
    if weights.len().is_multiple_of(2) || 2 * margin >= shape.height.min(shape.width) {
        let message = format!(
            "{} weights and a margin of {margin}; expected an odd number, and pixels within",
            weights.len()
        );
        return Err(GpuError::argument(operation, message));
    }
    if radius > RADIUS {
        let most = 2 * RADIUS + 1;
        let reason = format!("a window of {} pixels a side; at most {most}", weights.len());
        return Err(GpuError::unsupported(operation, reason));
    }
    let weights: Vec<f32> = weights.iter().map(|&weight| weight as f32).collect();
    let [border, far] = BorderMode::Reflect.constants(radius, shape.width.min(shape.height));
    let constants = [
        ("DTYPE", dtype.constant()),
        ("CHANNELS", f64::from(shape.channels)),
        ("RADIUS", f64::from(radius)),
        border,
        far,
    ];
    let (across, bands) = (shape.width.div_ceil(TILE), shape.height.div_ceil(TILE));
    let band = u64::from(TILE) * u64::from(shape.width);
    let bytes = byte_length(operation, shape, DType::F32)?;
    let (sums, kept) = first.engine.record(operation, |recording| {
        let (one, other) = (first.storage(recording)?, second.storage(recording)?);
        let weights = recording.table(bytemuck::cast_slice(&weights))?;
        let sums = recording.buffer(4 * u64::from(across) * u64::from(bands))?;
        let kept = if keeps { Some(recording.buffer(bytes)?) } else { None };
        let bytes = band * first.pixel_bytes();
        let mut needs = vec![
            Need::Part { storage: &one, bytes, halo: 1 },
            Need::Part { storage: &other, bytes, halo: 1 },
            Need::Whole(weights.bound()),
            Need::Whole((&sums).into()),
        ];
        if let Some(kept) = &kept {
            needs.push(Need::part(kept, band * 4 * u64::from(shape.channels)));
        }
        recording.cut((Unit::Row, bands.into()), &needs, |recording, tile, buffers| {
            let params = Params {
                width: shape.width,
                height: shape.height,
                top: TILE * tile.first,
                rows: TILE * tile.units,
                first_word: tile.first_words[0],
                margin: *margin,
                scale: (1.0 / range) as f32,
                covariance: *covariance as f32,
                c1: (c1 / (range * range)) as f32,
                c2: (c2 / (range * range)) as f32,
                kept_first: tile.first_words.get(4).copied().unwrap_or(0),
            };
            let workgroups = u64::from(across) * u64::from(tile.units);
            let kernel = if keeps { &FULL } else { &SIMILARITY };
            recording.dispatch(kernel, &constants, &params, buffers, workgroups)
        })?;
        Ok((sums, kept))
    })?;
    let tiles = across as usize * bands as usize;
    let total = read(&first.engine, operation, &sums, |bytes| {
        let sums: Vec<f32> = bytemuck::pod_collect_to_vec(&bytes[..4 * tiles]);
        sums.into_iter().map(f64::from).sum::<f64>()
    })?;
    let inside = |side: u32| f64::from(side - 2 * margin);
    let count = inside(shape.height) * inside(shape.width) * f64::from(shape.channels);
    Ok((total / count, kept))
}
