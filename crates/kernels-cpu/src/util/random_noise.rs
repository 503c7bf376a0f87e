use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::philox::philox;
use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch_wide};
use crate::threads::each_band;
use crate::transcendental::Precision;

/// Operations per sample.
const COST: usize = 100;

/// What happens to intensities.
#[derive(Clone, Copy, Debug)]
pub enum Noise<'a> {
    /// A normal number is added.
    Additive {
        /// Its mean.
        mean: f64,
        /// Its standard deviation.
        deviation: f64,
    },
    /// A normal number with a mean of 0 is added.
    Local {
        /// The standard deviation of each sample's.
        deviations: ImageView<'a, f64>,
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
pub struct RandomNoise<'a> {
    /// The kind of noise.
    pub noise: Noise<'a>,
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
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` and the deviations have the image's shape.
pub fn random_noise<T: Sample<Output: Precision>>(
    image: ImageView<'_, T>,
    options: RandomNoise<'_>,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    if let Noise::Local { deviations } = options.noise {
        check_shape("deviations", deviations.shape(), image.shape())?;
    }
    each_band(out.into_samples(), image.shape().row_len(), COST, |out| {
        let first = (out.first * out.row_len) as u64;
        dispatch_wide(Add { first, samples: out.same_rows(image), options, out: out.samples });
    });
    Ok(())
}

struct Add<'a, T: Sample> {
    /// The place of the first sample.
    first: u64,
    samples: &'a [T],
    options: RandomNoise<'a>,
    out: &'a mut [T::Output],
}

impl<T: Sample<Output: Precision>> Kernel for Add<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        /// Samples whose numbers are made, and then used.
        const BLOCK: usize = 128;
        let RandomNoise { noise, low, clip, key } = self.options;
        let [mut u, mut v] = [[0.0; BLOCK]; 2];
        let blocks = self.out.chunks_mut(BLOCK).zip(self.samples.chunks(BLOCK));
        for (first, (out, samples)) in (self.first..).step_by(BLOCK).zip(blocks) {
            for (i, (u, v)) in (first..).zip(u.iter_mut().zip(&mut v)) {
                let [one, other, ..] = philox([i as u32, (i >> 32) as u32, 0, 0], key);
                [*u, *v] = [unit(one), unit(other)];
            }
            if !matches!(noise, Noise::Impulse { .. }) {
                for (u, &v) in u.iter_mut().zip(&v) {
                    *u = normal::<L, T::Output>(*u, v);
                }
            }
            let limits = if clip { [low, 1.0] } else { [f64::NEG_INFINITY, f64::INFINITY] };
            // Each in a loop of its own, without a choice in it.
            match noise {
                Noise::Additive { mean, deviation } => {
                    change(samples, out, limits, &u, |intensity, u| {
                        intensity + mean + deviation * u
                    });
                }
                Noise::Local { deviations } => {
                    for (u, deviation) in u.iter_mut().zip(&deviations.samples()[first as usize..])
                    {
                        *u *= deviation;
                    }
                    change(samples, out, limits, &u, |intensity, u| intensity + u);
                }
                Noise::Multiplicative { mean, deviation } => {
                    change(samples, out, limits, &u, |intensity, u| {
                        intensity + intensity * (mean + deviation * u)
                    });
                }
                Noise::Impulse { amount, salt } => {
                    let numbers: [(f64, f64); BLOCK] = std::array::from_fn(|i| (u[i], v[i]));
                    change(samples, out, limits, &numbers, |intensity, (u, v)| {
                        let impulse = if v < salt { 1.0 } else { low };
                        if u >= amount { intensity } else { impulse }
                    });
                }
            }
        }
    }
}

/// Changes intensities by the numbers that belong to them, and cuts them to the limits; NaN stays.
#[inline(always)]
fn change<T: Sample, U: Copy, const N: usize>(
    samples: &[T],
    out: &mut [T::Output],
    [low, high]: [f64; 2],
    numbers: &[U; N],
    noisy: impl Fn(f64, U) -> f64,
) {
    for ((out, sample), &number) in out.iter_mut().zip(samples).zip(numbers) {
        let noisy = noisy(sample.to_level().to_f64() * T::SCALE, number);
        let clipped = if noisy < low { low } else { noisy };
        *out = T::Output::from_f64(if clipped > high { high } else { clipped });
    }
}

/// The number in (0, 1) of a word.
#[inline(always)]
fn unit(word: u32) -> f64 {
    (f64::from(word) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// G. E. P. Box, M. E. Muller, "A note on the generation of random normal deviates", 1958.
#[inline(always)]
fn normal<L: Level, P: Precision>(u: f64, v: f64) -> f64 {
    (-2.0 * P::ln::<L>(u)).sqrt() * P::cos_turns::<L>(v)
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    const COUNT: usize = 40_000;

    fn noisy(noise: Noise<'_>, clip: bool, intensity: f64) -> Vec<f64> {
        noisy_samples(&[intensity; COUNT], noise, clip)
    }

    fn noisy_samples<T: Sample<Output: Precision>>(
        samples: &[T],
        noise: Noise<'_>,
        clip: bool,
    ) -> Vec<T::Output> {
        let shape = Shape::new(samples.len(), 1, 1).unwrap();
        let mut out = vec![T::Output::default(); samples.len()];
        let options = RandomNoise { noise, low: 0.0, clip, key: [5, 0] };
        let image = ImageView::new(samples, shape).unwrap();
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
    #[test]
    fn numbers_belong_to_places_whatever_is_done_together() {
        let noise = Noise::Additive { mean: 0.0, deviation: 0.5 };
        let all = noisy(noise, false, 0.5);
        for length in [1, 127, 128, 129, 1000] {
            assert_eq!(
                noisy_samples(
                    &all[..length].iter().map(|_| 0.5).collect::<Vec<f64>>(),
                    noise,
                    false
                ),
                all[..length]
            );
        }
    }

    #[test]
    fn deviations_are_those_of_their_samples() {
        let deviations: Vec<f64> = (0..COUNT).map(|i| (i % 7) as f64 / 4.0).collect();
        let view = ImageView::new(&deviations, Shape::new(COUNT, 1, 1).unwrap()).unwrap();
        let unit = noisy(Noise::Additive { mean: 0.0, deviation: 1.0 }, false, 0.0);
        let local = noisy(Noise::Local { deviations: view }, false, 0.0);
        assert!(unit.iter().zip(&deviations).zip(&local).all(|((u, d), found)| *found == u * d));
    }

    #[test]
    fn in_32_bits_the_numbers_are_the_same_but_for_rounding() {
        let noise = Noise::Additive { mean: 0.0, deviation: 0.5 };
        for (a, b) in
            noisy_samples(&[0.5f32; COUNT], noise, false).iter().zip(noisy(noise, false, 0.5))
        {
            assert!((f64::from(*a) - b).abs() < 2e-7 * b.abs().max(1.0), "{a} instead of {b}");
        }
    }
}
