//! `measure.blockReduce` and the samples of `measure.profileLine`.

use tagswitch_kernels_gpu::measure::{self, Blocks, Extreme};
use tagswitch_kernels_gpu::transform::Degree;
use tagswitch_kernels_gpu::{Border, BorderMode, DType, Shape};

use crate::oracle::Samples;
use crate::support::{SHAPES, bytes_of, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

/// The samples of each block, ascending, those that fill it included.
fn in_blocks(samples: &Samples, shape: Shape, blocks: Blocks) -> Vec<Vec<f64>> {
    let values = samples.values();
    let [rows, columns] = [blocks.rows, blocks.columns];
    let mut all = Vec::new();
    for top in (0..shape.height).step_by(rows as usize) {
        for left in (0..shape.width).step_by(columns as usize) {
            for channel in 0..shape.channels {
                let cells = (0..rows).flat_map(|y| (0..columns).map(move |x| (top + y, left + x)));
                let sample = |(y, x): (u32, u32)| {
                    let inside = y < shape.height && x < shape.width;
                    let i = (y * shape.width + x) * shape.channels + channel;
                    if inside { values[i as usize] } else { blocks.cval }
                };
                let mut block: Vec<_> = cells.map(sample).collect();
                block.sort_by(f64::total_cmp);
                all.push(block);
            }
        }
    }
    all
}

fn samples_of(dtype: DType, values: impl Iterator<Item = f64>) -> Samples {
    match dtype {
        DType::U8 => Samples::U8(values.map(|v| v as u8).collect()),
        DType::U16 => Samples::U16(values.map(|v| v as u16).collect()),
        DType::I32 => Samples::I32(values.map(|v| v as i32).collect()),
        DType::F32 => Samples::F32(values.map(|v| v as f32).collect()),
    }
}

#[test]
fn block_reduce() {
    let Some(engine) = require_gpu() else { return };
    for ((height, width), channels) in SHAPES.into_iter().zip([1, 2, 3, 1, 2, 1]) {
        let shape = Shape { height, width, channels };
        for dtype in DTYPES {
            let samples = noise(shape, dtype, 60);
            let image = upload(&engine, &samples, shape);
            for (rows, columns, cval) in
                [(2, 2, 0.0), (3, 5, 9.0), (1, 30, 1.0), (31, 1, 0.0), (30, 34, 200.0)]
            {
                let blocks = Blocks { rows, columns, cval };
                let what = format!("{dtype:?} {shape:?} {blocks:?}");
                let expected = in_blocks(&samples, shape, blocks);
                for extreme in [Extreme::Least, Extreme::Greatest] {
                    let found = measure::block_extreme(&image, blocks, extreme).unwrap();
                    let last = (rows * columns - 1) as usize;
                    let at = if extreme == Extreme::Least { 0 } else { last };
                    let right = samples_of(dtype, expected.iter().map(|block| block[at]));
                    assert_eq!(bytes_of(&found), right.bytes(), "{what} {extreme:?}");
                }
                let medians: Vec<f64> = expected
                    .iter()
                    .map(|b| f64::midpoint(b[(b.len() - 1) / 2], b[b.len() / 2]))
                    .collect();
                let found = measure::block_median(&image, blocks).unwrap();
                close(&download(&found), &medians, 1e-6, &what);
                if dtype != DType::F32 {
                    let sums: Vec<f64> = expected.iter().map(|block| block.iter().sum()).collect();
                    assert!(measure::block_sum(&image, blocks).unwrap() == sums, "{what}");
                }
            }
        }
    }
}

#[test]
fn blocks_as_large_as_an_image_and_extreme_integers() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 3, channels: 1 };
    let samples = Samples::I32(vec![i32::MIN, i32::MIN, i32::MIN, -1, i32::MIN, i32::MIN]);
    let image = upload(&engine, &samples, shape);
    let all = Blocks { rows: 65_535, columns: 65_535, cval: -2.0 };
    let missing = 65_535.0 * 65_535.0 - 6.0;
    let sum = 5.0 * f64::from(i32::MIN) - 1.0 - 2.0 * missing;
    assert_eq!(measure::block_sum(&image, all).unwrap(), [sum]);
    let extreme = |blocks, extreme| {
        download::<i32>(&measure::block_extreme(&image, blocks, extreme).unwrap())
    };
    assert_eq!(extreme(all, Extreme::Least), [i32::MIN]);
    assert_eq!(extreme(all, Extreme::Greatest), [-1]);
    let columns = Blocks { rows: 2, columns: 1, cval: 0.0 };
    assert_eq!(extreme(columns, Extreme::Greatest), [-1, i32::MIN, i32::MIN]);
    let greatest = upload(&engine, &Samples::I32(vec![i32::MAX; 6]), shape);
    let two = Blocks { rows: 2, columns: 2, cval: f64::from(i32::MAX) };
    let least = measure::block_extreme(&greatest, two, Extreme::Least).unwrap();
    assert_eq!(download::<i32>(&least), [i32::MAX; 2]);
    let medians = measure::block_median(&greatest, two).unwrap();
    assert_eq!(download::<f32>(&medians), [i32::MAX as f32; 2]);
}

#[test]
fn nan_and_infinity_in_blocks() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 8, channels: 1 };
    let (nan, inf) = (f32::NAN, f32::INFINITY);
    let samples = Samples::F32(vec![
        1.0,
        nan,
        inf,
        -inf,
        -1.0,
        2e-45,
        f32::MAX,
        f32::MAX, // above
        -inf,
        inf,
        0.0,
        -0.0,
        -2e-45,
        3.0,
        f32::MAX,
        f32::MAX, // below
    ]);
    let image = upload(&engine, &samples, shape);
    let blocks = Blocks { rows: 2, columns: 2, cval: 0.0 };
    let extreme =
        |extreme| download::<f32>(&measure::block_extreme(&image, blocks, extreme).unwrap());
    let (least, greatest) = (extreme(Extreme::Least), extreme(Extreme::Greatest));
    let medians = download::<f32>(&measure::block_median(&image, blocks).unwrap());
    assert!([least[0], greatest[0], medians[0]].iter().all(|value| value.is_nan()));
    assert_eq!(least[1..], [-inf, -1.0, f32::MAX]);
    assert_eq!(greatest[1..], [inf, 3.0, f32::MAX]);
    assert_eq!(medians[1..], [0.0, 0.0, f32::MAX]);
}

#[test]
fn what_blocks_cannot_be() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 3, channels: 1 };
    let floats = upload(&engine, &Samples::F32(vec![0.0; 6]), shape);
    let code = |blocks| measure::block_median(&floats, blocks).unwrap_err().code();
    let none = Blocks { rows: 0, columns: 1, cval: 0.0 };
    let wide = Blocks { rows: 1, columns: 65_536, cval: 0.0 };
    let large = Blocks { rows: 32, columns: 33, cval: 0.0 };
    assert_eq!(code(none), "ERR_GPU_ARGUMENT");
    assert_eq!(code(wide), "ERR_GPU_ARGUMENT");
    assert_eq!(code(large), "ERR_GPU_UNSUPPORTED");
    let sums = measure::block_sum(&floats, Blocks { rows: 2, columns: 2, cval: 0.0 });
    assert_eq!(sums.unwrap_err().code(), "ERR_GPU_UNSUPPORTED");
    assert_eq!(measure::samples_at(&floats, &[]).unwrap_err().code(), "ERR_GPU_ARGUMENT");
    assert_eq!(measure::samples_at(&floats, &[5, 6]).unwrap_err().code(), "ERR_GPU_ARGUMENT");
}

#[test]
fn samples_at() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        let shape = Shape { height: 13, width: 17, channels: 3 };
        let samples = noise(shape, dtype, 61);
        let pixels: Vec<u32> = (0..700).map(|i| i * 131 % (13 * 17)).collect();
        let found = measure::samples_at(&upload(&engine, &samples, shape), &pixels).unwrap();
        let values = samples.values();
        let expected: Vec<f64> = pixels
            .iter()
            .flat_map(|pixel| (0..3).map(move |channel| pixel * 3 + channel))
            .map(|i| values[i as usize])
            .collect();
        assert_eq!(found, expected, "{dtype:?}");
    }
}

#[test]
fn coefficients_at() {
    let Some(engine) = require_gpu() else { return };
    let (shape, cubic) = (Shape { height: 13, width: 17, channels: 2 }, Degree::Cubic);
    let samples = noise(shape, DType::F32, 62);
    let image = upload(&engine, &samples, shape);
    for (mode, padding) in [(BorderMode::Constant, 12), (BorderMode::Wrap, 0)] {
        let width = 17 + 2 * padding;
        // Those about each pixel within, one after the other.
        let around = |pixel: u32| {
            let (row, column) = (pixel / 15 + padding, pixel % 15 + padding);
            (0..9).map(move |i| (row + i / 3) * width + column + i % 3)
        };
        let pixels: Vec<u32> = (0..11 * 15).flat_map(around).collect();
        let border = Border { mode, cval: 0.7 };
        let found = measure::coefficients_at(&image, cubic, border, &pixels).unwrap();
        // A cubic spline goes through the samples.
        let weights = [1.0, 4.0, 1.0].map(|weight| weight / 6.0);
        for (pixel, coefficients) in found.chunks(9 * 2).enumerate() {
            let (row, column) = (pixel / 15 + 1, pixel % 15 + 1);
            for channel in 0..2 {
                let sum: f64 = (0..9)
                    .map(|i| weights[i / 3] * weights[i % 3] * coefficients[2 * i + channel])
                    .sum();
                let sample = samples.values()[(row * 17 + column) * 2 + channel];
                assert!((sum - sample).abs() < 1e-5, "{mode:?} {pixel}: {sum}, not {sample}");
            }
        }
    }
    let bytes = upload(&engine, &noise(shape, DType::U8, 63), shape);
    let border = Border { mode: BorderMode::Wrap, cval: 0.0 };
    let refused = measure::coefficients_at(&bytes, cubic, border, &[0]).unwrap_err();
    assert_eq!(refused.code(), "ERR_GPU_UNSUPPORTED");
}
