//! Thresholds by windows whose pixels are too many to be gone through one by one: by the means of their columns.

use crate::border::BorderMode;
use crate::error::Result;
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(DownParams {
    width: u32,
    height: u32,
    top: u32,
    rows: u32,
    first_word: u32,
    means_first: u32,
    reach: u32
});
params!(AcrossParams {
    width: u32,
    top: u32,
    rows: u32,
    first_word: u32,
    means_first: u32,
    thresholds_first: u32,
    reach: u32,
    damping: f32,
    by_mean: f32,
    shift: f32
});

pub(super) static DOWN: Kernel = Kernel {
    name: "filters.thresholdWindow/down",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/filters/threshold_of_means.wgsl"),
        include_str!("../../shaders/filters/window_down.wgsl"),
    ],
    params: DownParams::LAYOUT,
};

pub(super) static ACROSS: Kernel = Kernel {
    name: "filters.thresholdWindow/across",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/filters/threshold_of_means.wgsl"),
        include_str!("../../shaders/filters/window_across.wgsl"),
    ],
    params: AcrossParams::LAYOUT,
};

/// The thresholds of [`threshold_window`](super::threshold_window()) in two steps; `weights` are those of mean and deviation.
pub(super) fn threshold(
    operation: &str,
    image: &GpuImage,
    window: [u32; 2],
    [damping, by_mean, shift]: [f32; 3],
) -> Result<GpuImage> {
    let shape = image.shape();
    let bytes = byte_length(operation, shape, DType::F32)?;
    let (width, rows) = (u64::from(shape.width), u64::from(shape.height));
    let [down, across] = window.map(|side| side / 2);
    let workgroups = |units: u32| (u64::from(units) * width).div_ceil(256);
    let thresholds = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let (means, thresholds) = (recording.buffer(2 * bytes)?, recording.buffer(bytes)?);
        let (storage, row) = (&*source, width * image.pixel_bytes());
        let [border, far] = BorderMode::Mirror.constants(down + 1, shape.height);
        recording.cut(
            (Unit::Row, rows),
            &[
                Need::Part { storage, bytes: row, halo: u64::from(down) },
                Need::part(&means, 8 * width),
            ],
            |recording, tile, buffers| {
                let params = DownParams {
                    width: shape.width,
                    height: shape.height,
                    top: tile.first,
                    rows: tile.units,
                    first_word: tile.first_words[0],
                    means_first: tile.first_words[1],
                    reach: down,
                };
                let constants = [("DTYPE", image.dtype().constant()), border, far];
                recording.dispatch(&DOWN, &constants, &params, buffers, workgroups(tile.units))
            },
        )?;
        let [border, far] = BorderMode::Mirror.constants(across + 1, shape.width);
        recording.cut(
            (Unit::Row, rows),
            &[
                Need::part(storage, row),
                Need::part(&means, 8 * width),
                Need::part(&thresholds, 4 * width),
            ],
            |recording, tile, buffers| {
                let params = AcrossParams {
                    width: shape.width,
                    top: tile.first,
                    rows: tile.units,
                    first_word: tile.first_words[0],
                    means_first: tile.first_words[1],
                    thresholds_first: tile.first_words[2],
                    reach: across,
                    damping,
                    by_mean,
                    shift,
                };
                let constants = [("DTYPE", image.dtype().constant()), border, far];
                recording.dispatch(&ACROSS, &constants, &params, buffers, workgroups(tile.units))
            },
        )?;
        Ok(thresholds)
    })?;
    Ok(GpuImage::new(&image.engine, thresholds, shape, DType::F32))
}
