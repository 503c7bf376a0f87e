use tagswitch_image::ImageView;

use crate::error::{Result, check_channels};
use crate::exposure::{Histogram, Levels, occupied};

/// The histogram from which thresholds are found.
///
/// Integers have one bin for every level that occurs and `nbins` is ignored; floats have `nbins` equal bins from the smallest
/// to the largest sample, as `numpy.histogram` counts, or without `nbins` one for every value, where NaN does not count. An image
/// of one value has one bin.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels; for `nbins` of floats
/// [`Error::NotFinite`](crate::Error::NotFinite) for infinite or NaN samples (unless all are equal and infinite),
/// [`Error::Option`](crate::Error::Option) for no bins, [`Error::Bins`](crate::Error::Bins) for more bins than the range
/// can hold, [`Error::Wide`](crate::Error::Wide) for a range that the sample type cannot.
pub fn threshold_histogram<T: Levels>(
    image: ImageView<'_, T>,
    nbins: Option<usize>,
) -> Result<Histogram> {
    check_channels("image", image.shape(), &[1], "1")?;
    let samples = image.samples();
    let Some(nbins) = nbins else { return Ok(T::levels(samples)) };
    let first = samples[0];
    if samples.iter().all(|&sample| sample == first) {
        return Ok(occupied([(first.to_f64(), samples.len() as u32)]));
    }
    T::bins(samples, nbins)
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;

    fn count<T: Levels>(samples: &[T], nbins: Option<usize>) -> Result<Vec<(f64, f64)>> {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        let Histogram { counts, bin_centers } =
            threshold_histogram(ImageView::new(samples, shape).unwrap(), nbins)?;
        Ok(bin_centers.into_iter().zip(counts).collect())
    }

    #[test]
    fn integers_have_a_bin_for_every_level() {
        let expected = Ok(vec![(1.0, 2.0), (3.0, 1.0), (200.0, 3.0)]);
        assert_eq!(count(&[200u8, 1, 3, 1, 200, 200], Some(256)), expected);
        assert_eq!(count(&[200u16, 1, 3, 1, 200, 200], None), expected);
        assert_eq!(count(&[9i32, -7, 9], Some(2)), Ok(vec![(-7.0, 1.0), (9.0, 2.0)]));
    }

    #[test]
    fn floats_have_equal_bins_or_one_for_every_value() {
        let samples = [0.0f32, 0.25, -0.0, 1.0];
        assert_eq!(count(&samples, Some(2)), Ok(vec![(0.25, 3.0), (0.75, 1.0)]));
        assert_eq!(count(&samples, None), Ok(vec![(0.0, 2.0), (0.25, 1.0), (1.0, 1.0)]));
        let odd = [f64::NAN, f64::INFINITY, 1.0, -f64::NAN, f64::NEG_INFINITY];
        let expected = vec![(f64::NEG_INFINITY, 1.0), (1.0, 1.0), (f64::INFINITY, 1.0)];
        assert_eq!(count(&odd, None), Ok(expected));
        assert_eq!(count(&[f32::NAN; 3], None), Ok(vec![]));
    }

    #[test]
    fn an_image_of_one_value_has_one_bin() {
        assert_eq!(count(&[7u8; 5], Some(256)), Ok(vec![(7.0, 5.0)]));
        assert_eq!(count(&[-0.5f32], Some(256)), Ok(vec![(-0.5, 1.0)]));
        assert_eq!(count(&[f64::INFINITY; 3], Some(4)), Ok(vec![(f64::INFINITY, 3.0)]));
    }

    #[test]
    fn a_table_and_sorting_count_alike() {
        let near: Vec<i32> = (0..1000).map(|i| i * i % 91 - 40).collect();
        let far: Vec<i32> = near.iter().map(|v| v * 1_000_000).collect();
        let scaled = count(&near, None).unwrap().iter().map(|&(v, n)| (v * 1e6, n)).collect();
        assert_eq!(count(&far, None), Ok(scaled));
    }

    #[test]
    fn refuses_what_has_no_histogram() {
        let message = |result: Result<Vec<(f64, f64)>>| result.unwrap_err().to_string();
        let mut long = vec![0.5f32; 1000];
        long[40] = f32::NAN;
        assert_eq!(message(count(&long, Some(256))), "image holds NaN; expected finite samples");
        assert_eq!(
            message(count(&[f64::NAN; 40], Some(256))),
            "image holds NaN; expected finite samples"
        );
        assert!(
            message(count(&[0.0, f64::NEG_INFINITY], Some(256)))
                .starts_with("image holds -Infinity;")
        );
        let narrow = message(count(&[1.0f32, 1.000_000_1], Some(256)));
        assert!(narrow.ends_with("too narrow for 256 distinct bins"), "{narrow}");
        let wide = message(count(&[-f32::MAX, f32::MAX], Some(256)));
        assert!(wide.ends_with("too wide for float32"), "{wide}");
        let wide = message(count(&[-f64::MAX, f64::MAX], Some(256)));
        assert!(wide.ends_with("too wide for float64"), "{wide}");
        // Narrow for its place, though wider than 1.
        let narrow = message(count(&[1e30f32, 1.000_000_1e30], Some(256)));
        assert!(narrow.ends_with("too narrow for 256 distinct bins"), "{narrow}");
        assert!(matches!(count(&[0.0f32, 1.0], Some(0)), Err(Error::Option { name: "nbins", .. })));
    }
}
