//! The parts of contrast limited adaptive histogram equalization that take all pixels; between them tables are made of what was counted.

use crate::blocks;
use crate::border::BorderMode;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, byte_length, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Tile, Unit};

params!(Params {
    first: u32,
    pixels: u32,
    height: u32,
    width: u32,
    rows: u32,
    columns: u32,
    bottom: u32,
    right: u32,
    bins: u32,
});

pub(super) const OPERATION: &str = "exposure.equalizeAdapthist";

pub(super) static COUNTS: Kernel = Kernel {
    name: "exposure.equalizeAdapthist/counts",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Update(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/exposure/adapthist_counts.wgsl"),
    ],
    params: Params::LAYOUT,
};

pub(super) static LEVELS: Kernel = Kernel {
    name: "exposure.equalizeAdapthist/levels",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        blocks::LONG,
        blocks::IEEE754,
        include_str!("../../shaders/exposure/adapthist_levels.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// How an image of bins is cut into tiles, the last of which may go beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tiles {
    /// Of a tile, at least 1.
    pub rows: u32,
    /// Of a tile, at least 1.
    pub columns: u32,
    /// Samples are below this.
    pub bins: u32,
}

/// An image of bins in tiles.
struct Grid<'a> {
    bins: &'a GpuImage,
    tiles: Tiles,
    down: u32,
    across: u32,
}

impl<'a> Grid<'a> {
    /// Refuses what is no image of bins.
    fn new(bins: &'a GpuImage, tiles: Tiles) -> Result<Self> {
        let (shape, dtype, Tiles { rows, columns, .. }) = (bins.shape(), bins.dtype(), tiles);
        if shape.channels != 1 || dtype != DType::U16 || rows == 0 || columns == 0 {
            let given = format!("{} channels of {dtype:?} and {tiles:?}", shape.channels);
            let message = format!("{given}; expected one channel of U16, and tiles of some pixels");
            return Err(GpuError::argument(OPERATION, message));
        }
        let (down, across) = (shape.height.div_ceil(rows), shape.width.div_ceil(columns));
        Ok(Self { bins, tiles, down, across })
    }

    /// Bins of all tiles.
    fn entries(&self) -> u64 {
        let tiles = u64::from(self.down) * u64::from(self.across);
        tiles.saturating_mul(self.tiles.bins.into())
    }

    /// For a part of the pixels.
    fn params(&self, part: &Tile) -> Params {
        let Tiles { rows, columns, bins } = self.tiles;
        let Shape { height, width, .. } = self.bins.shape();
        let (bottom, right) = (self.down - 1, self.across - 1);
        let (first, pixels) = (part.first, part.units);
        Params { first, pixels, height, width, rows, columns, bottom, right, bins }
    }
}

/// How many pixels of each tile lie in each bin, one tile after the other, row by row. Beyond the image it is mirrored.
///
/// Takes one channel of `u16`, below [`Tiles::bins`]. Waits.
///
/// # Errors
///
/// [`GpuError::Argument`] for other images and empty tiles, [`GpuError::Binding`] for histograms that cannot be bound at once, and those of the
/// device.
pub fn tile_counts(bins: &GpuImage, tiles: Tiles) -> Result<Vec<u32>> {
    let (shape, grid) = (bins.shape(), Grid::new(bins, tiles)?);
    let bytes = grid.entries().saturating_mul(4);
    bins.engine.check_binding(OPERATION, "a histogram of each tile", bytes)?;
    let mut mirrored = times_mirrored(shape.height, tiles.rows);
    mirrored.extend(times_mirrored(shape.width, tiles.columns));
    let counts = bins.engine.record(OPERATION, |recording| {
        let source = bins.storage(recording)?;
        let counts = recording.zeros(bytes)?;
        let mirrored = recording.table(bytemuck::cast_slice(&mirrored))?;
        recording.tiled(
            &COUNTS,
            &[("DTYPE", DType::U16.constant())],
            (Unit::Pixel, shape.pixels()),
            &[
                Need::part(&source, bins.pixel_bytes()),
                Need::Whole(mirrored.bound()),
                Need::Whole((&counts).into()),
            ],
            |part| (grid.params(part), u64::from(part.units).div_ceil(256)),
        )?;
        Ok(counts)
    })?;
    read(&bins.engine, OPERATION, &counts, bytemuck::pod_collect_to_vec)
}

/// How often the last tile of a line has each of its samples, as it goes beyond the end.
fn times_mirrored(length: u32, side: u32) -> Vec<u32> {
    let mut times = vec![0; length as usize];
    let end = u64::from(length.div_ceil(side)) * u64::from(side);
    for index in i64::from(length)..end.cast_signed() {
        if let Some(index) = BorderMode::Mirror.index(index, length) {
            times[index as usize] += 1;
        }
    }
    times
}

/// What the curves of the four nearest tiles have for each pixel's bin, interpolated and cut to a whole number; a curve for each tile, row by row, with a
/// level for each bin. To the last bit as scikit-image computes it.
///
/// Takes one channel of `u16`, below [`Tiles::bins`], and gives the same.
///
/// # Errors
///
/// [`GpuError::Argument`] for other images, empty tiles and another number of levels, [`GpuError::Binding`] for curves that cannot be bound at once,
/// and those of the device.
pub fn levels_by_tiles(bins: &GpuImage, tiles: Tiles, curves: &[u16]) -> Result<GpuImage> {
    let (shape, grid) = (bins.shape(), Grid::new(bins, tiles)?);
    let entries = grid.entries();
    if curves.len() as u64 != entries {
        let given = format!("{} levels", curves.len());
        let message = format!("{given}; expected {entries}, for each bin of each tile");
        return Err(GpuError::argument(OPERATION, message));
    }
    bins.engine.check_binding(OPERATION, "a curve of each tile", entries * 2)?;
    let bytes = byte_length(OPERATION, shape, DType::U16)?;
    let pairs = curves.chunks(2).map(|pair| [pair[0], pair.get(1).copied().unwrap_or(0)]);
    let words: Vec<[u16; 2]> = pairs.collect();
    let mut weights = weights(tiles.rows);
    weights.extend(self::weights(tiles.columns));
    let levels = bins.engine.record(OPERATION, |recording| {
        let source = bins.storage(recording)?;
        let levels = recording.buffer(bytes)?;
        let tables = [
            recording.table(bytemuck::cast_slice(&words))?,
            recording.table(bytemuck::cast_slice(&weights))?,
        ];
        recording.tiled(
            &LEVELS,
            &[("DTYPE", DType::U16.constant())],
            (Unit::Pixel, shape.pixels()),
            &[
                Need::part(&source, bins.pixel_bytes()),
                Need::Whole(tables[0].bound()),
                Need::Whole(tables[1].bound()),
                Need::part(&levels, bins.pixel_bytes()),
            ],
            |part| (grid.params(part), u64::from(part.units.div_ceil(2)).div_ceil(256)),
        )?;
        Ok(levels)
    })?;
    Ok(GpuImage::new(&bins.engine, levels, shape, DType::U16))
}

/// What the tiles before and after a sample weigh, by its place from the centre of the one before: bits of 64-bit floats, the upper half first.
fn weights(side: u32) -> Vec<[u32; 2]> {
    let halves = |weight: f64| [(weight.to_bits() >> 32) as u32, weight.to_bits() as u32];
    (0..side)
        .map(|place| f64::from(place) / f64::from(side))
        .flat_map(|share| [halves(1.0 - share), halves(share)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{times_mirrored, weights};

    #[test]
    fn last_tiles_go_back() {
        assert_eq!(times_mirrored(5, 4), [0, 1, 1, 1, 0]);
        assert_eq!(times_mirrored(6, 3), [0; 6]);
        assert_eq!(times_mirrored(1, 4), [3]);
        assert_eq!(times_mirrored(2, 7), [3, 2]);
    }

    #[test]
    fn weights_have_64_bits() {
        assert_eq!(weights(1), [[0x3ff0_0000, 0], [0, 0]]);
        assert_eq!(weights(3)[2..4], [[0x3fe5_5555, 0x5555_5556], [0x3fd5_5555, 0x5555_5555]]);
    }
}
