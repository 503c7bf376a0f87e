//! Similarities by windows that lie in workgroup memory.

use super::structural_similarity::{Pair, Recorded};
use crate::blocks;
use crate::border::BorderMode;
use crate::error::Result;
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
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
pub(super) const RADIUS: u32 = 14;

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
            include_str!("../../shaders/shared/level_distance.wgsl"),
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

pub(super) fn record(
    recording: &mut Recording<'_>,
    pair: &Pair<'_>,
    keeps: bool,
) -> Result<Recorded> {
    let (shape, radius) = (pair.shape, pair.radius());
    let [border, far] = BorderMode::Reflect.constants(radius, shape.width.min(shape.height));
    let constants = [
        ("DTYPE", pair.dtype.constant()),
        ("CHANNELS", f64::from(shape.channels)),
        ("RADIUS", f64::from(radius)),
        border,
        far,
    ];
    let (across, bands) = (shape.width.div_ceil(TILE), shape.height.div_ceil(TILE));
    let tiles = u64::from(across) * u64::from(bands);
    let weights = recording.table(bytemuck::cast_slice(pair.weights))?;
    let sums = recording.buffer(4 * tiles)?;
    let kept = if keeps { Some(recording.buffer(4 * shape.samples())?) } else { None };
    let mut needs = Vec::from(pair.needs(TILE, 1));
    needs.extend([Need::Whole(weights.bound()), Need::Whole((&sums).into())]);
    if let Some(kept) = &kept {
        needs.push(Need::part(kept, u64::from(TILE) * 4 * u64::from(pair.line())));
    }
    let [c1, c2] = pair.stabilizers();
    recording.cut((Unit::Row, bands.into()), &needs, |recording, tile, buffers| {
        let params = Params {
            width: shape.width,
            height: shape.height,
            top: TILE * tile.first,
            rows: TILE * tile.units,
            first_word: tile.first_words[0],
            margin: pair.margin(),
            scale: pair.scale(),
            covariance: pair.covariance(),
            c1,
            c2,
            kept_first: tile.first_words.get(4).copied().unwrap_or(0),
        };
        let workgroups = u64::from(across) * u64::from(tile.units);
        let kernel = if keeps { &FULL } else { &SIMILARITY };
        recording.dispatch(kernel, &constants, &params, buffers, workgroups)
    })?;
    Ok(Recorded { sums: (sums, tiles as usize), similarities: kept, gradient: None })
}
