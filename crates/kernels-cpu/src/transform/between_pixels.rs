//! What lies between pixels: weighted sums of those around.

use tagswitch_image::{Float, ImageView, Sample};

use super::places::is_near;
use super::warp::Warp;
use crate::border::Border;

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

/// The number that a sample stands for.
#[inline(always)]
pub fn number<T: Sample>(sample: T, scaled: bool) -> T::Work {
    if scaled { sample.to_float() } else { sample.to_work() }
}

/// The weights of the taps around a place, by how far it is from the one before it.
#[inline(always)]
pub fn weights_of<F: Float, const N: usize>(t: F) -> [F; N] {
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
