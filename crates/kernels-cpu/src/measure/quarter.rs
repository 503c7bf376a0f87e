use tagswitch_image::Sample;

use crate::groups::Maker;
use crate::simd::Level;

/// Pixels of one, two or four channels of two rows, two by two combined.
pub struct Quarters<'a, T, F, G, H> {
    pub rows: [&'a [T]; 2],
    pub channels: usize,
    pub lift: F,
    pub combine: G,
    pub finish: H,
}

impl<T: Sample, A: Copy + Default, O, F, G, H> Maker<O> for Quarters<'_, T, F, G, H>
where
    F: Fn(T) -> A,
    G: Fn(A, A) -> A,
    H: Fn(A) -> O,
{
    #[inline(always)]
    fn make<L: Level>(&mut self, first: usize, out: &mut [O]) {
        let Self { lift, combine, finish, .. } = &*self;
        let rows = self.rows.map(|row| &row[2 * first..][..2 * out.len()]);
        match self.channels {
            1 => quarter(rows, lift, combine, finish, out),
            2 => quarter_pixels::<_, _, _, 2, 64>(rows, lift, combine, finish, out),
            _ => quarter_pixels::<_, _, _, 4, 32>(rows, lift, combine, finish, out),
        }
    }
}

/// Samples of two rows, two by two combined: each two below each other first.
#[inline(always)]
fn quarter<T: Sample, A: Copy, O>(
    [top, bottom]: [&[T]; 2],
    lift: impl Fn(T) -> A,
    combine: impl Fn(A, A) -> A,
    finish: impl Fn(A) -> O,
    out: &mut [O],
) {
    let [top, bottom] = [top, bottom].map(|row| row.as_chunks::<2>().0);
    for ((out, top), bottom) in out.iter_mut().zip(top).zip(bottom) {
        let [left, right] = [0, 1].map(|x| combine(lift(top[x]), lift(bottom[x])));
        *out = finish(combine(left, right));
    }
}

/// The same of pixels of `C` channels, `N` of each row together.
#[inline(always)]
fn quarter_pixels<T: Sample, A: Copy + Default, O, const C: usize, const N: usize>(
    [top, bottom]: [&[T]; 2],
    lift: impl Fn(T) -> A,
    combine: impl Fn(A, A) -> A,
    finish: impl Fn(A) -> O,
    out: &mut [O],
) {
    let [(top, top_rest), (bottom, bottom_rest)] =
        [top, bottom].map(|row| row.as_chunks::<C>().0.as_chunks::<N>());
    let (out, out_rest) = out.split_at_mut(top.len() * (N / 2 * C));
    for ((out, top), bottom) in out.chunks_exact_mut(N / 2 * C).zip(top).zip(bottom) {
        let mut columns = [[A::default(); C]; N];
        let both = top.as_flattened().iter().zip(bottom.as_flattened());
        for (column, (&top, &bottom)) in columns.as_flattened_mut().iter_mut().zip(both) {
            *column = combine(lift(top), lift(bottom));
        }
        // Taken apart by whole pixels, so that vectors of samples are combined as they lie.
        let mut sides = [[A::default(); C]; N];
        for (i, &[left, right]) in columns.as_chunks::<2>().0.iter().enumerate() {
            sides[i] = left;
            sides[N / 2 + i] = right;
        }
        let (left, right) = sides.as_flattened().split_at(N / 2 * C);
        for (out, (&left, &right)) in out.iter_mut().zip(left.iter().zip(right)) {
            *out = finish(combine(left, right));
        }
    }
    let pairs = top_rest.as_chunks::<2>().0.iter().zip(bottom_rest.as_chunks::<2>().0);
    for (out, (top, bottom)) in out_rest.as_chunks_mut::<C>().0.iter_mut().zip(pairs) {
        for channel in 0..C {
            let [left, right] =
                [0, 1].map(|x| combine(lift(top[x][channel]), lift(bottom[x][channel])));
            out[channel] = finish(combine(left, right));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Add;

    use tagswitch_image::Float;

    use super::*;
    use crate::groups::Streaming;
    use crate::random::Random;
    use crate::simd::{Kernel, baseline, dispatch};

    struct Quarter<'a, T: Sample> {
        rows: [&'a [T]; 2],
        channels: usize,
        out: &'a mut [T::Output],
    }

    impl<T: Sample> Kernel for Quarter<'_, T> {
        type Output = ();

        #[inline(always)]
        fn run<L: Level>(self) {
            let Self { rows, channels, out } = self;
            let mut quarters = Quarters {
                rows,
                channels,
                lift: T::to_float,
                combine: Add::add,
                finish: Float::cast,
            };
            quarters.make_all::<L>(out, channels, &Streaming(true));
        }
    }

    /// Quarters rows of all lengths with all instruction sets.
    fn quarters<T: Sample>(number: impl Fn(f64) -> T) {
        let mut random = Random::new(4);
        for channels in [1, 2, 4] {
            for width in (2..140).step_by(2) {
                let mut row =
                    || -> Vec<T> { (0..width * channels).map(|_| number(random.unit())).collect() };
                let (top, bottom) = (row(), row());
                let expected: Vec<f64> = (0..width / 2 * channels)
                    .map(|i| {
                        let left = i / channels * 2 * channels + i % channels;
                        let [left, right] = [left, left + channels]
                            .map(|at| top[at].to_float() + bottom[at].to_float());
                        T::Output::to_f64((left + right).cast())
                    })
                    .collect();
                for is_baseline in [false, true] {
                    let mut out = vec![T::Output::default(); expected.len()];
                    let quarter = Quarter { rows: [&top, &bottom], channels, out: &mut out };
                    if is_baseline {
                        baseline(quarter)
                    } else {
                        dispatch(quarter)
                    }
                    for (i, (out, expected)) in out.iter().zip(&expected).enumerate() {
                        let same = out.to_f64() == *expected
                            || (out.to_f64().is_nan() && expected.is_nan());
                        assert!(same, "{i} of {width} × {channels}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_width_is_combined_to_its_end() {
        quarters(|unit| (256.0 * unit) as u8);
        quarters(|unit| (65536.0 * unit) as u16);
        quarters(|unit| ((unit - 0.5) * 4e9) as i32);
        quarters(|unit| unit as f32);
        quarters(|unit| unit - 0.5);
    }

    #[test]
    fn infinities_and_nan_stay_in_their_quarter() {
        quarters(|unit| match (64.0 * unit) as u8 {
            0 => f32::NAN,
            1 => f32::INFINITY,
            2 => f32::NEG_INFINITY,
            3 => f32::MAX,
            _ => unit as f32,
        });
    }
}
