//! Connected components by union-find with atomics.
//!
//! Y. Komura, "GPU-based cluster-labeling algorithm without the use of conventional iteration: application to the
//! Swendsen–Wang multi-cluster spin flip algorithm", Computer Physics Communications 194 (2015), and
//! D. P. Playne, K. Hawick, "A new algorithm for parallel connected-component labelling on GPUs", IEEE Transactions on
//! Parallel and Distributed Systems 29 (2018): every pixel starts with a link to an equal neighbour before it, trees are
//! flattened, trees that touch are united with an atomic minimum, and flattened again. The root of a tree is its first
//! pixel in raster order, so numbering the roots by a prefix sum gives scikit-image's labels.

use super::label_seams::Seams;
use crate::blocks;
use crate::device::Engine;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::rank::{self, rank};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Tile, Unit, blocks_of_a_tile};

/// Which pixels are neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connectivity {
    /// Those that share an edge.
    Four = 1,
    /// Those that share an edge or a corner.
    Eight = 2,
}

params!(StartParams {
    width: u32,
    left: u32,
    count: u32,
    background: u32,
    has_background: u32,
    connectivity: u32
});
params!(pub(super) FlattenParams { count: u32 });
params!(MergeParams { width: u32, left: u32, count: u32, connectivity: u32 });
params!(NumberParams { count: u32 });

/// What pixels are compared by.
pub(super) const CLASS: [&str; 4] = [
    include_str!("../../shaders/shared/source.wgsl"),
    include_str!("../../shaders/shared/sample.wgsl"),
    include_str!("../../shaders/shared/order.wgsl"),
    include_str!("../../shaders/measure/label_class.wgsl"),
];

pub(super) static START: Kernel = Kernel {
    name: "measure.label/start",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        CLASS[0],
        CLASS[1],
        CLASS[2],
        CLASS[3],
        include_str!("../../shaders/measure/label_start.wgsl"),
    ],
    params: StartParams::LAYOUT,
};

pub(super) static FLATTEN: Kernel = Kernel {
    name: "measure.label/flatten",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        blocks::UNION_FIND,
        include_str!("../../shaders/measure/label_flatten.wgsl"),
    ],
    params: FlattenParams::LAYOUT,
};

pub(super) static MERGE: Kernel = Kernel {
    name: "measure.label/merge",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        CLASS[0],
        CLASS[1],
        CLASS[2],
        CLASS[3],
        blocks::UNION_FIND,
        include_str!("../../shaders/measure/label_merge.wgsl"),
    ],
    params: MergeParams::LAYOUT,
};

pub(super) static COUNT: Kernel = Kernel {
    name: "measure.label/count",
    workgroup: [256, 1, 1],
    bindings: rank::COUNT_BINDINGS,
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/measure/label_flag.wgsl"),
        blocks::INVOCATION,
        blocks::REDUCTION,
        include_str!("../../shaders/shared/rank_count.wgsl"),
    ],
    params: rank::PARAMS,
};

pub(super) static RANK: Kernel = Kernel {
    name: "measure.label/rank",
    workgroup: [256, 1, 1],
    bindings: rank::NUMBER_BINDINGS,
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/measure/label_flag.wgsl"),
        blocks::INVOCATION,
        blocks::SCAN,
        include_str!("../../shaders/shared/rank_number.wgsl"),
    ],
    params: rank::PARAMS,
};

pub(super) static NUMBER: Kernel = Kernel {
    name: "measure.label/number",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/measure/label_number.wgsl"),
    ],
    params: NumberParams::LAYOUT,
};

/// Numbers the connected regions of equal value from 1, by their first pixel in raster order; scikit-image's `label`.
///
/// Takes one channel of any dtype, gives `i32` with background 0. Floats are cut to whole numbers first, and NaN is
/// background.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, [`GpuError::Binding`] for rows too long to be bound with a pixel below them, and
/// those of the device.
pub fn label(image: &GpuImage, background: i64, connectivity: Connectivity) -> Result<GpuImage> {
    let operation = "measure.label";
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    let bytes = byte_length(operation, shape, DType::I32)?;
    let tiles = Tiles::of(&image.engine, operation, shape)?;
    let labels = image.engine.record(operation, |recording| {
        let labels = recording.buffer(bytes)?;
        forest(recording, &tiles, image, (background, connectivity), &labels)?;
        if tiles.is_one() {
            let ranks = recording.buffer(bytes)?;
            rank(recording, &COUNT, &RANK, &labels, tiles.pixels, &ranks)?;
            let params = NumberParams { count: tiles.pixels as u32 };
            let buffers = [(&ranks).into(), (&labels).into()];
            recording.dispatch(&NUMBER, &[], &params, &buffers, tiles.pixels.div_ceil(256))?;
        } else {
            // Seams mark roots there.
            let ranks = recording.zeros(bytes)?;
            let both = (&labels, &ranks);
            let seams = Seams::joined(recording, &tiles, image, connectivity, both)?;
            rank(recording, &COUNT, &RANK, &labels, tiles.pixels, &ranks)?;
            seams.number(recording, &tiles, both)?;
        }
        Ok(labels)
    })?;
    let mut labels = GpuImage::new(&image.engine, labels, shape, DType::I32);
    labels.numbered = true;
    Ok(labels)
}

/// Links each pixel of a tile to the first one of its region there; the background to none.
fn forest(
    recording: &mut Recording<'_>,
    tiles: &Tiles,
    image: &GpuImage,
    (background, connectivity): (i64, Connectivity),
    labels: &Storage,
) -> Result<()> {
    let source = image.storage(recording)?;
    let class = background_class(image.dtype(), background);
    let constants = [("DTYPE", image.dtype().constant())];
    let (width, connectivity) = (tiles.width, connectivity as u32);
    let needs = [tiles.part(&source, image.dtype().bytes()), tiles.part(labels, 4)];
    recording.cut(tiles.work(), &needs, |recording, tile, buffers| {
        let (left, count) = (tiles.first_pixel(tile) % width, tiles.pixels(tile));
        let start = StartParams {
            width,
            left,
            count,
            background: class.unwrap_or(0),
            has_background: u32::from(class.is_some()),
            connectivity,
        };
        let (merge, flatten) =
            (MergeParams { width, left, count, connectivity }, FlattenParams { count });
        let (trees, groups) = (&buffers[1..], u64::from(count).div_ceil(256));
        recording.dispatch(&START, &constants, &start, buffers, groups)?;
        recording.dispatch(&FLATTEN, &[], &flatten, trees, groups)?;
        recording.dispatch(&MERGE, &constants, &merge, buffers, groups)?;
        recording.dispatch(&FLATTEN, &[], &flatten, trees, groups)
    })
}

/// The tiles of an image: runs of pixels, which may begin in the middle of a row.
pub(super) struct Tiles {
    pub(super) width: u32,
    pub(super) pixels: u64,
    /// Blocks of pixels in a tile.
    blocks: u64,
}

impl Tiles {
    fn of(engine: &Engine, operation: &str, shape: Shape) -> Result<Self> {
        let (pixels, width) = (shape.pixels(), shape.width);
        let unit = 4 * rank::BLOCK;
        let all = pixels.div_ceil(rank::BLOCK);
        let blocks = blocks_of_a_tile(engine, operation, (4 * pixels, unit))?.min(all);
        let tiles = Self { width, pixels, blocks };
        if !tiles.is_one() {
            // What a pixel is linked to lies in its tile, or in the one before.
            let side = 4 * (u64::from(width) + 1);
            if tiles.pixels_of_each() * 4 < side {
                let limit = tiles.pixels_of_each() * 4;
                let what = "a row of labels and one more".to_owned();
                let operation = operation.to_owned();
                return Err(GpuError::Binding { operation, what, bytes: side, limit });
            }
            engine.check_binding(operation, "what is known along seams", 4 * tiles.places())?;
        }
        engine.check_binding(operation, "a count for each 1024 pixels", 4 * all)?;
        Ok(tiles)
    }

    fn is_one(&self) -> bool {
        self.pixels_of_each() >= self.pixels
    }

    pub(super) fn pixels_of_each(&self) -> u64 {
        self.blocks * rank::BLOCK
    }

    /// Pixels along all seams: a row and one more on either side.
    pub(super) fn places(&self) -> u64 {
        let seams = self.pixels.div_ceil(self.pixels_of_each()) - 1;
        seams * 2 * (u64::from(self.width) + 1)
    }

    pub(super) fn work(&self) -> (Unit, u64) {
        (Unit::Block, self.pixels.div_ceil(rank::BLOCK))
    }

    /// Something of so many bytes for each pixel.
    pub(super) fn part<'a>(&self, storage: &'a Storage, bytes: usize) -> Need<'a> {
        Need::part(storage, rank::BLOCK * bytes as u64)
    }

    pub(super) fn first_pixel(&self, tile: &Tile) -> u32 {
        tile.first * rank::BLOCK as u32
    }

    pub(super) fn pixels(&self, tile: &Tile) -> u32 {
        rank::elements(tile, self.pixels)
    }
}

/// What shaders compare background pixels by, if a sample of this dtype can be the background.
fn background_class(dtype: DType, background: i64) -> Option<u32> {
    if dtype == DType::F32 {
        let value = background as f32;
        return (value as i64 == background).then(|| value.to_bits());
    }
    i32::try_from(background).ok().map(i32::cast_unsigned)
}
