use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use tagswitch_image::{ChordFootprint, ImageView};

use super::neighbourhood::{READ_AT_ONCE, Rows, choose_in_band, cost};
use super::order::{Choice, Ordered};
use crate::border::Border;
use crate::threads::{Band, each_band};

/// What lies between the two choices, of so many rows of the result as take about so much, stays in the second nearest cache.
const BYTES: usize = 256 << 10;

/// The choice among the samples of the footprint around each pixel, and then a second one among those choices by the mirrored
/// footprint. `combine` makes the result of a sample and the second choice; without it the choice is the result.
///
/// A few rows are chosen twice before the next ones, and those of the first choice that both need are made again. Memory: these
/// rows and those that the footprint reaches above and below, for each thread.
pub fn twice<First: Choice, Second: Choice, T: Ordered>(
    image: ImageView<'_, T>,
    footprint: &ChordFootprint,
    border: Border,
    cvals: [T; 2],
    out: &mut [T],
    combine: Option<impl Fn(T, T) -> T + Sync>,
) {
    let [first, second] = [footprint, &footprint.mirrored()];
    let both = Both { image, footprints: [first, second], border, cvals };
    // As one choice is made: passing NaN over takes longer.
    if !both.choose::<First, Second>(out, combine.as_ref()) {
        both.choose::<First::OverNan, Second::OverNan>(out, combine.as_ref());
    }
}

struct Both<'a, T> {
    image: ImageView<'a, T>,
    footprints: [&'a ChordFootprint; 2],
    border: Border,
    cvals: [T; 2],
}

impl<T: Ordered> Both<'_, T> {
    /// Returns whether the choices could be made.
    fn choose<First: Choice, Second: Choice>(
        &self,
        out: &mut [T],
        combine: Option<&(impl Fn(T, T) -> T + Sync)>,
    ) -> bool {
        let [width, whole] = [self.image.shape().width(), out.len()];
        let beyond = self.footprints[0].rows_beyond();
        // Of tall footprints so many that what is made again is little beside them.
        let rows = (BYTES / (width * size_of::<T>())).max(16 * beyond).max(1);
        let is_made = AtomicBool::new(true);
        each_band(out, width, 2 * cost(self.footprints[0]), |band| {
            let mut between = Vec::new();
            for (i, samples) in band.samples.chunks_mut(rows * width).enumerate() {
                let first = band.first + i * rows;
                let reach = self.reach(first..first + samples.len() / width);
                between.resize(reach.len() * width, T::default());
                if !self.choose_first::<First>(reach.clone(), &mut between) {
                    return is_made.store(false, Relaxed);
                }
                let from = self.rows(1, &between, reach.start);
                // What is combined at once is read again.
                let whole = if combine.is_some() { READ_AT_ONCE } else { whole };
                let part = Band { first, row_len: width, samples: &mut *samples };
                if !choose_in_band::<Second, T>(from, self.footprints[1], part, whole) {
                    return is_made.store(false, Relaxed);
                }
                if let Some(combine) = combine {
                    let image = &self.image.samples()[first * width..];
                    for (out, &sample) in samples.iter_mut().zip(image) {
                        *out = combine(sample, *out);
                    }
                }
            }
        });
        is_made.into_inner()
    }

    /// The rows that the second choice for some is made among, whether the image has them or not. Where the image is all there, the
    /// border finds its own.
    fn reach(&self, rows: Range<usize>) -> Range<isize> {
        let beyond = self.footprints[1].rows_beyond() as isize;
        let reach = rows.start as isize - beyond..rows.end as isize + beyond;
        let image = 0..self.image.shape().height() as isize;
        if reach.start <= image.start && image.end <= reach.end { image } else { reach }
    }

    /// The first choice for some rows, and beyond the image's edges what lies there for the second one.
    fn choose_first<C: Choice>(&self, reach: Range<isize>, between: &mut [T]) -> bool {
        let shape = self.image.shape();
        let [width, height] = [shape.width(), shape.height()];
        let place = |y: isize| (y - reach.start) as usize * width;
        let image = self.rows(0, self.image.samples(), 0);
        let choose = |first: usize, samples: &mut [T]| {
            let band = Band { first, row_len: width, samples };
            choose_in_band::<C, T>(image, self.footprints[0], band, READ_AT_ONCE)
        };

        let inside = reach.start.max(0)..reach.end.min(height as isize);
        if !choose(inside.start as usize, &mut between[place(inside.start)..place(inside.end)]) {
            return false;
        }
        for outside in [reach.start..inside.start, inside.end..reach.end] {
            let mut y = outside.start;
            while y < outside.end {
                let mut end = y + 1;
                match self.border.resolve(y, height) {
                    None => between[place(y)..place(end)].fill(self.cvals[1]),
                    Some(row) if inside.contains(&(row as isize)) => {
                        let row = row as isize;
                        between.copy_within(place(row)..place(row + 1), place(y));
                    }
                    Some(row) => {
                        // Of the other side of the image, where they follow one another until it ends.
                        end = outside.end.min(y + (height - row) as isize);
                        if !choose(row, &mut between[place(y)..place(end)]) {
                            return false;
                        }
                    }
                }
                y = end;
            }
        }
        true
    }

    /// The rows that a choice is made among.
    fn rows<'a>(&self, choice: usize, samples: &'a [T], first: isize) -> Rows<'a, T> {
        let width = self.image.shape().width();
        let beyond = self.footprints[choice].columns_beyond();
        Rows { samples, width, first, border: self.border, cval: self.cvals[choice], beyond }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::super::neighbourhood::neighbourhood;
    use super::super::order::{Greatest, Least};
    use super::*;
    use crate::random::Random;

    const BORDERS: [Border; 5] =
        [Border::Reflect, Border::Constant, Border::Nearest, Border::Mirror, Border::Wrap];

    /// The same of two whole images.
    fn one_by_one<T: Ordered>(
        image: ImageView<'_, T>,
        footprint: &ChordFootprint,
        border: Border,
        cvals: [T; 2],
    ) -> Vec<T> {
        let [mut between, mut out] = [(); 2].map(|()| vec![T::default(); image.shape().len()]);
        let whole = between.len();
        neighbourhood::<Least, T>(image, footprint, border, cvals[0], &mut between, whole);
        let between = ImageView::new(&between, image.shape()).unwrap();
        neighbourhood::<Greatest, T>(
            between,
            &footprint.mirrored(),
            border,
            cvals[1],
            &mut out,
            whole,
        );
        out
    }

    type Cells = (usize, usize, &'static [u8]);

    const SQUARE: Cells = (5, 5, &[1; 25]);
    const CORNER: Cells = (3, 3, &[1, 0, 0, 1, 0, 0, 1, 1, 1]);
    const TALL: Cells = (31, 3, &[1; 93]);

    fn agrees<T: Ordered>(
        [height, width]: [usize; 2],
        footprints: &[Cells],
        borders: &[Border],
        sample: impl Fn(u32) -> T,
    ) {
        let shape = Shape::new(height, width, 1).unwrap();
        let mut random = Random::new(17);
        let samples: Vec<T> = (0..shape.len()).map(|_| sample(random.bits())).collect();
        let image = ImageView::new(&samples, shape).unwrap();
        for &(tall, wide, cells) in footprints {
            let footprint = ChordFootprint::new(tall, wide, cells).unwrap();
            for &border in borders {
                let cvals = [sample(5), sample(7)];
                let once = one_by_one(image, &footprint, border, cvals);
                let mut out = vec![T::default(); shape.len()];
                let mut run = |combine: Option<fn(T, T) -> T>, expected: &[f64]| {
                    twice::<Least, Greatest, T>(
                        image, &footprint, border, cvals, &mut out, combine,
                    );
                    let same = |(a, b): (&T, &f64)| a.to_f64() == *b || a.is_nan() && b.is_nan();
                    let wrong = out.iter().zip(expected).position(|pair| !same(pair));
                    let what = combine.map_or("alone", |_| "combined");
                    assert_eq!(
                        wrong,
                        None,
                        "{} {tall} × {wide} {border:?} of {shape} {what}",
                        T::NAME
                    );
                };
                run(None, &once.iter().map(|v| v.to_f64()).collect::<Vec<_>>());
                let minus = samples.iter().zip(&once).map(|(&v, &once)| v.minus(once).to_f64());
                run(Some(T::minus), &minus.collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn rows_at_a_time_make_what_whole_images_make() {
        let all = [SQUARE, CORNER, TALL];
        for size in [[1, 1], [1, 9], [40, 3], [3, 40]] {
            agrees(size, &all, &BORDERS, |bits| bits as u8);
            let third_nan = |bits| if bits % 3 == 0 { f32::NAN } else { bits as f32 };
            agrees(size, &all, &BORDERS, third_nan);
        }
        // Several parts.
        agrees([100, 4099], &[SQUARE, CORNER], &[Border::Mirror], |bits| (bits % 1000) as f32);
        let some_nan = |bits| if bits % 100_000 == 0 { f64::NAN } else { f64::from(bits) };
        agrees([70, 4099], &[SQUARE, CORNER], &[Border::Wrap], some_nan);
        // A result that is streamed.
        agrees([211, 20_000], &[SQUARE], &[Border::Constant], |bits| bits as u8);
    }
}
