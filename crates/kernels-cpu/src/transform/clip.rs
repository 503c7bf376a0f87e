use tagswitch_image::{Float, ImageView, Sample};

use crate::border::Border;

/// Numbers that are compared together, in vectors.
const LANES: usize = 32;
/// Samples that are looked at before asking whether it is decided.
const CHUNK: usize = 1024;

/// The least and the greatest number, infinite the other way round where all are NaN.
#[inline(always)]
fn range<T: Copy, F: Float>(samples: &[T], number: impl Fn(T) -> F) -> [F; 2] {
    let mut least = [F::from_f64(f64::INFINITY); LANES];
    let mut greatest = [F::from_f64(f64::NEG_INFINITY); LANES];
    let (blocks, rest) = samples.as_chunks::<LANES>();
    let mut compare = |i: usize, value: F| {
        least[i] = if value < least[i] { value } else { least[i] };
        greatest[i] = if value > greatest[i] { value } else { greatest[i] };
    };
    for block in blocks {
        for (i, &sample) in block.iter().enumerate() {
            compare(i, number(sample));
        }
    }
    rest.iter().for_each(|&sample| compare(0, number(sample)));
    let lesser = |a: F, &b: &F| if b < a { b } else { a };
    let greater = |a: F, &b: &F| if b > a { b } else { a };
    [least[1..].iter().fold(least[0], lesser), greatest[1..].iter().fold(greatest[0], greater)]
}

/// What is known of where a number lies among others.
#[derive(Clone, Copy, Default)]
struct Sides {
    /// Whether any is not greater.
    below: bool,
    /// Whether any is not less.
    above: bool,
}

impl Sides {
    /// Looks at more of the others, where it is not known already that there are some on both sides; returns whether there are. NaN are
    /// not looked at.
    #[inline(always)]
    fn see<T: Copy, F: Float>(
        &mut self,
        samples: &[T],
        number: impl Fn(T) -> F,
        constant: F,
    ) -> bool {
        if !(self.below && self.above) {
            let Self { mut below, mut above } = *self;
            for &sample in samples {
                let value = number(sample);
                below |= value <= constant;
                above |= value >= constant;
            }
            *self = Self { below, above };
        }
        self.below && self.above
    }
}

/// Whether a number is neither less than all others nor greater. Ends as soon as that is known.
#[inline(always)]
fn spans<T: Copy, F: Float>(samples: &[T], number: impl Fn(T) -> F, constant: F) -> bool {
    let mut sides = Sides::default();
    for samples in samples.chunks(CHUNK) {
        if sides.see(samples, &number, constant) {
            return true;
        }
    }
    false
}

/// Whether it is neither among numbers nor among results, whichever is known first.
#[inline(always)]
fn either_spans<T: Copy, F: Float>(
    samples: &[T],
    number: impl Fn(T) -> F,
    results: &[F],
    constant: F,
) -> bool {
    let [mut of_samples, mut of_results] = [Sides::default(); 2];
    let most = samples.len().max(results.len());
    for start in (0..most).step_by(CHUNK) {
        if of_samples.see(chunk(samples, start), &number, constant)
            || of_results.see(chunk(results, start), |result| result, constant)
        {
            return true;
        }
    }
    false
}

/// Samples from `start` on that are looked at together; none behind the last.
#[inline(always)]
fn chunk<T>(samples: &[T], start: usize) -> &[T] {
    &samples[start.min(samples.len())..(start + CHUNK).min(samples.len())]
}

/// The number that a sample becomes.
#[inline(always)]
fn number<T: Sample>(scaled: bool) -> impl Fn(T) -> T::Output {
    move |sample| if scaled { sample.to_float().cast() } else { sample.to_work().cast() }
}

/// Whether the constant beyond the edges lies outside of an image's range, so that it can lead results out of it.
#[inline(always)]
pub fn constant_beyond<T: Sample>(
    image: ImageView<'_, T>,
    scaled: bool,
    border: Border,
    cval: f64,
) -> bool {
    border == Border::Constant
        && !spans(image.samples(), number::<T>(scaled), T::Output::from_f64(cval))
}

/// Clips results to the range of the image, to which the constant belongs where results reach it. Unless there may be `overshoots`,
/// nothing but the constant has led them out of it.
#[inline(always)]
pub fn clip<T: Sample>(
    image: ImageView<'_, T>,
    scaled: bool,
    overshoots: bool,
    border: Border,
    cval: f64,
    results: &mut [T::Output],
) {
    let constant = T::Output::from_f64(cval);
    let shows = if overshoots {
        constant_beyond(image, scaled, border, cval) && spans(results, |result| result, constant)
    } else if border != Border::Constant
        || either_spans(image.samples(), number::<T>(scaled), results, constant)
    {
        return;
    } else {
        false
    };
    let [mut least, mut greatest] = range(image.samples(), number::<T>(scaled));
    if shows {
        least = if constant < least { constant } else { least };
        greatest = if constant > greatest { constant } else { greatest };
    }
    for result in results {
        // NaN stays NaN.
        let above = if *result < least { least } else { *result };
        *result = if above > greatest { greatest } else { above };
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn the_range_is_that_of_all_numbers_but_nan() {
        for len in [1, 31, 32, 33, 100] {
            for place in 0..len {
                let mut samples = vec![0.5f32; len];
                samples[place] = f32::NAN;
                let expected = if len == 1 { [f32::INFINITY, f32::NEG_INFINITY] } else { [0.5; 2] };
                assert_eq!(range(&samples, |v| v), expected);
                samples[place] = -2.0;
                assert_eq!(range(&samples, |v| v)[0], -2.0);
                samples[place] = 7.0;
                assert_eq!(range(&samples, |v| v)[1], 7.0);
            }
        }
    }

    #[test]
    fn a_constant_lies_beyond_unless_samples_are_on_both_sides() {
        let shape = Shape::new(1, 3000, 1).unwrap();
        let mut samples = vec![51u8; 3000];
        samples[2999] = 102;
        let image = ImageView::new(&samples, shape).unwrap();
        for (cval, beyond) in
            [(50.9, true), (51.0, false), (75.0, false), (102.0, false), (102.1, true)]
        {
            assert_eq!(constant_beyond(image, false, Border::Constant, cval), beyond, "{cval}");
            assert!(!constant_beyond(image, false, Border::Nearest, cval));
        }
        assert!(!constant_beyond(image, true, Border::Constant, 0.3));
        assert!(constant_beyond(image, true, Border::Constant, f64::NAN));
    }

    #[test]
    fn results_keep_to_the_image_and_a_constant_that_shows() {
        let image = ImageView::new(&[0.0f32, 1.0], Shape::new(1, 2, 1).unwrap()).unwrap();
        let clipped = |overshoots: bool, results: [f32; 3]| {
            let mut results = results;
            clip(image, false, overshoots, Border::Constant, 2.0, &mut results);
            results
        };
        assert_eq!(clipped(false, [-0.0, 0.5, 1.5]), [0.0, 0.5, 1.0]);
        assert_eq!(clipped(false, [0.5, 1.5, 2.0]), [0.5, 1.5, 2.0]);
        assert_eq!(clipped(true, [-0.5, 2.0, 2.5]), [0.0, 2.0, 2.0]);
        let nan = clipped(true, [f32::NAN, 0.5, 1.5]);
        assert!(nan[0].is_nan() && nan[1..] == [0.5, 1.0]);
    }

    #[test]
    fn a_constant_may_show_anywhere() {
        for [image_len, result_len] in [[1, 3000], [3000, 1], [2500, 2500]] {
            let shape = Shape::new(1, image_len, 1).unwrap();
            let clipped = |number: f32, results: &[f32]| {
                let mut samples = vec![1.0f32; image_len];
                samples[image_len - 1] = number;
                let image = ImageView::new(&samples, shape).unwrap();
                let mut results = results.to_vec();
                clip(image, false, false, Border::Constant, 0.0, &mut results);
                results
            };
            let mut results = vec![0.5f32; result_len];
            assert_eq!(clipped(1.0, &results), vec![1.0; result_len]);
            let in_range = clipped(-1.0, &results);
            assert!(in_range.iter().all(|&v| v == if image_len == 1 { -1.0 } else { 0.5 }));
            results[result_len - 1] = 0.0;
            assert_eq!(clipped(1.0, &results), results);
        }
    }
}
