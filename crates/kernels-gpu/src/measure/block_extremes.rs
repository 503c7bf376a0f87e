use super::blocks::Blocks;
use crate::error::Result;
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit, strangers, words_of};

params!(DownParams {
    count: u32,
    first: u32,
    row: u32,
    height: u32,
    rows: u32,
    cval: u32,
    first_word: u32,
    marks_first: u32
});
params!(AcrossParams {
    words: u32,
    begin: u32,
    count: u32,
    channels: u32,
    width: u32,
    to_width: u32,
    columns: u32,
    cval: u32,
    first_word: u32,
    extremes_first: u32
});

pub(super) static DOWN: Kernel = Kernel {
    name: "measure.blockReduce/extremesDown",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/measure/block_keys.wgsl"),
        include_str!("../../shaders/measure/block_extremes_down.wgsl"),
    ],
    params: DownParams::LAYOUT,
};

pub(super) static ACROSS: Kernel = Kernel {
    name: "measure.blockReduce/extremes",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/measure/block_keys.wgsl"),
        include_str!("../../shaders/measure/block_extremes.wgsl"),
    ],
    params: AcrossParams::LAYOUT,
};

/// Which sample of a block it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extreme {
    /// The least.
    Least,
    /// The greatest.
    Greatest,
}

/// The least or the greatest samples of blocks; scikit-image's `block_reduce` with `numpy.min` or `numpy.max`. NaN where there is one.
///
/// Takes any dtype and channels, gives the same.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for blocks without a side, [`GpuError::Binding`](crate::GpuError::Binding) where the rows
/// that a row of them is made of cannot be bound at once, and those of the device.
pub fn block_extreme(image: &GpuImage, blocks: Blocks, extreme: Extreme) -> Result<GpuImage> {
    let operation = "measure.blockReduce";
    let (from, dtype) = (image.shape(), image.dtype());
    let to = blocks.shape(operation, from)?;
    let bytes = byte_length(operation, to, dtype)?;
    let least = extreme == Extreme::Least;
    let constants = [("DTYPE", dtype.constant()), ("LEAST", f64::from(u8::from(least)))];
    let cval = match blocks.key(dtype) {
        u32::MAX if dtype == DType::F32 => u32::MAX,
        key => {
            if least {
                !key
            } else {
                key
            }
        }
    };
    let row = from.width * from.channels;
    let row_bytes = bytes / u64::from(to.height);
    let work = (Unit::Row, to.height.into());
    let extremes = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let marks = recording.buffer(u64::from(to.height) * u64::from(row) * 4)?;
        let marked = u64::from(row) * 4;
        let needs = [Need::part(&source, blocks.bytes(image)), Need::part(&marks, marked)];
        recording.cut(work, &needs, |recording, tile, buffers| {
            let params = DownParams {
                count: tile.units * row,
                first: tile.first * row,
                row,
                height: from.height,
                rows: blocks.rows,
                cval,
                first_word: tile.first_words[0],
                marks_first: tile.first_words[1],
            };
            let groups = u64::from(params.count).div_ceil(256);
            recording.dispatch(&DOWN, &constants, &params, buffers, groups)
        })?;
        let extremes = recording.buffer(bytes)?;
        let halo = strangers(row_bytes);
        let needs =
            [Need::Part { storage: &marks, bytes: marked, halo }, Need::part(&extremes, row_bytes)];
        recording.cut(work, &needs, |recording, tile, buffers| {
            let words = words_of(tile, row_bytes);
            let params = AcrossParams {
                words: words.end - words.start,
                begin: words.start,
                count: to.samples() as u32,
                channels: from.channels,
                width: from.width,
                to_width: to.width,
                columns: blocks.columns,
                cval,
                first_word: tile.first_words[0],
                extremes_first: tile.first_words[1],
            };
            let groups = u64::from(params.words).div_ceil(256);
            recording.dispatch(&ACROSS, &constants, &params, buffers, groups)
        })?;
        Ok(extremes)
    })?;
    Ok(GpuImage::new(&image.engine, extremes, to, dtype))
}
