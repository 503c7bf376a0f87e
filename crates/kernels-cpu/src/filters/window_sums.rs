use tagswitch_image::{ImageView, Sample};

use crate::border::Border;
use crate::simd::{Kernel, Level, dispatch};

/// How many rows are added up side by side, so that sums along one need not wait for each other.
const ROWS: usize = 4;

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
        let finite = all_finite(self.image.samples());
        // Sums down the columns, with those beyond both edges beside them, of the current row and of all that are summed up at once.
        let mut down: [Vec<f64>; N] = std::array::from_fn(|_| vec![0.0; width + columns - 1]);
        let mut lines: [[Vec<f64>; N]; ROWS] = std::array::from_fn(|_| down.clone());
        let mut sums: [[Vec<f64>; N]; ROWS] =
            std::array::from_fn(|_| std::array::from_fn(|_| vec![0.0; width]));
        for first in (0..height).step_by(ROWS) {
            let given = first..(first + ROWS).min(height);
            for (row, line) in given.clone().zip(&mut lines) {
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
                for (line, down) in line.iter_mut().zip(&down) {
                    line.copy_from_slice(down);
                }
            }
            for term in 0..N {
                let lines = lines.each_ref().map(|line| line[term].as_slice());
                let sums = sums.each_mut().map(|sums| sums[term].as_mut_slice());
                if finite {
                    slide(lines, columns, sums);
                } else {
                    for (line, sums) in lines.into_iter().zip(sums) {
                        for (sum, window) in sums.iter_mut().zip(line.windows(columns)) {
                            *sum = window.iter().sum();
                        }
                    }
                }
            }
            for (row, sums) in given.zip(&sums) {
                (self.give)(row, sums);
            }
        }
    }
}

fn all_finite<T: Sample>(samples: &[T]) -> bool {
    // In blocks, as a loop that may end at each sample takes them one by one.
    let finite = |block: &[T]| block.iter().fold(true, |all, v| all & v.to_f64().is_finite());
    samples.chunks(4096).all(finite)
}

/// Sums over windows of so many columns of each line.
#[inline(always)]
fn slide(lines: [&[f64]; ROWS], columns: usize, sums: [&mut [f64]; ROWS]) {
    let width = sums[0].len();
    let sums = sums.map(|sums| &mut sums[..width]);
    let mut windows: [f64; ROWS] = lines.map(|line| line[..columns - 1].iter().sum());
    let coming = lines.map(|line| &line[columns - 1..][..width]);
    let leaving = lines.map(|line| &line[..width]);
    for i in 0..width {
        for row in 0..ROWS {
            windows[row] += coming[row][i];
            sums[row][i] = windows[row];
            windows[row] -= leaving[row][i];
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
        let row = self.border.resolve(row, shape.height()).map(|row| self.image.row(row));
        for (term, down) in down.iter_mut().enumerate() {
            let down = &mut down[before..][..shape.width()];
            match row {
                Some(row) => {
                    for (sum, sample) in down.iter_mut().zip(row) {
                        *sum += sign * (self.terms)(sample.to_f64())[term];
                    }
                }
                None => {
                    let outside = sign * (self.terms)(self.cval)[term];
                    down.iter_mut().for_each(|sum| *sum += outside);
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

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn any_number_of_rows_is_added_up() {
        for height in 1..10 {
            let shape = Shape::new(height, 7, 1).unwrap();
            let mut samples: Vec<f32> = (0..shape.len()).map(|i| (i * i % 61) as f32).collect();
            for cval in [3.0, f64::INFINITY] {
                let expected = |y: usize, x: usize| -> f64 {
                    let places = (y as isize - 1..=y as isize + 1)
                        .flat_map(|y| (x as isize - 2..=x as isize + 2).map(move |x| (y, x)));
                    let place = |(y, x): (isize, isize)| {
                        let inside = (0..height as isize).contains(&y) && (0..7).contains(&x);
                        if inside { f64::from(samples[y as usize * 7 + x as usize]) } else { cval }
                    };
                    places.map(place).sum()
                };
                let image = ImageView::new(&samples, shape).unwrap();
                let mut rows = 0;
                WindowSums {
                    image,
                    window: [3, 5],
                    border: Border::Constant,
                    cval,
                    terms: |sample| [sample, 2.0 * sample],
                    give: |row, [sums, doubled]: &[Vec<f64>; 2]| {
                        assert_eq!(row, rows);
                        rows += 1;
                        for (x, (&sum, &double)) in sums.iter().zip(doubled).enumerate() {
                            let expected = expected(row, x);
                            assert_eq!([sum, double], [expected, 2.0 * expected]);
                        }
                    },
                }
                .run();
                assert_eq!(rows, height);
                samples[0] = f32::INFINITY;
            }
        }
    }
}
