use tagswitch_image::{ImageView, Sample, Shape};

use crate::border::{Border, pad_row};
use crate::stream::prefetch;

/// What kernels work on at once: a line of so many, as far as a row has them.
pub const BLOCK: usize = 128;

/// A block, and what lies up to two pixels to either side of it.
pub type Line<W> = [W; BLOCK + 4];

/// The line that begins at a place of a row. Beyond the end of the row it holds anything.
#[inline(always)]
pub fn line<W>(store: &[W], start: usize) -> &Line<W> {
    // A window keeps room behind each row.
    store[start..].first_chunk().unwrap_or_else(|| unreachable!("a row has room behind it"))
}

/// Where a window's rows come from.
pub trait RowSource<W> {
    /// How many rows of how many pixels, and the numbers of a pixel.
    fn shape(&self) -> Shape;
    /// Writes a row as what is computed with. Mark implementations `#[inline(always)]`.
    fn write(&mut self, y: usize, row: &mut [W]);
}

/// An image, of which each sample becomes a number.
pub struct Converted<'a, T, C> {
    image: ImageView<'a, T>,
    convert: C,
}

impl<'a, T, C> Converted<'a, T, C> {
    /// By this conversion.
    #[inline(always)]
    pub fn new(image: ImageView<'a, T>, convert: C) -> Self {
        Self { image, convert }
    }
}

impl<T: Sample, W, C: Fn(T) -> W> RowSource<W> for Converted<'_, T, C> {
    #[inline(always)]
    fn shape(&self) -> Shape {
        self.image.shape()
    }

    #[inline(always)]
    fn write(&mut self, y: usize, row: &mut [W]) {
        if y + 1 < self.image.shape().height() {
            prefetch(self.image.row(y + 1));
        }
        for (work, &sample) in row.iter_mut().zip(self.image.row(y)) {
            *work = (self.convert)(sample);
        }
    }
}

/// The rows around one after the other, as what is computed with: each made once and in the cache while needed.
pub struct RowWindow<W, S> {
    source: S,
    border: Border,
    cval: W,
    reach: Reach,
    store: Vec<W>,
    /// From one row in the store to the next.
    pitch: usize,
    /// Whether the store holds the whole image and then a row of the border's constant. If not, it is a ring of the
    /// rows around the current one, those beyond the edges included: row `y` in slot `(y + above) % slots`.
    whole: bool,
}

/// How far a window reaches from a pixel; what lies beyond the edges comes from the border.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// Rows before it, and as many after it.
    pub rows: usize,
    /// Columns likewise.
    pub columns: usize,
}

impl<W: Copy, S: RowSource<W>> RowWindow<W, S> {
    /// A window on these rows that is first asked for row `first`, with `cval` for [`Border::Constant`].
    #[inline(always)]
    pub fn new(source: S, first: usize, reach: Reach, border: Border, cval: W) -> Self {
        let shape = source.shape();
        let height = shape.height();
        let row_len = shape.row_len() + 2 * reach.columns * shape.channels();
        let slots = 2 * reach.rows + 1;
        let whole = slots >= height;
        // With a pitch of a power of two, a column would crowd into few sets of the cache.
        let pitch = row_len.next_multiple_of(BLOCK) + BLOCK + 16;
        let mut store = vec![cval; pitch * if whole { height + 1 } else { slots }];
        let mut rows = Self { source, border, cval, reach, store: Vec::new(), pitch, whole };
        // Of a ring, the first row asked for loads the last slot itself.
        let uppermost = if whole { 0 } else { first as isize - reach.rows as isize };
        let count = if whole { height } else { 2 * reach.rows };
        for index in (uppermost..).take(count) {
            let slot = if whole { index } else { (index + reach.rows as isize) % slots as isize };
            rows.load(index, &mut store[slot as usize * pitch..][..row_len]);
        }
        rows.store = store;
        rows
    }

    /// Makes row `index`, which may lie beyond the edges.
    #[inline(always)]
    fn load(&mut self, index: isize, row: &mut [W]) {
        let shape = self.source.shape();
        let Some(y) = self.border.resolve(index, shape.height()) else {
            return row.fill(self.cval);
        };
        let beside = self.reach.columns;
        self.source.write(y, &mut row[beside * shape.channels()..][..shape.row_len()]);
        pad_row(row, shape.width(), shape.channels(), beside, self.border, self.cval);
    }

    /// The samples in which the rows around `y` lie at `starts`, from the uppermost: each with `reach.columns` pixels before
    /// and after it. Ask for each `y` once, in order.
    #[inline(always)]
    pub fn around(&mut self, y: usize, starts: &mut [usize]) -> &[W] {
        let slots = starts.len();
        if self.whole {
            let height = self.source.shape().height();
            for (tap, start) in starts.iter_mut().enumerate() {
                let index = (y + tap) as isize - self.reach.rows as isize;
                *start = self.border.resolve(index, height).unwrap_or(height) * self.pitch;
            }
            return &self.store;
        }
        let mut store = std::mem::take(&mut self.store);
        let slot = (y + slots - 1) % slots * self.pitch;
        let shape = self.source.shape();
        let row_len = shape.row_len() + 2 * self.reach.columns * shape.channels();
        self.load((y + self.reach.rows) as isize, &mut store[slot..][..row_len]);
        self.store = store;
        for (tap, start) in starts.iter_mut().enumerate() {
            *start = (y + tap) % slots * self.pitch;
        }
        &self.store
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_the_rows_around_each() {
        for height in 1..12 {
            let samples: Vec<u8> = (0..height * 3).map(|i| i as u8).collect();
            let shape = Shape::new(height, 3, 1).unwrap();
            for border in [Border::Reflect, Border::Constant, Border::Wrap] {
                for rows in 0..8 {
                    for columns in 0..5 {
                        let image = ImageView::new(&samples, shape).unwrap();
                        let reach = Reach { rows, columns };
                        for first in 0..height {
                            let source = Converted::new(image, f32::from);
                            let mut window = RowWindow::new(source, first, reach, border, 77.0);
                            let mut starts = vec![0; 2 * rows + 1];
                            for y in first..height {
                                let found = window.around(y, &mut starts);
                                for (tap, &start) in starts.iter().enumerate() {
                                    let source =
                                        border.resolve((y + tap) as isize - rows as isize, height);
                                    for place in 0..3 + 2 * columns {
                                        let x =
                                            border.resolve(place as isize - columns as isize, 3);
                                        let expected =
                                            source.zip(x).map_or(77.0, |(y, x)| (3 * y + x) as f32);
                                        assert_eq!(
                                            found[start + place],
                                            expected,
                                            "{height} {border:?} {reach:?} {y}"
                                        );
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
