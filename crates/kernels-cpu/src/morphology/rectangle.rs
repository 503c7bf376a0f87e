use std::marker::PhantomData;

use tagswitch_image::Chord;

use super::line::Lengths;
use super::neighbourhood::Rows;
use super::order::{Choice, Ordered};
use crate::simd::{Kernel, Level};

/// The choice among the samples of a rectangle: windows along each row, and then windows of those rows, made of shorter ones
/// as [`Lengths`] makes them.
pub struct Rectangle<'a, C, T> {
    rows: Rows<'a, T>,
    chord: Chord,
    /// The first row of the rectangle of the result's first.
    first_row: isize,
    height: usize,
    out: &'a mut [T],
    choice: PhantomData<C>,
}

/// The last rows of one stage, each the choice among as many rows of the image as the stage stands for.
struct Ring<T> {
    rows: Vec<T>,
    width: usize,
    pitch: usize,
    slots: usize,
}

impl<T: Ordered> Ring<T> {
    fn new(width: usize, slots: usize) -> Self {
        // With a pitch of a power of two, a column would crowd into few sets of the cache.
        let pitch = width.next_multiple_of(64) + 80;
        Self { rows: vec![T::default(); pitch * slots], width, pitch, slots }
    }

    fn row(&self, i: usize) -> &[T] {
        &self.rows[i % self.slots * self.pitch..][..self.width]
    }

    fn row_mut(&mut self, i: usize) -> &mut [T] {
        &mut self.rows[i % self.slots * self.pitch..][..self.width]
    }
}

impl<'a, C: Choice, T: Ordered> Rectangle<'a, C, T> {
    pub fn new(
        rows: Rows<'a, T>,
        chord: Chord,
        first_row: isize,
        height: usize,
        out: &'a mut [T],
    ) -> Self {
        Self { rows, chord, first_row, height, out, choice: PhantomData }
    }
}

impl<C: Choice, T: Ordered> Kernel for Rectangle<'_, C, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { rows, chord, first_row, height, out, .. } = self;
        let width = rows.image.shape().width();
        let across = Lengths::new([chord.length]);
        let pitch = rows.length();
        let mut lines = vec![T::default(); pitch * across.count()];
        let start = across.place(chord.length) * pitch + chord.start;

        // Each stage keeps rows until the next one has used them; the last one's are the result.
        let down = Lengths::new([height]);
        let stages = down.steps();
        let mut rings: Vec<Ring<T>> =
            stages.iter().map(|stage| Ring::new(width, stage.span() + 1)).collect();

        let count = out.len() / width;
        for i in 0..count + height - 1 {
            rows.load(first_row + i as isize, &mut lines[..pitch]);
            across.fill::<C, T>(&mut lines, pitch);
            let line = &lines[start..][..width];
            let Some(first) = rings.first_mut() else {
                out[i * width..][..width].copy_from_slice(line);
                continue;
            };
            first.row_mut(i).copy_from_slice(line);
            // Row `at` of a stage begins at row `at` of the image: it is done once its last row came.
            let mut at = i;
            for (k, stage) in stages.iter().enumerate() {
                let Some(before) = at.checked_sub(stage.span()) else { break };
                let (done, ahead) = rings.split_at_mut(k + 1);
                let into = match ahead.first_mut() {
                    Some(next) => next.row_mut(before),
                    None => &mut out[before * width..][..width],
                };
                stage.choose::<C, T>(|shift| done[k].row(before + shift), into);
                at = before;
            }
        }
    }
}
