//! What lies between pixels: weighted sums of those around.

use tagswitch_image::{Float, ImageView, Sample};

use super::places::is_near;
use super::warp::Warp;
use crate::simd::Level;

/// Pixels that are worked on together, in vectors.
pub const BLOCK: usize = 16;

/// [`BLOCK`] pixels of a row, all of whose taps lie in the image, by their places.
#[inline(always)]
pub fn block<L: Level, T: Sample, const N: usize>(
    image: ImageView<'_, T>,
    scaled: bool,
    place: impl Fn(usize) -> [f64; 2],
    pixels: &mut [T::Output],
) {
    let (shape, samples) = (image.shape(), image.samples());
    let (width, channels) = (shape.width(), shape.channels());
    let zero = T::Work::ZERO;
    let mut firsts = [0u32; BLOCK];
    let [mut across, mut down] = [[[zero; BLOCK]; N]; 2];
    let before = (N / 2 - 1) as u32;
    for i in 0..BLOCK {
        let [column, row] = place(i);
        // Neither is negative here, so that cutting is rounding down.
        let [left, top] = [column as i32, row as i32];
        let (first_row, first_column) = (top as u32 - before, left as u32 - before);
        firsts[i] = (first_row * width as u32 + first_column) * channels as u32;
        let beside = weights_of::<T::Work, N>(T::Work::from_f64(column - f64::from(left)));
        let below = weights_of::<T::Work, N>(T::Work::from_f64(row - f64::from(top)));
        for tap in 0..N {
            across[tap][i] = beside[tap];
            down[tap][i] = below[tap];
        }
    }
    for channel in 0..channels {
        let mut sums = [zero; BLOCK];
        for line in 0..N {
            let mut along = [zero; BLOCK];
            for tap in 0..N {
                let around = &samples[(line * width + tap) * channels + channel..];
                let values: [T; BLOCK] = std::array::from_fn(|i| around[firsts[i] as usize]);
                for i in 0..BLOCK {
                    along[i] = weighed::<L, _>(across[tap][i], number(values[i], scaled), along[i]);
                }
            }
            for i in 0..BLOCK {
                sums[i] = weighed::<L, _>(down[line][i], along[i], sums[i]);
            }
        }
        for (pixel, sum) in pixels.chunks_exact_mut(channels).zip(sums) {
            pixel[channel] = sum.cast();
        }
    }
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
    let cval = T::Work::from_f64(options.cval);
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
    if N == 2 {
        return std::array::from_fn(|tap| if tap == 0 { n(1.0) - t } else { t });
    }
    std::array::from_fn(|tap| match tap {
        0 => t * (t * (n(1.0) - n(0.5) * t) - n(0.5)),
        1 => n(1.0) + t * t * (n(1.5) * t - n(2.5)),
        2 => t * (n(0.5) + t * (n(2.0) - n(1.5) * t)),
        _ => t * t * (n(0.5) * t - n(0.5)),
    })
}
