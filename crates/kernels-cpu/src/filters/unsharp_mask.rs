use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::blur::{BlurredRows, Kernels, number};
use super::row_window::Converted;
use crate::border::Border;
use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// How to sharpen.
#[derive(Clone, Copy, Debug)]
pub struct UnsharpMask {
    /// Standard deviations of the blur down the rows and across the columns, in pixels.
    pub sigma: [f64; 2],
    /// How far its kernel reaches, likewise; 0 leaves an axis as it is.
    pub radius: [usize; 2],
    /// How much of the detail to add.
    pub amount: f64,
    /// Keep integers' values instead of scaling them to [0, 1], and cut nothing off.
    pub preserve_range: bool,
}

/// The image and some of its difference from itself blurred, every channel by itself.
///
/// `skimage.filters.unsharp_mask`: the blur is [`gaussian`](super::gaussian()) with [`Border::Reflect`]. Unless the range is
/// preserved, results are cut to [0, 1], or to [−1, 1] where any sample is below 0. NaN stays NaN.
///
/// # Errors
///
/// As [`gaussian`](super::gaussian()).
pub fn unsharp_mask<T: Sample>(
    image: ImageView<'_, T>,
    options: &UnsharpMask,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    let kernels = Kernels::new(options.sigma, options.radius)?;
    let negative = !options.preserve_range && any_negative(image.samples());
    each_band(out.into_samples(), image.shape().row_len(), kernels.cost() + 4, |out| {
        dispatch(Sharpen::<T> { image, options, negative, kernels: &kernels, out });
    });
    Ok(())
}

struct Sharpen<'a, T: Sample> {
    image: ImageView<'a, T>,
    options: &'a UnsharpMask,
    /// Whether any sample is below 0.
    negative: bool,
    kernels: &'a Kernels<T::Work>,
    out: Band<'a, T::Output>,
}

impl<T: Sample> Kernel for Sharpen<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, options, negative, kernels, out } = self;
        let convert = number::<T>(options.preserve_range);
        let amount = T::Work::from_f64(options.amount);
        let least = T::Work::from_f64(if negative { -1.0 } else { 0.0 });
        let most = T::Work::from_f64(1.0);
        let numbers = Converted::new(image, convert);
        let mut rows = BlurredRows::new(numbers, out.first, kernels, Border::Reflect, 0.0);
        for (y, result) in out.rows() {
            rows.row::<L, _>(y, result);
            let sharpened = result.iter_mut().zip(image.row(y)).map(|(result, &sample)| {
                let sample = convert(sample);
                let sharp = L::fma(sample - result.cast(), amount, sample);
                (result, sharp)
            });
            if options.preserve_range {
                sharpened.for_each(|(result, sharp)| *result = sharp.cast());
            } else {
                // So compared, NaN stays.
                sharpened.for_each(|(result, sharp)| {
                    let sharp = if sharp < least { least } else { sharp };
                    *result = if sharp > most { most } else { sharp }.cast();
                });
            }
        }
    }
}

/// Whether any sample is below 0, a chunk at a time.
#[inline(always)]
fn any_negative<T: Sample>(samples: &[T]) -> bool {
    let below =
        |chunk: &[T]| chunk.iter().fold(false, |any, &sample| any | (sample < T::default()));
    samples.chunks(4096).any(below)
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn sharp<T: Sample>(samples: &[T], options: &UnsharpMask) -> Vec<T::Output> {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        let mut out = vec![T::Output::default(); shape.len()];
        let image = ImageView::new(samples, shape).unwrap();
        unsharp_mask(image, options, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        out
    }

    const OPTIONS: UnsharpMask =
        UnsharpMask { sigma: [0.0, 0.5], radius: [0, 2], amount: 2.0, preserve_range: false };

    #[test]
    fn results_are_cut_to_the_range_of_intensities() {
        let step = sharp(&[0u8, 0, 0, 255, 255, 255], &OPTIONS);
        assert_eq!(step, [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
        let step = sharp(&[-0.5f32, -0.5, -0.5, 0.5, 0.5, 0.5], &OPTIONS);
        assert!(step[2] < -0.5 && step[2] >= -1.0 && step[3] > 0.5);
        let kept = sharp(&[0u8, 0, 255, 255], &UnsharpMask { preserve_range: true, ..OPTIONS });
        assert!(kept[1] < 0.0 && kept[2] > 255.0);
        assert!(sharp(&[f32::NAN, 0.5], &OPTIONS).iter().all(|v| v.is_nan()));
    }

    #[test]
    fn no_amount_changes_nothing() {
        let samples = [0.25f32, 0.5, 1.0, 0.0];
        assert_eq!(sharp(&samples, &UnsharpMask { amount: 0.0, ..OPTIONS }), samples);
    }
}
