//! `metrics.*`

use tagswitch_kernels_gpu::metrics::{self, SimilarityImages, StructuralSimilarity};
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

/// Weighted means over the window of each sample, each channel by itself.
fn window_means(samples: &[f64], shape: Shape, weights: &[f64]) -> Vec<f64> {
    let (h, w, channels) = (shape.height as i64, shape.width as i64, shape.channels as i64);
    let radius = weights.len() as i64 / 2;
    let at = |i: i64, length: i64| {
        let folded = i.rem_euclid(2 * length);
        folded.min(2 * length - 1 - folded)
    };
    let along = |samples: &[f64], index: &dyn Fn(i64, i64, i64) -> i64| -> Vec<f64> {
        let sum = |y, x, c| {
            let taps = (-radius..=radius).zip(weights);
            taps.map(|(k, weight)| weight * samples[(index(y, x, k) * channels + c) as usize]).sum()
        };
        let rows = (0..h).flat_map(|y| (0..w).map(move |x| (y, x)));
        rows.flat_map(|(y, x)| (0..channels).map(move |c| (y, x, c)))
            .map(|(y, x, c)| sum(y, x, c))
            .collect()
    };
    let down = along(samples, &|y, x, k| at(y + k, h) * w + x);
    along(&down, &|y, x, k| y * w + at(x + k, w))
}

/// What [`metrics::structural_similarity`] gives, in 64 bits.
struct Expected {
    mean: f64,
    similarities: Vec<f64>,
    gradient: Vec<f64>,
}

fn similarity(
    [first, second]: [&[f64]; 2],
    shape: Shape,
    options: &StructuralSimilarity,
) -> Expected {
    let StructuralSimilarity { weights, margin, covariance, c1, c2, .. } = options;
    let means = |samples: &[f64]| window_means(samples, shape, weights);
    let products =
        |a: &[f64], b: &[f64]| means(&a.iter().zip(b).map(|(a, b)| a * b).collect::<Vec<_>>());
    let [one, other] = [means(first), means(second)];
    let [ones, others, both] =
        [products(first, first), products(second, second), products(first, second)];
    let (channels, margin) = (shape.channels as usize, *margin as usize);
    let [rows, columns] = [shape.height, shape.width].map(|side| margin..side as usize - margin);
    let (mut total, mut count) = (0.0, 0.0);
    let (mut similarities, mut terms) = (Vec::new(), [const { Vec::new() }; 3]);
    for i in 0..first.len() {
        let (a, b) = (one[i], other[i]);
        let (va, vb) = (covariance * (ones[i] - a * a), covariance * (others[i] - b * b));
        let (a1, a2) = (2.0 * a * b + c1, 2.0 * covariance * (both[i] - a * b) + c2);
        let (b1, b2) = (a * a + b * b + c1, va + vb + c2);
        let likeness = a1 * a2 / (b1 * b2);
        similarities.push(likeness);
        terms[0].push(a1 / (b1 * b2));
        terms[1].push(-likeness / b2);
        terms[2].push((a * (a2 - a1) - b * (b2 - b1) * likeness) / (b1 * b2));
        let (y, x) = (i / channels / shape.width as usize, i / channels % shape.width as usize);
        if rows.contains(&y) && columns.contains(&x) {
            total += likeness;
            count += 1.0;
        }
    }
    let [by_first, by_second, rest] = terms.map(|term| means(&term));
    let slope = |i: usize| by_first[i] * first[i] + by_second[i] * second[i] + rest[i];
    let gradient = (0..first.len()).map(|i| 2.0 * slope(i) / shape.pixels() as f64).collect();
    Expected { mean: total / count, similarities, gradient }
}

#[test]
fn structural_similarity() {
    let gaussian = [0.006, 0.061, 0.242, 0.382, 0.242, 0.061, 0.006].to_vec();
    for (height, width, channels) in [(7, 9, 1), (33, 41, 3), (67, 43, 1)] {
        let shape = Shape { height, width, channels };
        for dtype in DTYPES {
            for (weights, margin) in [(vec![1.0 / 7.0; 7], 3), (gaussian.clone(), 1)] {
                check_similarity(shape, dtype, (weights, margin), &WANTED[..2]);
            }
        }
    }
}

#[test]
fn structural_similarity_by_columns() {
    for (dtype, (height, width, channels)) in
        DTYPES.into_iter().zip([(7, 9, 1), (33, 41, 3), (67, 43, 1), (31, 600, 1)])
    {
        let shape = Shape { height, width, channels };
        check_similarity(shape, dtype, (vec![1.0 / 31.0; 31], 2), &WANTED);
        check_similarity(shape, dtype, (vec![1.0 / 7.0; 7], 3), &WANTED[3..]);
    }
}

/// Holds what is wanted of windows with these weights and a margin to the same in 64 bits.
fn check_similarity(
    shape: Shape,
    dtype: DType,
    (weights, margin): (Vec<f64>, u32),
    wanted: &[SimilarityImages],
) {
    let Some(engine) = require_gpu() else { return };
    let (first, second) = (noise(shape, dtype, 33), noise(shape, dtype, 34));
    let range = match dtype {
        DType::U8 => 255.0,
        DType::U16 => 65_535.0,
        DType::I32 => 4_294_967_295.0,
        DType::F32 => 1.0,
    };
    let (c1, c2) = ((0.01_f64 * range).powi(2), (0.03_f64 * range).powi(2));
    let options = StructuralSimilarity { weights, margin, range, covariance: 49.0 / 48.0, c1, c2 };
    let [one, other] = [&first, &second].map(|all| upload(&engine, all, shape));
    let expected = similarity([&first.values(), &second.values()], shape, &options);
    for &images in wanted {
        let what = format!("{dtype:?} {shape:?} {} weights {images:?}", options.weights.len());
        let given = |other| metrics::structural_similarity(&one, other, &options, images).unwrap();
        let found = given(&other);
        let error = (found.mean - expected.mean).abs();
        assert!(error < 2e-6, "{what}: {}, expected {}", found.mean, expected.mean);
        let kept = [
            (found.similarities, images.similarities, &expected.similarities),
            (found.gradient, images.gradient, &expected.gradient),
        ];
        for (image, is_wanted, expected) in kept {
            assert_eq!(image.is_some(), is_wanted, "{what}");
            let Some(image) = image else { continue };
            assert_eq!((image.shape(), image.dtype()), (shape, DType::F32));
            close(&download::<f32>(&image), expected, 1e-4, &what);
        }
        let same = given(&one);
        assert!((same.mean - 1.0).abs() < 1e-6, "{what}: {}", same.mean);
        // All that is left where images do not differ.
        let slopes = same.gradient.map(|image| download::<f32>(&image));
        assert!(slopes.is_none_or(|slopes| slopes.iter().all(|&slope| slope == 0.0)), "{what}");
    }
}

const WANTED: [SimilarityImages; 4] = [
    SimilarityImages { similarities: false, gradient: false },
    SimilarityImages { similarities: true, gradient: false },
    SimilarityImages { similarities: false, gradient: true },
    SimilarityImages { similarities: true, gradient: true },
];

#[test]
fn gradients_of_images_that_hardly_differ_keep_their_digits() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 40, width: 30, channels: 1 };
    let base = noise(shape, DType::F32, 36).values();
    let little = noise(shape, DType::F32, 37).values();
    // Bright, of little contrast, and nearly the same.
    let first: Vec<f32> = base.iter().map(|value| (0.9 + 0.01 * value) as f32).collect();
    let second: Vec<f32> =
        first.iter().zip(&little).map(|(value, more)| value + (1e-4 * more) as f32).collect();
    let options = StructuralSimilarity {
        weights: vec![1.0 / 7.0; 7],
        margin: 3,
        range: 1.0,
        covariance: 49.0 / 48.0,
        c1: 1e-4,
        c2: 9e-4,
    };
    let [one, other] = [&first, &second]
        .map(|samples| Samples::F32(samples.clone()))
        .map(|all| upload(&engine, &all, shape));
    let samples = [first, second].map(|all| all.into_iter().map(f64::from).collect::<Vec<_>>());
    let expected = similarity([&samples[0], &samples[1]], shape, &options);
    let found = metrics::structural_similarity(&one, &other, &options, WANTED[2]).unwrap();
    close(&download::<f32>(&found.gradient.unwrap()), &expected.gradient, 1e-4, "gradient");
}

#[test]
fn large_levels_of_32_bits_keep_their_digits() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 40, width: 30, channels: 1 };
    let levels = |seed| noise(shape, DType::U8, seed).values();
    let [first, second] =
        [38, 39].map(|seed| levels(seed).iter().map(|&level| level as i32).collect::<Vec<_>>());
    let (c1, c2) = (6.5, 58.5);
    for side in [7_u8, 31] {
        let weights = vec![1.0 / f64::from(side); side.into()];
        let options =
            StructuralSimilarity { weights, margin: 3, range: 255.0, covariance: 1.0, c1, c2 };
        let images = WANTED[if side == 7 { 1 } else { 3 }];
        // Both so bright that the luminance is 1; numbers of 32 bits have all digits of the darker ones.
        let [dark, bright] = [1 << 20, 1_000_000_007].map(|by: i32| {
            let [one, other] = [&first, &second]
                .map(|levels| Samples::I32(levels.iter().map(|level| level + by).collect()))
                .map(|all| upload(&engine, &all, shape));
            let found = metrics::structural_similarity(&one, &other, &options, images).unwrap();
            download::<f32>(&found.similarities.unwrap())
        });
        let expected: Vec<f64> = dark.into_iter().map(f64::from).collect();
        close(&bright, &expected, 1e-4, "similarities");
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
        let found = metrics::structural_similarity(&image, &image, &options, WANTED[0]);
        found.map(|found| found.mean).map_err(|error| error.code())
    };
    for (side, margin) in [(29, 14), (31, 15)] {
        assert!((with(side, margin).unwrap() - 1.0).abs() < 1e-6);
    }
    assert_eq!(with(4097, 15), Err("ERR_GPU_UNSUPPORTED"));
    assert_eq!(with(8, 3), Err("ERR_GPU_ARGUMENT"));
    assert_eq!(with(7, 20), Err("ERR_GPU_ARGUMENT"));
}
