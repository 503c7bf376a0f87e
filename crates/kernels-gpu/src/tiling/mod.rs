//! Work on images of which a kernel cannot be given all at once.
//!
//! A buffer may be larger than what a kernel can bind of it, 128 MiB by WebGPU's defaults. A kernel says what each of
//! its buffers is to a pixel or a row of the work ([`Need`]); where one does not fit, the work is cut into tiles, and for
//! each of them the kernel is given windows of the buffers. Each sample of the result is computed as without tiles, by
//! the same steps in the same order, so the results are the same bit by bit.

mod blocks;
mod gather;
mod windows;

use std::ops::Range;

pub(crate) use blocks::BLOCK;
pub(crate) use gather::{Part, Rows, Runs, parts, runs};
use windows::{Limits, Sizes, window};

use crate::device::Engine;
use crate::error::Result;
use crate::pipeline::Kernel;
use crate::recording::Recording;
use crate::storage::{Bound, Storage};

/// What the work is a row of; tiles are made of whole ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Pixels that do not know of each other. Tiles begin at multiples of the alignment of offsets, in pixels and so in
    /// bytes, too: a kernel counts from 0 in each of them.
    Pixel,
    /// Rows of the image. Windows begin where alignment lets them, so kernels count words from the tile's
    /// [`first_words`](Tile::first_words); they have the constant `WINDOWED`, true where there are tiles.
    Row,
    /// Blocks of pixels, whose bytes are multiples of all alignments: a kernel counts from 0 in each tile.
    Block,
}

/// What a kernel needs of what it binds.
pub(crate) enum Need<'a> {
    /// All of it, for any part of the work.
    Whole(Bound<'a>),
    /// `bytes` bytes for each unit, and those of `halo` units before and after it, as far as there are.
    Part { storage: &'a Storage, bytes: u64, halo: u64 },
    /// What lies within `halo` units beyond one end of the work when it goes on with the other end: the last units for
    /// the first tiles, the first ones for the last tiles, and anything for others.
    Wrapped { storage: &'a Storage, bytes: u64, halo: u64 },
}

/// A part of the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tile {
    /// The first unit.
    pub(crate) first: u32,
    /// How many units.
    pub(crate) units: u32,
    /// For each need, the first 32-bit word of the buffer that the kernel sees.
    pub(crate) first_words: Vec<u32>,
    /// Whether there are others.
    pub(crate) windowed: bool,
}

/// The words of an image with rows of so many bytes that hold something of the tile. Those at its ends hold up to three bytes of the rows
/// before or after it, which are to be done too, for words are written whole: see [`strangers`].
pub(crate) fn words_of(tile: &Tile, row: u64) -> Range<u32> {
    let first = u64::from(tile.first) * row / 4;
    let end = ((u64::from(tile.first) + u64::from(tile.units)) * row).div_ceil(4);
    first as u32..end as u32
}

/// Rows of so many bytes that share a word with a tile's, on either side.
pub(crate) fn strangers(row: u64) -> u64 {
    if row.is_multiple_of(4) { 0 } else { 3_u64.div_ceil(row) }
}

impl<'a> Need<'a> {
    /// Something of a buffer for each unit.
    pub(crate) fn part(storage: &'a Storage, bytes: u64) -> Self {
        Self::Part { storage, bytes, halo: 0 }
    }

    /// Bytes of the buffer, bytes of a unit, units of halo; `None` for what is not cut.
    fn sizes(&self) -> Option<Sizes> {
        match *self {
            Self::Whole(_) => None,
            Self::Part { storage, bytes, halo } => {
                Some(Sizes { all: storage.bytes, unit: bytes, halo, wrapped: false })
            }
            Self::Wrapped { storage, bytes, halo } => {
                Some(Sizes { all: storage.bytes, unit: bytes, halo, wrapped: true })
            }
        }
    }

    fn bound(&self, window: Option<Range<u64>>) -> Bound<'a> {
        match (self, window) {
            (Self::Whole(bound), _) => *bound,
            (Self::Part { storage, .. } | Self::Wrapped { storage, .. }, None) => {
                Bound::Storage(storage)
            }
            (Self::Part { storage, .. } | Self::Wrapped { storage, .. }, Some(window)) => {
                Bound::Window { storage, offset: window.start, bytes: window.end - window.start }
            }
        }
    }
}

impl Recording<'_> {
    /// Records a kernel over `units` pixels or rows: at once where all that it needs can be bound, else tile by tile.
    /// `needs` are in the order of its bindings; `tile` gives the parameters and the number of workgroups for one tile.
    ///
    /// # Errors
    ///
    /// [`GpuError::Binding`](crate::GpuError::Binding) where one unit with its halo does not fit, and those of
    /// [`dispatch`](Recording::dispatch).
    pub(crate) fn tiled<P: bytemuck::Pod>(
        &mut self,
        kernel: &'static Kernel,
        constants: &[(&'static str, f64)],
        (unit, units): (Unit, u64),
        needs: &[Need<'_>],
        tile: impl Fn(&Tile) -> (P, u64),
    ) -> Result<()> {
        self.cut((unit, units), needs, |recording, work, buffers| {
            let mut constants = constants.to_vec();
            if unit == Unit::Row {
                constants.push(("WINDOWED", f64::from(u8::from(work.windowed))));
            }
            let (params, workgroups) = tile(work);
            recording.dispatch(kernel, &constants, &params, buffers, workgroups)
        })
    }

    /// As [`tiled`](Self::tiled), for any way to record a tile, given what to bind.
    pub(crate) fn cut(
        &mut self,
        work: (Unit, u64),
        needs: &[Need<'_>],
        record: impl Fn(&mut Self, &Tile, &[Bound<'_>]) -> Result<()>,
    ) -> Result<()> {
        self.swept(false, work, needs, record)
    }

    /// As [`cut`](Self::cut), for tiles of which each goes on with what the one before it made, or where it goes `upwards` the one behind it.
    pub(crate) fn swept(
        &mut self,
        upwards: bool,
        (unit, units): (Unit, u64),
        needs: &[Need<'_>],
        record: impl Fn(&mut Self, &Tile, &[Bound<'_>]) -> Result<()>,
    ) -> Result<()> {
        let limits = limits(self.engine);
        let sizes: Vec<_> = needs.iter().map(Need::sizes).collect();
        if sizes.iter().flatten().all(|sizes| sizes.all <= limits.binding) {
            let first_words = vec![0; needs.len()];
            let all = Tile { first: 0, units: units as u32, first_words, windowed: false };
            let buffers: Vec<_> = needs.iter().map(|need| need.bound(None)).collect();
            return record(self, &all, &buffers);
        }
        // A small table lies among the arguments of one submission, and there may be several.
        let tables = needs.iter().map(|need| self.keep(need)).collect::<Result<Vec<_>>>()?;
        let most = windows::units_of_a_tile(self.operation, unit, &sizes, limits)?;
        let count = units.div_ceil(most);
        for i in 0..count {
            let first = most * if upwards { count - 1 - i } else { i };
            let work = first..units.min(first + most);
            let windows: Vec<_> = sizes
                .iter()
                .map(|sizes| sizes.map(|sizes| window(unit, sizes, &work, units, limits)))
                .collect();
            let first_words = windows
                .iter()
                .map(|window| window.as_ref().map_or(0, |window| (window.start / 4) as u32))
                .collect();
            let buffers: Vec<_> = needs
                .iter()
                .zip(windows)
                .zip(&tables)
                .map(|((need, window), table)| {
                    table.as_ref().map_or_else(|| need.bound(window), Bound::Storage)
                })
                .collect();
            let (first, units) = (first as u32, (work.end - first) as u32);
            self.make_room()?;
            record(self, &Tile { first, units, first_words, windowed: true }, &buffers)?;
        }
        Ok(())
    }

    /// Fails as [`cut`](Self::cut) does for so many pixels of buffers with so many bytes of each.
    pub(crate) fn check_pixels(&self, pixels: u64, bytes: &[u64]) -> Result<()> {
        let of = |&unit: &u64| Some(Sizes { all: pixels * unit, unit, halo: 0, wrapped: false });
        let sizes: Vec<_> = bytes.iter().map(of).collect();
        windows::units_of_a_tile(self.operation, Unit::Pixel, &sizes, limits(self.engine))
            .map(|_| ())
    }

    fn keep(&mut self, need: &Need<'_>) -> Result<Option<Storage>> {
        match need {
            Need::Whole(Bound::Table(offset, bytes)) => self.copied(*offset, *bytes).map(Some),
            _ => Ok(None),
        }
    }
}

/// How many blocks of so many bytes go into a tile, of a buffer of so many bytes in all; any number where it needs no tiles.
pub(crate) fn blocks_of_a_tile(
    engine: &Engine,
    operation: &str,
    (all, unit): (u64, u64),
) -> Result<u64> {
    let sizes = Sizes { all, unit, halo: 0, wrapped: false };
    windows::units_of_a_tile(operation, Unit::Block, &[Some(sizes)], limits(engine))
}

fn limits(engine: &Engine) -> Limits {
    Limits {
        binding: engine.largest_binding(),
        alignment: u64::from(engine.device.limits().min_storage_buffer_offset_alignment),
    }
}
