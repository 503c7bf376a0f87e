//! What pixels of a row are made of, several at a time, in vectors.

use tagswitch_image::{Float, ImageView, Sample, Shape};

use super::between_pixels::{number, weights_of};
use super::near::Near;
use crate::simd::Level;

/// The taps of `B` pixels and their weights, `N` in each direction, all in the image; `ALONE`: which has one channel.
pub struct PixelTaps<W, const N: usize, const ALONE: bool, const B: usize> {
    /// Where the first taps are.
    firsts: [i32; B],
    /// The weights of the taps of a line.
    across: [[W; B]; N],
    /// The weights of lines.
    down: [[W; B]; N],
}

impl<W: Float, const N: usize, const ALONE: bool, const B: usize> PixelTaps<W, N, ALONE, B> {
    /// None unless all lie in an image of this shape.
    #[inline(always)]
    pub fn of(shape: Shape, [columns, rows]: &[[f64; B]; 2]) -> Option<Self> {
        if i32::try_from(shape.len()).is_err()
            || !within::<N, B>(columns, shape.width())
            || !within::<N, B>(rows, shape.height())
        {
            return None;
        }
        Some(Self::around(shape, |i| {
            let split = |place: f64| {
                // SAFETY: it lies in the image, whose sides are numbers of 32 bits. It is not negative, so that cutting is rounding down.
                let whole: i32 = unsafe { place.to_int_unchecked() };
                (whole, W::from_f64(place - f64::from(whole)))
            };
            [split(columns[i]), split(rows[i])]
        }))
    }

    /// The same by the place of one of them.
    #[inline(always)]
    pub fn near(shape: Shape, places: &Near<B>) -> Option<Self> {
        let sides = [shape.width(), shape.height()];
        if i32::try_from(shape.len()).is_err() || sides.iter().any(|&side| side < N) {
            return None;
        }
        let before = N as i32 / 2 - 1;
        let rest = sides.map(|side| (side - N) as u32);
        // From one to the next all go on in one direction, rounded or not, so that none lies further out than those at the ends.
        for i in [0, B - 1] {
            let [left, top] = [places.split(0, i).0 - before, places.split(1, i).0 - before];
            if left as u32 > rest[0] || top as u32 > rest[1] {
                return None;
            }
        }
        Some(Self::around(shape, |i| {
            let [(left, beside), (top, below)] = [places.split(0, i), places.split(1, i)];
            [(left, W::from_f32(beside)), (top, W::from_f32(below))]
        }))
    }

    /// By the column and the row before each place, and how far it is from them.
    #[inline(always)]
    fn around(shape: Shape, split: impl Fn(usize) -> [(i32, W); 2]) -> Self {
        let (width, channels) = (shape.width() as i32, shape.channels() as i32);
        let before = (N / 2 - 1) as i32;
        let mut taps = Self { firsts: [0; B], across: [[W::ZERO; B]; N], down: [[W::ZERO; B]; N] };
        for i in 0..B {
            let [(left, beside), (top, below)] = split(i);
            let first = (top - before) * width + left - before;
            taps.firsts[i] = if ALONE { first } else { first * channels };
            let [across, down] = [weights_of::<W, N>(beside), weights_of::<W, N>(below)];
            for tap in 0..N {
                taps.across[tap][i] = across[tap];
                taps.down[tap][i] = down[tap];
            }
        }
        taps
    }

    /// Draws the pixels, and returns whether all are finite numbers. `GUARDED`: samples without a weight do not matter, NaN and infinities
    /// among them.
    ///
    /// # Safety
    ///
    /// The image has the shape that they are taps of.
    #[inline(always)]
    pub unsafe fn draw<L: Level, T: Sample<Work = W>, const GUARDED: bool>(
        &self,
        image: ImageView<'_, T>,
        scaled: bool,
        pixels: &mut [T::Output],
    ) -> bool {
        if ALONE {
            // SAFETY: the caller vouches for it.
            let sums = unsafe { self.sums::<L, T, GUARDED>(image, 0, scaled) };
            pixels[..B].copy_from_slice(&sums.map(W::cast));
            return are_finite(&sums);
        }
        let channels = image.shape().channels();
        let mut finite = true;
        for channel in 0..channels {
            // SAFETY: the caller vouches for it.
            let sums = unsafe { self.sums::<L, T, GUARDED>(image, channel, scaled) };
            finite &= are_finite(&sums);
            for (pixel, sum) in pixels.chunks_exact_mut(channels).zip(sums) {
                pixel[channel] = sum.cast();
            }
        }
        finite
    }

    /// The pixels' weighted sums of the samples of a channel.
    ///
    /// # Safety
    ///
    /// As for [`draw`](Self::draw).
    #[inline(always)]
    unsafe fn sums<L: Level, T: Sample<Work = W>, const GUARDED: bool>(
        &self,
        image: ImageView<'_, T>,
        channel: usize,
        scaled: bool,
    ) -> [W; B] {
        let Self { firsts, across, down } = self;
        let width = image.shape().width();
        let channels = if ALONE { 1 } else { image.shape().channels() };
        let samples = &image.samples()[channel..];
        let mut sums = [W::ZERO; B];
        for line in 0..N {
            let mut along = [W::ZERO; B];
            for tap in (0..N).step_by(2) {
                let around = &samples[(line * width + tap) * channels..];
                // SAFETY: the caller vouches for it. With one channel each second tap is behind the first.
                let pair = unsafe {
                    if ALONE {
                        L::gather_pairs(around, firsts)
                    } else {
                        [L::gather(around, firsts), L::gather(&around[channels..], firsts)]
                    }
                };
                for (across, values) in across[tap..].iter().zip(&pair) {
                    for i in 0..B {
                        let value = number(values[i], scaled);
                        along[i] = weighed::<L, _, GUARDED>(across[i], value, along[i]);
                    }
                }
            }
            for i in 0..B {
                sums[i] = weighed::<L, _, GUARDED>(down[line][i], along[i], sums[i]);
            }
        }
        sums
    }
}

/// Whether all of `N` taps around each place lie in a line of so many samples.
#[inline(always)]
fn within<const N: usize, const B: usize>(places: &[f64; B], len: usize) -> bool {
    let reach = (N / 2) as f64;
    let (first, end) = (reach - 1.0, len as f64 - reach);
    let mut within = true;
    for &place in places {
        within &= (place >= first) & (place < end);
    }
    within
}

/// `weight × value + sum`; `GUARDED`: what has no weight does not matter, infinities and NaN included.
#[inline(always)]
fn weighed<L: Level, F: Float, const GUARDED: bool>(weight: F, value: F, sum: F) -> F {
    L::fma(weight, if GUARDED && weight == F::ZERO { F::ZERO } else { value }, sum)
}

#[inline(always)]
fn are_finite<F: Float>(values: &[F]) -> bool {
    let mut finite = true;
    for value in values {
        finite &= value.is_finite();
    }
    finite
}
