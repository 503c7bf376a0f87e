//! Numbers the flagged elements of a buffer in order, from 1: counts per block, their prefix sum, numbers.
//!
//! What is flagged is up to the operation: its WGSL defines `flagged`, and brings two kernels of its own.

use crate::blocks;
use crate::error::Result;
use crate::params::{Layout, params};
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Tile, Unit};

params!(Params { count: u32, first: u32 });
params!(ScanParams { blocks: u32 });

/// Elements per block, as in the shaders.
pub(crate) const BLOCK: u64 = 1024;

pub(crate) const PARAMS: Layout = Params::LAYOUT;
pub(crate) const COUNT_BINDINGS: &[Binding] = &[Binding::Read(1), Binding::Write(2)];
pub(crate) const NUMBER_BINDINGS: &[Binding] =
    &[Binding::Read(1), Binding::Read(2), Binding::Write(3)];

static SCAN: Kernel = Kernel {
    name: "gpu.rank/scan",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Update(1)],
    sources: &[blocks::INVOCATION, blocks::SCAN, include_str!("../shaders/shared/rank_scan.wgsl")],
    params: ScanParams::LAYOUT,
};

pub(crate) static KERNELS: &[&Kernel] = &[&SCAN];

/// Records the three steps; `ranks` gets the numbers of flagged elements and keeps what it held for the others.
pub(crate) fn rank(
    recording: &mut Recording<'_>,
    count_kernel: &'static Kernel,
    number_kernel: &'static Kernel,
    flags: &Storage,
    count: u64,
    ranks: &Storage,
) -> Result<()> {
    let blocks = count.div_ceil(BLOCK);
    let sums = recording.buffer(blocks * 4)?;
    let params = |tile: &Tile| Params { count: elements(tile, count), first: tile.first };
    let (work, bytes) = ((Unit::Block, blocks), 4 * BLOCK);
    let needs = [Need::part(flags, bytes), Need::Whole((&sums).into())];
    recording.cut(work, &needs, |recording, tile, buffers| {
        recording.dispatch(count_kernel, &[], &params(tile), buffers, tile.units.into())
    })?;
    self::sums(recording, &sums, blocks)?;
    let needs = [Need::part(flags, bytes), Need::Whole((&sums).into()), Need::part(ranks, bytes)];
    recording.cut(work, &needs, |recording, tile, buffers| {
        recording.dispatch(number_kernel, &[], &params(tile), buffers, tile.units.into())
    })
}

/// How many of so many elements lie in a tile of blocks.
pub(crate) fn elements(tile: &Tile, count: u64) -> u32 {
    let left = count - u64::from(tile.first) * BLOCK;
    left.min(u64::from(tile.units) * BLOCK) as u32
}

/// Records the second step: the first so many counts become sums of those before each.
pub(crate) fn sums(recording: &mut Recording<'_>, counts: &Storage, blocks: u64) -> Result<()> {
    recording.dispatch(&SCAN, &[], &ScanParams { blocks: blocks as u32 }, &[counts.into()], 1)
}
