use tagswitch_image::{ImageView, ImageViewMut};

use super::median_network::{BESIDE, LONG, MIDDLE, Network, Nine, SHORT, TwentyFive, Workspace};
use super::order::{Ordered, Ranks};
use super::row_window::{Reach, RowWindow};
use super::running_median::RunningMedian;
use crate::border::Border;
use crate::error::{Error, Result, check_channels, check_shape};
use crate::footprint::Footprint;
use crate::simd::{Kernel, Level, dispatch, dispatch_wide};
use crate::stream::prefetch;
use crate::threads::{Band, each_band};

/// Operations per sample and neighbour.
const COST: usize = 4;

/// Whose median to take.
#[derive(Clone, Copy, Debug)]
pub struct Median<'a> {
    /// The neighbours.
    pub footprint: Footprint<'a>,
    /// What lies beyond the edges.
    pub border: Border,
    /// The constant of [`Border::Constant`]: a number that the image's type has.
    pub cval: f64,
}

/// Each sample's median over its neighbours; of an even number of them the upper of the two in the middle.
///
/// `skimage.filters.median` of one channel, which is `scipy.ndimage.median_filter`. NaN counts as greater than any number.
///
/// Full squares of 3 and 5 go through sorting networks. For others bytes are counted in a histogram that moves with the
/// window, at a cost per pixel of the cells along its sides; wider samples are selected, at the cost of all cells.
///
/// # Errors
///
/// [`Error::Channels`] for several channels, [`Error::Mismatch`] unless `out` has the image's shape, [`Error::Option`] for a
/// constant that the type does not have.
pub fn median<T: Ordered>(
    image: ImageView<'_, T>,
    options: &Median<'_>,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    check_channels("image", image.shape(), &[1], "1")?;
    check_shape("out", out.shape(), image.shape())?;
    let Some(cval) = T::exactly(options.cval) else {
        let expected = "a number that the samples' type has";
        return Err(Error::Option { name: "cval", given: options.cval.to_string(), expected });
    };
    let cost = COST * options.footprint.places().count();
    each_band(out.into_samples(), image.shape().width(), cost, |out| {
        let medians = Medians { image, options, cval: cval.rank(), out };
        // Of integers of 64 bits AVX2 has no minimum.
        if size_of::<T::Rank>() == 8 { dispatch_wide(medians) } else { dispatch(medians) }
    });
    Ok(())
}

struct Medians<'a, T: Ordered> {
    image: ImageView<'a, T>,
    options: &'a Median<'a>,
    cval: T::Rank,
    out: Band<'a, T>,
}

impl<T: Ordered> Kernel for Medians<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let footprint = self.options.footprint;
        if footprint.is_full(3, 3) {
            self.by_network::<L, Nine, 3>();
        } else if footprint.is_full(5, 5) {
            self.by_network::<L, TwentyFive, 5>();
        } else if size_of::<T>() == 1 {
            self.by_histogram();
        } else {
            self.by_selection();
        }
    }
}

impl<'a, T: Ordered> Medians<'a, T> {
    #[inline(always)]
    fn by_network<L: Level, N: Network<SIDE>, const SIDE: usize>(self) {
        if size_of::<T>() * SIDE * SIDE <= 36 {
            return self.in_blocks::<L, N, SIDE, LONG, { LONG + BESIDE }>();
        }
        self.in_blocks::<L, N, SIDE, MIDDLE, { MIDDLE + BESIDE }>();
    }

    #[inline(always)]
    fn in_blocks<L: Level, N, const SIDE: usize, const FOUND: usize, const READ: usize>(self)
    where
        N: Network<SIDE>,
    {
        let reach = Reach { rows: SIDE / 2, columns: SIDE / 2 };
        let mut rows = self.window(reach);
        let mut starts = [0; SIDE];
        let mut longs = Workspace::<T, FOUND, READ>::new::<N, SIDE>();
        let mut shorts = Workspace::<T, SHORT, { SHORT + BESIDE }>::new::<N, SIDE>();
        let shape = self.image.shape();
        for (y, row) in self.out.rows() {
            let store = rows.around(y, &mut starts);
            let (long, rest) = row.as_chunks_mut::<FOUND>();
            let next = y + reach.rows + 1;
            for (block, out) in long.iter_mut().enumerate() {
                // Of the row that comes next a part at a time: the CPU waits while it has more to read than it can have under way.
                if next < shape.height() {
                    prefetch(&self.image.row(next)[block * FOUND..][..FOUND]);
                }
                longs.find::<L, N, SIDE>(store, starts.map(|start| start + block * FOUND), out);
            }
            let behind = starts.map(|start| start + long.len() * FOUND);
            for (block, out) in rest.chunks_mut(SHORT).enumerate() {
                shorts.find::<L, N, SIDE>(store, behind.map(|start| start + block * SHORT), out);
            }
        }
    }

    #[inline(always)]
    fn by_selection(self) {
        let places: Vec<_> = self.options.footprint.places().collect();
        let mut neighbours = vec![T::Rank::default(); places.len()];
        let middle = places.len() / 2;
        self.each_row(|store, starts, out| {
            let places: Vec<_> = places.iter().map(|&(row, column)| starts[row] + column).collect();
            for (x, out) in out.iter_mut().enumerate() {
                for (neighbour, place) in neighbours.iter_mut().zip(&places) {
                    *neighbour = store[place + x];
                }
                *out = T::of_rank(*neighbours.select_nth_unstable(middle).1);
            }
        });
    }

    /// For bytes: of a window that moves by one column those cells leave that have none before them, and those come that have
    /// none after them.
    #[inline(always)]
    fn by_histogram(self) {
        let footprint = self.options.footprint;
        let places: Vec<_> = footprint.places().collect();
        let first =
            |&(row, column): &(usize, usize)| column == 0 || !footprint.has(row, column - 1);
        let last = |&(row, column): &(usize, usize)| !footprint.has(row, column + 1);
        let leaving: Vec<_> = places.iter().copied().filter(first).collect();
        let coming: Vec<_> = places.iter().copied().filter(last).collect();
        let mut median = RunningMedian::new((places.len() / 2) as u32);
        self.each_row(|store, starts, out| {
            let at = |cells: &[(usize, usize)]| -> Vec<usize> {
                cells.iter().map(|&(row, column)| starts[row] + column).collect()
            };
            let level = |place: usize| store[place].try_into().unwrap_or_default();
            let (leaving, coming) = (at(&leaving), at(&coming));
            median.clear();
            at(&places).into_iter().for_each(|place| median.add(level(place)));
            for (x, out) in out.iter_mut().enumerate() {
                if x > 0 {
                    leaving.iter().for_each(|place| median.remove(level(place + x - 1)));
                    coming.iter().for_each(|place| median.add(level(place + x)));
                }
                *out = T::of_rank(median.median().into());
            }
        });
    }

    #[inline(always)]
    fn window(&self, reach: Reach) -> RowWindow<T::Rank, Ranks<'a, T>> {
        let Median { border, .. } = *self.options;
        RowWindow::new(Ranks(self.image), self.out.first, reach, border, self.cval)
    }

    /// Gives `row` the samples, where the rows of the first window lie among them, and the row of the result.
    #[inline(always)]
    fn each_row(self, mut row: impl FnMut(&[T::Rank], &[usize], &mut [T])) {
        let footprint = self.options.footprint;
        let reach = Reach { rows: footprint.height() / 2, columns: footprint.width() / 2 };
        let mut rows = self.window(reach);
        let mut starts = vec![0; 2 * reach.rows + 1];
        for (y, out) in self.out.rows() {
            let store = rows.around(y, &mut starts);
            row(store, &starts, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::border::Border::{Constant, Mirror, Nearest, Reflect, Wrap};
    use crate::random::Random;

    fn medians<T: Ordered>(samples: &[T], shape: Shape, options: &Median<'_>) -> Vec<T> {
        let mut out = vec![T::default(); shape.len()];
        let image = ImageView::new(samples, shape).unwrap();
        median(image, options, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        out
    }

    /// The definition: sorted, and the one in the middle taken.
    fn reference<T: Ordered>(samples: &[T], shape: Shape, options: &Median<'_>) -> Vec<T> {
        let Median { footprint, border, cval } = *options;
        let (h, w) = (shape.height(), shape.width());
        let half = [footprint.height() / 2, footprint.width() / 2];
        (0..shape.len())
            .map(|i| {
                let mut neighbours: Vec<_> = footprint
                    .places()
                    .map(|(row, column)| {
                        let y = border.resolve((i / w + row) as isize - half[0] as isize, h);
                        let x = border.resolve((i % w + column) as isize - half[1] as isize, w);
                        y.zip(x)
                            .map_or(T::exactly(cval).unwrap(), |(y, x)| samples[y * w + x])
                            .rank()
                    })
                    .collect();
                neighbours.sort_unstable();
                T::of_rank(neighbours[neighbours.len() / 2])
            })
            .collect()
    }

    fn agrees<T: Ordered + std::fmt::Debug>(samples: &[T], shape: Shape, options: &Median<'_>) {
        let ranks = |samples: Vec<T>| samples.into_iter().map(T::rank).collect::<Vec<_>>();
        let found = ranks(medians(samples, shape, options));
        assert!(found == ranks(reference(samples, shape, options)), "{shape} {options:?}");
    }

    #[test]
    fn follows_the_definition_for_every_border_dtype_footprint_and_size() {
        let mut random = Random::new(4);
        let footprints = [
            (3, 3, vec![1; 9]),
            (5, 5, vec![1; 25]),
            (3, 3, vec![0, 1, 0, 1, 1, 1, 0, 1, 0]),
            (4, 6, vec![1; 24]),
            (2, 5, vec![1, 0, 1, 1, 0, 0, 0, 1, 0, 1]),
            (1, 1, vec![1]),
            (9, 1, vec![1; 9]),
        ];
        let sizes = [(1, 1), (1, 9), (9, 1), (2, 3), (7, 150), (21, 5), (2, LONG + 33)];
        let widths = (1..70).step_by(3).map(|width| (3, width));
        for (h, w) in sizes.into_iter().chain(widths) {
            let shape = Shape::new(h, w, 1).unwrap();
            let bytes: Vec<u8> = (0..shape.len()).map(|_| random.below(256) as u8).collect();
            let words: Vec<u16> = bytes.iter().map(|&v| u16::from(v) * 257).collect();
            let ints: Vec<i32> = bytes.iter().map(|&v| (i32::from(v) - 128) << 24).collect();
            // NaN among them.
            let mut floats: Vec<f32> =
                words.iter().map(|&v| f32::from_bits(u32::from(v) << 16)).collect();
            floats[shape.len() / 2] = f32::NEG_INFINITY;
            let doubles: Vec<f64> = floats.iter().map(|&v| f64::from(v)).collect();
            for (height, width, cells) in &footprints {
                let footprint = Footprint::new(*height, *width, cells).unwrap();
                for border in [Reflect, Constant, Nearest, Mirror, Wrap] {
                    let options = Median { footprint, border, cval: 100.0 };
                    agrees(&bytes, shape, &options);
                    agrees(&words, shape, &options);
                    agrees(&ints, shape, &options);
                    agrees(&floats, shape, &options);
                    agrees(&doubles, shape, &options);
                }
            }
        }
    }

    #[test]
    fn large_images_follow_the_definition() {
        let shape = Shape::new(1025, 1023, 1).unwrap();
        let mut random = Random::new(12);
        let samples: Vec<f32> = (0..shape.len()).map(|_| f32::from_bits(random.bits())).collect();
        let footprint = Footprint::new(3, 3, &[1; 9]).unwrap();
        agrees(&samples, shape, &Median { footprint, border: Border::Nearest, cval: 0.0 });
    }

    #[test]
    fn nan_is_greater_than_any_number() {
        let shape = Shape::new(1, 3, 1).unwrap();
        let footprint = Footprint::new(1, 3, &[1; 3]).unwrap();
        let options = Median { footprint, border: Border::Nearest, cval: 0.0 };
        let out = medians(&[f32::NAN, 1.0, f32::INFINITY], shape, &options);
        assert!(out[0].is_nan() && out[1] == f32::INFINITY && out[2] == f32::INFINITY);
    }

    #[test]
    fn refuses_a_constant_that_the_type_lacks() {
        let shape = Shape::new(1, 1, 1).unwrap();
        let footprint = Footprint::new(1, 1, &[1]).unwrap();
        let options = Median { footprint, border: Border::Constant, cval: 0.5 };
        let mut out = [0u8];
        let out = ImageViewMut::new(&mut out, shape).unwrap();
        let error = median(ImageView::new(&[0u8], shape).unwrap(), &options, out).unwrap_err();
        assert!(matches!(error, Error::Option { name: "cval", .. }));
    }
}
