use std::marker::PhantomData;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use tagswitch_image::{ChordFootprint, ImageView};

use super::line::Lengths;
use super::order::{Choice, Greatest, Ordered, choose_into, has_nan};
use super::rectangle::Rectangle;
use crate::border::Border;
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::prefetch;
use crate::threads::{Band, each_band};

/// The choice among the samples of the footprint around each pixel.
///
/// A rectangle is done by windows along rows and then down the columns. Any other footprint is cut into chords (E. Urbach,
/// M. Wilkinson, "Efficient 2-D grayscale morphological transformations with arbitrary flat structuring elements", IEEE
/// Transactions on Image Processing 17, 2008): of each row the windows of all lengths of chords are computed once, and each
/// chord then takes part in the result of one row. Memory: a few rows, as many as there are lengths, or as a rectangle is high.
///
/// `whole`: how many samples the result has, or [`READ_AT_ONCE`].
pub fn neighbourhood<C: Choice, T: Ordered>(
    image: ImageView<'_, T>,
    footprint: &ChordFootprint,
    border: Border,
    cval: T,
    out: &mut [T],
    whole: usize,
) {
    // Passing NaN over takes longer: whether there is any is seen where samples are read anyway.
    if !choose::<C, T>(image, footprint, border, cval, out, whole) {
        choose::<C::OverNan, T>(image, footprint, border, cval, out, whole);
    }
}

/// The greatest sample in the footprint around each pixel of one channel, with what is nearest beyond the edges, where results are read at
/// once: they stay in the caches, however many.
pub fn greatest_around<T: Ordered>(
    image: ImageView<'_, T>,
    footprint: &ChordFootprint,
    out: &mut [T],
) {
    let nowhere = T::default();
    let border = Border::Nearest;
    neighbourhood::<Greatest, T>(image, footprint, border, nowhere, out, READ_AT_ONCE);
}

/// Returns whether the choice could be made.
fn choose<C: Choice, T: Ordered>(
    image: ImageView<'_, T>,
    footprint: &ChordFootprint,
    border: Border,
    cval: T,
    out: &mut [T],
    whole: usize,
) -> bool {
    let width = image.shape().width();
    let beyond = footprint.columns_beyond();
    let rows = Rows { samples: image.samples(), width, first: 0, border, cval, beyond };
    let is_made = AtomicBool::new(true);
    each_band(out, width, cost(footprint), |band| {
        is_made.fetch_and(choose_in_band::<C, T>(rows, footprint, band, whole), Relaxed);
    });
    is_made.into_inner()
}

/// Operations per sample.
pub fn cost(footprint: &ChordFootprint) -> usize {
    let chords = if footprint.rectangle().is_some() { 1 } else { footprint.chords().len() };
    2 * chords
}

/// A result's samples, where it is read again at once and belongs into the caches however many it has.
pub const READ_AT_ONCE: usize = 0;

/// The choice for the pixels of a band, on the calling thread, of a result of `whole` samples. Returns whether it could be made: it stops at
/// NaN that it does not pass over.
pub fn choose_in_band<C: Choice, T: Ordered>(
    rows: Rows<'_, T>,
    footprint: &ChordFootprint,
    out: Band<'_, T>,
    whole: usize,
) -> bool {
    match footprint.rectangle() {
        Some((first, height)) => {
            let first_row = (out.first + first) as isize - footprint.rows_beyond() as isize;
            let chord = footprint.chords()[0];
            dispatch(Rectangle::<C, T>::new(rows, chord, first_row, height, out.samples, whole))
        }
        None => dispatch(Chords::<C, T> { rows, footprint, out, choice: PhantomData }),
    }
}

/// The rows of an image and those beyond its edges, with what lies beyond their ends.
#[derive(Clone, Copy)]
pub struct Rows<'a, T> {
    pub samples: &'a [T],
    pub width: usize,
    /// The number of the first row.
    pub first: isize,
    pub border: Border,
    pub cval: T,
    /// Samples beyond either end.
    pub beyond: usize,
}

impl<T: Ordered> Rows<'_, T> {
    /// How many samples some columns have in a row with those beyond them on either side.
    pub fn length(&self, columns: &Range<usize>) -> usize {
        columns.len() + 2 * self.beyond
    }

    /// Copies some columns and those beside them of row `y`, all of which may lie beyond the edges. Returns whether the choice can be made
    /// among the samples.
    #[inline(always)]
    pub fn load<C: Choice>(&self, y: isize, columns: &Range<usize>, row: &mut [T]) -> bool {
        let count = self.samples.len() / self.width;
        let Some(y) = self.border.resolve(y - self.first, count) else {
            row.fill(self.cval);
            return true;
        };
        let samples = self.row(y);
        let first = columns.start as isize - self.beyond as isize;
        let inside = columns.start.saturating_sub(self.beyond)
            ..(columns.end + self.beyond).min(samples.len());
        let before = (inside.start as isize - first) as usize;
        if y + 1 < count {
            prefetch(&self.row(y + 1)[inside.clone()]);
        }
        let copied = &mut row[before..][..inside.len()];
        copied.copy_from_slice(&samples[inside.clone()]);
        let can_choose = C::PASSES_NAN_OVER || !has_nan(copied);
        for i in (0..before).chain(before + inside.len()..row.len()) {
            let x = self.border.resolve(first + i as isize, samples.len());
            row[i] = x.map_or(self.cval, |x| samples[x]);
        }
        can_choose
    }

    #[inline(always)]
    fn row(&self, y: usize) -> &[T] {
        &self.samples[y * self.width..][..self.width]
    }
}

struct Chords<'a, C, T> {
    rows: Rows<'a, T>,
    footprint: &'a ChordFootprint,
    out: Band<'a, T>,
    choice: PhantomData<C>,
}

impl<C: Choice, T: Ordered> Kernel for Chords<'_, C, T> {
    type Output = bool;

    #[inline(always)]
    fn run<L: Level>(self) -> bool {
        let Self { rows, footprint, out, .. } = self;
        let Band { first, row_len: width, samples: out } = out;
        let band = first as isize..(first + out.len() / width) as isize;
        let chords = footprint.chords();
        let lengths = Lengths::new(chords.iter().map(|chord| chord.length));
        let columns = 0..width;
        let pitch = rows.length(&columns);
        let mut lines = vec![T::default(); pitch * lengths.count()];
        let starts: Vec<usize> =
            chords.iter().map(|chord| lengths.place(chord.length) * pitch + chord.start).collect();
        let middle = footprint.rows_beyond() as isize;
        // Rows of the footprint that hold nothing have no part in any result.
        let [top, bottom] = [0, chords.len() - 1].map(|i| chords[i].row as isize - middle);
        for source in band.start + top..band.end + bottom {
            if !rows.load::<C>(source, &columns, &mut lines[..pitch]) {
                return false;
            }
            lengths.fill::<C, T>(&mut lines, pitch);
            for (i, (chord, &start)) in chords.iter().zip(&starts).enumerate() {
                let y = source + middle - chord.row as isize;
                if !band.contains(&y) {
                    continue;
                }
                let into = &mut out[(y as usize - first) * width..][..width];
                let windows = &lines[start..][..width];
                if i == 0 {
                    into.copy_from_slice(windows);
                } else {
                    choose_into::<C, T>(windows, into);
                }
            }
        }
        true
    }
}
