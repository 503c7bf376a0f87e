use std::marker::PhantomData;

use tagswitch_image::{ChordFootprint, ImageView};

use super::line::Lengths;
use super::order::{Choice, Ordered, choose_into, has_nan};
use super::rectangle::Rectangle;
use crate::border::{Border, pad_row};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// The choice among the samples of the footprint around each pixel.
///
/// A rectangle is done by windows along rows and then down the columns. Any other footprint is cut into chords (E. Urbach,
/// M. Wilkinson, "Efficient 2-D grayscale morphological transformations with arbitrary flat structuring elements", IEEE
/// Transactions on Image Processing 17, 2008): of each row the windows of all lengths of chords are computed once, and each
/// chord then takes part in the result of one row. Memory: a few rows, as many as there are lengths, or as a rectangle is high.
pub fn neighbourhood<C: Choice, T: Ordered>(
    image: ImageView<'_, T>,
    footprint: &ChordFootprint,
    border: Border,
    cval: T,
    out: &mut [T],
) {
    if has_nan(image.samples()) {
        choose::<C::OverNan, T>(image, footprint, border, cval, out);
    } else {
        choose::<C, T>(image, footprint, border, cval, out);
    }
}

fn choose<C: Choice, T: Ordered>(
    image: ImageView<'_, T>,
    footprint: &ChordFootprint,
    border: Border,
    cval: T,
    out: &mut [T],
) {
    let rows = Rows { image, border, cval, beyond: footprint.columns_beyond() };
    let width = image.shape().width();
    match footprint.rectangle() {
        Some((first, height)) => {
            let first_row = first as isize - footprint.rows_beyond() as isize;
            let chord = footprint.chords()[0];
            each_band(out, width, COST, |out| {
                let first_row = first_row + out.first as isize;
                dispatch(Rectangle::<C, T>::new(rows, chord, first_row, height, out.samples));
            });
        }
        None => each_band(out, width, COST * footprint.chords().len(), |out| {
            dispatch(Chords::<C, T> { rows, footprint, out, choice: PhantomData });
        }),
    }
}

/// Operations per byte and chord.
const COST: usize = 2;

/// The rows of an image and those beyond its edges, with what lies beyond their ends.
#[derive(Clone, Copy)]
pub struct Rows<'a, T> {
    pub image: ImageView<'a, T>,
    pub border: Border,
    pub cval: T,
    /// Samples beyond either end.
    pub beyond: usize,
}

impl<T: Ordered> Rows<'_, T> {
    /// How many samples a row has with those beyond its ends.
    pub fn length(&self) -> usize {
        self.image.shape().width() + 2 * self.beyond
    }

    /// Copies row `y`, which may lie beyond the edges.
    #[inline(always)]
    pub fn load(&self, y: isize, row: &mut [T]) {
        let shape = self.image.shape();
        match self.border.resolve(y, shape.height()) {
            Some(y) => {
                row[self.beyond..][..shape.width()].copy_from_slice(self.image.row(y));
                pad_row(row, shape.width(), 1, self.beyond, self.border, self.cval);
            }
            None => row.fill(self.cval),
        }
    }
}

struct Chords<'a, C, T> {
    rows: Rows<'a, T>,
    footprint: &'a ChordFootprint,
    out: Band<'a, T>,
    choice: PhantomData<C>,
}

impl<C: Choice, T: Ordered> Kernel for Chords<'_, C, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { rows, footprint, out, .. } = self;
        let Band { first, row_len: width, samples: out } = out;
        let band = first as isize..(first + out.len() / width) as isize;
        let chords = footprint.chords();
        let lengths = Lengths::new(chords.iter().map(|chord| chord.length));
        let pitch = rows.length();
        let mut lines = vec![T::default(); pitch * lengths.count()];
        let starts: Vec<usize> =
            chords.iter().map(|chord| lengths.place(chord.length) * pitch + chord.start).collect();
        let middle = footprint.rows_beyond() as isize;
        // Rows of the footprint that hold nothing have no part in any result.
        let [top, bottom] = [0, chords.len() - 1].map(|i| chords[i].row as isize - middle);
        for source in band.start + top..band.end + bottom {
            rows.load(source, &mut lines[..pitch]);
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
    }
}
