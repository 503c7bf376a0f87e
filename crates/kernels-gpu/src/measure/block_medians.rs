use super::blocks::Blocks;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params {
    count: u32,
    first: u32,
    width: u32,
    height: u32,
    channels: u32,
    to_width: u32,
    rows: u32,
    columns: u32,
    cval: u32,
    first_word: u32,
    medians_first: u32
});

/// An invocation goes through its block again and again.
const MOST_CELLS: u32 = 1024;

pub(super) static MEDIANS: Kernel = Kernel {
    name: "measure.blockReduce/medians",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/measure/block_keys.wgsl"),
        include_str!("../../shaders/measure/block_medians.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// The medians of blocks; scikit-image's `block_reduce` with `numpy.median`. NaN where there is one.
///
/// Takes any dtype and channels, gives `f32`. What has so many samples before it in their order is found bit by bit.
///
/// # Errors
///
/// [`GpuError::Argument`] for blocks without a side, [`GpuError::Unsupported`] for those of more than 1024 pixels, [`GpuError::Binding`] where
/// the rows that a row of them is made of cannot be bound at once, and those of the device.
pub fn block_median(image: &GpuImage, blocks: Blocks) -> Result<GpuImage> {
    let operation = "measure.blockReduce";
    let (from, dtype) = (image.shape(), image.dtype());
    let to = blocks.shape(operation, from)?;
    let Blocks { rows, columns, .. } = blocks;
    if rows * columns > MOST_CELLS {
        let reason = format!("medians of {rows} × {columns} pixels; they may be of {MOST_CELLS}");
        return Err(GpuError::unsupported(operation, reason));
    }
    let bytes = byte_length(operation, to, DType::F32)?;
    let row = to.width * to.channels;
    let medians = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let medians = recording.buffer(bytes)?;
        let needs =
            [Need::part(&source, blocks.bytes(image)), Need::part(&medians, 4 * u64::from(row))];
        recording.cut((Unit::Row, to.height.into()), &needs, |recording, tile, buffers| {
            let params = Params {
                count: tile.units * row,
                first: tile.first * row,
                width: from.width,
                height: from.height,
                channels: from.channels,
                to_width: to.width,
                rows,
                columns,
                cval: blocks.key(dtype),
                first_word: tile.first_words[0],
                medians_first: tile.first_words[1],
            };
            let constants = [("DTYPE", dtype.constant())];
            let groups = u64::from(params.count).div_ceil(256);
            recording.dispatch(&MEDIANS, &constants, &params, buffers, groups)
        })?;
        Ok(medians)
    })?;
    Ok(GpuImage::new(&image.engine, medians, to, DType::F32))
}
