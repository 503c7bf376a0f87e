use tagswitch_image::{Float, ImageView, Sample};

use crate::border::Border;

/// The least and the greatest number, infinite the other way round where all are NaN.
#[inline(always)]
fn range<F: Float>(values: impl Iterator<Item = F>) -> [F; 2] {
    let [mut least, mut greatest] = [F::from_f64(f64::INFINITY), F::from_f64(f64::NEG_INFINITY)];
    for value in values {
        least = if value < least { value } else { least };
        greatest = if value > greatest { value } else { greatest };
    }
    [least, greatest]
}

/// The least and the greatest number that an image becomes.
#[inline(always)]
pub fn image_range<T: Sample>(image: ImageView<'_, T>, scaled: bool) -> [T::Output; 2] {
    let number = |&sample: &T| if scaled { sample.to_float() } else { sample.to_work() };
    let [least, greatest] = range(image.samples().iter().map(number));
    [least.cast(), greatest.cast()]
}

/// Whether the constant beyond the edges lies outside of an image's range, so that it can lead results out of it.
pub fn constant_beyond<F: Float>([least, greatest]: [F; 2], border: Border, cval: f64) -> bool {
    let cval = F::from_f64(cval);
    border == Border::Constant && !(cval >= least && cval <= greatest)
}

/// Clips results to the range of the image, to which the constant belongs where results reach it.
#[inline(always)]
pub fn clip<F: Float>(results: &mut [F], image: [F; 2], border: Border, cval: f64) {
    let [mut least, mut greatest] = image;
    let constant = F::from_f64(cval);
    if constant_beyond(image, border, cval) {
        let [low, high] = range(results.iter().copied());
        if constant >= low && constant <= high {
            least = if constant < least { constant } else { least };
            greatest = if constant > greatest { constant } else { greatest };
        }
    }
    for result in results {
        // NaN stays NaN.
        let above = if *result < least { least } else { *result };
        *result = if above > greatest { greatest } else { above };
    }
}
