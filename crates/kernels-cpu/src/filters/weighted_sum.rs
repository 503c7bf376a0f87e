use tagswitch_image::Float;

use crate::simd::Level;

/// In which order sums are made, and how they are rounded.
pub trait Summation {
    /// `out[x] = Σ weight × rows[start + x]` over all starts: of the weights on the two sides of the middle one is the other, or its
    /// negative.
    fn weigh<L: Level, W: Float, O: Float>(
        rows: &[W],
        starts: &[usize],
        half: &HalfKernel<W>,
        out: &mut [O],
    );
}

/// From the middle outwards, fused where the CPU can.
#[derive(Clone, Copy, Debug)]
pub struct Fused;

impl Summation for Fused {
    #[inline(always)]
    fn weigh<L: Level, W: Float, O: Float>(
        rows: &[W],
        starts: &[usize],
        half: &HalfKernel<W>,
        out: &mut [O],
    ) {
        let weights = &half.weights;
        match half.parity {
            Parity::Even => {
                add::<L, W, O>(rows, starts, weights, |before, after| before + after, out)
            }
            Parity::Odd => {
                add::<L, W, O>(rows, starts, weights, |before, after| after - before, out)
            }
        }
    }
}

/// The weights of a kernel from its middle outwards.
#[derive(Clone, Debug)]
pub struct HalfKernel<W> {
    /// At least that of the middle, which is 0 where the kernel is odd.
    pub weights: Vec<W>,
    /// What lies before the middle.
    pub parity: Parity,
}

/// How the weights before the middle of a kernel are those after it.
#[derive(Clone, Copy, Debug)]
pub enum Parity {
    /// They are the same.
    Even,
    /// They are their negatives, so that what is equal on both sides cancels exactly.
    Odd,
}

#[inline(always)]
fn add<L: Level, W: Float, O: Float>(
    rows: &[W],
    starts: &[usize],
    half: &[W],
    pair: impl Fn(W, W) -> W + Copy,
    out: &mut [O],
) {
    // 32 sums stay in registers; more are in memory between the taps, as LLVM unrolls so long a loop too late. Every sum takes
    // the same steps whatever the block it is in, so results do not depend on the width.
    let mut x = blocks::<L, W, O, 32>(rows, starts, half, pair, 0, out);
    x = blocks::<L, W, O, 4>(rows, starts, half, pair, x, out);
    blocks::<L, W, O, 1>(rows, starts, half, pair, x, out);
}

/// Blocks of `N` from `x` on, as long as they fit; returns where they end.
#[inline(always)]
fn blocks<L: Level, W: Float, O: Float, const N: usize>(
    rows: &[W],
    starts: &[usize],
    half: &[W],
    pair: impl Fn(W, W) -> W,
    mut x: usize,
    out: &mut [O],
) -> usize {
    let radius = half.len() - 1;
    while x + N <= out.len() {
        let at = |tap: usize| &rows[starts[tap] + x..][..N];
        let mut sums = [W::ZERO; N];
        for (sum, &centre) in sums.iter_mut().zip(at(radius)) {
            *sum = half[0] * centre;
        }
        for (d, &weight) in half.iter().enumerate().skip(1) {
            let (before, after) = (at(radius - d), at(radius + d));
            for i in 0..N {
                sums[i] = L::fma(weight, pair(before[i], after[i]), sums[i]);
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
        row: &'a [f32],
        out: &'a mut [f32],
    }

    impl Kernel for Sum<'_> {
        type Output = ();

        #[inline(always)]
        fn run<L: Level>(self) {
            let half = HalfKernel { weights: vec![0.4, 0.2, 0.1], parity: Parity::Even };
            Fused::weigh::<L, _, _>(self.row, &[0, 1, 2, 3, 4], &half, self.out);
        }
    }

    #[test]
    fn tails_equal_blocks() {
        let mut random = Random::new(5);
        let row: Vec<f32> = (0..204).map(|_| random.unit() as f32).collect();
        let sums = |width: usize, plain: bool| {
            let mut out = vec![0.0; width];
            let sum = Sum { row: &row, out: &mut out };
            if plain {
                baseline(sum)
            } else {
                dispatch(sum)
            }
            out
        };
        for plain in [false, true] {
            let whole = sums(200, plain);
            for width in 1..200 {
                assert_eq!(sums(width, plain), whole[..width]);
            }
        }
    }
}
