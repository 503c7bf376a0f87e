use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Tile, Unit, strangers, words_of};

/// Which side of a boundary is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoundaryMode {
    /// Both.
    Thick = 0,
    /// That of regions.
    Inner = 1,
    /// That of the background, and both where regions touch.
    Outer = 2,
}

/// Which boundaries to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Boundaries {
    /// Whether pixels that share a corner are neighbours, beside those that share an edge.
    pub corners: bool,
    /// Which side is marked.
    pub mode: BoundaryMode,
    /// The label of the background.
    pub background: i64,
}

params!(Params {
    width: u32,
    height: u32,
    corners: u32,
    mode: u32,
    background: u32,
    has_background: u32,
    begin: u32,
    words: u32,
    first_word: u32,
    mask_first: u32
});

pub(super) static FIND: Kernel = Kernel {
    name: "segmentation.findBoundaries",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/segmentation/find_boundaries.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// A `u8` mask of 1 where labels meet; scikit-image's `find_boundaries`, but for sub-pixels.
///
/// Takes one channel of integers.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels and for floats, and those of the device.
pub fn find_boundaries(labels: &GpuImage, boundaries: Boundaries) -> Result<GpuImage> {
    let operation = FIND.name;
    let (shape, dtype) = (labels.shape(), labels.dtype());
    if shape.channels != 1 || dtype == DType::F32 {
        let message = format!("labels are {dtype:?} of {} channels", shape.channels);
        return Err(GpuError::argument(operation, format!("{message}; expected integers of one")));
    }
    let bytes = byte_length(operation, shape, DType::U8)?;
    let background = i32::try_from(boundaries.background);
    let params = |tile: &Tile| {
        let words = words_of(tile, shape.width.into());
        Params {
            width: shape.width,
            height: shape.height,
            corners: u32::from(boundaries.corners),
            mode: boundaries.mode as u32,
            background: background.unwrap_or(0).cast_unsigned(),
            has_background: u32::from(background.is_ok()),
            begin: words.start,
            words: words.end - words.start,
            first_word: tile.first_words[0],
            mask_first: tile.first_words[1],
        }
    };
    let mask = labels.engine.record(operation, |recording| {
        let source = labels.storage(recording)?;
        let mask = recording.buffer(bytes)?;
        let width = u64::from(shape.width);
        let halo = 1 + strangers(width);
        let needs = [
            Need::Part { storage: &source, bytes: width * labels.pixel_bytes(), halo },
            Need::part(&mask, width),
        ];
        let work = (Unit::Row, shape.height.into());
        recording.cut(work, &needs, |recording, tile, buffers| {
            let params = params(tile);
            let constants = [("DTYPE", dtype.constant())];
            let workgroups = u64::from(params.words.div_ceil(256));
            recording.dispatch(&FIND, &constants, &params, buffers, workgroups)
        })?;
        Ok(mask)
    })?;
    Ok(GpuImage::new(&labels.engine, mask, shape, DType::U8))
}
