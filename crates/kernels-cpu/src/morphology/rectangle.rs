use std::marker::PhantomData;
use std::ops::Range;

use tagswitch_image::Chord;

use super::line::Lengths;
use super::neighbourhood::Rows;
use super::order::{Choice, Ordered};
use crate::simd::{Kernel, LINE, Level};
use crate::stream::RowStream;

/// Columns of so many bytes, at most, are done from top to bottom at once, so that the nearest cache holds what is kept of them.
const STRIP_BYTES: usize = 4 << 10;

/// The choice among the samples of a rectangle: windows along each row, and then windows of those rows, made of shorter ones
/// as [`Lengths`] makes them.
pub struct Rectangle<'a, C, T> {
    rows: Rows<'a, T>,
    chord: Chord,
    /// The first row of the rectangle of the result's first.
    first_row: isize,
    height: usize,
    out: &'a mut [T],
    /// Samples of the whole result.
    whole: usize,
    choice: PhantomData<C>,
}

/// The last rows of one stage, each the choice among as many rows of the image as the stage stands for.
struct Ring<T> {
    rows: Vec<T>,
    width: usize,
    pitch: usize,
    slots: usize,
    /// Where the last row is.
    newest: usize,
}

impl<T: Ordered> Ring<T> {
    fn new(width: usize, slots: usize) -> Self {
        // With a pitch of a power of two, a column would crowd into few sets of the cache.
        let pitch = width.next_multiple_of(64) + 80;
        let rows = vec![T::default(); pitch * slots];
        Self { rows, width, pitch, slots, newest: 0 }
    }

    /// The place of the next row, in that of the oldest.
    #[inline(always)]
    fn next(&mut self) -> &mut [T] {
        self.newest += 1;
        if self.newest == self.slots {
            self.newest = 0;
        }
        &mut self.rows[self.newest * self.pitch..][..self.width]
    }

    /// The row that came so many before the last.
    #[inline(always)]
    fn before(&self, back: usize) -> &[T] {
        let slot = if back > self.newest { self.slots } else { 0 } + self.newest - back;
        &self.rows[slot * self.pitch..][..self.width]
    }
}

impl<'a, C: Choice, T: Ordered> Rectangle<'a, C, T> {
    pub fn new(
        rows: Rows<'a, T>,
        chord: Chord,
        first_row: isize,
        height: usize,
        out: &'a mut [T],
        whole: usize,
    ) -> Self {
        Self { rows, chord, first_row, height, out, whole, choice: PhantomData }
    }
}

impl<C: Choice, T: Ordered> Kernel for Rectangle<'_, C, T> {
    /// Whether the choice could be made.
    type Output = bool;

    #[inline(always)]
    fn run<L: Level>(mut self) -> bool {
        let width = self.rows.width;
        let strips = width.div_ceil(STRIP_BYTES / size_of::<T>());
        let strip = width.div_ceil(strips).next_multiple_of(LINE);
        for start in (0..width).step_by(strip) {
            if !self.strip::<L>(start..width.min(start + strip)) {
                return false;
            }
        }
        true
    }
}

impl<C: Choice, T: Ordered> Rectangle<'_, C, T> {
    #[inline(always)]
    fn strip<L: Level>(&mut self, columns: Range<usize>) -> bool {
        let Self { rows, chord, first_row, height, ref mut out, whole, .. } = *self;
        let width = rows.width;
        let across = Lengths::new([chord.length]);
        let pitch = rows.length(&columns);
        let mut lines = vec![T::default(); pitch * across.count()];

        // Each stage keeps rows until the next one has used them; the last one's are the result.
        let down = Lengths::new([height]);
        let stages = down.steps();
        let mut rings: Vec<Ring<T>> =
            stages.iter().map(|stage| Ring::new(columns.len(), stage.span() + 1)).collect();
        let mut result = RowStream::new(columns.len(), whole);

        let count = out.len() / width;
        for i in 0..count + height - 1 {
            if !rows.load::<C>(first_row + i as isize, &columns, &mut lines[..pitch]) {
                return false;
            }
            let row = |at: usize| at * width + columns.start..at * width + columns.end;
            let Some(first) = rings.first_mut() else {
                let row = &mut out[row(i)];
                across.longest::<C, T>(&mut lines, pitch, chord.start, result.tile(row));
                result.store::<L>(row);
                continue;
            };
            across.longest::<C, T>(&mut lines, pitch, chord.start, first.next());
            // Row `at` of a stage begins at row `at` of the image: it is done once its last row came.
            let mut at = i;
            for (k, stage) in stages.iter().enumerate() {
                let Some(before) = at.checked_sub(stage.span()) else { break };
                let (done, ahead) = rings.split_at_mut(k + 1);
                let mut last = None;
                let into = match ahead.first_mut() {
                    Some(next) => next.next(),
                    None => result.tile(last.insert(&mut out[row(before)])),
                };
                let rows = &done[k];
                stage.choose::<C, T>(|shift| rows.before(stage.span() - shift), into);
                if let Some(row) = last {
                    result.store::<L>(row);
                }
                at = before;
            }
        }
        true
    }
}
