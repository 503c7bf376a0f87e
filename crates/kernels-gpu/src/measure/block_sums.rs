use super::blocks::Blocks;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Tile, Unit};

params!(Params {
    count: u32,
    first: u32,
    step: u32,
    from_length: u32,
    to_length: u32,
    side: u32,
    first_word: u32,
    sums_first: u32
});

pub(super) static SUMS: Kernel = Kernel {
    name: "measure.blockReduce/sums",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/wide.wgsl"),
        include_str!("../../shaders/measure/block_sums.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// The sums of blocks, each channel by itself; scikit-image's `block_reduce` with `numpy.sum`.
///
/// Takes integers, which are added up exactly, in 64 bits: no image on the GPU holds that, so the sums come here. Waits.
///
/// # Errors
///
/// [`GpuError::Argument`] for blocks without a side, [`GpuError::Unsupported`] for floats, [`GpuError::Binding`] where the rows that a row of
/// blocks is made of cannot be bound at once, and those of the device.
pub fn block_sum(image: &GpuImage, blocks: Blocks) -> Result<Vec<f64>> {
    let operation = "measure.blockReduce";
    let (from, dtype) = (image.shape(), image.dtype());
    if dtype == DType::F32 {
        let reason = "sums of floats need 64 bits, and the GPU has 32-bit floats only";
        return Err(GpuError::unsupported(operation, reason));
    }
    let to = blocks.shape(operation, from)?;
    byte_length(operation, to, dtype)?;
    let [row, to_row] = [from.width, to.width].map(|width| width * from.channels);
    let sums = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let [down_bytes, bytes] = [row, to_row].map(|row| 8 * u64::from(row));
        let down = recording.buffer(u64::from(to.height) * down_bytes)?;
        let params = |tile: &Tile, row: u32| Params {
            count: tile.units * row,
            first: tile.first * row,
            step: row,
            from_length: from.height,
            to_length: to.height,
            side: blocks.rows,
            first_word: tile.first_words[0],
            sums_first: tile.first_words[1] / 2,
        };
        let work = (Unit::Row, to.height.into());
        let needs = [Need::part(&source, blocks.bytes(image)), Need::part(&down, down_bytes)];
        recording.cut(work, &needs, |recording, tile, buffers| {
            let params = params(tile, row);
            let constants = [("DTYPE", dtype.constant()), ("OF_SUMS", 0.0)];
            let groups = u64::from(params.count).div_ceil(256);
            recording.dispatch(&SUMS, &constants, &params, buffers, groups)
        })?;
        let sums = recording.buffer(u64::from(to.height) * bytes)?;
        let needs = [Need::part(&down, down_bytes), Need::part(&sums, bytes)];
        recording.cut(work, &needs, |recording, tile, buffers| {
            let (step, side) = (from.channels, blocks.columns);
            let (from_length, to_length) = (from.width, to.width);
            let params = Params { step, from_length, to_length, side, ..params(tile, to_row) };
            let constants = [("DTYPE", dtype.constant()), ("OF_SUMS", 1.0)];
            let groups = u64::from(params.count).div_ceil(256);
            recording.dispatch(&SUMS, &constants, &params, buffers, groups)
        })?;
        Ok(sums)
    })?;
    read(&image.engine, operation, &sums, |bytes| {
        let sums: Vec<[u32; 2]> = bytemuck::pod_collect_to_vec(bytes);
        let inside = |side: u32, at: u32, length: u32| side.min(length - at * side);
        let cells = u64::from(blocks.rows) * u64::from(blocks.columns);
        let filled = |(i, [low, high]): (u32, [u32; 2])| {
            let sum = (u64::from(high) << 32 | u64::from(low)).cast_signed();
            let pixel = i / from.channels;
            let rows = inside(blocks.rows, pixel / to.width, from.height);
            let columns = inside(blocks.columns, pixel % to.width, from.width);
            let missing = cells - u64::from(rows) * u64::from(columns);
            // What is not used stays away, whatever it is.
            sum as f64 + if missing > 0 { missing as f64 * blocks.cval } else { 0.0 }
        };
        (0..).zip(sums).map(filled).collect()
    })
}
