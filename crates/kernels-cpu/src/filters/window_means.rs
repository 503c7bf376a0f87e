use tagswitch_image::Sample;

use super::window_columns::{BLOCK, Columns, ROWS, Windows};
use crate::simd::{Kernel, Level, dispatch_wide};

/// What becomes of the means over the window about each pixel.
pub(super) struct WindowMeans<'a, T, O, F, G, const N: usize> {
    /// What the means are of.
    pub(super) windows: Windows<'a, T, F, N>,
    /// What becomes of a pixel, of the means of all that is added up of a sample.
    pub(super) rule: G,
    /// As many samples as the image has.
    pub(super) out: &'a mut [O],
}

impl<T, O, F, G, const N: usize> Kernel for WindowMeans<'_, T, O, F, G, N>
where
    T: Sample,
    O: Sample,
    F: Fn(f64) -> [f64; N],
    G: Fn([f64; N]) -> O,
{
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(mut self) {
        if !self.add_up::<L, false>() {
            self.add_up::<L, true>();
        }
    }
}

impl<T, O, F, G, const N: usize> WindowMeans<'_, T, O, F, G, N>
where
    T: Sample,
    O: Sample,
    F: Fn(f64) -> [f64; N],
    G: Fn([f64; N]) -> O,
{
    /// Adds up in 64 bits: what leaves the window is taken off and what enters it added, so that the cost does not depend on its
    /// size. Where a sum is not finite, which it would stay, all are added up anew for each pixel.
    pub(super) fn run(self) {
        dispatch_wide(self);
    }

    /// Makes the result, of sums that go on from pixel to pixel unless each is made `ANEW`; returns whether it is whole, as no sum that was to
    /// go on was not finite.
    #[inline(always)]
    fn add_up<L: Level, const ANEW: bool>(&mut self) -> bool {
        let padded = self.windows.padded();
        let mut sums: [Vec<f64>; N] = std::array::from_fn(|_| vec![0.0; padded]);
        let mut columns: Columns<N> =
            std::array::from_fn(|_| vec![[0.0; ROWS]; padded + self.windows.window[1] - 1]);
        for first in (0..self.windows.image.shape().height()).step_by(ROWS) {
            self.windows.down::<ANEW>(first, &mut sums, &mut columns);
            if !self.across::<L, ANEW>(first, &columns) && !ANEW {
                return false;
            }
        }
        true
    }

    /// Sums across, and what becomes of them; returns whether all stayed finite.
    #[inline(always)]
    fn across<L: Level, const ANEW: bool>(&mut self, first: usize, columns: &Columns<N>) -> bool {
        let (width, [rows, side]) = (self.windows.image.shape().width(), self.windows.window);
        let add = |sums: &mut [f64; ROWS], column: &[f64; ROWS]| {
            for row in 0..ROWS {
                sums[row] += column[row];
            }
        };
        let pixels = (rows * side) as f64;
        let share = 1.0 / pixels;
        let mut sums = [[0.0; ROWS]; N];
        for (sums, columns) in sums.iter_mut().zip(columns) {
            columns[..side - 1].iter().for_each(|column| add(sums, column));
        }
        let columns = columns.each_ref().map(|columns| columns.as_slice());
        let out = &mut self.out[first * width..];
        for x in (0..width).step_by(BLOCK) {
            let mut block = [[[0.0; ROWS]; BLOCK]; N];
            let leaving = columns.map(|columns| &columns[x..][..BLOCK]);
            let entering = columns.map(|columns| &columns[x + side - 1..][..BLOCK]);
            for i in 0..BLOCK {
                for term in 0..N {
                    if ANEW {
                        sums[term] = [0.0; ROWS];
                        let before = &columns[term][x + i..][..side - 1];
                        before.iter().for_each(|column| add(&mut sums[term], column));
                    }
                    add(&mut sums[term], &entering[term][i]);
                }
                for term in 0..N {
                    block[term][i] = sums[term];
                    for row in 0..ROWS {
                        sums[term][row] -= leaving[term][i][row];
                    }
                }
            }
            let mut samples = [[O::default(); ROWS]; BLOCK];
            for (i, sample) in samples.as_flattened_mut().iter_mut().enumerate() {
                let mut means = [0.0; N];
                for term in 0..N {
                    let sum = block[term].as_flattened()[i];
                    means[term] = if ANEW { sum / pixels } else { L::divide(sum, pixels, share) };
                }
                *sample = (self.rule)(means);
            }
            let mut lines = [[O::default(); BLOCK]; ROWS];
            // Vectors come of this order of loops.
            for (i, samples) in samples.iter().enumerate() {
                for row in 0..ROWS {
                    lines[row][i] = samples[row];
                }
            }
            for (out, line) in out.chunks_exact_mut(width).zip(&lines) {
                match out[x..].first_chunk_mut() {
                    Some(out) => *out = *line,
                    None => out[x..].copy_from_slice(&line[..width - x]),
                }
            }
        }
        sums.as_flattened().iter().fold(true, |all, sum| all & sum.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::{ImageView, Shape};

    use super::*;
    use crate::border::Border;
    use crate::random::Random;
    use crate::simd::baseline;

    const BORDERS: [Border; 5] =
        [Border::Reflect, Border::Constant, Border::Nearest, Border::Mirror, Border::Wrap];

    /// The mean of a sample's double and that of its square, less 1, one window by itself.
    fn expected<T: Sample>(
        image: ImageView<'_, T>,
        window: [usize; 2],
        (border, cval): (Border, f64),
    ) -> Vec<f64> {
        let (height, width) = (image.shape().height(), image.shape().width());
        let around = |at: usize, side: usize| {
            let first = at as isize - side as isize / 2;
            first..first + side as isize
        };
        let mut means = Vec::new();
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            let mut sums = [0.0; 2];
            for row in around(y, window[0]) {
                for column in around(x, window[1]) {
                    let place = border.resolve(row, height).zip(border.resolve(column, width));
                    let sample =
                        place.map_or(cval, |(row, column)| image.row(row)[column].to_f64());
                    sums[0] += 2.0 * sample;
                    sums[1] += sample * sample;
                }
            }
            let [double, square] = sums.map(|sum| sum / (window[0] * window[1]) as f64);
            means.push(double + (square - 1.0));
        }
        means
    }

    fn check<T: Sample>(
        samples: &[T],
        shape: Shape,
        window: [usize; 2],
        (border, cval): (Border, f64),
    ) {
        let image = ImageView::new(samples, shape).unwrap();
        let expected = expected(image, window, (border, cval));
        for is_baseline in [false, true] {
            let mut out = vec![9.0; expected.len()];
            let means = WindowMeans {
                windows: Windows {
                    image,
                    window,
                    border,
                    cval,
                    terms: |sample| [2.0 * sample, sample * sample],
                },
                rule: |[double, square]: [f64; 2]| double + (square - 1.0),
                out: &mut out,
            };
            if is_baseline {
                baseline(means)
            } else {
                means.run()
            }
            for (i, (out, expected)) in out.iter().zip(&expected).enumerate() {
                let same = out == expected || out.is_nan() && expected.is_nan();
                assert!(same, "{i} of {shape}: {out}, expected {expected}, {window:?} {border:?}");
            }
        }
    }

    /// Windows of images of all widths and heights; whole numbers add up exactly, in whatever order.
    fn checks<T: Sample>(number: impl Fn(u32) -> T) {
        let mut random = Random::new(7);
        let sizes = (1..70).map(|width| (3, width)).chain((1..20).map(|height| (height, 19)));
        for (i, (height, width)) in sizes.enumerate() {
            let shape = Shape::new(height, width, 1).unwrap();
            let samples: Vec<T> = (0..shape.len()).map(|_| number(random.below(256))).collect();
            let sides = [1, 3, 5, 21];
            let window = [sides[i % 4], sides[i / 4 % 4]];
            let cval = if i % 3 == 0 { f64::INFINITY } else { 3.0 };
            check(&samples, shape, window, (BORDERS[i % 5], cval));
        }
    }

    #[test]
    fn windows_of_all_sizes_are_added_up_whatever_the_image_s() {
        checks(|number| number as u8);
        checks(|number| number as i32 - 99);
        checks(|number| number as f32);
        checks(|number| number as f64);
    }

    #[test]
    fn what_is_not_finite_spreads_no_further_than_the_window() {
        checks(|number| match number {
            0 => f32::NAN,
            1 => f32::INFINITY,
            2 => f32::NEG_INFINITY,
            _ => number as f32,
        });
    }

    #[test]
    fn sums_beyond_all_numbers_spread_no_further_either() {
        let mut samples = [1.0f64; 600];
        (samples[0], samples[25]) = (1e200, 1e200);
        check(&samples, Shape::new(20, 30, 1).unwrap(), [3, 3], (Border::Mirror, 0.0));
    }
}
