use std::marker::PhantomData;

use tagswitch_image::Chord;

use super::line::Lengths;
use super::neighbourhood::Rows;
use super::order::{Choice, Ordered, choose_both};
use crate::simd::{Kernel, Level};

/// The choice among the samples of a rectangle: windows along each row, and then windows of those rows, made of two that
/// overlap as [`Lengths`] makes them.
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
    slots: usize,
}

impl<T: Ordered> Ring<T> {
    fn new(width: usize, slots: usize) -> Self {
        Self { rows: vec![T::default(); width * slots], width, slots }
    }

    fn row(&self, i: usize) -> &[T] {
        &self.rows[i % self.slots * self.width..][..self.width]
    }

    fn row_mut(&mut self, i: usize) -> &mut [T] {
        &mut self.rows[i % self.slots * self.width..][..self.width]
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
        let lengths = Lengths::new([chord.length]);
        let pitch = rows.length();
        let mut lines = vec![T::default(); pitch * lengths.count()];
        let start = lengths.place(chord.length) * pitch + chord.start;

        // Heights 1, 2, 4… and the whole; each but the last keeps rows until the next one has used them.
        let mut heights = vec![1];
        while heights[heights.len() - 1] < height {
            heights.push(height.min(2 * heights[heights.len() - 1]));
        }
        let shifts: Vec<usize> = heights.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let mut rings: Vec<Ring<T>> =
            shifts.iter().map(|&shift| Ring::new(width, shift + 1)).collect();

        let count = out.len() / width;
        for i in 0..count + height - 1 {
            rows.load(first_row + i as isize, &mut lines[..pitch]);
            lengths.fill::<C, T>(&mut lines, pitch);
            let line = &lines[start..][..width];
            let Some(first) = rings.first_mut() else {
                out[i * width..][..width].copy_from_slice(line);
                continue;
            };
            first.row_mut(i).copy_from_slice(line);
            // Row `at` of a stage begins at row `at` of the image: it is done once its last row came.
            let mut at = i;
            for stage in 0..rings.len() {
                let Some(before) = at.checked_sub(shifts[stage]) else { break };
                let (done, ahead) = rings.split_at_mut(stage + 1);
                let ring = &done[stage];
                let into = match ahead.first_mut() {
                    Some(next) => next.row_mut(before),
                    None => &mut out[before * width..][..width],
                };
                choose_both::<C, T>(ring.row(before), ring.row(at), into);
                at = before;
            }
        }
    }
}
