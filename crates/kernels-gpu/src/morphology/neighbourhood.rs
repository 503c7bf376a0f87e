use tagswitch_image::{Chord, ChordFootprint};

use crate::border::Border;
use crate::error::Result;
use crate::extrema::order;
use crate::image::{DType, Shape};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Tile, Unit, strangers, words_of};

params!(Params {
    width: u32,
    height: u32,
    first_word: u32,
    words: u32,
    source_first: u32,
    beyond_first: u32,
    image_first: u32,
    result_first: u32,
    chords: u32,
    cval: i32
});

pub(super) static NEIGHBOURHOOD: Kernel = Kernel {
    name: "morphology.neighbourhood",
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::Read(1),
        Binding::Read(4),
        Binding::Read(2),
        Binding::Read(3),
        Binding::Write(5),
    ],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_windows.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/morphology/neighbourhood.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// Which sample of a neighbourhood is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    Least = 0,
    Greatest = 1,
}

/// What becomes of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Combine {
    Nothing = 0,
    /// The image less the result.
    TakeFromImage = 1,
    /// The result less the image.
    TakeImage = 2,
}

/// The choice among the samples of a footprint around each pixel.
pub(super) struct Neighbourhood<'a> {
    pub(super) shape: Shape,
    pub(super) dtype: DType,
    pub(super) choice: Choice,
    pub(super) border: Border,
    pub(super) combine: Combine,
    /// What the result is combined with.
    pub(super) image: &'a Storage,
    /// Of the result.
    pub(super) bytes: u64,
}

/// Cells that are chosen among in one pass: (rows, columns) from the pixel, and how many.
type Cells = [i32; 4];

impl Neighbourhood<'_> {
    /// Records it: a rectangle along the rows and then down the columns, any other footprint at once.
    pub(super) fn record(
        &self,
        recording: &mut Recording<'_>,
        source: &Storage,
        footprint: &ChordFootprint,
    ) -> Result<Storage> {
        let from_middle = |chord: &Chord| -> Cells {
            [
                chord.row as i32 - footprint.rows_beyond() as i32,
                chord.start as i32 - footprint.columns_beyond() as i32,
                chord.length as i32,
                0,
            ]
        };
        let all: Vec<Cells> = footprint.chords().iter().map(from_middle).collect();
        let [_, column, length, _] = all[0];
        if footprint.rectangle().is_none() || all.len() == 1 || length == 1 {
            return self.pass(recording, source, &all, self.combine);
        }
        let along = self.pass(recording, source, &[[0, column, length, 0]], Combine::Nothing)?;
        let down: Vec<Cells> = all.iter().map(|&[row, ..]| [row, 0, 1, 0]).collect();
        self.pass(recording, &along, &down, self.combine)
    }

    fn pass(
        &self,
        recording: &mut Recording<'_>,
        source: &Storage,
        cells: &[Cells],
        combine: Combine,
    ) -> Result<Storage> {
        let Shape { height, width, .. } = self.shape;
        let dtype = self.dtype;
        let table = recording.table(bytemuck::cast_slice(cells))?;
        let result = recording.buffer(self.bytes)?;
        let up_and_down = cells.iter().map(|cells| cells[0].unsigned_abs()).max().unwrap_or(0);
        let aside = cells.iter().map(|[_, column, length, _]| {
            column.unsigned_abs().max((column + length - 1).unsigned_abs())
        });
        let aside = aside.max().unwrap_or(0);
        let [border, far] = if up_and_down >= height {
            self.border.mode.constants(up_and_down, height)
        } else {
            self.border.mode.constants(aside, width)
        };
        let row = u64::from(width) * dtype.bytes() as u64;
        let halo = u64::from(up_and_down) + strangers(row);
        let params = |tile: &Tile| {
            let words = words_of(tile, row);
            Params {
                width,
                height,
                first_word: words.start,
                words: words.end - words.start,
                source_first: tile.first_words[0],
                beyond_first: tile.first_words[1],
                image_first: tile.first_words[3],
                result_first: tile.first_words[4],
                chords: cells.len() as u32,
                cval: key(dtype, self.border.cval),
            }
        };
        recording.tiled(
            &NEIGHBOURHOOD,
            &[
                ("DTYPE", dtype.constant()),
                ("GREATEST", f64::from(self.choice as u8)),
                ("COMBINE", f64::from(combine as u8)),
                border,
                far,
            ],
            (Unit::Row, u64::from(height)),
            &[
                Need::Part { storage: source, bytes: row, halo },
                Need::Wrapped { storage: source, bytes: row, halo },
                Need::Whole(table.bound()),
                Need::part(self.image, row),
                Need::part(&result, row),
            ],
            |tile| {
                let params = params(tile);
                (params, u64::from(params.words).div_ceil(64))
            },
        )?;
        Ok(result)
    }
}

/// What the shader compares a sample by.
fn key(dtype: DType, sample: f64) -> i32 {
    if dtype == DType::F32 {
        return (order(sample as f32) ^ 0x8000_0000).cast_signed();
    }
    sample as i32
}
