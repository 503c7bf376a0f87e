use tagswitch_image::{ImageView, Sample};

use crate::simd::{Kernel, Level, dispatch};

/// The least and the greatest sample of all channels: `numpy.min` and `numpy.max`, both NaN if any sample is.
pub fn extrema<T: Sample>(image: ImageView<'_, T>) -> [f64; 2] {
    dispatch(Extrema { samples: image.samples() })
}

struct Extrema<'a, T> {
    samples: &'a [T],
}

impl<T: Sample> Kernel for Extrema<'_, T> {
    type Output = [f64; 2];

    #[inline(always)]
    fn run<L: Level>(self) -> [f64; 2] {
        // What is kept then fills four vectors of each kind, at most, which stay in registers.
        if size_of::<T>() > 4 { self.by_lanes::<16>() } else { self.by_lanes::<32>() }
    }
}

impl<T: Sample> Extrema<'_, T> {
    #[inline(always)]
    fn by_lanes<const LANES: usize>(self) -> [f64; 2] {
        let [mut low, mut high, mut nan] = [[self.samples[0]; LANES]; 3];
        let (blocks, rest) = self.samples.as_chunks::<LANES>();
        let mut take = |lane: usize, v: T| {
            low[lane] = if v < low[lane] { v } else { low[lane] };
            high[lane] = if v > high[lane] { v } else { high[lane] };
            nan[lane] = if is_nan(v) { v } else { nan[lane] };
        };
        for block in blocks {
            for (lane, &v) in block.iter().enumerate() {
                take(lane, v);
            }
        }
        for (lane, &v) in rest.iter().enumerate() {
            take(lane, v);
        }
        if nan.into_iter().any(is_nan) {
            return [f64::NAN; 2];
        }
        let ends = |lanes: [T; LANES]| lanes.map(Sample::to_f64).into_iter();
        [ends(low).fold(f64::INFINITY, f64::min), ends(high).fold(f64::NEG_INFINITY, f64::max)]
    }
}

#[inline(always)]
fn is_nan<T: Sample>(sample: T) -> bool {
    #[expect(clippy::eq_op, reason = "only NaN differs from itself")]
    let unequal = sample != sample;
    unequal
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn of<T: Sample>(samples: &[T]) -> [f64; 2] {
        extrema(ImageView::new(samples, Shape::new(1, samples.len(), 1).unwrap()).unwrap())
    }

    #[test]
    fn finds_both_ends_wherever_they_are() {
        for length in 1..200 {
            for at in 0..length {
                let mut samples = vec![5i32; length];
                samples[at] = -7;
                samples[length - 1 - at] = 9;
                let least = f64::from(*samples.iter().min().unwrap());
                assert_eq!(of(&samples), [least, 9.0]);
            }
        }
        assert_eq!(of(&[1.0f32, f32::INFINITY, -2.0]), [-2.0, f64::INFINITY]);
    }

    #[test]
    fn nan_anywhere_is_all_there_is() {
        for at in 0..150 {
            let mut samples = vec![0.5f32; 150];
            samples[at] = f32::NAN;
            assert!(of(&samples).iter().all(|v| v.is_nan()));
        }
    }
}
