//! The derivative of the mean similarity by each sample, by what is known of the windows that it lies in.

use super::similarity_by_columns::{FIVE, constants};
use super::structural_similarity::Pair;
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
    terms_first: u32,
    sums_first: u32,
    reach: u32,
    scale: f32
});
params!(AcrossParams {
    line: u32,
    height: u32,
    top: u32,
    rows: u32,
    first_word: u32,
    sums_first: u32,
    gradient_first: u32,
    reach: u32,
    scale: f32,
    share: f32
});

/// Bytes of what a column has added up at a sample.
const THREE: u64 = 3 * 4;

/// A kernel over the windows of one axis.
macro_rules! along {
    ($name:literal, $shader:literal, $params:ty) => {
        Kernel {
            name: $name,
            workgroup: [256, 1, 1],
            bindings: &[
                Binding::Read(1),
                Binding::Read(2),
                Binding::Read(3),
                Binding::Read(4),
                Binding::Write(5),
            ],
            sources: &[
                include_str!("../../shaders/shared/line.wgsl"),
                include_str!("../../shaders/shared/source_window.wgsl"),
                include_str!("../../shaders/shared/other_window.wgsl"),
                include_str!("../../shaders/shared/sample.wgsl"),
                include_str!("../../shaders/shared/level_distance.wgsl"),
                include_str!("../../shaders/shared/border.wgsl"),
                include_str!("../../shaders/metrics/window_samples.wgsl"),
                include_str!(concat!("../../shaders/metrics/", $shader)),
            ],
            params: <$params>::LAYOUT,
        }
    };
}

pub(super) static DOWN: Kernel =
    along!("metrics.structuralSimilarity/gradientDown", "gradient_down.wgsl", DownParams);

pub(super) static ACROSS: Kernel =
    along!("metrics.structuralSimilarity/gradientAcross", "gradient_across.wgsl", AcrossParams);

/// From what windows are known by to the gradient.
pub(super) fn record(
    recording: &mut Recording<'_>,
    pair: &Pair<'_>,
    terms: &Storage,
) -> Result<Storage> {
    let (shape, line, reach) = (pair.shape, pair.line(), pair.radius());
    let (height, samples, row) = (shape.height, shape.samples(), u64::from(line));
    let (sums, gradient) = (recording.buffer(THREE * samples)?, recording.buffer(4 * samples)?);
    let workgroups = |rows: u32| (u64::from(rows) * row).div_ceil(256);

    let work = pair.long_work(recording, 1)?;
    let weights = work.table(recording, bytemuck::cast_slice(pair.weights))?;
    let halo = u64::from(reach);
    let [first, second] = pair.needs(1, halo);
    let needs = [
        first,
        second,
        Need::Whole(weights.bound()),
        Need::Part { storage: terms, bytes: FIVE * row, halo },
        Need::part(&sums, THREE * row),
    ];
    let down = constants(pair, height);
    recording.cut((Unit::Row, height.into()), &needs, |recording, tile, buffers| {
        work.record(recording, tile.units, |recording, first, rows| {
            let params = DownParams {
                line,
                height,
                top: tile.first + first,
                rows,
                first_word: tile.first_words[0],
                terms_first: tile.first_words[3],
                sums_first: tile.first_words[4],
                reach,
                scale: pair.scale(),
            };
            recording.dispatch(&DOWN, &down, &params, buffers, workgroups(rows))
        })
    })?;

    let work = pair.long_work(recording, 1)?;
    let weights = work.table(recording, bytemuck::cast_slice(pair.weights))?;
    let [first, second] = pair.needs(1, 0);
    let needs = [
        first,
        second,
        Need::Whole(weights.bound()),
        Need::part(&sums, THREE * row),
        Need::part(&gradient, 4 * row),
    ];
    let across = constants(pair, shape.width);
    recording.cut((Unit::Row, height.into()), &needs, |recording, tile, buffers| {
        work.record(recording, tile.units, |recording, first, rows| {
            let params = AcrossParams {
                line,
                height,
                top: tile.first + first,
                rows,
                first_word: tile.first_words[0],
                sums_first: tile.first_words[3],
                gradient_first: tile.first_words[4],
                reach,
                scale: pair.scale(),
                share: pair.gradient_share(),
            };
            recording.dispatch(&ACROSS, &across, &params, buffers, workgroups(rows))
        })
    })?;
    Ok(gradient)
}
