//! `transform.*`

use tagswitch_kernels_gpu::transform::{self, Nearest, Resample, Taps, Warp};
use tagswitch_kernels_gpu::{Border, BorderMode, DType, Shape};

use crate::close;
use crate::oracle::Samples;
use crate::support::{SHAPES, bytes_of, download, noise, require_gpu, upload};

/// With digits enough that no place lies halfway between pixels, where rounding decides which is nearest.
const TURN: [f64; 6] = [0.83371, -0.31193, 3.7107, 0.37129, 1.13273, -5.2311];
const EDGE: Border = Border { mode: BorderMode::Nearest, cval: 0.0 };

/// The sample at a place, linear between pixels, the edge going on for ever.
fn linear(values: &[f64], shape: Shape, [column, row]: [f64; 2], channel: usize) -> f64 {
    let at = |row: f64, column: f64| {
        let [row, column] = [(row, shape.height), (column, shape.width)]
            .map(|(place, side)| place.clamp(0.0, f64::from(side) - 1.0) as usize);
        values[(row * shape.width as usize + column) * shape.channels as usize + channel]
    };
    let (left, top) = (column.floor(), row.floor());
    let (across, down) = (column - left, row - top);
    let along = |row| at(row, left) * (1.0 - across) + at(row, left + 1.0) * across;
    along(top) * (1.0 - down) + along(top + 1.0) * down
}

fn place(x: usize, y: usize) -> [f64; 2] {
    let [a, b, c, d, e, f] = TURN;
    let (x, y) = (x as f64, y as f64);
    [a * x + b * y + c, d * x + e * y + f]
}

#[test]
fn warp() {
    let Some(engine) = require_gpu() else { return };
    for (dtype, channels) in [(DType::U8, 1), (DType::U16, 3), (DType::I32, 2), (DType::F32, 4)] {
        let shape = Shape { height: 19, width: 23, channels };
        let samples = noise(shape, dtype, 8);
        let options = Warp {
            matrix: TURN,
            size: [31, 17],
            cubic: false,
            border: EDGE,
            clip: true,
            preserve_range: true,
        };
        let warped =
            transform::warp("transform.warp", &upload(&engine, &samples, shape), &options).unwrap();
        let (values, channels) = (samples.values(), channels as usize);
        let expected: Vec<f64> = (0..31 * 17 * channels)
            .map(|i| {
                let pixel = i / channels;
                linear(&values, shape, place(pixel % 17, pixel / 17), i % channels)
            })
            .collect();
        close(&download::<f32>(&warped), &expected, 2e-5, &format!("{dtype:?}"));
    }
}

#[test]
fn nearest_keeps_the_dtype() {
    let Some(engine) = require_gpu() else { return };
    for (dtype, channels) in [(DType::U8, 3), (DType::U16, 1), (DType::I32, 2), (DType::F32, 1)] {
        let shape = Shape { height: 19, width: 23, channels };
        let samples = noise(shape, dtype, 9);
        let places = transform::place_tables("", TURN, [31, 17]).unwrap();
        let options = Nearest { places, border: EDGE };
        let image = upload(&engine, &samples, shape);
        let found = transform::nearest("transform.warp", &image, &options).unwrap();
        let pixel_bytes = channels as usize * dtype.bytes();
        let expected: Vec<u8> = (0..31 * 17)
            .flat_map(|pixel| {
                let [column, row] = place(pixel % 17, pixel / 17);
                let [row, column] = [(row, 19.0), (column, 23.0)]
                    .map(|(place, side)| (place + 0.5).floor().clamp(0.0, side - 1.0) as usize);
                samples.bytes()[(row * 23 + column) * pixel_bytes..][..pixel_bytes].to_vec()
            })
            .collect();
        assert_eq!(bytes_of(&found), expected, "{dtype:?}");
    }
}

#[test]
fn resample() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 3, channels: 2 };
    let samples = Samples::U8((1..=12).collect());
    let image = upload(&engine, &samples, shape);
    let options = Resample {
        down: Taps { spans: vec![(0, 0.5)], taps: vec![(1, 0.5)] },
        across: Taps { spans: vec![(0, 0.0), (2, 1.0)], taps: vec![(0, 0.5), (2, 0.5)] },
        cval: 3.0,
        clip: false,
        preserve_range: true,
    };
    let resampled = transform::resample("transform.resize", &image, &options).unwrap();
    assert_eq!(download::<f32>(&resampled), [6.0, 6.5, 3.0, 3.0]);
    let clipped = Resample { clip: true, cval: 20.0, ..options.clone() };
    let resampled = transform::resample("transform.resize", &image, &clipped).unwrap();
    assert_eq!(download::<f32>(&resampled), [12.0; 4]);
    let far = Taps { spans: vec![(0, 0.0)], taps: vec![(3, 1.0)] };
    let wrong = Resample { across: far, ..options };
    let error = transform::resample("transform.resize", &image, &wrong).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_ARGUMENT");
}

#[test]
fn integral_image() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES.into_iter().chain([(3, 2500), (700, 5)]) {
        let shape = Shape { height, width, channels: 1 };
        for dtype in [DType::U8, DType::U16, DType::I32] {
            let samples = noise(shape, dtype, 10);
            let mut expected = samples.values();
            let w = width as usize;
            for i in 0..expected.len() {
                let above = if i < w { 0.0 } else { expected[i - w] };
                expected[i] += above;
            }
            for i in (0..expected.len()).filter(|i| i % w > 0) {
                expected[i] += expected[i - 1];
            }
            let sums = transform::integral_image(&upload(&engine, &samples, shape)).unwrap();
            assert!(sums == expected, "{dtype:?} {shape:?}");
        }
    }
    let shape = Shape { height: 1, width: 2, channels: 1 };
    let floats = upload(&engine, &Samples::F32(vec![0.5, 1.0]), shape);
    let error = transform::integral_image(&floats).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_UNSUPPORTED");
}
