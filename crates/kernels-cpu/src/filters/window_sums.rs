use tagswitch_image::{ImageView, Sample};

use crate::border::Border;
use crate::simd::{Kernel, Level, dispatch};

/// Sums over the window about each pixel, row by row.
pub(super) struct WindowSums<'a, T, F, G, const N: usize> {
    /// One channel.
    pub(super) image: ImageView<'a, T>,
    /// Rows and columns of the window, odd.
    pub(super) window: [usize; 2],
    /// What lies beyond the edge.
    pub(super) border: Border,
    /// The sample beyond the edge with [`Border::Constant`].
    pub(super) cval: f64,
    /// What is added up of a sample.
    pub(super) terms: F,
    /// Given each row's number and its sums.
    pub(super) give: G,
}

impl<T, F, G, const N: usize> WindowSums<'_, T, F, G, N>
where
    T: Sample,
    F: Fn(f64) -> [f64; N],
    G: FnMut(usize, &[Vec<f64>; N]),
{
    /// Adds up in 64 bits: what leaves the window is taken off and what enters it added, so that the cost does not depend on its
    /// size. An image with samples that are not finite is added up anew for each pixel, as these would never leave a sum.
    pub(super) fn run(self) {
        dispatch(self);
    }
}

impl<T, F, G, const N: usize> Kernel for WindowSums<'_, T, F, G, N>
where
    T: Sample,
    F: Fn(f64) -> [f64; N],
    G: FnMut(usize, &[Vec<f64>; N]),
{
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(mut self) {
        let (height, width) = (self.image.shape().height(), self.image.shape().width());
        let [rows, columns] = self.window;
        let (above, before) = ((rows / 2) as isize, columns / 2);
        let finite = self.image.samples().iter().all(|sample| sample.to_f64().is_finite());
        // Sums down the columns, with those beyond both edges beside them.
        let mut down: [Vec<f64>; N] = std::array::from_fn(|_| vec![0.0; width + columns - 1]);
        let mut sums: [Vec<f64>; N] = std::array::from_fn(|_| vec![0.0; width]);
        for row in 0..height {
            let at = row as isize;
            if row == 0 || !finite {
                down.iter_mut().for_each(|column| column.fill(0.0));
                for r in at - above..=at + above {
                    self.add_row(&mut down, before, r, 1.0);
                }
            } else {
                self.add_row(&mut down, before, at - above - 1, -1.0);
                self.add_row(&mut down, before, at + above, 1.0);
            }
            self.extend(&mut down, before, width);
            for (sums, down) in sums.iter_mut().zip(&down) {
                if finite {
                    let mut sum: f64 = down[..columns - 1].iter().sum();
                    for (i, out) in sums.iter_mut().enumerate() {
                        sum += down[i + columns - 1];
                        *out = sum;
                        sum -= down[i];
                    }
                } else {
                    for (out, window) in sums.iter_mut().zip(down.windows(columns)) {
                        *out = window.iter().sum();
                    }
                }
            }
            (self.give)(row, &sums);
        }
    }
}

impl<T, F, G, const N: usize> WindowSums<'_, T, F, G, N>
where
    T: Sample,
    F: Fn(f64) -> [f64; N],
{
    /// Adds a row, which may lie beyond the edge, times `sign` to the sums down the columns.
    #[inline(always)]
    fn add_row(&self, down: &mut [Vec<f64>; N], before: usize, row: isize, sign: f64) {
        let shape = self.image.shape();
        let inner = before..before + shape.width();
        match self.border.resolve(row, shape.height()) {
            Some(row) => {
                for (i, sample) in inner.zip(self.image.row(row)) {
                    let terms = (self.terms)(sample.to_f64());
                    for (down, term) in down.iter_mut().zip(terms) {
                        down[i] += sign * term;
                    }
                }
            }
            None => {
                for (down, term) in down.iter_mut().zip((self.terms)(self.cval)) {
                    down[inner.clone()].iter_mut().for_each(|sum| *sum += sign * term);
                }
            }
        }
    }

    /// Fills what lies beyond both ends of the sums down the columns.
    #[inline(always)]
    fn extend(&self, down: &mut [Vec<f64>; N], before: usize, width: usize) {
        let outside = (self.terms)(self.cval).map(|term| term * self.window[0] as f64);
        let left = (0..before).map(|i| (i, i as isize - before as isize));
        let right = (0..before).map(|i| (before + width + i, (width + i) as isize));
        for (slot, index) in left.chain(right) {
            let source = self.border.resolve(index, width);
            for (down, outside) in down.iter_mut().zip(outside) {
                down[slot] = source.map_or(outside, |source| down[before + source]);
            }
        }
    }
}
