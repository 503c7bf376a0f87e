use tagswitch_image::{ImageView, ImageViewMut, Sample};

use super::float_bins::float_histogram;
use super::interpolation::interpolate;
use super::ranked::Ranked;
use super::under_mask::under;
use crate::error::{Error, Result, check_channels, check_shape};

/// An image in which all intensities are equally frequent, as far as that can be: `skimage.exposure.equalize_hist`.
///
/// A sample becomes the share of samples that are not above it. Integers have one bin per level, and `nbins` is ignored;
/// for floats the share is known at the centres of `nbins` bins, and interpolated between them. With a mask the shares are of the samples
/// where it is not 0: others get them too, those below all of these that of the least.
///
/// # Errors
///
/// [`Error::Channels`] for several channels, [`Error::Mismatch`] unless `out` and the mask have the image's shape, [`Error::EmptyMask`] for a
/// mask that is 0 everywhere; for floats, where the mask lets them be, [`Error::NotFinite`], [`Error::Option`] for no bins, [`Error::Bins`] for
/// more bins than the range can hold, [`Error::Wide`] for a range that the sample type cannot.
pub fn equalize_hist<T: Equalizable>(
    image: ImageView<'_, T>,
    mask: Option<ImageView<'_, u8>>,
    nbins: usize,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_channels("image", image.shape(), &[1], "1")?;
    check_shape("out", out.shape(), image.shape())?;
    if let Some(mask) = mask {
        check_shape("mask", mask.shape(), image.shape())?;
        if mask.samples().iter().all(|&m| m == 0) {
            return Err(Error::EmptyMask);
        }
    }
    T::equalize(image.samples(), mask.map(|mask| mask.samples()), nbins, out.into_samples())
}

/// Samples of which shares are known.
pub trait Equalizable: Sample {
    /// The work of [`equalize_hist`], on slices of one length and a mask that is not empty.
    #[doc(hidden)]
    fn equalize(
        samples: &[Self],
        mask: Option<&[u8]>,
        nbins: usize,
        out: &mut [Self::Output],
    ) -> Result<()>;
}

macro_rules! levels {
    ($($type:ident),+) => {
        $(impl Equalizable for $type {
            fn equalize(
                samples: &[Self],
                mask: Option<&[u8]>,
                _nbins: usize,
                out: &mut [f32],
            ) -> Result<()> {
                let counted = under(mask, samples);
                let all = counted.len();
                // Without a mask no sample is below the least one.
                let lowest = mask.map_or(0, |_| least_of(&counted));
                let share = |not_above: usize| (not_above.max(lowest) as f64 / all as f64) as f32;
                Self::by_rank(samples, mask, share, out)
            }
        })+
    };
}

levels!(u8, u16, i32);

/// How many of some samples are the least one.
fn least_of<T: Sample + Ord>(samples: &[T]) -> usize {
    let least = samples.iter().min();
    samples.iter().filter(|&sample| Some(sample) == least).count()
}

macro_rules! floats {
    ($($type:ident),+) => {
        $(impl Equalizable for $type {
            fn equalize(
                samples: &[Self],
                mask: Option<&[u8]>,
                nbins: usize,
                out: &mut [Self],
            ) -> Result<()> {
                let counted = under(mask, samples);
                let (centres, counts): (Vec<_>, Vec<_>) =
                    float_histogram(&counted, nbins)?.map(|(centre, n)| (centre.to_f64(), n)).unzip();
                let shares: Vec<_> = shares(counts, counted.len()).collect();
                interpolate(samples, &centres, &shares, out);
                Ok(())
            }
        })+
    };
}

floats!(f32, f64);

/// The share of samples in each bin and those before it.
fn shares(counts: Vec<u32>, samples: usize) -> impl Iterator<Item = f64> {
    counts.into_iter().scan(0u64, move |sum, count| {
        *sum += u64::from(count);
        Some(*sum as f64 / samples as f64)
    })
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn equalized<T: Equalizable>(samples: &[T], nbins: usize) -> Result<Vec<T::Output>> {
        equalized_under(None, samples, nbins)
    }

    fn equalized_under<T: Equalizable>(
        mask: Option<&[u8]>,
        samples: &[T],
        nbins: usize,
    ) -> Result<Vec<T::Output>> {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        let mut out = vec![T::Output::default(); samples.len()];
        let image = ImageView::new(samples, shape).unwrap();
        let mask = mask.map(|mask| ImageView::new(mask, shape).unwrap());
        equalize_hist(image, mask, nbins, ImageViewMut::new(&mut out, shape).unwrap())?;
        Ok(out)
    }

    // Expected values: skimage.exposure.equalize_hist of scikit-image 0.26.0.

    #[test]
    fn integers_become_their_share() {
        let expected = vec![0.4, 0.8, 0.4, 0.8, 1.0];
        assert_eq!(equalized(&[3u8, 200, 3, 200, 255], 256), Ok(expected.clone()));
        assert_eq!(equalized(&[3u16, 200, 3, 200, 65_535], 256), Ok(expected.clone()));
        assert_eq!(equalized(&[i32::MIN, -1, i32::MIN, -1, i32::MAX], 256), Ok(expected));
    }

    #[test]
    fn floats_are_interpolated() {
        let samples = [0.0f64, 0.1, 0.5, 0.6, 1.0];
        let expected = [0.4, 0.4, 0.6000000000000001, 0.76, 1.0];
        for (a, b) in equalized(&samples, 4).unwrap().iter().zip(expected) {
            assert!((a - b).abs() < 1e-15, "{a} instead of {b}");
        }
        assert_eq!(equalized(&samples, 1), Ok(vec![1.0; 5]));
        assert_eq!(equalized(&[0.3f32; 4], 256), Ok(vec![0.5; 4]));
    }

    #[test]
    fn shares_are_of_what_lies_under_the_mask() {
        fn check<T: Equalizable<Output = f32> + From<u8>>() {
            let mask = [0, 1, 9, 255, 0, 0, 0, 0, 1];
            let samples = [2, 3, 90, 3, 2, 4, 90, 99, 80].map(T::from);
            // What is below all of them has the share of the least, what is above all of them that of the greatest.
            let expected = [0.5, 0.5, 1.0, 0.5, 0.5, 0.5, 1.0, 1.0, 0.75];
            assert_eq!(equalized_under(Some(&mask), &samples, 256).unwrap(), expected);
        }
        check::<u8>();
        check::<u16>();
        check::<i32>();
    }

    #[test]
    fn what_a_mask_leaves_out_need_not_be_finite() {
        let samples = [f64::NAN, 0.0, 1.0, f64::INFINITY, 0.5, f64::NEG_INFINITY, 7.0];
        let mask = Some(&[0, 1, 1, 0, 1, 0, 0][..]);
        // The centres of the bins are 0.25 and 0.75.
        let [nan, rest @ ..] = &equalized_under(mask, &samples, 2).unwrap()[..] else { panic!() };
        assert!(nan.is_nan());
        let third = 1.0 / 3.0;
        assert_eq!(rest[..3], [third, 1.0, 1.0]);
        assert!((rest[3] - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(rest[4..], [third, 1.0]);
        let [nan, rest @ ..] = &equalized_under(mask, &samples, 1).unwrap()[..] else { panic!() };
        assert!(nan.is_nan() && rest == [1.0; 6]);
    }

    #[test]
    fn refuses_what_has_no_histogram() {
        for refused in [
            equalized_under(Some(&[0, 0]), &[1u8, 2], 256).unwrap_err(),
            equalized_under(Some(&[0, 0]), &[1i32, 2], 256).unwrap_err(),
            equalized_under(Some(&[0, 0]), &[f32::NAN, 2.0], 256).unwrap_err(),
        ] {
            assert_eq!(refused, Error::EmptyMask);
        }
        assert!(matches!(equalized(&[f32::NAN, 1.0], 256), Err(Error::NotFinite { .. })));
        assert!(matches!(equalized(&[0.5f32], 0), Err(Error::Option { .. })));
    }
}
