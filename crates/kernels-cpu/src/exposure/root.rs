use std::sync::atomic::{AtomicBool, Ordering};

use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::adjustment::{Adjustable, COST, refused};
use crate::error::{Result, check_shape};
use crate::groups::{Maker, Streaming};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::is_streamed;
use crate::threads::{Band, each_band};

/// Square roots of intensities, multiplied by `gain` after they have become samples again.
pub(super) fn adjust_by_root<T: Adjustable>(
    image: ImageView<'_, T>,
    gain: f64,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    let out = out.into_samples();
    let is_streamed = is_streamed(out);
    let negative = AtomicBool::new(false);
    each_band(out, 1, COST, |Band { first, samples: out, .. }| {
        let samples = &image.samples()[first..][..out.len()];
        if dispatch(Adjust { samples, gain, is_streamed, out }) {
            negative.store(true, Ordering::Relaxed);
        }
    });
    if negative.into_inner() { Err(refused(image)) } else { Ok(()) }
}

struct Adjust<'a, T> {
    samples: &'a [T],
    gain: f64,
    is_streamed: bool,
    out: &'a mut [T],
}

impl<T: Adjustable> Kernel for Adjust<'_, T> {
    /// Whether a sample is negative.
    type Output = bool;

    #[inline(always)]
    fn run<L: Level>(self) -> bool {
        let mut roots = Roots { samples: self.samples, gain: self.gain, negative: false };
        roots.make_all::<L>(self.out, 1, &Streaming(self.is_streamed));
        roots.negative
    }
}

struct Roots<'a, T> {
    samples: &'a [T],
    gain: f64,
    /// Whether a sample was: looking at all of them by itself would take longer than roots do.
    negative: bool,
}

impl<T: Adjustable> Maker<T> for Roots<'_, T> {
    #[inline(always)]
    fn make<L: Level>(&mut self, first: usize, out: &mut [T]) {
        let samples = &self.samples[first..][..out.len()];
        let mut negative = 0;
        let narrow = T::Precision::from_f64(self.gain);
        if narrow.to_f64() == self.gain {
            // A product of two numbers of 32 bits is the same, rounded once, as in 64.
            for (out, &sample) in out.iter_mut().zip(samples) {
                negative |= u32::from(sample < T::default());
                let root = T::Precision::from_f64(root(sample).to_f64() * T::ONE);
                *out = T::from_value((root * narrow).to_f64());
            }
        } else {
            for (out, &sample) in out.iter_mut().zip(samples) {
                negative |= u32::from(sample < T::default());
                *out = T::from_value(root(sample).to_f64() * T::ONE * self.gain);
            }
        }
        self.negative |= negative != 0;
    }
}

/// In no more bits than the sample has.
#[inline(always)]
fn root<T: Adjustable>(sample: T) -> T::Precision {
    T::Precision::from_f64(sample.to_f64() / T::ONE).sqrt()
}
