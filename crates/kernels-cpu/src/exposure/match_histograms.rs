use tagswitch_image::{ImageView, ImageViewMut};

use super::bins::{Histogram, Levels, check_lists, list_of};
use super::ranked::Ranked;
use super::rescale_intensity::Rescaled;
use crate::error::{Result, check_shape};

/// The levels of an image, ascending, and of each the share of samples that are not above it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantiles {
    levels: Vec<f64>,
    shares: Vec<f64>,
}

/// Those of a reference: `lists` is 1 for all samples together, or the number of channels for each by itself. NaN is the last level where there is one.
///
/// # Errors
///
/// [`Error::Option`](crate::Error::Option) for other `lists`.
pub fn quantiles<T: Levels>(reference: ImageView<'_, T>, lists: usize) -> Result<Vec<Quantiles>> {
    check_lists(reference.shape(), lists)?;
    let of_list = |list| Quantiles::of(&list_of(reference.samples(), lists, list));
    Ok((0..lists).map(of_list).collect())
}

impl Quantiles {
    fn of<T: Levels>(samples: &[T]) -> Self {
        let Histogram { counts, bin_centers: mut levels } = T::levels(samples);
        let pixels = samples.len() as f64;
        let mut total = 0.0;
        let not_above = counts.into_iter().map(|count| {
            total += count;
            total / pixels
        });
        let mut shares: Vec<f64> = not_above.collect();
        if total < pixels {
            levels.push(f64::NAN);
            shares.push(1.0);
        }
        Self { levels, shares }
    }

    /// The level up to which there is such a share of samples: `numpy.interp`, step by step. `next` is the place of the first share above
    /// the last one asked for, which was not greater; 0 before.
    fn level(&self, share: f64, next: &mut usize) -> f64 {
        let Self { levels, shares } = self;
        let last = shares.len() - 1;
        if share <= shares[0] {
            return levels[0];
        }
        if share >= shares[last] {
            return levels[last];
        }
        while shares[*next] <= share {
            *next += 1;
        }
        let (place, next) = (*next - 1, *next);
        // What lies on a level does not meet the next one, which may be infinite or NaN.
        if share == shares[place] {
            return levels[place];
        }
        let slope = (levels[next] - levels[place]) / (shares[next] - shares[place]);
        let level = slope * (share - shares[place]) + levels[place];
        if level.is_nan() { slope * (share - shares[next]) + levels[next] } else { level }
    }
}

/// An image with the histogram of a reference, whose `quantiles` are of all samples together, or one of each channel:
/// `skimage.exposure.match_histograms`. Integers are cut to whole numbers and to the limits of their type.
///
/// # Errors
///
/// [`Error::Option`](crate::Error::Option) for another number of quantiles, [`Error::TooManyPixels`](crate::Error::TooManyPixels) for 2³² samples
/// or more, [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn match_histograms<T: Ranked, O: Rescaled>(
    image: ImageView<'_, T>,
    quantiles: &[Quantiles],
    out: ImageViewMut<'_, O>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    let lists = quantiles.len();
    check_lists(image.shape(), lists)?;
    let out = out.into_samples();
    for (list, quantiles) in quantiles.iter().enumerate() {
        let samples = list_of(image.samples(), lists, list);
        let pixels = samples.len() as f64;
        let mut next = 0;
        let value =
            |not_above| O::from_value(quantiles.level(not_above as f64 / pixels, &mut next));
        if lists == 1 {
            T::by_rank(&samples, None, value, out)?;
            continue;
        }
        let mut matched = vec![O::default(); samples.len()];
        T::by_rank(&samples, None, value, &mut matched)?;
        let own = out.iter_mut().skip(list).step_by(lists);
        own.zip(matched).for_each(|(sample, matched)| *sample = matched);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tagswitch_image::{Sample, Shape};

    use super::*;

    fn matched<T: Ranked, R: Levels, O: Rescaled>(
        samples: &[T],
        reference: &[R],
        channels: usize,
        lists: usize,
    ) -> Result<Vec<O>> {
        fn view<S: Sample>(samples: &[S], channels: usize) -> ImageView<'_, S> {
            let shape = Shape::new(1, samples.len() / channels, channels).unwrap();
            ImageView::new(samples, shape).unwrap()
        }
        let image = view(samples, channels);
        let mut out = vec![O::default(); samples.len()];
        let quantiles = quantiles(view(reference, channels), lists)?;
        let result = ImageViewMut::new(&mut out, image.shape()).unwrap();
        match_histograms(image, &quantiles, result)?;
        Ok(out)
    }

    // Expected values: skimage.exposure.match_histograms of scikit-image 0.26.0.

    #[test]
    fn levels_become_those_of_the_reference() {
        let reference = [10u8, 20, 20, 40];
        let levels = matched::<_, _, f64>(&[1u8, 9, 1, 7, 5], &reference, 1, 1).unwrap();
        for (level, expected) in levels.into_iter().zip([13.0, 40.0, 13.0, 24.0, 17.0]) {
            assert!((level - expected).abs() < 1e-14, "{level} instead of {expected}");
        }
    }

    #[test]
    fn channels_are_matched_by_themselves_and_cut() {
        let colors = [0i32, 5, 7, 5];
        let reference = [300i32, -7, 400, -8];
        assert_eq!(matched::<_, _, i32>(&colors, &reference, 2, 2), Ok(vec![300, -7, 400, -7]));
        assert_eq!(
            matched::<_, _, u8>(&[0u8, 5, 7, 5], &reference, 2, 2),
            Ok(vec![255, 0, 255, 0])
        );
    }

    #[test]
    fn nan_is_the_greatest_on_either_side() {
        let reference = [1.0f32, f32::NAN];
        let matched = matched::<_, _, f32>(&[f32::NAN, -3.0], &reference, 1, 1).unwrap();
        assert!(matched[0].is_nan());
        assert_eq!(matched[1], 1.0);
    }
}
