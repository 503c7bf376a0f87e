use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::philox::philox;
use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};

/// What happens to intensities.
#[derive(Clone, Copy, Debug)]
pub enum Noise {
    /// A normal number is added.
    Additive {
        /// Its mean.
        mean: f64,
        /// Its standard deviation.
        deviation: f64,
    },
    /// A normal number times the intensity is added.
    Multiplicative {
        /// Its mean.
        mean: f64,
        /// Its standard deviation.
        deviation: f64,
    },
    /// Some are replaced.
    Impulse {
        /// The share that is.
        amount: f64,
        /// The share of these that become 1, and not the least intensity.
        salt: f64,
    },
}

/// Options of [`random_noise`].
#[derive(Clone, Copy, Debug)]
pub struct RandomNoise {
    /// The kind of noise.
    pub noise: Noise,
    /// The least intensity.
    pub low: f64,
    /// Cut the result to `low` and 1.
    pub clip: bool,
    /// The seed's lower and upper word.
    pub key: [u32; 2],
}

/// Intensities with noise, any number of channels: `skimage.util.random_noise`, with numbers of its own.
///
/// Sample `i` has the numbers `u` and `v` in (0, 1) that the first two words of [`philox`] at place `i` make: these plus ½, over
/// 2³². A normal number is √(−2 ln u) cos 2πv. A sample is replaced where `u` is less than `amount`, and by 1 where `v` is
/// less than `salt`.
///
/// # Errors
///
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn random_noise<T: Sample>(
    image: ImageView<'_, T>,
    options: RandomNoise,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    dispatch(Add { samples: image.samples(), options, out: out.into_samples() });
    Ok(())
}

struct Add<'a, T: Sample> {
    samples: &'a [T],
    options: RandomNoise,
    out: &'a mut [T::Output],
}

impl<T: Sample> Kernel for Add<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let RandomNoise { noise, low, clip, key } = self.options;
        for (i, (out, sample)) in self.out.iter_mut().zip(self.samples).enumerate() {
            let intensity = sample.to_level().to_f64() * T::SCALE;
            let [first, second, ..] = philox([i as u32, (i as u64 >> 32) as u32, 0, 0], key);
            let unit = |word: u32| (f64::from(word) + 0.5) / 4_294_967_296.0;
            let (u, v) = (unit(first), unit(second));
            let noisy = match noise {
                Noise::Additive { mean, deviation } => intensity + mean + deviation * normal(u, v),
                Noise::Multiplicative { mean, deviation } => {
                    intensity + intensity * (mean + deviation * normal(u, v))
                }
                Noise::Impulse { amount, .. } if u >= amount => intensity,
                Noise::Impulse { salt, .. } if v < salt => 1.0,
                Noise::Impulse { .. } => low,
            };
            // NaN stays.
            let clipped = if noisy < low { low } else { noisy };
            let clipped = if clipped > 1.0 { 1.0 } else { clipped };
            *out = T::Output::from_f64(if clip { clipped } else { noisy });
        }
    }
}

/// G. E. P. Box, M. E. Muller, "A note on the generation of random normal deviates", 1958.
#[inline(always)]
fn normal(u: f64, v: f64) -> f64 {
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    const COUNT: usize = 40_000;

    fn noisy(noise: Noise, clip: bool, intensity: f64) -> Vec<f64> {
        let shape = Shape::new(1, COUNT, 1).unwrap();
        let mut out = vec![0.0; COUNT];
        let options = RandomNoise { noise, low: 0.0, clip, key: [5, 0] };
        let samples = vec![intensity; COUNT];
        let image = ImageView::new(&samples, shape).unwrap();
        random_noise(image, options, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        out
    }

    fn moments(values: &[f64]) -> [f64; 2] {
        let mean = values.iter().sum::<f64>() / COUNT as f64;
        [mean, values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / COUNT as f64]
    }

    #[test]
    fn normal_noise_has_its_mean_and_variance() {
        let [mean, variance] =
            moments(&noisy(Noise::Additive { mean: 0.25, deviation: 0.5 }, false, 0.5));
        assert!((mean - 0.75).abs() < 0.01 && (variance - 0.25).abs() < 0.01);
        let [mean, variance] =
            moments(&noisy(Noise::Multiplicative { mean: 0.25, deviation: 0.5 }, false, 2.0));
        assert!((mean - 2.5).abs() < 0.02 && (variance - 1.0).abs() < 0.04);
        let clipped = noisy(Noise::Additive { mean: 0.0, deviation: 1.0 }, true, 0.5);
        assert!(clipped.iter().all(|v| (0.0..=1.0).contains(v)));
    }

    #[test]
    fn the_shares_of_salt_and_pepper_are_those_asked_for() {
        let out = noisy(Noise::Impulse { amount: 0.5, salt: 0.25 }, true, 0.5);
        let share = |value: f64| out.iter().filter(|&&v| v == value).count() as f64 / COUNT as f64;
        assert!((share(0.5) - 0.5).abs() < 0.01);
        assert!((share(1.0) - 0.125).abs() < 0.01);
        assert!((share(0.0) - 0.375).abs() < 0.01);
    }
}
