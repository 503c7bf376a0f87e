//! What lies between pixels: weighted sums of those around.

use tagswitch_image::{Float, ImageView, Sample, Shape};

use super::near::Near;
use super::places::is_near;
use super::warp::Warp;
use crate::border::Border;
use crate::simd::Level;

/// Pixels that are worked on together, in vectors.
pub const BLOCK: usize = 16;

/// `B` pixels of a row by their places; `false` and nothing done unless all of their taps lie in the image.
#[inline(always)]
pub fn inside<L: Level, T: Sample, const N: usize, const B: usize>(
    image: ImageView<'_, T>,
    scaled: bool,
    places: &[[f64; B]; 2],
    pixels: &mut [T::Output],
) -> bool {
    let Some(taps) = Taps::<T::Work, N, B>::of(image.shape(), places) else { return false };
    // SAFETY: they are taps in an image of this shape.
    unsafe { taps.draw::<L, T>(image, scaled, pixels) };
    true
}

/// The same by the place of one of them; nothing is done either where it decides by rounding which samples have a weight, and those may be NaN.
#[inline(always)]
pub fn inside_near<L: Level, T: Sample, const N: usize, const B: usize>(
    image: ImageView<'_, T>,
    scaled: bool,
    places: &Near<B>,
    pixels: &mut [T::Output],
) -> bool {
    if T::SCALE == 1.0 && places.is_doubtful() {
        return false;
    }
    let Some(taps) = Taps::<T::Work, N, B>::near(image.shape(), places) else { return false };
    // SAFETY: they are taps in an image of this shape.
    unsafe { taps.draw::<L, T>(image, scaled, pixels) };
    true
}

/// What `B` pixels are made of.
struct Taps<W, const N: usize, const B: usize> {
    /// Where the first taps are.
    firsts: [i32; B],
    /// The weights of the taps of a line.
    across: [[W; B]; N],
    /// The weights of lines.
    down: [[W; B]; N],
}

impl<W: Float, const N: usize, const B: usize> Taps<W, N, B> {
    /// None unless all lie in an image of this shape.
    #[inline(always)]
    fn of(shape: Shape, [columns, rows]: &[[f64; B]; 2]) -> Option<Self> {
        let holds = i32::try_from(shape.len()).is_ok();
        if !holds
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

    #[inline(always)]
    fn near(shape: Shape, places: &Near<B>) -> Option<Self> {
        let least = N as i32 / 2 - 1;
        let holds = i32::try_from(shape.len()).is_ok();
        let sides = [shape.width(), shape.height()];
        if !holds || sides.iter().any(|&side| side < N) {
            return None;
        }
        let rest = sides.map(|side| (side - N) as u32);
        let mut inside = true;
        for i in 0..B {
            inside &= (places.split(0, i).0 - least) as u32 <= rest[0];
            inside &= (places.split(1, i).0 - least) as u32 <= rest[1];
        }
        inside.then(|| {
            Self::around(shape, |i| {
                [0, 1].map(|axis| {
                    let (whole, share) = places.split(axis, i);
                    (whole, W::from_f32(share))
                })
            })
        })
    }

    /// By the column and the row before each place, and how far it is from them.
    #[inline(always)]
    fn around(shape: Shape, split: impl Fn(usize) -> [(i32, W); 2]) -> Self {
        let (width, channels) = (shape.width() as i32, shape.channels() as i32);
        let before = (N / 2 - 1) as i32;
        let mut taps = Self { firsts: [0; B], across: [[W::ZERO; B]; N], down: [[W::ZERO; B]; N] };
        for i in 0..B {
            let [(left, beside), (top, below)] = split(i);
            taps.firsts[i] = ((top - before) * width + left - before) * channels;
            let [across, down] = [weights_of::<W, N>(beside), weights_of::<W, N>(below)];
            for tap in 0..N {
                taps.across[tap][i] = across[tap];
                taps.down[tap][i] = down[tap];
            }
        }
        taps
    }

    /// The pixels.
    ///
    /// # Safety
    ///
    /// All taps lie in the image.
    #[inline(always)]
    unsafe fn draw<L: Level, T: Sample<Work = W>>(
        &self,
        image: ImageView<'_, T>,
        scaled: bool,
        pixels: &mut [T::Output],
    ) {
        let channels = image.shape().channels();
        if channels == 1 {
            // SAFETY: the caller vouches for it.
            let sums = unsafe { self.sums::<L, T, true>(image, 0, scaled) };
            pixels[..B].copy_from_slice(&sums.map(W::cast));
            return;
        }
        for channel in 0..channels {
            // SAFETY: the caller vouches for it.
            let sums = unsafe { self.sums::<L, T, false>(image, channel, scaled) };
            for (pixel, sum) in pixels.chunks_exact_mut(channels).zip(sums) {
                pixel[channel] = sum.cast();
            }
        }
    }

    /// The pixels' weighted sums of the samples of a channel; `ALONE`: of the only one.
    ///
    /// # Safety
    ///
    /// All taps lie in the image.
    #[inline(always)]
    unsafe fn sums<L: Level, T: Sample<Work = W>, const ALONE: bool>(
        &self,
        image: ImageView<'_, T>,
        channel: usize,
        scaled: bool,
    ) -> [W; B] {
        let Self { firsts, across, down } = self;
        let (width, channels) = (image.shape().width(), image.shape().channels());
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
                        along[i] = weighed::<L, _>(across[i], number(values[i], scaled), along[i]);
                    }
                }
            }
            for i in 0..B {
                sums[i] = weighed::<L, _>(down[line][i], along[i], sums[i]);
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

/// Whether none of the taps around any place lies in an image of these sides (width, height).
#[inline(always)]
pub fn outside<const N: usize, const B: usize>(
    [columns, rows]: &[[f64; B]; 2],
    [width, height]: [usize; 2],
) -> bool {
    let mut outside = true;
    for (&column, &row) in columns.iter().zip(rows) {
        outside &= beyond::<N>(column, width) | beyond::<N>(row, height);
    }
    outside
}

/// Whether none of `N` taps around a place lies in a line of so many samples.
#[inline(always)]
fn beyond<const N: usize>(place: f64, len: usize) -> bool {
    let reach = (N / 2) as f64;
    (place <= -reach) | (place >= len as f64 - 1.0 + reach)
}

/// A pixel anywhere.
#[inline(always)]
pub fn pixel<T: Sample, const N: usize>(
    image: ImageView<'_, T>,
    options: &Warp<'_>,
    [column, row]: [f64; 2],
    out: &mut [T::Output],
) {
    let (shape, scaled) = (image.shape(), !options.preserve_range);
    let channels = shape.channels();
    let cval = T::Work::from_f64(options.cval);
    if options.border == Border::Constant
        && outside::<N, 1>(&[[column], [row]], [shape.width(), shape.height()])
    {
        return out.fill(cval.cast());
    }
    let near = is_near([column, row]);
    let taps = |place: f64, len: usize| {
        let first = place.floor();
        let weights = weights_of::<T::Work, N>(T::Work::from_f64(place - first));
        let index =
            |tap: usize| (first as isize + 1 - (N / 2) as isize + tap as isize, weights[tap]);
        std::array::from_fn::<_, N, _>(|tap| {
            let (index, weight) = index(tap);
            (if near { options.border.resolve(index, len) } else { None }, weight)
        })
    };
    let (across, down) = (taps(column, shape.width()), taps(row, shape.height()));
    let reaches = |taps: &[(Option<usize>, T::Work)]| {
        taps.iter().any(|(index, weight)| index.is_some() && *weight != T::Work::ZERO)
    };
    // A sum of weights times the constant might miss it by a bit, and the range of the result with it.
    let outside = !reaches(&across) || !reaches(&down);
    for (channel, result) in out.iter_mut().enumerate() {
        let mut sum = cval;
        if !outside {
            sum = T::Work::ZERO;
            for (line, weight) in down {
                let mut along = T::Work::ZERO;
                for (place, share) in across {
                    let value = line.zip(place).map_or(cval, |(line, place)| {
                        number(image.row(line)[place * channels + channel], scaled)
                    });
                    along = if share == T::Work::ZERO { along } else { along + share * value };
                }
                sum = if weight == T::Work::ZERO { sum } else { sum + weight * along };
            }
        }
        *result = sum.cast();
    }
}

#[inline(always)]
fn number<T: Sample>(sample: T, scaled: bool) -> T::Work {
    if scaled { sample.to_float() } else { sample.to_work() }
}

/// `weight × value + sum`; what has no weight does not matter, infinities and NaN included.
#[inline(always)]
fn weighed<L: Level, F: Float>(weight: F, value: F, sum: F) -> F {
    L::fma(weight, if weight == F::ZERO { F::ZERO } else { value }, sum)
}

/// The weights of the taps around a place, by how far it is from the one before it.
#[inline(always)]
fn weights_of<F: Float, const N: usize>(t: F) -> [F; N] {
    let n = F::from_f32;
    let mut weights = [F::ZERO; N];
    if N == 2 {
        weights[0] = n(1.0) - t;
        weights[1] = t;
        return weights;
    }
    weights[0] = t * (t * (n(1.0) - n(0.5) * t) - n(0.5));
    weights[1] = n(1.0) + t * t * (n(1.5) * t - n(2.5));
    weights[2] = t * (n(0.5) + t * (n(2.0) - n(1.5) * t));
    weights[3] = t * t * (n(0.5) * t - n(0.5));
    weights
}
