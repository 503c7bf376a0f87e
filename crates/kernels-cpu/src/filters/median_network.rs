//! Medians of full 3 × 3 and 5 × 5 neighbourhoods, many at a time, without a branch.
//!
//! Columns are sorted once for all windows that they are in, as in A. Adams, "Fast median filters using separable sorting
//! networks" (SIGGRAPH 2021); sorted lists are put together by Batcher's odd-even merges, of which only those comparisons are
//! left that the median depends on.

use std::hint::black_box;

use super::order::Ordered;
use crate::simd::Level;

/// How many medians of windows of few bytes are found at once: so many that what is stored is not read again at once, which CPUs wait for.
pub const LONG: usize = 512;

/// The same of other windows, for which a cache holds fewer.
pub const MIDDLE: usize = 128;

/// The same at the end of a row: a vector of bytes.
pub const SHORT: usize = 32;

/// Of so many more samples than medians rows are read, in whole vectors too.
pub const BESIDE: usize = 32;

/// A network for squares of so many pixels a side.
pub trait Network<const SIDE: usize> {
    /// How many lines it keeps for later.
    const LINES: usize;

    /// The medians of the windows that begin at each place of the rows; `READ` is `FOUND` and [`BESIDE`]. The lines may hold anything.
    fn medians<L: Level, T: Ordered, const FOUND: usize, const READ: usize>(
        rows: [&[T::Rank; READ]; SIDE],
        lines: &mut [Aligned<[T::Rank; READ]>],
        medians: &mut [T; FOUND],
    );
}

/// What medians are found in, made once for many blocks.
pub struct Workspace<T: Ordered, const FOUND: usize, const READ: usize> {
    lines: Vec<Aligned<[T::Rank; READ]>>,
}

/// Begins at a line of the cache: a vector that lies in two of them takes longer to store.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub struct Aligned<T>(T);

impl<T: Ordered, const FOUND: usize, const READ: usize> Workspace<T, FOUND, READ> {
    /// For a network.
    pub fn new<N: Network<SIDE>, const SIDE: usize>() -> Self {
        Self { lines: vec![Aligned([T::Rank::default(); READ]); N::LINES] }
    }

    /// The medians of the windows that begin at these places, as far as there is room for them.
    #[inline(always)]
    pub fn find<L: Level, N: Network<SIDE>, const SIDE: usize>(
        &mut self,
        store: &[T::Rank],
        starts: [usize; SIDE],
        out: &mut [T],
    ) {
        // A window keeps more room behind each row than two short blocks.
        let rows = starts.map(|start| -> &[T::Rank; READ] {
            store[start..].first_chunk().unwrap_or_else(|| unreachable!("a row has room behind it"))
        });
        if let Some(medians) = out.first_chunk_mut::<FOUND>() {
            N::medians::<L, T, FOUND, READ>(rows, &mut self.lines, medians);
        } else {
            let mut medians = [T::default(); FOUND];
            N::medians::<L, T, FOUND, READ>(rows, &mut self.lines, &mut medians);
            out.copy_from_slice(&medians[..out.len()]);
        }
    }
}

/// Of 3 × 3 pixels.
pub struct Nine;

/// Of 5 × 5 pixels.
pub struct TwentyFive;

/// Puts pairs of an array's elements in order.
macro_rules! order {
    ($v:ident: $($low:literal $high:literal),+ $(,)?) => {
        $(
            let (low, high) = ($v[$low].min($v[$high]), $v[$low].max($v[$high]));
            ($v[$low], $v[$high]) = (low, high);
        )+
    };
}

#[inline(always)]
fn median_of_3<R: Copy + Ord>(a: R, b: R, c: R) -> R {
    a.min(b).max(a.max(b).min(c))
}

impl Network<3> for Nine {
    const LINES: usize = 3;

    #[inline(always)]
    fn medians<L: Level, T: Ordered, const FOUND: usize, const READ: usize>(
        rows: [&[T::Rank; READ]; 3],
        lines: &mut [Aligned<[T::Rank; READ]>],
        medians: &mut [T; FOUND],
    ) {
        if L::medians_of_nine(rows.map(|row| &row[..]), medians, T::of_rank) == FOUND {
            return;
        }
        let [Aligned(low), Aligned(middle), Aligned(high)] = lines else {
            unreachable!("a network has its lines")
        };
        for x in 0..READ {
            let mut column = [rows[0][x], rows[1][x], rows[2][x]];
            order!(column: 0 1, 1 2, 0 1);
            (low[x], middle[x], high[x]) = (column[0], column[1], column[2]);
        }
        // Of shifts that it knows the compiler would take samples over from the step before, which takes longer than reading them.
        let shifts = black_box([0, 1, 2]);
        let [low, middle, high] = [low, middle, high].map(|line| {
            shifts.map(|shift| -> &[T::Rank; FOUND] {
                line[shift..].first_chunk().unwrap_or_else(|| unreachable!("lines are longer"))
            })
        });
        for x in 0..FOUND {
            let least = low[0][x].max(low[1][x]).max(low[2][x]);
            let greatest = high[0][x].min(high[1][x]).min(high[2][x]);
            let between = median_of_3(middle[0][x], middle[1][x], middle[2][x]);
            medians[x] = T::of_rank(median_of_3(least, between, greatest));
        }
    }
}

impl Network<5> for TwentyFive {
    const LINES: usize = 15;

    #[inline(always)]
    fn medians<L: Level, T: Ordered, const FOUND: usize, const READ: usize>(
        rows: [&[T::Rank; READ]; 5],
        lines: &mut [Aligned<[T::Rank; READ]>],
        medians: &mut [T; FOUND],
    ) {
        let Some((sorted, pairs)) = lines.split_first_chunk_mut::<5>() else {
            unreachable!("a network has its lines")
        };
        let Some(pairs) = pairs.first_chunk_mut::<10>() else {
            unreachable!("a network has its lines")
        };
        let sorted = sorted.each_mut().map(|Aligned(line)| line);
        let pairs = pairs.each_mut().map(|Aligned(line)| line);
        for x in 0..READ {
            let mut column = [rows[0][x], rows[1][x], rows[2][x], rows[3][x], rows[4][x]];
            order!(column: 0 1, 3 4, 2 4, 2 3, 0 3, 0 2, 1 4, 1 3, 1 2);
            for i in 0..5 {
                sorted[i][x] = column[i];
            }
        }
        // Each column with the next one.
        for x in 0..FOUND + 2 {
            let mut pair = [T::Rank::default(); 10];
            for i in 0..5 {
                (pair[i], pair[i + 5]) = (sorted[i][x], sorted[i][x + 1]);
            }
            order!(pair: 0 5, 4 9, 4 5, 2 7, 2 4, 7 5, 1 6, 3 8, 3 6, 1 2, 3 4, 6 7, 8 5);
            for (i, place) in [0, 1, 2, 3, 4, 6, 7, 8, 5, 9].into_iter().enumerate() {
                pairs[i][x] = pair[place];
            }
        }
        for x in 0..FOUND {
            let mut window = [T::Rank::default(); 25];
            for i in 0..10 {
                (window[i], window[i + 10]) = (pairs[i][x], pairs[i][x + 2]);
            }
            for i in 0..5 {
                window[i + 20] = sorted[i][x + 4];
            }
            order!(window:
            0 10, 8 18, 8 10, 4 14, 4 8, 14 10, 2 12, 6 16, 6 12, 6 8, 12 14, 1 11, 9 19, 9 11, 5 15, 5 9, 15 11, 3 13, 7 17,
            7 13, 7 9, 13 15, 7 8, 9 12, 13 14, 7 20, 13 24, 13 20, 9 22, 22 20, 8 21, 14 21, 12 23, 12 14, 14 22);
            medians[x] = T::of_rank(window[14]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use crate::simd::{Kernel, baseline, dispatch};

    fn expected(rows: &[&[u8]], x: usize) -> u8 {
        let mut window: Vec<u8> =
            rows.iter().flat_map(|row| &row[x..x + rows.len()]).copied().collect();
        window.sort_unstable();
        window[window.len() / 2]
    }

    /// Has both networks find medians.
    struct Find<'a, const FOUND: usize, const READ: usize> {
        rows: [&'a [u8; READ]; 5],
        of_nine: &'a mut [u8; FOUND],
        of_all: &'a mut [u8; FOUND],
    }

    impl<const FOUND: usize, const READ: usize> Kernel for Find<'_, FOUND, READ> {
        type Output = ();

        #[inline(always)]
        fn run<L: Level>(self) {
            let Self { rows, of_nine, of_all } = self;
            let lines = &mut [Aligned([0; READ]); 15];
            TwentyFive::medians::<L, u8, FOUND, READ>(rows, lines, of_all);
            let rows = [rows[0], rows[1], rows[2]];
            Nine::medians::<L, u8, FOUND, READ>(rows, &mut lines[..3], of_nine);
        }
    }

    fn agree<const FOUND: usize, const READ: usize>() {
        let mut random = Random::new(8);
        for levels in [2, 3, 7, 256] {
            for round in 0..40_000 / FOUND {
                let lines = [(); 5].map(|()| [(); READ].map(|()| random.below(levels) as u8));
                let rows = lines.each_ref();
                let slices = rows.map(<[u8; READ]>::as_slice);
                let [mut of_nine, mut of_all] = [[0; FOUND]; 2];
                let find = Find { rows, of_nine: &mut of_nine, of_all: &mut of_all };
                if round % 2 == 0 {
                    dispatch(find);
                } else {
                    baseline(find);
                }
                for x in 0..FOUND {
                    assert_eq!(of_nine[x], expected(&slices[..3], x));
                    assert_eq!(of_all[x], expected(&slices, x));
                }
            }
        }
    }

    /// Noise of few levels meets all counts of equal samples in sorted columns, and so all that networks tell apart.
    #[test]
    fn agree_with_sorting() {
        agree::<SHORT, { SHORT + BESIDE }>();
        agree::<LONG, { LONG + BESIDE }>();
        agree::<MIDDLE, { MIDDLE + BESIDE }>();
    }
}
