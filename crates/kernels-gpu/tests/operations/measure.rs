//! `measure.*`

use tagswitch_kernels_gpu::measure::{self, Connectivity};
use tagswitch_kernels_gpu::{DType, Shape};

use crate::DTYPES;
use crate::oracle::{self, Samples};
use crate::support::{SHAPES, download, noise, require_gpu, upload};

#[test]
fn label() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            for levels in [2, 3] {
                let samples = oracle::levels(&noise(shape, DType::U16, 8 + levels), levels, dtype);
                let image = upload(&engine, &samples, shape);
                for connectivity in [Connectivity::Four, Connectivity::Eight] {
                    for background in [0, 1, -1, 1 << 40] {
                        let labels = measure::label(&image, background, connectivity).unwrap();
                        let expected = oracle::label(&samples, shape, background, connectivity);
                        assert_eq!(
                            download::<i32>(&labels),
                            expected,
                            "{dtype:?} {shape:?} {levels} levels, {connectivity:?}, background {background}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn label_of_hard_shapes() {
    let Some(engine) = require_gpu() else { return };
    let (height, width) = (97, 130);
    let shape = Shape { height, width, channels: 1 };
    let pattern = |inside: &dyn Fn(u32, u32) -> bool| {
        Samples::U8((0..height * width).map(|i| u8::from(inside(i / width, i % width))).collect())
    };
    let patterns = [
        pattern(&|_, _| true),
        pattern(&|_, _| false),
        pattern(&|y, x| (y + x) % 2 == 0),
        // A comb open at the top: joined by the last row alone.
        pattern(&|y, x| x % 2 == 0 || y == height - 1),
        // A snake.
        pattern(&|y, x| y % 2 == 0 || (if y % 4 == 1 { x == width - 1 } else { x == 0 })),
        // Frames in frames.
        pattern(&|y, x| y.min(x).min(height - 1 - y).min(width - 1 - x) % 2 == 0),
        // Rising and falling diagonals.
        pattern(&|y, x| (y + x) % 5 == 0 || (y + 2 * width - x) % 7 == 0),
    ];
    for (i, samples) in patterns.iter().enumerate() {
        let image = upload(&engine, samples, shape);
        for connectivity in [Connectivity::Four, Connectivity::Eight] {
            let labels = measure::label(&image, 0, connectivity).unwrap();
            let expected = oracle::label(samples, shape, 0, connectivity);
            assert_eq!(download::<i32>(&labels), expected, "pattern {i}, {connectivity:?}");
        }
    }
}

#[test]
fn label_cuts_floats_and_takes_nan_for_background() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 4, channels: 1 };
    let samples =
        Samples::F32(vec![1.2, 1.8, -0.4, f32::NAN, -1.5, f32::INFINITY, f32::INFINITY, 3e9]);
    let labels = measure::label(&upload(&engine, &samples, shape), 0, Connectivity::Four).unwrap();
    assert_eq!(download::<i32>(&labels), [1, 1, 0, 0, 2, 3, 3, 4]);
}

#[test]
fn moments() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES.into_iter().chain([(7, 700)]) {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let samples = noise(shape, dtype, 12);
            let values = samples.values();
            let image = upload(&engine, &samples, shape);
            for (center, order) in [([0.0, 0.0], 3), ([0.0, 0.0], 0), ([20.5, 17.3], 5)] {
                let found = measure::moments("m", &image, center, order).unwrap();
                let powers = order as i32 + 1;
                for (p, q) in (0..powers).flat_map(|p| (0..powers).map(move |q| (p, q))) {
                    // What the terms add up to without their signs is what errors are held against.
                    let (mut sum, mut size) = (0.0, 0.0);
                    for (i, value) in values.iter().enumerate() {
                        let y = (i / width as usize) as f64 - center[0];
                        let x = (i % width as usize) as f64 - center[1];
                        sum += y.powi(p) * x.powi(q) * value;
                        size += (y.powi(p) * x.powi(q) * value).abs();
                    }
                    let error = (found[(p * powers + q) as usize] - sum).abs();
                    assert!(error <= 1e-6 * size, "{dtype:?} {shape:?} {p} {q}: {error} of {size}");
                }
            }
        }
    }
}

#[test]
fn euler_number_and_perimeter() {
    let Some(engine) = require_gpu() else { return };
    // The last has more pixels than all workgroups take at once.
    for (height, width) in SHAPES.into_iter().chain([(3, 50_000)]) {
        let shape = Shape { height, width, channels: 1 };
        for (dtype, seed) in DTYPES.into_iter().zip(50..) {
            for levels in [2, 5] {
                let samples = oracle::levels(&noise(shape, DType::U16, seed), levels, dtype);
                let image = upload(&engine, &samples, shape);
                for connectivity in [Connectivity::Four, Connectivity::Eight] {
                    let what = format!("{dtype:?} {shape:?} {levels} levels, {connectivity:?}");
                    let found = measure::euler_number(&image, connectivity).unwrap();
                    assert_eq!(
                        found,
                        oracle::euler_number(&samples, shape, connectivity),
                        "{what}"
                    );
                    let found = measure::perimeter(&image, connectivity).unwrap();
                    assert_eq!(found, oracle::perimeter(&samples, shape, connectivity), "{what}");
                }
            }
        }
    }
}

#[test]
fn shapes_are_those_of_what_is_above_0() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 12, channels: 1 };
    let integers = Samples::I32(vec![1, 0, -1, 0, i32::MAX, 0, i32::MIN, 0, 0, 0, 7, 7]);
    let (nan, tiny) = (f32::NAN, f32::from_bits(1));
    let floats = Samples::F32(vec![
        f32::INFINITY,
        0.0,
        -1.0,
        -0.0,
        nan,
        0.0,
        -nan,
        0.0,
        tiny,
        -tiny,
        f32::MIN_POSITIVE,
        1.0,
    ]);
    for samples in [integers, floats] {
        let image = upload(&engine, &samples, shape);
        assert_eq!(measure::euler_number(&image, Connectivity::Four), Ok(3));
        let expected = oracle::perimeter(&samples, shape, Connectivity::Four);
        assert_eq!(measure::perimeter(&image, Connectivity::Four), Ok(expected));
    }
}
