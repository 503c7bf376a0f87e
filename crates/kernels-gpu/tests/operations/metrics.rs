//! `metrics.*`

use tagswitch_kernels_gpu::metrics::{self, StructuralSimilarity};
use tagswitch_kernels_gpu::{DType, Shape};

use crate::oracle::{self, Samples};
use crate::support::{SHAPES, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

fn near(found: f64, expected: f64, tolerance: f64, what: &str) {
    let error = (found - expected).abs();
    assert!(error <= tolerance * expected.abs(), "{what}: {found}, expected {expected}");
}

#[test]
fn compare() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        for (dtype, channels) in DTYPES.into_iter().flat_map(|dtype| [(dtype, 1), (dtype, 3)]) {
            let shape = Shape { height, width, channels };
            let (first, second) = (noise(shape, dtype, 31), noise(shape, dtype, 32));
            let (one, other) = (first.values(), second.values());
            let found = metrics::compare(
                "metrics.compare",
                &upload(&engine, &first, shape),
                &upload(&engine, &second, shape),
            )
            .unwrap();
            let what = format!("{dtype:?} {shape:?}");
            let mean = |terms: Vec<f64>| terms.iter().sum::<f64>() / terms.len() as f64;
            let squares = one.iter().map(|a| a * a).collect();
            let errors = one.iter().zip(&other).map(|(a, b)| (a - b) * (a - b)).collect();
            near(found.error, mean(errors), 2e-6, &what);
            near(found.square, mean(squares), 2e-6, &what);
            let largest = one.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
            assert!((found.mean - mean(one.clone())).abs() <= 1e-6 * largest, "{what}");
            assert_eq!(found.least, one.iter().copied().fold(f64::INFINITY, f64::min));
            assert_eq!(found.greatest, one.iter().copied().fold(f64::NEG_INFINITY, f64::max));
        }
    }
}

#[test]
fn compare_of_what_squares_leave_the_range_of_floats() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 2, channels: 1 };
    let compared = |first: [f32; 4], second: [f32; 4]| {
        let [first, second] =
            [first, second].map(|all| upload(&engine, &Samples::F32(all.into()), shape));
        metrics::compare("metrics.compare", &first, &second).unwrap()
    };
    for scale in [1e-37_f32, 1e-30, 1e-20, 1e20, 1e38] {
        let first = [1.0, 2.0, 3.0, 0.5].map(|one| one * scale);
        let second = [1.0, 2.0, 3.0, -2.5].map(|one| one * scale);
        let found = compared(first, second);
        let scale = f64::from(scale);
        near(found.error, 2.25 * scale * scale, 1e-5, "error");
        near(found.square, 14.25 / 4.0 * scale * scale, 1e-5, "square");
        near(found.mean, 6.5 / 4.0 * scale, 1e-5, "mean");
    }
    assert_eq!(compared([0.0; 4], [0.0; 4]).error, 0.0);
    assert_eq!(compared([f32::INFINITY, 0.0, 0.0, 0.0], [1.0; 4]).error, f64::INFINITY);
    let nan = compared([f32::NAN, 0.0, 0.0, 0.0], [1.0; 4]);
    assert!(nan.error.is_nan() && nan.least.is_nan());
    // Integers of 32 bits that differ in the last one, and by more than they have.
    let compared = |first: [i32; 2], second: [i32; 2]| {
        let shape = Shape { height: 1, width: 2, channels: 1 };
        let [first, second] =
            [first, second].map(|all| upload(&engine, &Samples::I32(all.into()), shape));
        metrics::compare("metrics.compare", &first, &second).unwrap().error
    };
    assert_eq!(compared([i32::MAX, 5], [i32::MAX - 1, 5]), 0.5);
    near(compared([i32::MAX, 0], [i32::MIN, 0]), 2_f64.powi(64) / 2.0, 1e-6, "all 32 bits");
}

/// The mean within the margin, and the similarity at each sample; in 64 bits, window by window.
fn similarity(
    [first, second]: [&[f64]; 2],
    shape: Shape,
    options: &StructuralSimilarity,
) -> (f64, Vec<f64>) {
    let StructuralSimilarity { weights, margin, covariance, c1, c2, .. } = options;
    let (h, w, channels) = (shape.height as i64, shape.width as i64, shape.channels as usize);
    let radius = weights.len() as i64 / 2;
    let fold = |i: i64, length: i64| {
        let at = i.rem_euclid(2 * length);
        at.min(2 * length - 1 - at)
    };
    let margin = i64::from(*margin);
    let (mut total, mut count, mut all) = (0.0, 0.0, Vec::new());
    for (y, x) in (0..h).flat_map(|y| (0..w).map(move |x| (y, x))) {
        for channel in 0..channels {
            let mut sums = [0.0; 5];
            for (down, across) in
                (-radius..=radius).flat_map(|d| (-radius..=radius).map(move |a| (d, a)))
            {
                let weight =
                    weights[(down + radius) as usize] * weights[(across + radius) as usize];
                let at = (fold(y + down, h) * w + fold(x + across, w)) as usize * channels;
                let (a, b) = (first[at + channel], second[at + channel]);
                for (sum, term) in sums.iter_mut().zip([a, b, a * a, b * b, a * b]) {
                    *sum += weight * term;
                }
            }
            let [a, b, aa, bb, ab] = sums;
            let [va, vb, vab] =
                [aa - a * a, bb - b * b, ab - a * b].map(|variance| variance * covariance);
            let likeness =
                (2.0 * a * b + c1) * (2.0 * vab + c2) / ((a * a + b * b + c1) * (va + vb + c2));
            all.push(likeness);
            if (margin..h - margin).contains(&y) && (margin..w - margin).contains(&x) {
                total += likeness;
                count += 1.0;
            }
        }
    }
    (total / count, all)
}

#[test]
fn structural_similarity() {
    let Some(engine) = require_gpu() else { return };
    let gaussian = [0.006, 0.061, 0.242, 0.382, 0.242, 0.061, 0.006].to_vec();
    for (height, width, channels) in [(7, 9, 1), (33, 41, 3), (67, 43, 1)] {
        let shape = Shape { height, width, channels };
        for dtype in DTYPES {
            let (first, second) = (noise(shape, dtype, 33), noise(shape, dtype, 34));
            let range = match dtype {
                DType::U8 => 255.0,
                DType::U16 => 65_535.0,
                DType::I32 => 4_294_967_295.0,
                DType::F32 => 1.0,
            };
            let (c1, c2) = ((0.01_f64 * range).powi(2), (0.03_f64 * range).powi(2));
            for (weights, margin) in [(vec![1.0 / 7.0; 7], 3), (gaussian.clone(), 1)] {
                let options = StructuralSimilarity {
                    weights,
                    margin,
                    range,
                    covariance: 49.0 / 48.0,
                    c1,
                    c2,
                };
                let what = format!("{dtype:?} {shape:?} margin {margin}");
                let [one, other] = [&first, &second].map(|all| upload(&engine, all, shape));
                let found = metrics::structural_similarity(&one, &other, &options).unwrap();
                let (expected, all) =
                    similarity([&first.values(), &second.values()], shape, &options);
                assert!((found - expected).abs() < 2e-6, "{what}: {found}, expected {expected}");
                let (mean, kept) =
                    metrics::structural_similarities(&one, &other, &options).unwrap();
                assert!((mean - expected).abs() < 2e-6, "{what}: {mean}, expected {expected}");
                assert_eq!((kept.shape(), kept.dtype()), (shape, DType::F32));
                close(&download::<f32>(&kept), &all, 1e-4, &what);
                let same = metrics::structural_similarity(&one, &one, &options).unwrap();
                assert!((same - 1.0).abs() < 1e-6, "{what}: {same}");
            }
        }
    }
}

#[test]
fn images_that_differ_and_windows_that_are_too_large_are_refused() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 40, width: 40, channels: 1 };
    let levels = noise(shape, DType::U8, 35);
    let image = upload(&engine, &levels, shape);
    let floats = upload(&engine, &oracle::levels(&levels, 5, DType::F32), shape);
    let error = metrics::compare("metrics.meanSquaredError", &image, &floats).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_ARGUMENT");
    assert!(error.to_string().starts_with("metrics.meanSquaredError: the second image is F32"));
    let with = |side: usize, margin| {
        let options = StructuralSimilarity {
            weights: vec![1.0 / side as f64; side],
            margin,
            range: 255.0,
            covariance: 1.0,
            c1: 1.0,
            c2: 1.0,
        };
        metrics::structural_similarity(&image, &image, &options).map_err(|error| error.code())
    };
    assert!((with(29, 14).unwrap() - 1.0).abs() < 1e-6);
    assert_eq!(with(31, 15), Err("ERR_GPU_UNSUPPORTED"));
    assert_eq!(with(8, 3), Err("ERR_GPU_ARGUMENT"));
    assert_eq!(with(7, 20), Err("ERR_GPU_ARGUMENT"));
}
