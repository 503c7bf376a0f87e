//! Work whose pixels are made of rows from anywhere in an image: it is cut into parts that are made of few enough rows. What each
//! part reads is known before anything is recorded.

use std::ops::Range;

use super::windows::{Limits, Sizes, units_of_a_tile, window};
use super::{Unit, limits};
use crate::device::Engine;
use crate::error::{GpuError, Result};
use crate::pipeline::Kernel;
use crate::recording::Recording;
use crate::storage::{Bound, Storage, Table};

/// The rows of a buffer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows {
    pub(crate) count: u32,
    /// Of each.
    pub(crate) bytes: u64,
}

/// Which rows of an image some pixels are made of: two runs, as a border may lead to its other end.
pub(crate) type Runs = [Range<u32>; 2];

/// A part of the work: some pixels of the result, and what of the buffers a kernel is given for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) rows: Range<u32>,
    pub(crate) columns: Range<u32>,
    source: Range<u64>,
    beyond: Range<u64>,
    result: Range<u64>,
    /// Whether there may be others.
    pub(crate) windowed: bool,
}

impl Part {
    /// The first words of what is bound: of the image, of its other run of rows, and of the result.
    pub(crate) fn first_words(&self) -> [u32; 3] {
        [&self.source, &self.beyond, &self.result].map(|window| (window.start / 4) as u32)
    }

    /// What is bound of these buffers, in the same order.
    pub(crate) fn bound<'a>(&self, source: &'a Storage, result: &'a Storage) -> [Bound<'a>; 3] {
        [(source, &self.source), (source, &self.beyond), (result, &self.result)].map(
            |(storage, window)| Bound::Window {
                storage,
                offset: window.start,
                bytes: window.end - window.start,
            },
        )
    }

    /// Its pixels.
    pub(crate) fn pixels(&self) -> u32 {
        (self.rows.end - self.rows.start) * (self.columns.end - self.columns.start)
    }
}

impl Recording<'_> {
    /// Constants for the kernels of these parts.
    pub(crate) fn table_for(&mut self, parts: &[Part], data: &[u8]) -> Result<Table> {
        // A small table lies among the arguments of one submission, and there may be several.
        if parts.iter().any(|part| part.windowed) {
            Ok(Table::Large(self.upload(data)?))
        } else {
            self.table(data)
        }
    }

    /// Records a kernel for a part of the work; it has the constant `WINDOWED`, true where there may be others.
    pub(crate) fn dispatch_part(
        &mut self,
        (kernel, constants): (&'static Kernel, &[(&'static str, f64)]),
        part: &Part,
        params: &impl bytemuck::Pod,
        buffers: &[Bound<'_>],
        workgroups: u64,
    ) -> Result<()> {
        let mut constants = constants.to_vec();
        constants.push(("WINDOWED", f64::from(u8::from(part.windowed))));
        if part.windowed {
            self.make_room()?;
        }
        self.dispatch(kernel, &constants, params, buffers, workgroups)
    }
}

/// Cuts work on `result`, of so many columns and with a table of so many bytes for each pixel beside it, into parts. `reads` says of some of
/// its rows and columns which rows of `source` they are made of, if that can be told.
///
/// # Errors
///
/// [`GpuError::Binding`] where a row of the result, or what a single pixel is made of, cannot be bound at once.
pub(crate) fn parts(
    (engine, operation): (&Engine, &str),
    source: Rows,
    result: Rows,
    columns: (u32, u64),
    reads: impl Fn(&Range<u32>, &Range<u32>) -> Option<Runs>,
) -> Result<Vec<Part>> {
    cut((operation, limits(engine)), source, result, columns, reads)
}

fn cut(
    (operation, limits): (&str, Limits),
    source: Rows,
    result: Rows,
    (columns, table): (u32, u64),
    reads: impl Fn(&Range<u32>, &Range<u32>) -> Option<Runs>,
) -> Result<Vec<Part>> {
    let [source, to] = [source, result].map(|Rows { count, bytes }| {
        let all = (u64::from(count) * bytes).next_multiple_of(4);
        Sizes { all, unit: bytes, halo: 0, wrapped: false }
    });
    let units = u64::from(result.count);
    let whole = units * u64::from(columns) * table;
    let windowed = source.all.max(to.all).max(whole) > limits.binding;
    let most = units_of_a_tile(operation, Unit::Row, &[Some(to)], limits)?.min(units);
    let mut parts = Vec::new();
    for first in (0..units).step_by(most as usize) {
        let tile = first..units.min(first + most);
        let seen = window(Unit::Row, to, &tile, units, limits);
        let mut pending = vec![(tile.start as u32..tile.end as u32, 0..columns)];
        while let Some((rows, columns)) = pending.pop() {
            let pixels = rows.len() as u64 * columns.len() as u64;
            let read = if pixels * table > limits.binding {
                None
            } else if source.all <= limits.binding {
                Some([0..source.all, 0..source.all])
            } else {
                reads(&rows, &columns).and_then(|runs| windows(runs, source, limits))
            };
            if let Some([source, beyond]) = read {
                let result = seen.clone();
                parts.push(Part { rows, columns, source, beyond, result, windowed });
                continue;
            }
            let [(upper, left), (lower, right)] =
                halves(rows, columns).ok_or_else(|| GpuError::Binding {
                    operation: operation.to_owned(),
                    what: "what a pixel is made of".to_owned(),
                    bytes: source.unit,
                    limit: limits.binding,
                })?;
            pending.extend([(lower, right), (upper, left)]);
        }
    }
    Ok(parts)
}

/// The windows of two runs of rows, if they can be bound.
fn windows(runs: Runs, sizes: Sizes, limits: Limits) -> Option<[Range<u64>; 2]> {
    let seen = runs.map(|run| {
        let start = u64::from(run.start) * sizes.unit / limits.alignment * limits.alignment;
        // Nothing cannot be bound.
        let end = (u64::from(run.end) * sizes.unit).max(start + 4).next_multiple_of(4);
        start..end.min(sizes.all)
    });
    seen.iter().all(|one| one.end - one.start <= limits.binding).then_some(seen)
}

type Block = (Range<u32>, Range<u32>);

/// Two halves of some rows and columns, of the longer side; `None` of a pixel.
fn halves(rows: Range<u32>, columns: Range<u32>) -> Option<[Block; 2]> {
    let middle = |range: &Range<u32>| range.start + (range.end - range.start) / 2;
    if rows.len().max(columns.len()) < 2 {
        return None;
    }
    if rows.len() >= columns.len() {
        let at = middle(&rows);
        return Some([(rows.start..at, columns.clone()), (at..rows.end, columns)]);
    }
    let at = middle(&columns);
    Some([(rows.clone(), columns.start..at), (rows, at..columns.end)])
}

/// Two runs that hold all of these rows, and as few others as can be.
pub(crate) fn runs(rows: impl Iterator<Item = u32>) -> Runs {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_unstable();
    let (Some(&first), Some(&last)) = (rows.first(), rows.last()) else { return [0..0, 0..0] };
    let gap = rows.windows(2).max_by_key(|pair| pair[1] - pair[0]);
    match gap {
        Some(&[before, after]) if after - before > 1 => [first..before + 1, after..last + 1],
        _ => [first..last + 1, first..first + 1],
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, Rows, cut, runs};

    const LIMITS: Limits = Limits { binding: 4096, alignment: 256 };

    #[test]
    fn rows_lie_in_two_runs() {
        assert_eq!(runs([3, 4, 4, 5].into_iter()), [3..6, 3..4]);
        assert_eq!(runs([99, 0, 98, 1].into_iter()), [0..2, 98..100]);
        assert_eq!(runs([0, 2, 9].into_iter()), [0..3, 9..10]);
        assert_eq!(runs(std::iter::empty()), [0..0, 0..0]);
    }

    #[test]
    fn parts_are_all_of_the_result_and_see_what_they_read() {
        // A transposed image: a row of the result is made of all rows.
        let (height, width) = (70, 90);
        let source = Rows { count: width, bytes: u64::from(height) * 4 };
        let result = Rows { count: height, bytes: u64::from(width) * 4 };
        let reads = |_: &_, columns: &std::ops::Range<u32>| Some(runs(columns.clone()));
        let parts = cut(("", LIMITS), source, result, (width, 0), reads).unwrap();
        let mut done = vec![0; (height * width) as usize];
        for part in &parts {
            assert!(part.windowed && part.source.end - part.source.start <= LIMITS.binding);
            assert!(part.result.end - part.result.start <= LIMITS.binding);
            assert!(part.source.start <= u64::from(part.columns.start) * source.bytes);
            assert!(part.source.end >= u64::from(part.columns.end) * source.bytes);
            assert!(part.result.start <= u64::from(part.rows.start) * result.bytes);
            assert!(part.result.end >= u64::from(part.rows.end) * result.bytes);
            for y in part.rows.clone() {
                part.columns.clone().for_each(|x| done[(y * width + x) as usize] += 1);
            }
            assert_eq!(part.pixels() as usize, part.rows.len() * part.columns.len());
        }
        assert!(done.iter().all(|times| *times == 1) && parts.len() > 7);
    }

    #[test]
    fn what_fits_is_one_part_and_a_pixel_of_too_much_is_refused() {
        let small = Rows { count: 9, bytes: 100 };
        let never = |_: &_, _: &_| -> Option<super::Runs> { unreachable!() };
        let parts = cut(("", LIMITS), small, small, (25, 0), never).unwrap();
        assert_eq!((parts.len(), parts[0].windowed, parts[0].pixels()), (1, false, 225));
        let large = Rows { count: 900, bytes: 1000 };
        let all = |_: &_, _: &_| Some([0..900, 0..1]);
        let code = cut(("", LIMITS), large, small, (25, 0), all).map_err(|error| error.code());
        assert_eq!(code, Err("ERR_GPU_LIMIT"));
        let parts = |columns| cut(("", LIMITS), small, large, columns, never).unwrap();
        assert_eq!(parts((250, 0)).len(), 300);
        // Of the pixels of three rows they are 6000 bytes.
        assert_eq!(parts((250, 8)).len(), 600);
    }
}
