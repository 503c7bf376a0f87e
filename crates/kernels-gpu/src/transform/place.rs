//! Where the pixels of a result lie in an image. Shaders find it by integers alone, from two tables that are computed in 64 bits before, one
//! for its columns and one for its rows.

use std::ops::Range;
use std::rc::Rc;

use super::place_image;
use crate::border::BorderMode;
use crate::device::Engine;
use crate::error::{GpuError, Result};
use crate::image::GpuImage;
use crate::recording::Recording;
use crate::storage::Table;
use crate::tiling::{Part, Runs, runs};

/// Places beyond this are refused: they would not fit the tables, nor what shaders make of them.
pub(super) const FAR: f64 = 1_073_741_824.0;
/// 2³²: places are fixed-point numbers of 32 bits before the point and 32 behind it.
pub(super) const ONE: f64 = 4_294_967_296.0;
/// 2⁶², to which sines and cosines are scaled.
pub(super) const UNIT: f64 = 4_611_686_018_427_387_904.0;

/// How shaders find places by their tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As the sum of two places.
    Sum,
    /// As quotients of sums.
    Quotient,
    /// As a product, and the centre.
    Polar,
    /// By looking them up, in a result of so many columns.
    Each { width: u32 },
}

/// What is read around places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub(super) mode: BorderMode,
    /// Rows of what is read.
    pub(super) height: u32,
    /// How many of them lie before those of the image.
    pub(super) padding: u32,
    /// So many are read for each pixel.
    pub(super) taps: u32,
}

/// The tables of a result, or what those of its parts are cut from. Numbers of 64 bits are two words, the upper half first.
#[derive(Debug, Clone)]
pub(super) struct Places {
    pub(super) form: Form,
    columns: Vec<[u32; 2]>,
    rows: Vec<[u32; 2]>,
    /// What tables are made of on the GPU instead.
    image: Option<GpuImage>,
}

/// What stands for a place that is none: beyond what is looked up.
pub(super) const NOWHERE: [u32; 2] = [1 << 31, 0];

/// A number in units of `1 / scale`, of 64 bits: whatever lies beyond cancels in sums.
pub(super) fn words(value: f64, scale: f64) -> [u32; 2] {
    let bits = (value * scale).round() as i128 as u64;
    [(bits >> 32) as u32, bits as u32]
}

fn number([high, low]: [u32; 2]) -> i64 {
    (u64::from(high) << 32 | u64::from(low)).cast_signed()
}

impl Places {
    pub(super) fn new(form: Form, columns: Vec<[u32; 2]>, rows: Vec<[u32; 2]>) -> Self {
        Self { form, columns, rows, image: None }
    }

    /// Those that an image has.
    pub(super) fn of_image(image: &GpuImage) -> Self {
        let form = Form::Each { width: image.shape().width };
        Self { form, columns: Vec::new(), rows: Vec::new(), image: Some(image.clone()) }
    }

    /// For work on an image, from one buffer into another, of so many bytes. Waits where the places are an image's and the work is to be
    /// cut: how, is told from them.
    ///
    /// # Errors
    ///
    /// [`GpuError::Argument`] for an image of places that lies elsewhere, or has other channels than a row and a column; those of the device.
    pub(super) fn known(
        self,
        operation: &str,
        image: &GpuImage,
        buffers: [u64; 2],
    ) -> Result<Self> {
        let Some(places) = &self.image else { return Ok(self) };
        image.check_beside(operation, places)?;
        if places.shape().channels != 2 {
            let message = format!("places of {} channels; expected two", places.shape().channels);
            return Err(GpuError::argument(operation, message));
        }
        let tables = 8 * places.shape().pixels();
        let most = buffers.into_iter().fold(tables, u64::max).next_multiple_of(4);
        if most <= image.engine.largest_binding() { Ok(self) } else { place_image::brought(places) }
    }

    /// Rows and columns of the result.
    pub(super) fn size(&self) -> [u32; 2] {
        if let Some(image) = &self.image {
            return [image.shape().height, image.shape().width];
        }
        let [by_column, by_row] = match self.form {
            Form::Sum => [2, 2],
            Form::Quotient => [3, 3],
            Form::Polar => [1, 4],
            Form::Each { width } => return [self.rows.len() as u32 / width, width],
        };
        [(self.rows.len() / by_row) as u32, (self.columns.len() / by_column) as u32]
    }

    /// Bytes of a table that has something for each pixel.
    pub(super) fn pixel_bytes(&self) -> u64 {
        if matches!(self.form, Form::Each { .. }) { 8 } else { 0 }
    }

    /// The tables that kernels are given for these parts: by column, and by row.
    pub(super) fn tables(
        &self,
        recording: &mut Recording<'_>,
        parts: &[Part],
    ) -> Result<Vec<Rc<[Table; 2]>>> {
        if let Some(image) = &self.image {
            // One part is all of the work.
            let tables = place_image::tables(recording, image)?.map(Table::Large);
            return Ok(vec![Rc::new(tables)]);
        }
        let Form::Each { width } = self.form else {
            let columns = recording.table_for(parts, bytemuck::cast_slice(&self.columns))?;
            let rows = recording.table_for(parts, bytemuck::cast_slice(&self.rows))?;
            let tables = Rc::new([columns, rows]);
            return Ok(vec![tables; parts.len()]);
        };
        let of_part = |part: &Part| {
            let mut upload = |table: &[[u32; 2]]| {
                let line = |y: u32| {
                    let [start, end] = [part.columns.start, part.columns.end]
                        .map(|x| y as usize * width as usize + x as usize);
                    &table[start..end]
                };
                let lines: Vec<_> = part.rows.clone().map(line).collect();
                recording.upload(bytemuck::cast_slice(&lines.concat())).map(Table::Large)
            };
            Ok(Rc::new([upload(&self.columns)?, upload(&self.rows)?]))
        };
        parts.iter().map(of_part).collect()
    }

    /// Fails for tables that cannot be bound, and cannot be cut.
    pub(super) fn check(&self, engine: &Engine, operation: &str) -> Result<()> {
        if matches!(self.form, Form::Each { .. }) {
            return Ok(());
        }
        let bytes = size_of_val(&*self.columns).max(size_of_val(&*self.rows));
        engine.check_binding(operation, "a table of places", bytes as u64)
    }

    /// Which rows of an image some pixels are made of. `None` where that cannot be told.
    pub(super) fn read(
        &self,
        Reach { mode, height, padding, taps }: Reach,
        rows: &Range<u32>,
        columns: &Range<u32>,
    ) -> Option<Runs> {
        let [least, most] = self.extent(rows, columns)?;
        if least > most {
            return Some(runs(std::iter::empty()));
        }
        let [before, after] = [padding, padding + 1].map(i64::from);
        let reach = i64::from(taps / 2);
        let (first, last) =
            (least.floor() as i64 + before - reach, most.floor() as i64 + after + reach);
        if last - first >= 2 * i64::from(height) {
            return Some([0..height, 0..1]);
        }
        Some(runs((first..=last).filter_map(|row| mode.index(row, height))))
    }

    /// The least and the greatest row of the places of some pixels. `None` where that cannot be told from the ends of rows.
    fn extent(&self, rows: &Range<u32>, columns: &Range<u32>) -> Option<[f64; 2]> {
        let with = |[least, most]: [f64; 2], row: f64| [least.min(row), most.max(row)];
        let mut extent = [f64::INFINITY, f64::NEG_INFINITY];
        for y in rows.clone() {
            if let Form::Each { width } = self.form {
                let line = columns.clone().map(|x| y as usize * width as usize + x as usize);
                let there = line
                    .filter(|&at| self.rows[at] != NOWHERE && self.columns[at] != NOWHERE)
                    .map(|at| number(self.rows[at]) as f64 / ONE);
                extent = there.fold(extent, with);
                continue;
            }
            // Between them rows of the image only rise, or only fall.
            let ends =
                [columns.start, columns.end - 1].map(|x| self.row_of(y as usize, x as usize));
            if ends[0].1 != ends[1].1 {
                return None;
            }
            let near = ends.into_iter().map(|(row, _)| row).filter(|row| row.abs() < 2.0 * FAR);
            extent = near.fold(extent, with);
            if ends.iter().any(|(row, _)| row.abs() >= 2.0 * FAR) && rows.len() * columns.len() > 1
            {
                return None;
            }
        }
        Some(extent)
    }

    /// The row of a pixel's place, and on which side of the horizon it is.
    pub(super) fn row_of(&self, y: usize, x: usize) -> (f64, bool) {
        let sum = |a: [u32; 2], b: [u32; 2]| number(a).wrapping_add(number(b)) as f64;
        match self.form {
            Form::Sum => (sum(self.columns[2 * x + 1], self.rows[2 * y + 1]) / ONE, true),
            Form::Quotient => {
                let of = |at: usize| sum(self.columns[3 * x + at], self.rows[3 * y + at]);
                // On the horizon it is no number, or too large a one.
                let row = of(1) / of(2);
                (if row.is_nan() { f64::INFINITY } else { row }, of(2) >= 0.0)
            }
            Form::Each { width } => (number(self.rows[y * width as usize + x]) as f64 / ONE, true),
            Form::Polar => {
                let radius = number(self.columns[x]) as f64 / ONE;
                let sine = number(self.rows[4 * y + 1]) as f64 / UNIT;
                (radius * sine + number(self.rows[4 * y + 3]) as f64 / ONE, true)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::map::Map;
    use super::*;

    #[test]
    fn what_is_read_lies_around_places() {
        let map = Map::Projective([1.0, 0.0, 0.0, 0.0, 1.0, 95.0, 0.0, 0.0, 1.0]);
        let places = map.places("", [10, 4]).unwrap();
        let reach = |mode, height| Reach { mode, height, padding: 0, taps: 2 };
        let read = |reach| places.read(reach, &(2..4), &(0..4)).unwrap();
        assert_eq!(read(reach(BorderMode::Wrap, 100)), [0..1, 96..100]);
        assert_eq!(read(reach(BorderMode::Constant, 100)), [96..100, 96..97]);
        assert_eq!(read(reach(BorderMode::Constant, 9)), [0..0, 0..0]);
        let padded = Reach { padding: 12, taps: 6, ..reach(BorderMode::Nearest, 124) };
        assert_eq!(read(padded), [106..115, 106..107]);
    }
}
