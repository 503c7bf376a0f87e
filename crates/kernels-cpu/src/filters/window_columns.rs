use tagswitch_image::{ImageView, Sample};

use crate::border::Border;

/// Rows that are done side by side, one in each lane: sums along a row have to wait for each other, those of several rows do not.
pub(super) const ROWS: usize = 8;

/// Columns that are done together: as many 32-bit samples as a line of the cache has.
pub(super) const BLOCK: usize = 16;

/// Of each column the sums of the window's rows about [`ROWS`] pixels.
pub(super) type Columns<const N: usize> = [Vec<[f64; ROWS]>; N];

/// Windows about the pixels of an image, and what is added up in them.
pub(super) struct Windows<'a, T, F, const N: usize> {
    /// One channel.
    pub(super) image: ImageView<'a, T>,
    /// Rows and columns of a window, odd.
    pub(super) window: [usize; 2],
    /// What lies beyond the edge.
    pub(super) border: Border,
    /// The sample beyond the edge with [`Border::Constant`].
    pub(super) cval: f64,
    /// What is added up of a sample.
    pub(super) terms: F,
}

impl<T, F, const N: usize> Windows<'_, T, F, N>
where
    T: Sample,
    F: Fn(f64) -> [f64; N],
{
    /// Of how many columns sums are made, of an image's row in whole blocks.
    pub(super) fn padded(&self) -> usize {
        self.image.shape().width().next_multiple_of(BLOCK)
    }

    /// Sums down the columns about the rows from `first` on, with those beyond both ends. Unless each is made `ANEW`, they go on from the
    /// `sums` of the row before.
    #[inline(always)]
    pub(super) fn down<const ANEW: bool>(
        &self,
        first: usize,
        sums: &mut [Vec<f64>; N],
        columns: &mut Columns<N>,
    ) {
        let (height, before) = (self.image.shape().height(), self.window[1] / 2);
        let line = |row| self.border.resolve(row, height).map(|row| self.image.row(row));
        let above = (self.window[0] / 2) as isize;
        let at = |row: usize| (first + row) as isize;
        let leaving: [_; ROWS] = std::array::from_fn(|row| line(at(row) - above));
        let entering: [_; ROWS] = std::array::from_fn(|row| line(at(row) + above + 1));
        for x in (0..sums[0].len()).step_by(BLOCK) {
            let mut running = [[0.0; BLOCK]; N];
            for (running, sums) in running.iter_mut().zip(&*sums) {
                running.copy_from_slice(&sums[x..][..BLOCK]);
            }
            let mut rows = [[[0.0; BLOCK]; ROWS]; N];
            for row in 0..ROWS {
                if ANEW || at(row) == 0 {
                    running = [[0.0; BLOCK]; N];
                    for row in at(row) - above..=at(row) + above {
                        self.add(&mut running, line(row), x, 1.0);
                    }
                }
                for term in 0..N {
                    rows[term][row] = running[term];
                }
                if !ANEW {
                    self.add(&mut running, leaving[row], x, -1.0);
                    self.add(&mut running, entering[row], x, 1.0);
                }
            }
            for term in 0..N {
                sums[term][x..][..BLOCK].copy_from_slice(&running[term]);
                let columns = &mut columns[term][before + x..][..BLOCK];
                for (i, column) in columns.iter_mut().enumerate() {
                    for row in 0..ROWS {
                        column[row] = rows[term][row][i];
                    }
                }
            }
        }
        self.extend(columns);
    }

    /// Adds samples of a row, which may lie beyond the edge, times `sign`.
    #[inline(always)]
    fn add(&self, sums: &mut [[f64; BLOCK]; N], line: Option<&[T]>, x: usize, sign: f64) {
        let Some(line) = line else {
            let outside = (self.terms)(self.cval);
            for (sums, outside) in sums.iter_mut().zip(outside) {
                sums.iter_mut().for_each(|sum| *sum += sign * outside);
            }
            return;
        };
        let line = &line[x..];
        let samples = line.first_chunk().copied().unwrap_or_else(|| {
            let mut samples = [T::default(); BLOCK];
            samples[..line.len()].copy_from_slice(line);
            samples
        });
        for i in 0..BLOCK {
            let terms = (self.terms)(samples[i].to_f64());
            for term in 0..N {
                sums[term][i] += sign * terms[term];
            }
        }
    }

    /// Fills what lies beyond both ends of the rows.
    #[inline(always)]
    fn extend(&self, columns: &mut Columns<N>) {
        let (width, before) = (self.image.shape().width(), self.window[1] / 2);
        let outside = (self.terms)(self.cval).map(|term| [term * self.window[0] as f64; ROWS]);
        let left = (0..before).map(|i| (i, i as isize - before as isize));
        let right = (0..before).map(|i| (before + width + i, (width + i) as isize));
        for (slot, index) in left.chain(right) {
            let source = self.border.resolve(index, width);
            for (columns, outside) in columns.iter_mut().zip(outside) {
                columns[slot] = source.map_or(outside, |source| columns[before + source]);
            }
        }
    }
}
