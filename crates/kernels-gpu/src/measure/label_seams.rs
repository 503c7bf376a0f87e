//! Labels of images that are larger than what can be bound: tiles are labelled by themselves, then trees that touch across a seam become
//! one set, by union-find on the pixels along the seams alone. A set's root is the first of its trees' roots.

use super::label::{CLASS, Connectivity, FLATTEN, FlattenParams, Tiles};
use crate::blocks;
use crate::error::Result;
use crate::image::GpuImage;
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Tile};

params!(SeamParams { pixels: u32, first: u32, count: u32, first_place: u32, begin: u32 });
params!(JoinParams { width: u32, tile: u32, count: u32, connectivity: u32 });
params!(LeastParams { count: u32 });
params!(NumberParams { count: u32 });

pub(super) static FIND: Kernel = Kernel {
    name: "measure.label/seamFind",
    workgroup: [256, 1, 1],
    bindings: &[
        Binding::Read(1),
        Binding::Read(2),
        Binding::Update(3),
        Binding::Write(4),
        Binding::Write(5),
        Binding::Write(6),
    ],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        CLASS[0],
        CLASS[1],
        CLASS[2],
        CLASS[3],
        include_str!("../../shaders/measure/label_seam.wgsl"),
        include_str!("../../shaders/measure/label_seam_find.wgsl"),
    ],
    params: SeamParams::LAYOUT,
};

pub(super) static LINK: Kernel = Kernel {
    name: "measure.label/seamLink",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2), Binding::Read(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        blocks::UNION_FIND,
        include_str!("../../shaders/measure/label_seam.wgsl"),
        include_str!("../../shaders/measure/label_seam_link.wgsl"),
    ],
    params: SeamParams::LAYOUT,
};

pub(super) static JOIN: Kernel = Kernel {
    name: "measure.label/seamJoin",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        blocks::UNION_FIND,
        include_str!("../../shaders/measure/label_seam_join.wgsl"),
    ],
    params: JoinParams::LAYOUT,
};

pub(super) static LEAST: Kernel = Kernel {
    name: "measure.label/seamLeast",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Update(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/measure/label_seam_least.wgsl"),
    ],
    params: LeastParams::LAYOUT,
};

pub(super) static SETTLE: Kernel = Kernel {
    name: "measure.label/seamSettle",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/measure/label_seam.wgsl"),
        include_str!("../../shaders/measure/label_seam_settle.wgsl"),
    ],
    params: SeamParams::LAYOUT,
};

pub(super) static NUMBER: Kernel = Kernel {
    name: "measure.label/seamNumber",
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
        include_str!("../../shaders/measure/label_seam.wgsl"),
        include_str!("../../shaders/measure/label_seam_number.wgsl"),
    ],
    params: SeamParams::LAYOUT,
};

pub(super) static NUMBER_ACROSS: Kernel = Kernel {
    name: "measure.label/numberAcross",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2), Binding::Read(3), Binding::Read(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/measure/label_number_across.wgsl"),
    ],
    params: NumberParams::LAYOUT,
};

/// What is known by place in the list of the pixels along all seams.
pub(super) struct Seams {
    /// The root of its set.
    sets: Storage,
    /// The root of its pixel's tree.
    roots: Storage,
    /// By set, the complement of its first root.
    least: Storage,
    /// By set, its number.
    numbers: Storage,
}

impl Seams {
    /// Unites the trees of all tiles, and leaves one root to each set.
    pub(super) fn joined(
        recording: &mut Recording<'_>,
        tiles: &Tiles,
        image: &GpuImage,
        connectivity: Connectivity,
        (labels, ranks): (&Storage, &Storage),
    ) -> Result<Self> {
        let places = tiles.places();
        let bytes = 4 * places;
        let [sets, roots, classes, numbers] = [(); 4].map(|()| recording.buffer(bytes));
        let (sets, roots, classes, numbers) = (sets?, roots?, classes?, numbers?);
        let least = recording.zeros(bytes)?;
        let source = image.storage(recording)?;
        let needs = [
            tiles.part(&source, image.dtype().bytes()),
            tiles.part(labels, 4),
            tiles.part(ranks, 4),
            Need::Whole((&sets).into()),
            Need::Whole((&roots).into()),
            Need::Whole((&classes).into()),
        ];
        let constants = [("DTYPE", image.dtype().constant())];
        recording.cut(tiles.work(), &needs, |recording, tile, buffers| {
            let (params, groups) = seam(tiles, tile);
            recording.dispatch(&FIND, &constants, &params, buffers, groups)
        })?;
        let needs =
            [Need::Whole((&roots).into()), Need::Whole((&sets).into()), tiles.part(ranks, 4)];
        recording.cut(tiles.work(), &needs, |recording, tile, buffers| {
            let (params, groups) = seam(tiles, tile);
            recording.dispatch(&LINK, &[], &params, buffers, groups)
        })?;
        let count = (places / 2) as u32;
        let join = JoinParams {
            width: tiles.width,
            tile: tiles.pixels_of_each() as u32,
            count,
            connectivity: connectivity as u32,
        };
        let buffers = [(&classes).into(), (&sets).into()];
        recording.dispatch(&JOIN, &[], &join, &buffers, u64::from(count).div_ceil(256))?;
        let (count, all) = (places as u32, places.div_ceil(256));
        recording.dispatch(&FLATTEN, &[], &FlattenParams { count }, &[(&sets).into()], all)?;
        let buffers = [(&sets).into(), (&roots).into(), (&least).into()];
        recording.dispatch(&LEAST, &[], &LeastParams { count }, &buffers, all)?;
        let needs = [
            Need::Whole((&sets).into()),
            Need::Whole((&roots).into()),
            Need::Whole((&least).into()),
            tiles.part(labels, 4),
        ];
        recording.cut(tiles.work(), &needs, |recording, tile, buffers| {
            let (params, groups) = seam(tiles, tile);
            recording.dispatch(&SETTLE, &[], &params, buffers, groups)
        })?;
        Ok(Self { sets, roots, least, numbers })
    }

    /// Gives all pixels the numbers of their sets' roots.
    pub(super) fn number(
        &self,
        recording: &mut Recording<'_>,
        tiles: &Tiles,
        (labels, ranks): (&Storage, &Storage),
    ) -> Result<()> {
        let Self { sets, roots, least, numbers } = self;
        let needs = [
            Need::Whole(sets.into()),
            Need::Whole(roots.into()),
            Need::Whole(least.into()),
            tiles.part(ranks, 4),
            Need::Whole(numbers.into()),
        ];
        recording.cut(tiles.work(), &needs, |recording, tile, buffers| {
            let (params, groups) = seam(tiles, tile);
            recording.dispatch(&NUMBER, &[], &params, buffers, groups)
        })?;
        let needs = [
            tiles.part(ranks, 4),
            tiles.part(labels, 4),
            Need::Whole(sets.into()),
            Need::Whole(numbers.into()),
        ];
        recording.cut(tiles.work(), &needs, |recording, tile, buffers| {
            let count = tiles.pixels(tile);
            let groups = u64::from(count).div_ceil(256);
            recording.dispatch(&NUMBER_ACROSS, &[], &NumberParams { count }, buffers, groups)
        })
    }
}

/// The parameters for a tile's pixels along seams: a row and one more at its begin, unless it is the first, and at its end, unless it is
/// the last.
fn seam(tiles: &Tiles, tile: &Tile) -> (SeamParams, u64) {
    let side = tiles.width + 1;
    let (first, pixels) = (tiles.first_pixel(tile), tiles.pixels(tile));
    let before = (u64::from(first) / tiles.pixels_of_each()) as u32;
    let begin = if before > 0 { side } else { 0 };
    let is_last = u64::from(first) + u64::from(pixels) == tiles.pixels;
    let count = begin + if is_last { 0 } else { side };
    let first_place = (2 * before).saturating_sub(1) * side;
    (SeamParams { pixels, first, count, first_place, begin }, u64::from(count).div_ceil(256))
}
