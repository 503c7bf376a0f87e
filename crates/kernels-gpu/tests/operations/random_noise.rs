//! `util.random_noise`

use tagswitch_kernels_gpu::util::{self, Noise, RandomNoise};
use tagswitch_kernels_gpu::{DType, Shape};

use crate::oracle::{Samples, numbers_at};
use crate::support::{SHAPES, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

fn normal([u, v]: [f64; 2]) -> f64 {
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

/// What noise makes of intensities; `deviations` are those of `Local`.
fn expected(intensities: &[f64], options: &RandomNoise<'_>, deviations: &[f64]) -> Vec<f64> {
    let RandomNoise { noise, low, clip, key } = *options;
    let noisy = (0..).zip(intensities).map(|(i, &intensity)| {
        let [u, v] = numbers_at(i, key);
        let noisy = match noise {
            Noise::Additive { mean, deviation } => intensity + mean + deviation * normal([u, v]),
            Noise::Local { .. } => intensity + deviations[i as usize] * normal([u, v]),
            Noise::Multiplicative { mean, deviation } => {
                intensity + intensity * (mean + deviation * normal([u, v]))
            }
            Noise::Impulse { amount, .. } if u >= amount => intensity,
            Noise::Impulse { salt, .. } => {
                if v < salt {
                    1.0
                } else {
                    low
                }
            }
        };
        if clip && !noisy.is_nan() { noisy.clamp(low, 1.0) } else { noisy }
    });
    noisy.collect()
}

#[test]
fn every_kind_on_every_dtype() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 1 + width % 4 };
            let samples = noise(shape, dtype, 71);
            let image = upload(&engine, &samples, shape);
            let spread = noise(shape, DType::F32, 72);
            let deviations = upload(&engine, &spread, shape);
            let low = if dtype == DType::I32 { -1.0 } else { 0.0 };
            for (noise, clip) in [
                (Noise::Additive { mean: 0.1, deviation: 0.3 }, true),
                (Noise::Local { deviations: &deviations }, false),
                (Noise::Multiplicative { mean: -0.2, deviation: 0.7 }, false),
                (Noise::Impulse { amount: 0.4, salt: 0.3 }, true),
            ] {
                let options = RandomNoise { noise, low, clip, key: [7, width] };
                let noisy = util::random_noise(&image, &options).unwrap();
                assert_eq!((noisy.shape(), noisy.dtype()), (shape, DType::F32));
                let right = expected(&samples.intensities(), &options, &spread.values());
                close(&download(&noisy), &right, 1e-5, &format!("{dtype:?} {shape:?} {noise:?}"));
            }
        }
    }
}

#[test]
fn normal_numbers_are_exact_near_zero_too() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 256, width: 256, channels: 4 };
    let zeros = Samples::U8(vec![0; shape.samples() as usize]);
    let image = upload(&engine, &zeros, shape);
    let noise = Noise::Additive { mean: 0.0, deviation: 1.0 };
    let options = RandomNoise { noise, low: 0.0, clip: false, key: [u32::MAX, 5] };
    let found = download::<f32>(&util::random_noise(&image, &options).unwrap());
    for (i, number) in (0..).zip(found) {
        let right = normal(numbers_at(i, options.key));
        let error = (f64::from(number) - right).abs();
        assert!(error < 2e-6 * right.abs(), "{number} instead of {right} at {i}");
    }
}

#[test]
fn the_same_samples_are_replaced() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 9, width: 11, channels: 1 };
    let samples = Samples::F32(vec![0.5; 99]);
    let image = upload(&engine, &samples, shape);
    let key = [3, 1];
    let [u, v] = numbers_at(40, key);
    // Shares that the numbers of a sample equal, and such next to them; all and none.
    for amount in [0.0, u.next_down(), u, u.next_up(), 1.0] {
        for salt in [0.0, v.next_down(), v, v.next_up(), 1.0] {
            let noise = Noise::Impulse { amount, salt };
            let options = RandomNoise { noise, low: -1.0, clip: false, key };
            let found = download::<f32>(&util::random_noise(&image, &options).unwrap());
            let right = expected(&samples.values(), &options, &[]);
            assert!(found.iter().zip(right).all(|(&a, b)| f64::from(a) == b), "{amount} {salt}");
        }
    }
}

#[test]
fn what_is_no_number_stays_or_becomes_so() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 64, channels: 1 };
    let special = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e-40];
    let samples = Samples::F32(special.into_iter().cycle().take(64).collect());
    let image = upload(&engine, &samples, shape);
    for noise in [
        Noise::Additive { mean: 0.0, deviation: 1.0 },
        Noise::Multiplicative { mean: 0.0, deviation: 1.0 },
        Noise::Impulse { amount: 0.5, salt: 0.5 },
    ] {
        for clip in [false, true] {
            let options = RandomNoise { noise, low: -1.0, clip, key: [0, 0] };
            let found = download::<f32>(&util::random_noise(&image, &options).unwrap());
            for (i, right) in (0..).zip(expected(&samples.values(), &options, &[])) {
                let number = f64::from(found[i]);
                let same = number == right || number.is_nan() && right.is_nan();
                let close = (number - right).abs() < 2e-6;
                assert!(same || close, "{number} instead of {right} at {i}, {noise:?} {clip}");
            }
        }
    }
}

#[test]
fn deviations_lie_beside_the_samples() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 3, width: 4, channels: 2 };
    let image = upload(&engine, &noise(shape, DType::U8, 1), shape);
    let flat = Shape { channels: 1, ..shape };
    for (other, dtype) in [(flat, DType::F32), (shape, DType::U8)] {
        let deviations = upload(&engine, &noise(other, dtype, 1), other);
        let noise = Noise::Local { deviations: &deviations };
        let options = RandomNoise { noise, low: 0.0, clip: false, key: [0, 0] };
        let error = util::random_noise(&image, &options).unwrap_err();
        assert_eq!(error.code(), "ERR_GPU_ARGUMENT");
    }
}
