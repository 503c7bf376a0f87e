//! `filters.frangi`: every decision is that of 64 bits, in the order in which the definition computes.

use tagswitch_kernels_gpu::filters::{self, Frangi, Scale};
use tagswitch_kernels_gpu::{Border, BorderMode, DType, Shape};

use crate::DTYPES;
use crate::filters::MODES;
use crate::oracle::{Axis, Plane, Samples};
use crate::support::{download, noise, require_gpu, upload};

/// The weights of a scale's Gaussian and of its derivative.
fn weights(sigma: f64) -> [Vec<f64>; 2] {
    let (each, truncate) = (sigma / 2f64.sqrt(), if sigma > 1.0 { 8.0 } else { 39.0 });
    let radius = (truncate * each + 0.5) as i32;
    let weight = |d: i32| (-0.5 / (each * each) * f64::from(d * d)).exp();
    let sum: f64 = (-radius..=radius).map(weight).sum();
    let gaussian: Vec<f64> = (0..=radius).map(|d| weight(d) / sum).collect();
    let derivative = gaussian.iter().enumerate().map(|(d, w)| w * d as f64 / (each * each));
    [gaussian.clone(), derivative.collect()]
}

fn hessian(image: &Plane, scale: Scale<'_>, border: Border) -> [Plane; 3] {
    let derivative = |plane: &Plane, axis: Axis| match axis {
        Axis::Down => plane.derived(scale.derivative, Axis::Down, border).weighed(
            scale.gaussian,
            Axis::Across,
            border,
        ),
        Axis::Across => plane.weighed(scale.gaussian, Axis::Down, border).derived(
            scale.derivative,
            Axis::Across,
            border,
        ),
    };
    let [down, across] = [Axis::Down, Axis::Across].map(|axis| derivative(image, axis));
    [
        derivative(&down, Axis::Down),
        derivative(&down, Axis::Across),
        derivative(&across, Axis::Across),
    ]
}

/// JavaScript's.
fn max(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

fn expected(samples: &Samples, shape: Shape, options: &Frangi<'_>) -> Vec<f64> {
    let sign = if options.black_ridges { 1.0 } else { -1.0 };
    let values = samples.values().into_iter().map(|value| sign * value).collect();
    let (height, width) = (shape.height as usize, shape.width as usize);
    let image = Plane { values, height, width };
    let mut result = vec![0.0; height * width];
    let mut gamma = options.gamma;
    for scale in options.scales {
        let [rr, rc, cc] = hessian(&image, *scale, options.border);
        let eigenvalues: Vec<[f64; 2]> = (0..result.len())
            .map(|i| {
                let (a, b, c) = (rr.values[i], rc.values[i], cc.values[i]);
                let (middle, beside) = ((a + c) / 2.0, (a - c) / 2.0);
                let distance = (b * b + beside * beside).sqrt();
                [middle + distance, middle - distance]
            })
            .collect();
        let squares = eigenvalues.iter().map(|[one, other]| one * one + other * other);
        let gamma = *gamma.get_or_insert_with(|| {
            let half = squares.clone().fold(0.0, max).sqrt() / 2.0;
            if half == 0.0 { 1.0 } else { half }
        });
        for ((result, square), &[larger, smaller]) in
            result.iter_mut().zip(squares).zip(&eigenvalues)
        {
            let is_larger = larger.abs() > smaller.abs();
            let (least, most) = if is_larger { (smaller, larger) } else { (larger, smaller) };
            let ratio = least.abs() / max(most, 1e-10);
            let line = (-(ratio * ratio) / (2.0 * options.beta * options.beta)).exp();
            *result = max(*result, line * (1.0 - (-square / (2.0 * gamma * gamma)).exp()));
        }
    }
    result
}

/// Compares relative to the value, or to a thousandth of the largest one; gives how many pixels are some ridge.
fn holds(samples: &Samples, shape: Shape, options: &Frangi<'_>, what: &str) -> usize {
    let engine = require_gpu().unwrap();
    let found = filters::frangi(&upload(&engine, samples, shape), options).unwrap();
    let found = download::<f32>(&found);
    let expected = expected(samples, shape, options);
    let largest = expected.iter().fold(0.0_f64, |a, &b| a.max(b));
    for (i, (&a, &b)) in found.iter().zip(&expected).enumerate() {
        let error = (f64::from(a) - b).abs();
        let is_near = error <= 2e-5 * b.max(1e-3 * largest) || (a.is_nan() && b.is_nan());
        assert!(is_near, "{what}: sample {i} is {a:e}, expected {b:e}");
    }
    expected.iter().filter(|&&b| b > 0.1 * largest).count()
}

fn scales(weights: &[[Vec<f64>; 2]]) -> Vec<Scale<'_>> {
    weights.iter().map(|[gaussian, derivative]| Scale { gaussian, derivative }).collect()
}

const USUAL: Frangi<'static> = Frangi {
    scales: &[],
    beta: 0.5,
    gamma: None,
    black_ridges: true,
    border: Border { mode: BorderMode::Reflect, cval: 0.0 },
};

/// A sample by its row and column.
type Value = fn(i32, i32) -> f32;

fn map(shape: Shape, value: Value) -> Samples {
    let places = (0..shape.height).flat_map(|y| (0..shape.width).map(move |x| (y, x)));
    Samples::F32(places.map(|(y, x)| value(y as i32, x as i32)).collect())
}

#[test]
fn ridges_are_those_of_64_bits() {
    let Some(_) = require_gpu() else { return };
    let both = [weights(1.0), weights(1.8)];
    let (two, narrow) = (scales(&both), [weights(0.3)]);
    let mut ridges = 0;
    for (height, width) in [(1, 1), (1, 37), (41, 1), (5, 3), (23, 19)] {
        let shape = Shape { height, width, channels: 1 };
        for (dtype, mode) in DTYPES.into_iter().chain([DType::U8]).zip(MODES) {
            let samples = noise(shape, dtype, 71);
            for (scales, black_ridges) in [(&*two, true), (&scales(&narrow), false)] {
                let border = Border { mode, cval: -0.25 };
                let options = Frangi { scales, black_ridges, border, ..USUAL };
                let what = format!("{dtype:?} {shape:?} {mode:?} {black_ridges}");
                ridges += holds(&samples, shape, &options, &what);
            }
        }
    }
    assert!(ridges > 500, "{ridges}");
}

#[test]
fn eigenvalues_that_differ_in_sign_only() {
    let Some(_) = require_gpu() else { return };
    let weights = [weights(1.0), weights(2.0)];
    let scales = scales(&weights);
    let shape = Shape { height: 24, width: 27, channels: 1 };
    let saddles: [(&str, Value); 7] = [
        ("product", |y, x| ((y - 12) * (x - 13)) as f32),
        ("product of thirds", |y, x| (y - 12) as f32 / 3.0 * ((x - 13) as f32 / 7.0)),
        ("squares", |y, x| ((y - 12).pow(2) - (x - 13).pow(2)) as f32 * 0.1),
        ("roofs", |y, x| (y.rem_euclid(9) + x.rem_euclid(9)) as f32 / 9.0),
        ("checks", |y, x| ((y / 4 + x / 4) % 2) as f32 * 0.3),
        ("waves", |y, x| (y as f32 * 0.7).sin() * (x as f32 * 0.7).sin()),
        ("corner", |y, x| f32::from(u8::from((y < 12) == (x < 13))) * 0.7),
    ];
    for ((name, value), mode) in saddles.into_iter().zip(MODES.into_iter().cycle()) {
        for black_ridges in [true, false] {
            let border = Border { mode, cval: 0.35 };
            let options = Frangi { scales: &scales, black_ridges, border, ..USUAL };
            holds(&map(shape, value), shape, &options, &format!("{name} {mode:?} {black_ridges}"));
        }
    }
}

#[test]
fn what_is_flat_but_for_rounding() {
    let Some(_) = require_gpu() else { return };
    let weights = [weights(1.3), weights(0.5)];
    let scales = scales(&weights);
    let shape = Shape { height: 13, width: 14, channels: 1 };
    let images = [
        map(shape, |_, _| 0.1),
        map(shape, |y, _| 0.1 * y as f32),
        map(shape, |y, x| 0.1 * y as f32 + 0.3 * x as f32),
        map(shape, |_, x| f32::from(u8::from(x < 9)) / 3.0),
    ];
    let gammas = [None, Some(1e-17), Some(3e-8), Some(1e-30), Some(0.5), Some(1e30)];
    let cases = (0..images.len()).flat_map(|i| gammas.map(|gamma| (i, gamma)));
    for ((i, gamma), mode) in cases.zip(MODES.into_iter().cycle()) {
        let border = Border { mode, cval: 0.1 };
        let options = Frangi { scales: &scales, gamma, border, ..USUAL };
        holds(&images[i], shape, &options, &format!("{i} {mode:?} {gamma:?}"));
    }
}

#[test]
fn floats_of_any_size_and_what_is_not_finite() {
    let Some(_) = require_gpu() else { return };
    let weights = [weights(1.0), weights(1.5)];
    let scales = scales(&weights);
    let shape = Shape { height: 21, width: 18, channels: 1 };
    let Samples::F32(values) = noise(shape, DType::F32, 64) else { unreachable!() };
    for scale in [1e38_f32, 1e-6, 1e-9, 1e-20, 1e-38, 3e-44] {
        let samples = Samples::F32(values.iter().map(|v| (v - 0.5) * scale).collect());
        for (beta, gamma) in [(0.5, None), (20.0, Some(1e-9)), (1e-3, Some(1.0))] {
            let options = Frangi { scales: &scales, beta, gamma, ..USUAL };
            holds(&samples, shape, &options, &format!("{scale} {beta} {gamma:?}"));
        }
    }
    for (i, special) in [(0, f32::NAN), (100, f32::INFINITY), (200, f32::NEG_INFINITY)] {
        let mut some = values.clone();
        some[i] = special;
        for gamma in [None, Some(0.2)] {
            let options = Frangi { scales: &scales[..1], gamma, ..USUAL };
            holds(&Samples::F32(some.clone()), shape, &options, &format!("{special} {gamma:?}"));
        }
    }
}

#[test]
fn options_that_do_not_fit_are_refused() {
    let Some(engine) = require_gpu() else { return };
    let image = |channels| {
        let shape = Shape { height: 1, width: 2, channels };
        upload(&engine, &Samples::U8(vec![0; 2 * channels as usize]), shape)
    };
    let scale = Scale { gaussian: &[1.0], derivative: &[0.0] };
    let usual = Frangi { scales: &[scale], ..USUAL };
    let code = |channels, options: &Frangi<'_>| {
        filters::frangi(&image(channels), options).map(|_| ()).map_err(|error| error.code())
    };
    assert_eq!(code(1, &usual), Ok(()));
    assert_eq!(code(3, &usual), Err("ERR_GPU_ARGUMENT"));
    for scale in [Scale { derivative: &[], ..scale }, Scale { gaussian: &[], derivative: &[] }] {
        assert_eq!(code(1, &Frangi { scales: &[scale], ..usual }), Err("ERR_GPU_ARGUMENT"));
    }
    let border = Border { mode: BorderMode::Constant, cval: -1e31 };
    for options in [
        Frangi { border, ..usual },
        Frangi { beta: 1e-31, ..usual },
        Frangi { gamma: Some(f64::NAN), ..usual },
    ] {
        assert_eq!(code(1, &options), Err("ERR_GPU_UNSUPPORTED"));
    }
}
