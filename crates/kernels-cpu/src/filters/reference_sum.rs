use tagswitch_image::Float;

use super::weighted_sum::{HalfKernel, Parity, Summation};
use crate::simd::Level;

/// Rounded as the reference in TypeScript rounds, which makes results equal to the last bit: nothing is fused, and of even weights the
/// outermost come before those further in, after the middle; of odd ones those next to it come first.
#[derive(Clone, Copy, Debug)]
pub struct AsReference;

impl Summation for AsReference {
    #[inline(always)]
    fn weigh<L: Level, W: Float, O: Float>(
        rows: &[W],
        starts: &[usize],
        half: &HalfKernel<W>,
        out: &mut [O],
    ) {
        match half.parity {
            Parity::Even => weigh_evenly(rows, starts, &half.weights, out),
            Parity::Odd => add::<W, O, false>(rows, starts, &half.weights, out),
        }
    }
}

/// The same for weights, from the middle outwards, that are the same on both sides.
#[inline(always)]
pub fn weigh_evenly<W: Float, O: Float>(
    rows: &[W],
    starts: &[usize],
    weights: &[W],
    out: &mut [O],
) {
    add::<W, O, true>(rows, starts, weights, out);
}

#[inline(always)]
fn add<W: Float, O: Float, const EVEN: bool>(
    rows: &[W],
    starts: &[usize],
    half: &[W],
    out: &mut [O],
) {
    // 32 sums stay in registers.
    let x = blocks::<W, O, EVEN, 32>(rows, starts, half, 0, out);
    let x = blocks::<W, O, EVEN, 4>(rows, starts, half, x, out);
    blocks::<W, O, EVEN, 1>(rows, starts, half, x, out);
}

/// Blocks of `N` from `x` on, as long as they fit; returns where they end.
#[inline(always)]
fn blocks<W: Float, O: Float, const EVEN: bool, const N: usize>(
    rows: &[W],
    starts: &[usize],
    half: &[W],
    mut x: usize,
    out: &mut [O],
) -> usize {
    let radius = half.len() - 1;
    while x + N <= out.len() {
        let line = |tap: usize| -> &[W; N] {
            rows[starts[tap] + x..].first_chunk().unwrap_or_else(|| unreachable!())
        };
        let middle = line(radius);
        let mut sums = [W::ZERO; N];
        for i in 0..N {
            sums[i] = half[0] * middle[i];
        }
        for step in 1..=radius {
            let distance = if EVEN { radius + 1 - step } else { step };
            let (before, after) = (line(radius - distance), line(radius + distance));
            let weight = half[distance];
            for i in 0..N {
                let pair = if EVEN { before[i] + after[i] } else { after[i] - before[i] };
                sums[i] = sums[i] + weight * pair;
            }
        }
        for (out, sum) in out[x..x + N].iter_mut().zip(sums) {
            *out = sum.cast();
        }
        x += N;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use crate::simd::{Kernel, baseline, dispatch};

    struct Sum<'a> {
        row: &'a [f64],
        starts: &'a [usize],
        half: &'a HalfKernel<f64>,
        out: &'a mut [f64],
    }

    impl Kernel for Sum<'_> {
        type Output = ();

        #[inline(always)]
        fn run<L: Level>(self) {
            AsReference::weigh::<L, _, _>(self.row, self.starts, self.half, self.out);
        }
    }

    #[test]
    fn every_sum_takes_the_steps_of_the_reference() {
        let mut random = Random::new(5);
        for radius in 0..9 {
            let starts: Vec<usize> = (0..=2 * radius).collect();
            let row: Vec<f64> = (0..120).map(|_| random.unit() - 0.3).collect();
            let weights: Vec<f64> = (0..=radius).map(|_| random.unit()).collect();
            for parity in [Parity::Even, Parity::Odd] {
                let half = HalfKernel { weights: weights.clone(), parity };
                for width in [1, 3, 4, 31, 32, 33, 71, 100] {
                    let mut found = [vec![0.0; width], vec![0.0; width]];
                    let [plain, wide] = &mut found;
                    baseline(Sum { row: &row, starts: &starts, half: &half, out: plain });
                    dispatch(Sum { row: &row, starts: &starts, half: &half, out: wide });
                    let expected: Vec<f64> = (radius..radius + width)
                        .map(|x| {
                            let middle = weights[0] * row[x];
                            match parity {
                                Parity::Even => (1..=radius).rev().fold(middle, |sum, d| {
                                    sum + weights[d] * (row[x - d] + row[x + d])
                                }),
                                Parity::Odd => (1..=radius).fold(middle, |sum, d| {
                                    sum + weights[d] * (row[x + d] - row[x - d])
                                }),
                            }
                        })
                        .collect();
                    assert_eq!(found, [expected.clone(), expected], "{parity:?} {radius} {width}");
                }
            }
        }
    }
}
