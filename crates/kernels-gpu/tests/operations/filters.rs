//! `filters.*`

use tagswitch_kernels_gpu::filters::{
    self, EdgeFilter, EdgeOperator, Gaussian, Median, UnsharpMask,
};
use tagswitch_kernels_gpu::{Border, BorderMode, DType, Shape};

use crate::oracle::{self, Samples};
use crate::support::{SHAPES, WINDOW_SHAPES, bytes_of, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

pub const MODES: [BorderMode; 5] = [
    BorderMode::Reflect,
    BorderMode::Constant,
    BorderMode::Nearest,
    BorderMode::Mirror,
    BorderMode::Wrap,
];

#[test]
fn gaussian() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in WINDOW_SHAPES {
        for (dtype, channels) in
            [(DType::U8, 1), (DType::U16, 3), (DType::I32, 2), (DType::F32, 1), (DType::F32, 4)]
        {
            let shape = Shape { height, width, channels };
            let samples = noise(shape, dtype, 2);
            let options = Gaussian {
                sigma: [1.5, 2.0],
                radius: [6, 8],
                border: Border { mode: BorderMode::Reflect, cval: 0.0 },
                preserve_range: false,
            };
            let blurred = filters::gaussian(&upload(&engine, &samples, shape), &options).unwrap();
            close(
                &download::<f32>(&blurred),
                &oracle::gaussian(&samples, shape, &options),
                1e-5,
                &format!("{dtype:?} {shape:?}"),
            );
        }
    }
}

#[test]
fn gaussian_with_any_border_and_radius() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 19, width: 23, channels: 3 };
    let samples = noise(shape, DType::U8, 3);
    let image = upload(&engine, &samples, shape);
    // Radii on both sides of what the tiles hold at once, far beyond the image, and none.
    for radius in [[0, 0], [0, 5], [5, 0], [32, 30], [33, 40], [64, 128], [200, 257]] {
        for mode in MODES {
            let options = Gaussian {
                sigma: radius.map(|r| f64::from(r) / 3.0),
                radius,
                border: Border { mode, cval: 0.25 },
                preserve_range: radius[0] == 33,
            };
            let blurred = filters::gaussian(&image, &options).unwrap();
            let expected = oracle::gaussian(&samples, shape, &options);
            close(&download::<f32>(&blurred), &expected, 2e-5, &format!("{radius:?} {mode:?}"));
        }
    }
}

#[test]
fn gaussian_with_many_channels() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 5, width: 7, channels: 800 };
    let samples = noise(shape, DType::F32, 4);
    let options = Gaussian::new(1.0, 4.0);
    let blurred = filters::gaussian(&upload(&engine, &samples, shape), &options).unwrap();
    close(
        &download::<f32>(&blurred),
        &oracle::gaussian(&samples, shape, &options),
        1e-5,
        "800 channels",
    );
}

#[test]
fn difference_of_gaussians() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        let shape = Shape { height: 19, width: 23, channels: 3 };
        let samples = noise(shape, dtype, 9);
        let low = Gaussian::new(1.0, 4.0);
        let high = Gaussian { radius: [9, 0], sigma: [3.0, 0.0], ..low.clone() };
        let image = upload(&engine, &samples, shape);
        let difference = filters::difference_of_gaussians(&image, &low, &high).unwrap();
        let expected: Vec<f64> = oracle::gaussian(&samples, shape, &low)
            .iter()
            .zip(oracle::gaussian(&samples, shape, &high))
            .map(|(low, high)| low - high)
            .collect();
        close(&download::<f32>(&difference), &expected, 1e-4, &format!("{dtype:?}"));
    }
}

#[test]
fn unsharp_mask() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for preserve_range in [false, true] {
            let shape = Shape { height: 19, width: 23, channels: 2 };
            let samples = noise(shape, dtype, 10);
            let options =
                UnsharpMask { sigma: [1.0, 2.0], radius: [4, 8], amount: 3.0, preserve_range };
            let sharp = filters::unsharp_mask(&upload(&engine, &samples, shape), &options).unwrap();
            let expected = oracle::unsharp_mask(&samples, shape, &options);
            let name = format!("{dtype:?} {preserve_range}");
            close(&download::<f32>(&sharp), &expected, 1e-4, &name);
        }
    }
}

const OPERATORS: [EdgeOperator; 4] =
    [EdgeOperator::Sobel, EdgeOperator::Scharr, EdgeOperator::Prewitt, EdgeOperator::Farid];

#[test]
fn edges() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in WINDOW_SHAPES {
            let shape = Shape { height, width, channels: 1 };
            let samples = noise(shape, dtype, 5);
            let image = upload(&engine, &samples, shape);
            for operator in OPERATORS {
                for (axis, mode) in [None, Some(0), Some(1)]
                    .into_iter()
                    .zip(MODES)
                    .chain(MODES.map(|mode| (None, mode)))
                {
                    if (height, width) == (128, 128) && mode != BorderMode::Reflect {
                        continue;
                    }
                    let options = EdgeFilter { operator, axis, border: Border { mode, cval: 0.5 } };
                    let edges = filters::edges(&image, &options).unwrap();
                    let expected = oracle::edges(&samples, shape, &options);
                    close(
                        &download::<f32>(&edges),
                        &expected,
                        1e-4,
                        &format!("{dtype:?} {shape:?} {options:?}"),
                    );
                }
            }
        }
    }
}

#[test]
fn laplace() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in WINDOW_SHAPES {
            let shape = Shape { height, width, channels: 1 };
            let samples = noise(shape, dtype, 7);
            let edges = filters::laplace(&upload(&engine, &samples, shape)).unwrap();
            let expected = oracle::laplace(&samples, shape);
            close(&download::<f32>(&edges), &expected, 1e-5, &format!("{dtype:?} {shape:?}"));
        }
    }
}

#[test]
fn median() {
    let Some(engine) = require_gpu() else { return };
    let ragged = vec![[-2, 0], [-1, -1], [0, 2], [1, 1], [1, -3], [2, 0]];
    for dtype in DTYPES {
        for (height, width) in WINDOW_SHAPES {
            let shape = Shape { height, width, channels: 1 };
            let samples = noise(shape, dtype, 8);
            let image = upload(&engine, &samples, shape);
            // Each border is a pipeline of its own, which takes software drivers a while.
            for mode in [BorderMode::Nearest, BorderMode::Constant, BorderMode::Wrap] {
                if (height, width) == (128, 128) && mode != BorderMode::Nearest {
                    continue;
                }
                let border = Border { mode, cval: if dtype == DType::F32 { 0.5 } else { 77.0 } };
                let inside = Median { offsets: ragged.clone(), border, inside: true };
                for options in [
                    Median::square(3, border),
                    Median::square(5, border),
                    Median { inside: false, ..inside.clone() },
                    Median { offsets: vec![[0, -1]], border, inside: false },
                ]
                .into_iter()
                .chain((mode == BorderMode::Nearest).then_some(inside))
                {
                    let medians = filters::median(&image, &options).unwrap();
                    assert_eq!(medians.dtype(), dtype);
                    let found = Samples::of(dtype, &bytes_of(&medians)).values();
                    let expected = oracle::median(&samples, shape, &options);
                    assert_eq!(found, expected, "{dtype:?} {shape:?} {options:?}");
                }
            }
        }
    }
}

#[test]
fn medians_of_many_neighbours() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 9, width: 11, channels: 1 };
    let border = Border { mode: BorderMode::Nearest, cval: 0.0 };
    for (dtype, sides, more) in [
        (DType::U8, [63, 65], [63, 67]),
        (DType::U16, [45, 45], [45, 47]),
        (DType::F32, [31, 33], [33, 33]),
    ] {
        let samples = noise(shape, dtype, 12);
        let image = upload(&engine, &samples, shape);
        let refused = filters::median(&image, &Median::rectangle(more, border)).unwrap_err();
        assert_eq!(refused.code(), "ERR_GPU_UNSUPPORTED", "{dtype:?}");
        for inside in [false, true] {
            let options = Median { inside, ..Median::rectangle(sides, border) };
            let medians = filters::median(&image, &options).unwrap();
            let found = Samples::of(dtype, &bytes_of(&medians)).values();
            assert_eq!(found, oracle::median(&samples, shape, &options), "{dtype:?} {inside}");
        }
    }
}

#[test]
fn histogram() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 1 };
            let samples = match noise(shape, dtype, 6) {
                // Whole 32-bit range: refused, see below.
                Samples::I32(values) => Samples::I32(values.iter().map(|v| v % 1000).collect()),
                other => other,
            };
            let image = upload(&engine, &samples, shape);
            for nbins in [2, 256, 5000] {
                assert_eq!(
                    filters::threshold_histogram("h", &image, Some(nbins)),
                    Ok(oracle::histogram(&samples, nbins as usize)),
                    "{dtype:?} {shape:?} {nbins}"
                );
            }
        }
    }
}

#[test]
fn histogram_refuses_what_it_cannot_count() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 3, channels: 1 };
    let count = |samples: Samples, nbins: Option<u32>| {
        let histogram = filters::threshold_histogram("h", &upload(&engine, &samples, shape), nbins);
        histogram.map(|histogram| histogram.bin_centers).map_err(|error| error.code())
    };
    let bins = |samples| count(samples, Some(256));
    assert_eq!(bins(Samples::F32(vec![0.0, f32::NAN, 1.0])), Err("ERR_GPU_VALUE"));
    assert_eq!(bins(Samples::F32(vec![0.0, f32::INFINITY, 1.0])), Err("ERR_GPU_VALUE"));
    assert_eq!(bins(Samples::F32(vec![1.0, 1.0, 1.0 + f32::EPSILON])), Err("ERR_GPU_VALUE"));
    assert_eq!(bins(Samples::I32(vec![i32::MIN, 0, i32::MAX])), Err("ERR_GPU_UNSUPPORTED"));
    assert_eq!(count(Samples::F32(vec![2.0, f32::NAN, -1.0]), None), Ok(vec![-1.0, 2.0]));
    assert_eq!(bins(Samples::F32(vec![0.1; 3])), Ok(vec![f64::from(0.1_f32)]));
    assert_eq!(bins(Samples::I32(vec![-7; 3])), Ok(vec![-7.0]));
    assert_eq!(count(Samples::I32(vec![-7, -7, 9]), None), Ok(vec![-7.0, 9.0]));
    assert_eq!(bins(Samples::U16(vec![65_535, 0, 0])), Ok(vec![0.0, 65_535.0]));
}

#[test]
fn threshold_mean() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in SHAPES.into_iter().chain([(131, 257)]) {
            let shape = Shape { height, width, channels: 1 };
            let samples = noise(shape, dtype, 7);
            let found = filters::threshold_mean(&upload(&engine, &samples, shape)).unwrap();
            let values = samples.values();
            let expected = values.iter().sum::<f64>() / values.len() as f64;
            let largest = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
            let allowed = if dtype == DType::F32 { 1e-6 * largest } else { 0.0 };
            assert!(
                (found - expected).abs() <= allowed,
                "{dtype:?} {shape:?}: {found}, expected {expected}"
            );
        }
    }
}
