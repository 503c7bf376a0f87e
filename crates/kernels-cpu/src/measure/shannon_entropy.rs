use tagswitch_image::ImageView;

use crate::level::level_counts;

/// How much a sample tells, in nats: `skimage.measure.shannon_entropy` to base e, over all channels. All NaN are one.
///
/// Levels of 8 and 16 bits are counted in tables, others sorted.
pub fn shannon_entropy<T: Different>(image: ImageView<'_, T>) -> f64 {
    let total = image.samples().len() as f64;
    let mut entropy = 0.0;
    T::each_count(image.samples(), |count| {
        let share = count as f64 / total;
        entropy -= share * share.ln();
    });
    entropy
}

/// Samples of which is known how often each occurs.
pub trait Different: Sized {
    /// Tells how often each of the different samples occurs.
    #[doc(hidden)]
    fn each_count(samples: &[Self], tell: impl FnMut(usize));
}

macro_rules! levels {
    ($($type:ident),+) => {
        $(impl Different for $type {
            fn each_count(samples: &[Self], mut tell: impl FnMut(usize)) {
                for count in level_counts(samples) {
                    if count > 0 {
                        tell(count as usize);
                    }
                }
            }
        })+
    };
}

levels!(u8, u16);

impl Different for i32 {
    fn each_count(samples: &[Self], tell: impl FnMut(usize)) {
        runs(samples.to_vec(), tell);
    }
}

macro_rules! floats {
    ($($type:ident),+) => {
        $(impl Different for $type {
            fn each_count(samples: &[Self], tell: impl FnMut(usize)) {
                // Zeros of either sign are equal, and so is one NaN to another here.
                let bits = |v: $type| if v.is_nan() { $type::NAN } else { v + 0.0 }.to_bits();
                runs(samples.iter().map(|&v| bits(v)).collect(), tell);
            }
        })+
    };
}

floats!(f32, f64);

fn runs<K: Ord>(mut keys: Vec<K>, mut tell: impl FnMut(usize)) {
    keys.sort_unstable();
    for run in keys.chunk_by(PartialEq::eq) {
        tell(run.len());
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn entropy<T: Different>(samples: &[T]) -> f64 {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        shannon_entropy(ImageView::new(samples, shape).unwrap()) / std::f64::consts::LN_2
    }

    #[test]
    fn equally_frequent_samples_tell_the_logarithm_of_their_number() {
        assert!((entropy(&[7u8, 9, 200, 0, 0, 200, 7, 9]) - 2.0).abs() < 1e-15);
        assert!((entropy(&[7u16, 60_000]) - 1.0).abs() < 1e-15);
        assert!((entropy(&[-7i32, 5, 5, -7]) - 1.0).abs() < 1e-15);
        assert_eq!(entropy(&[3i32; 5]), 0.0);
        let zeros = [0.0f32, -0.0, f32::NAN, -f32::NAN];
        assert!((entropy(&zeros) - 1.0).abs() < 1e-15);
        assert!((entropy(&[0.5f64, 0.25, 0.5, 0.5]) - 0.811_278_124_459_132_8).abs() < 1e-15);
    }
}
