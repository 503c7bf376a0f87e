use tagswitch_image::Float;

use super::equal_bins::{EqualBins, GROUP};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::each_piece;

/// Operations that interpolating a sample takes.
const COST: usize = 15;

/// `numpy.interp` of values at places that ascend in equal steps, but for rounding.
pub(super) fn interpolate<F: Float>(samples: &[F], places: &[f64], values: &[f64], out: &mut [F]) {
    let [first, .., last] = *places else {
        let value = F::from_f64(values[0]);
        let pairs = samples.iter().zip(out);
        return pairs.for_each(|(&x, out)| *out = if x.is_nan() { x } else { value });
    };
    let steps = places.windows(2).zip(values.windows(2));
    let lines = steps.map(|(place, value)| Line {
        slope: (value[1] - value[0]) / (place[1] - place[0]),
        place: place[0],
        value: value[0],
    });
    // The last interval's line may miss the last value by a bit.
    let beyond = Line { slope: 0.0, place: last, value: values[values.len() - 1] };
    let lines: Vec<_> = lines.chain([beyond]).collect();
    if !lines.iter().all(|line| line.slope.is_finite() && line.place.is_finite()) {
        let value = |x: F| F::from_f64(between(x.to_f64(), places, values));
        let each = |(out, &x): (&mut F, &F)| *out = if x.is_nan() { x } else { value(x) };
        return each_piece(samples, out, COST, |samples, out| {
            out.iter_mut().zip(samples).for_each(each);
        });
    }
    let (intervals, ends) = (EqualBins::between(places), [first, last]);
    each_piece(samples, out, COST, |samples, out| {
        let (lines, intervals) = (&lines, &intervals);
        dispatch(Interpolate { samples, ends, lines, intervals, out });
    });
}

/// `numpy.interp` of a number, which asks more where places or what lies between them are infinite.
fn between(x: f64, places: &[f64], values: &[f64]) -> f64 {
    let above = places.partition_point(|&place| place <= x);
    let Some(low) = above.checked_sub(1) else { return values[0] };
    if x <= places[0] {
        return values[0];
    }
    if x == places[low] || above == places.len() {
        return values[low];
    }
    let slope = (values[above] - values[low]) / (places[above] - places[low]);
    let value = slope * (x - places[low]) + values[low];
    // Between infinities the other end may know better.
    if value.is_nan() { slope * (x - places[above]) + values[above] } else { value }
}

/// What the values between two places lie on, from the first of these on.
struct Line {
    slope: f64,
    place: f64,
    value: f64,
}

impl Line {
    #[inline(always)]
    fn at(&self, x: f64) -> f64 {
        // Not fused: the last bit is NumPy's.
        self.slope * (x - self.place) + self.value
    }
}

struct Interpolate<'a, F> {
    samples: &'a [F],
    /// The first place and the last.
    ends: [f64; 2],
    /// One for each interval, and one for the last place.
    lines: &'a [Line],
    intervals: &'a EqualBins<f64>,
    out: &'a mut [F],
}

impl<F: Float> Kernel for Interpolate<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { samples, ends: [first, last], lines, intervals, out } = self;
        let (groups, rest) = samples.as_chunks::<GROUP>();
        let (groups_out, rest_out) = out.as_chunks_mut::<GROUP>();
        // NaN stays, and what is infinite is at an end.
        let x = |sample: F| sample.to_f64().clamp(first, last);
        for (out, group) in groups_out.iter_mut().zip(groups) {
            let xs = group.map(x);
            let Some(bins) = intervals.of(&xs) else {
                search(lines, xs, out);
                continue;
            };
            for (i, out) in out.iter_mut().enumerate() {
                let interval = bins[i] + u32::from(xs[i] >= last);
                // SAFETY: there is a line for each interval, and one for the last place.
                let line = unsafe { lines.get_unchecked(interval as usize) };
                *out = F::from_f64(line.at(xs[i]));
            }
        }
        search(lines, rest.iter().map(|&sample| x(sample)), rest_out);
    }
}

/// The same where places have to be compared.
fn search<F: Float>(lines: &[Line], xs: impl IntoIterator<Item = f64>, out: &mut [F]) {
    for (out, x) in out.iter_mut().zip(xs) {
        let above = lines.partition_point(|line| line.place <= x);
        *out = F::from_f64(lines[above.max(1) - 1].at(x));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn infinite_places_and_slopes_leave_no_nan() {
        let found = |samples: &[f64], places: &[f64], values: &[f64]| {
            let mut out = vec![9.0; samples.len()];
            interpolate(samples, places, values, &mut out);
            out
        };
        const FAR: f64 = f64::INFINITY;
        assert_eq!(found(&[2e38, 3e38, FAR], &[FAR, FAR], &[0.5, 1.0]), [0.5; 3]);
        let places = [-FAR, -1.0, 1.0, FAR];
        let values = [0.1, 0.2, 0.4, 1.0];
        assert_eq!(
            found(&[-FAR, -5.0, -1.0, 0.0, 1.0, 7.0, FAR], &places, &values),
            [0.1, 0.2, 0.2, 0.30000000000000004, 0.4, 0.4, 1.0]
        );
        let near = [0.0, 5e-324, 1e-323];
        assert_eq!(found(&near, &near, &[0.25, 0.5, 1.0]), [0.25, 0.5, 1.0]);
        assert!(found(&[f64::NAN], &places, &values)[0].is_nan());
    }

    #[test]
    fn every_sample_lies_on_the_line_between_the_places_next_to_it() {
        let mut random = Random::new(8);
        // The longest are streamed.
        for length in (1..70).chain([1000, (1 << 20) + 3]) {
            for intervals in [1, 2, 255] {
                let near = |i: usize| (i as f64 * 0.37 - 20.0) as f32;
                let places: Vec<f64> = (0..=intervals).map(|i| f64::from(near(i))).collect();
                let values: Vec<f64> = places.iter().map(|_| random.unit()).collect();
                let span = 0.37 * intervals as f32;
                let mut samples: Vec<f32> = (0..length)
                    .map(|_| random.unit() as f32 * 1.2 * span - 20.0 - 0.1 * span)
                    .collect();
                // On places and next to them, where a guess may miss; and far beyond.
                for (sample, i) in samples.iter_mut().step_by(41).zip((0..=intervals).cycle()) {
                    let place = near(i);
                    *sample =
                        [place.next_down(), place, place.next_up()][random.bits() as usize % 3];
                }
                for (sample, far) in samples.iter_mut().skip(50).zip([f32::MAX, f32::MIN, -20.0]) {
                    *sample = far;
                }
                let mut out = vec![0.0; length];
                interpolate(&samples, &places, &values, &mut out);
                for (&sample, value) in samples.iter().zip(out) {
                    if f64::from(sample) >= places[intervals] {
                        assert_eq!(value, values[intervals] as f32, "{sample}");
                        continue;
                    }
                    let x = f64::from(sample).clamp(places[0], places[intervals]);
                    let i = places[..intervals].iter().rposition(|&place| place <= x).unwrap();
                    let slope = (values[i + 1] - values[i]) / (places[i + 1] - places[i]);
                    assert_eq!(value, (slope * (x - places[i]) + values[i]) as f32, "{sample}");
                }
            }
        }
    }
}
