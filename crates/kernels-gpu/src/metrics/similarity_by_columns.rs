//! Similarities by windows of any size: by the moments of their columns.

use super::structural_similarity::{Pair, SimilarityImages};
use crate::blocks;
use crate::border::BorderMode;
use crate::error::Result;
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Unit};

params!(DownParams {
    line: u32,
    height: u32,
    top: u32,
    rows: u32,
    first_word: u32,
    moments_first: u32,
    reach: u32,
    scale: f32
});
params!(AcrossParams {
    line: u32,
    height: u32,
    top: u32,
    rows: u32,
    first_word: u32,
    moments_first: u32,
    kept_first: u32,
    terms_first: u32,
    reach: u32,
    margin: u32,
    scale: f32,
    covariance: f32,
    c1: f32,
    c2: f32
});

/// Bytes of what a sample's column, and the derivative there, is known by.
pub(super) const FIVE: u64 = 5 * 4;

pub(super) static DOWN: Kernel = Kernel {
    name: "metrics.structuralSimilarity/down",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/other_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/level_distance.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/metrics/window_samples.wgsl"),
        include_str!("../../shaders/metrics/similarity_down.wgsl"),
    ],
    params: DownParams::LAYOUT,
};

/// A kernel across the columns, with the sources that say what is kept of similarities and of what derivatives are made of, and what
/// they bind.
macro_rules! across {
    ($name:literal, [$($kept:literal),*], $similarity:literal, $terms:literal) => {
        Kernel {
            name: $name,
            workgroup: [256, 1, 1],
            bindings: &[
                Binding::Read(1),
                Binding::Read(2),
                Binding::Read(3),
                Binding::Write(4),
                Binding::Read(6),
                $(Binding::Write($kept)),*
            ],
            sources: &[
                include_str!("../../shaders/shared/line.wgsl"),
                include_str!("../../shaders/shared/source_window.wgsl"),
                include_str!("../../shaders/shared/other_window.wgsl"),
                include_str!("../../shaders/shared/sample.wgsl"),
                include_str!("../../shaders/shared/level_distance.wgsl"),
                include_str!("../../shaders/shared/border.wgsl"),
                blocks::INVOCATION,
                blocks::REDUCTION,
                include_str!("../../shaders/metrics/window_samples.wgsl"),
                include_str!(concat!("../../shaders/metrics/", $similarity)),
                include_str!(concat!("../../shaders/metrics/", $terms)),
                include_str!("../../shaders/metrics/similarity_across.wgsl"),
            ],
            params: AcrossParams::LAYOUT,
        }
    };
}

pub(super) static ACROSS: Kernel = across!(
    "metrics.structuralSimilarity/across",
    [],
    "similarity_summed.wgsl",
    "terms_dropped.wgsl"
);

pub(super) static ACROSS_FULL: Kernel = across!(
    "metrics.structuralSimilarity/acrossFull",
    [5],
    "similarity_kept.wgsl",
    "terms_dropped.wgsl"
);

/// Of what derivatives are made of, beside similarities.
pub(super) static ACROSS_TERMS: Kernel = across!(
    "metrics.structuralSimilarity/acrossTerms",
    [5, 7],
    "similarity_kept.wgsl",
    "terms_kept.wgsl"
);

/// Similarities and what their derivative is made of.
pub(super) struct ByColumns {
    /// Of similarities, and how many sums.
    pub(super) sums: (Storage, usize),
    /// Where any image was asked for.
    pub(super) similarities: Option<Storage>,
    /// Where the gradient was.
    pub(super) terms: Option<Storage>,
}

pub(super) fn record(
    recording: &mut Recording<'_>,
    pair: &Pair<'_>,
    images: SimilarityImages,
) -> Result<ByColumns> {
    let moments = down(recording, pair)?;
    let (shape, line, reach) = (pair.shape, pair.line(), pair.radius());
    let groups = line.div_ceil(256);
    let count = u64::from(groups) * u64::from(shape.height);
    let sums = recording.buffer(4 * count)?;
    let keeps = images.similarities || images.gradient;
    let similarities = if keeps { Some(recording.buffer(4 * shape.samples())?) } else { None };
    let terms =
        if images.gradient { Some(recording.buffer(FIVE * shape.samples())?) } else { None };
    let work = pair.long_work(recording, 2)?;
    let weights = work.table(recording, bytemuck::cast_slice(pair.weights))?;
    let mut needs = Vec::from(pair.needs(1, 0));
    needs.extend([
        Need::Whole(weights.bound()),
        Need::Whole((&sums).into()),
        Need::part(&moments, FIVE * u64::from(line)),
    ]);
    needs.extend(similarities.iter().map(|kept| Need::part(kept, 4 * u64::from(line))));
    needs.extend(terms.iter().map(|terms| Need::part(terms, FIVE * u64::from(line))));
    let [c1, c2] = pair.stabilizers();
    let constants = constants(pair, shape.width);
    let kernel = match (keeps, images.gradient) {
        (_, true) => &ACROSS_TERMS,
        (true, false) => &ACROSS_FULL,
        (false, false) => &ACROSS,
    };
    recording.cut((Unit::Row, shape.height.into()), &needs, |recording, tile, buffers| {
        let first_word = |need: usize| tile.first_words.get(need).copied().unwrap_or(0);
        work.record(recording, tile.units, |recording, first, rows| {
            let params = AcrossParams {
                line,
                height: shape.height,
                top: tile.first + first,
                rows,
                first_word: first_word(0),
                moments_first: first_word(4),
                kept_first: first_word(5),
                terms_first: first_word(6),
                reach,
                margin: pair.margin(),
                scale: pair.scale(),
                covariance: pair.covariance(),
                c1,
                c2,
            };
            let workgroups = u64::from(groups) * u64::from(rows);
            recording.dispatch(kernel, &constants, &params, buffers, workgroups)
        })
    })?;
    Ok(ByColumns { sums: (sums, count as usize), similarities, terms })
}

/// The moments of the columns of all windows.
fn down(recording: &mut Recording<'_>, pair: &Pair<'_>) -> Result<Storage> {
    let (shape, line, reach) = (pair.shape, pair.line(), pair.radius());
    let moments = recording.buffer(FIVE * shape.samples())?;
    let work = pair.long_work(recording, 2)?;
    let weights = work.table(recording, bytemuck::cast_slice(pair.weights))?;
    let [first, second] = pair.needs(1, reach.into());
    let needs =
        [first, second, Need::Whole(weights.bound()), Need::part(&moments, FIVE * u64::from(line))];
    let constants = constants(pair, shape.height);
    recording.cut((Unit::Row, shape.height.into()), &needs, |recording, tile, buffers| {
        work.record(recording, tile.units, |recording, first, rows| {
            let params = DownParams {
                line,
                height: shape.height,
                top: tile.first + first,
                rows,
                first_word: tile.first_words[0],
                moments_first: tile.first_words[3],
                reach,
                scale: pair.scale(),
            };
            let workgroups = (u64::from(rows) * u64::from(line)).div_ceil(256);
            recording.dispatch(&DOWN, &constants, &params, buffers, workgroups)
        })
    })?;
    Ok(moments)
}

/// What kernels over windows are compiled for, along an axis of so many pixels.
pub(super) fn constants(pair: &Pair<'_>, length: u32) -> [(&'static str, f64); 4] {
    let [border, far] = BorderMode::Reflect.constants(pair.radius(), length);
    let channels = ("CHANNELS", f64::from(pair.shape.channels));
    [("DTYPE", pair.dtype.constant()), channels, border, far]
}
