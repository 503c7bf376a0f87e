use std::ops::Range;

use tagswitch_image::{ImageView, Sample};

use super::runs::for_each_run;
use crate::error::{Result, check_channels, check_shape};
use crate::ranks::{Label, Ranks};
use crate::simd::{Kernel, Level, dispatch};

/// Boxes, moments and sums of intensities of all regions above 0: what `skimage.measure.regionprops` passes over images for.
///
/// The result has for each region, ascending by label: the label; its first row and column, and those after the last; the 4 × 4 raw
/// moments of its pixels about the corner of that box. With an image of intensities also their least and greatest, the sum of the squares of
/// their differences from the mean, and their moments. All in 64 bits.
///
/// Labels are read twice, for boxes and for sums about their corners, in runs of equal ones. The power sums of a run's columns are known.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) for an image of another
/// shape than the labels.
pub fn region_sums<L: Label, T: Sample>(
    labels: ImageView<'_, L>,
    intensity: Option<ImageView<'_, T>>,
) -> Result<Vec<f64>> {
    check_channels("labels", labels.shape(), &[1], "1")?;
    if let Some(intensity) = intensity {
        check_shape("intensity", intensity.shape(), labels.shape())?;
    }
    Ok(dispatch(RegionSums { labels, intensity }))
}

struct RegionSums<'a, L, T> {
    labels: ImageView<'a, L>,
    intensity: Option<ImageView<'a, T>>,
}

#[derive(Clone)]
struct Region {
    label: f64,
    rows: Range<usize>,
    columns: Range<usize>,
    moments: [[f64; 4]; 4],
    intensities: Intensities,
}

#[derive(Clone)]
struct Intensities {
    least: f64,
    greatest: f64,
    /// The first one. Differences from it, and not from 0, are squared: close to the mean they lose no digits.
    pivot: f64,
    differences: f64,
    squares: f64,
    moments: [[f64; 4]; 4],
}

impl<L: Label, T: Sample> Kernel for RegionSums<'_, L, T> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn run<V: Level>(self) -> Vec<f64> {
        let Self { labels, intensity } = self;
        let mut count = 0;
        let ranks = Ranks::of(labels.samples(), 0.0).map(|rank| {
            count = count.max(rank.map_or(0, |rank| rank + 1));
            rank
        });
        let mut regions = vec![Region::EMPTY; count];
        for (r, row) in labels.rows().enumerate() {
            for_each_run(row, |label, run| {
                if let &Some(rank) = ranks.get(label) {
                    regions[rank].frame(label, r, run);
                }
            });
        }
        for (r, row) in labels.rows().enumerate() {
            for_each_run(row, |label, run| {
                if let &Some(rank) = ranks.get(label) {
                    let region = &mut regions[rank];
                    let down = (r - region.rows.start) as f64;
                    let start = run.start - region.columns.start;
                    add(&mut region.moments, down, power_sums(start..start + run.len()));
                    if let Some(intensity) = &intensity {
                        region.intensities.add(&intensity.row(r)[run], down, start);
                    }
                }
            });
        }
        let regions = regions.iter().filter(|region| region.label > 0.0);
        regions.flat_map(|region| region.numbers(intensity.is_some())).collect()
    }
}

impl Region {
    const EMPTY: Self = Self {
        label: 0.0,
        rows: Range { start: usize::MAX, end: 0 },
        columns: Range { start: usize::MAX, end: 0 },
        moments: [[0.0; 4]; 4],
        intensities: Intensities {
            least: f64::INFINITY,
            greatest: f64::NEG_INFINITY,
            pivot: f64::NAN,
            differences: 0.0,
            squares: 0.0,
            moments: [[0.0; 4]; 4],
        },
    };

    #[inline(always)]
    fn frame<L: Label>(&mut self, label: L, row: usize, run: Range<usize>) {
        self.label = label.to_f64();
        self.rows = self.rows.start.min(row)..row + 1;
        self.columns = self.columns.start.min(run.start)..self.columns.end.max(run.end);
    }

    fn numbers(&self, with_intensities: bool) -> Vec<f64> {
        let Self { label, rows, columns, moments, intensities } = self;
        let corners = [rows.start, columns.start, rows.end, columns.end].map(|side| side as f64);
        let mut numbers = vec![*label];
        numbers.extend(corners);
        numbers.extend(moments.as_flattened());
        if with_intensities {
            let Intensities { least, greatest, differences, squares, moments: weighted, .. } =
                intensities;
            let deviations = squares - differences * differences / moments[0][0];
            // Rounding can take it below 0.
            let deviations = if deviations < 0.0 { 0.0 } else { deviations };
            numbers.extend([*least, *greatest, deviations]);
            numbers.extend(weighted.as_flattened());
        }
        numbers
    }
}

impl Intensities {
    #[inline(always)]
    fn add<T: Sample>(&mut self, run: &[T], down: f64, start: usize) {
        if self.least == f64::INFINITY && self.greatest == f64::NEG_INFINITY {
            self.pivot = run[0].to_f64();
        }
        let mut sums = [0.0; 4];
        for (c, sample) in (start..).zip(run) {
            let (value, c) = (sample.to_f64(), c as f64);
            // NaN is taken, and then stays.
            if value < self.least || value.is_nan() {
                self.least = value;
            }
            if value > self.greatest || value.is_nan() {
                self.greatest = value;
            }
            let difference = value - self.pivot;
            self.differences += difference;
            self.squares += difference * difference;
            let mut term = value;
            for sum in &mut sums {
                *sum += term;
                term *= c;
            }
        }
        add(&mut self.moments, down, sums);
    }
}

/// Adds one row's sums, by the powers of the column, to all powers of the row.
#[inline(always)]
fn add(moments: &mut [[f64; 4]; 4], down: f64, sums: [f64; 4]) {
    let mut terms = sums;
    for moments in moments {
        for (moment, term) in moments.iter_mut().zip(&mut terms) {
            *moment += *term;
            *term *= down;
        }
    }
}

/// The sums of the powers 0 to 3 of whole numbers.
#[inline(always)]
fn power_sums(numbers: Range<usize>) -> [f64; 4] {
    macro_rules! powers {
        ($integer:ident) => {{
            let up_to = |end: usize| {
                let n = end as $integer;
                let triangle = n * n.saturating_sub(1) / 2;
                let squares = triangle * (2 * n).saturating_sub(1) / 3;
                [n, triangle, squares, triangle * triangle]
            };
            let (low, high) = (up_to(numbers.start), up_to(numbers.end));
            std::array::from_fn(|power| (high[power] - low[power]) as f64)
        }};
    }
    // Division of 128 bits takes long.
    if numbers.end <= 1 << 16 { powers!(u64) } else { powers!(u128) }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn power_sums_are_those_of_the_loop() {
        const WIDE: usize = 1 << 16;
        for range in [0..1, 0..7, 3..4, 5..90, WIDE - 3..WIDE, WIDE - 3..WIDE + 1] {
            let by_loop = [0, 1, 2, 3]
                .map(|power| range.clone().map(|n| (n as u128).pow(power)).sum::<u128>() as f64);
            assert_eq!(power_sums(range), by_loop);
        }
    }

    #[test]
    fn sums_by_label_and_leaves_negative_ones_out() {
        let shape = Shape::new(2, 3, 1).unwrap();
        let labels = [-1, 9, 9, 0, 4, 9];
        let intensity = [1.0f32, 2.0, 3.0, 4.0, 5.0, 10.0];
        let labels = ImageView::new(&labels, shape).unwrap();
        let intensity = ImageView::new(&intensity, shape).unwrap();
        let sums = region_sums(labels, Some(intensity)).unwrap();
        let (four, nine) = sums.split_at(40);
        assert_eq!(four[..6], [4.0, 1.0, 1.0, 2.0, 2.0, 1.0]);
        assert_eq!(four[21..25], [5.0, 5.0, 0.0, 5.0]);
        assert_eq!(nine[..7], [9.0, 0.0, 1.0, 2.0, 3.0, 3.0, 2.0]);
        assert_eq!(nine[21..26], [2.0, 10.0, 38.0, 15.0, 13.0]);
        assert_eq!(region_sums::<_, u8>(labels, None).unwrap().len(), 42);
    }
}
