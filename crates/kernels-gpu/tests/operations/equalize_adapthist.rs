//! The parts of `exposure.equalizeAdapthist`, to the last bit.

use tagswitch_kernels_gpu::exposure::{self, Tiles};
use tagswitch_kernels_gpu::{DType, GpuImage, Shape};

use crate::oracle::Samples;
use crate::support::{SHAPES, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

const BINS: u32 = 50;
/// Rows and columns: of one pixel, odd ones, powers of two, and more than any image has.
const TILES: [[u32; 2]; 5] = [[1, 1], [7, 10], [16, 32], [31, 9], [300, 257]];

/// Bins of noise.
fn bins(shape: Shape) -> Vec<u16> {
    let words = noise(shape, DType::U16, 31).values();
    words.into_iter().map(|word| word as u16 % BINS as u16).collect()
}

fn mirrored(index: u32, length: u32) -> u32 {
    let period = (2 * length - 2).max(1);
    (index % period).min(period - index % period)
}

#[test]
fn pixels_of_tiles_are_counted() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        let bins = bins(shape);
        let image = upload(&engine, &Samples::U16(bins.clone()), shape);
        for [rows, columns] in TILES {
            let mut expected = Vec::new();
            for top in (0..height).step_by(rows as usize) {
                for left in (0..width).step_by(columns as usize) {
                    let mut counts = [0; BINS as usize];
                    for row in (top..top + rows).map(|row| mirrored(row, height)) {
                        for column in (left..left + columns).map(|one| mirrored(one, width)) {
                            counts[usize::from(bins[(row * width + column) as usize])] += 1;
                        }
                    }
                    expected.extend(counts);
                }
            }
            let tiles = Tiles { rows, columns, bins: BINS };
            let found = exposure::tile_counts(&image, tiles).unwrap();
            assert!(found == expected, "{shape:?} {tiles:?}");
        }
    }
}

/// The tiles before and after a sample of a line, and what they weigh.
fn beside(place: u32, length: u32, side: u32) -> [(u32, f64); 2] {
    let next = (place + side / 2) / side;
    let share = f64::from((place + side / 2) % side) / f64::from(side);
    let last = length.div_ceil(side) - 1;
    [(next.saturating_sub(1), 1.0 - share), (next.min(last), share)]
}

/// As scikit-image computes it: products of 64 bits, sums of 32.
fn level(terms: impl Iterator<Item = (u16, f64)>) -> u16 {
    terms.fold(0.0, |sum: f32, (level, weight)| sum + (f64::from(level) * weight) as f32) as u16
}

#[test]
fn levels_are_cut_where_64_bits_say() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        let bins = bins(shape);
        let image = upload(&engine, &Samples::U16(bins.clone()), shape);
        for [rows, columns] in TILES {
            let (down, across) = (height.div_ceil(rows), width.div_ceil(columns));
            let many = Shape { height: down * across, width: BINS, channels: 1 };
            // Curves that differ, curves that hardly do, and one for all: then every sum is next to a whole number.
            for spread in [16_384, 3, 1] {
                let noise = noise(many, DType::U16, 32).values();
                let curves = noise.iter().zip((0..BINS as u16).cycle());
                let curves: Vec<u16> = curves
                    .map(|(&word, bin)| (word as u16 % spread + 331 * bin) % 16_384)
                    .collect();
                let mut expected = Vec::new();
                for (row, column) in (0..height).flat_map(|row| (0..width).map(move |x| (row, x))) {
                    let bin = u32::from(bins[(row * width + column) as usize]);
                    let corners = beside(row, height, rows).into_iter().flat_map(|(below, y)| {
                        let right = beside(column, width, columns);
                        right.map(|(right, x)| ((below * across + right) * BINS + bin, x * y))
                    });
                    expected.push(level(corners.map(|(at, weight)| (curves[at as usize], weight))));
                }
                let tiles = Tiles { rows, columns, bins: BINS };
                let found = exposure::levels_by_tiles(&image, tiles, &curves).unwrap();
                assert!(download::<u16>(&found) == expected, "{shape:?} {tiles:?} {spread}");
            }
        }
    }
}

#[test]
fn values_have_16_bits() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        for channels in [1, 3, 4] {
            let shape = Shape { height, width, channels };
            for dtype in DTYPES {
                let samples = noise(shape, dtype, 33);
                let image = upload(&engine, &samples, shape);
                let value = |pixel: &[f64]| {
                    let greatest = pixel.iter().take(3).fold(f64::MIN, |a, &b| a.max(b));
                    match dtype {
                        DType::U8 => greatest * 257.0,
                        DType::U16 => greatest,
                        DType::I32 if channels == 1 => (greatest.max(0.0) / 32_768.0).floor(),
                        DType::I32 => (greatest.max(0.0) * (1.0 / 2_147_483_647.0) * 65_535.0)
                            .round_ties_even(),
                        DType::F32 => f64::from(greatest as f32 * 65_535.0).round_ties_even(),
                    }
                };
                let values = samples.values();
                let mut expected: Vec<_> =
                    values.chunks(channels as usize).map(|pixel| value(pixel) as u16).collect();
                if dtype == DType::I32 && channels == 1 && values.iter().all(|&v| v < 65_536.0) {
                    expected = values.iter().map(|v| v.max(0.0) as u16).collect();
                }
                let found = exposure::value_in_16_bits(&image).unwrap();
                assert!(download::<u16>(&found) == expected, "{shape:?} {dtype:?}");
            }
        }
    }
}

#[test]
fn values_of_integers_are_rounded_to_the_nearest() {
    let Some(engine) = require_gpu() else { return };
    // Next to where they are rounded the other way.
    let beside = |level: u32| {
        let middle = (f64::from(level) + 0.5) * 2_147_483_647.0 / 65_535.0;
        [middle.floor() as i32, middle.ceil() as i32]
    };
    let mut levels: Vec<i32> = (0..65_535).flat_map(beside).collect();
    levels.extend([i32::MIN, -1, 0, i32::MAX]);
    let expected: Vec<u16> = (0..65_535u16).flat_map(|level| [level, level + 1]).collect();
    let pixels: Vec<i32> = levels.iter().flat_map(|&level| [i32::MIN, level, level]).collect();
    let shape = Shape { height: 1, width: levels.len() as u32, channels: 3 };
    let image = upload(&engine, &Samples::I32(pixels), shape);
    let found = download::<u16>(&exposure::value_in_16_bits(&image).unwrap());
    assert!(found[..131_070] == expected);
    assert_eq!(found[131_070..], [0, 0, 0, 65_535]);
}

#[test]
fn colours_keep_hue_and_saturation() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        for channels in [3, 4] {
            let shape = Shape { height, width, channels };
            let single = Shape { channels: 1, ..shape };
            let values = noise(single, DType::F32, 34);
            let there = upload(&engine, &values, single);
            for dtype in DTYPES {
                let samples = match noise(shape, dtype, 35) {
                    Samples::I32(levels) => {
                        Samples::I32(levels.iter().map(|v| v & i32::MAX).collect())
                    }
                    other => other,
                };
                let expected: Vec<f64> = samples
                    .values()
                    .chunks(channels as usize)
                    .zip(values.values())
                    .flat_map(|(pixel, value)| {
                        let rgb = [pixel[0], pixel[1], pixel[2]];
                        let greatest = rgb.into_iter().fold(0.0, f64::max);
                        rgb.map(
                            |sample| {
                                if greatest == 0.0 { value } else { sample / greatest * value }
                            },
                        )
                    })
                    .collect();
                let found = exposure::with_value(&upload(&engine, &samples, shape), &there);
                close(&download::<f32>(&found.unwrap()), &expected, 1e-5, &format!("{dtype:?}"));
            }
        }
    }
}

#[test]
fn black_beside_negative_channels_is_infinitely_saturated() {
    let Some(engine) = require_gpu() else { return };
    let pixels = [[0, 0, 0], [0, -1, i32::MIN], [-5, 0, -5], [0, 0, -1], [-1, 0, 0], [0, -1, 0]];
    let shape = Shape { height: 1, width: 6, channels: 3 };
    let image = upload(&engine, &Samples::I32(pixels.concat()), shape);
    let single = Shape { channels: 1, ..shape };
    let values = upload(&engine, &Samples::F32(vec![0.5; 6]), single);
    let found = download::<f32>(&exposure::with_value(&image, &values).unwrap());
    let (less, none) = (f32::NEG_INFINITY, f32::NAN);
    let expected = [
        [0.5; 3],
        [0.5, less, less],
        [less, 0.5, less],
        [none, 0.5, less],
        [less, none, 0.5],
        [0.5, less, none],
    ];
    assert_eq!(format!("{found:?}"), format!("{:?}", expected.concat()));
}

#[test]
fn refusals() {
    let Some(engine) = require_gpu() else { return };
    let row = |channels| Shape { height: 1, width: 4, channels };
    let image = |dtype, channels| upload(&engine, &noise(row(channels), dtype, 1), row(channels));
    let code = |refused: tagswitch_kernels_gpu::Result<GpuImage>| refused.unwrap_err().code();
    let argument = "ERR_GPU_ARGUMENT";
    let tiles = Tiles { rows: 1, columns: 2, bins: 3 };
    for wrong in [image(DType::U8, 1), image(DType::U16, 3)] {
        assert_eq!(exposure::tile_counts(&wrong, tiles).unwrap_err().code(), argument);
        assert_eq!(code(exposure::levels_by_tiles(&wrong, tiles, &[0; 6])), argument);
    }
    let bins = image(DType::U16, 1);
    let empty = Tiles { columns: 0, ..tiles };
    assert_eq!(exposure::tile_counts(&bins, empty).unwrap_err().code(), argument);
    assert_eq!(code(exposure::levels_by_tiles(&bins, tiles, &[0; 5])), argument);
    let many = Tiles { bins: u32::MAX, ..tiles };
    assert_eq!(exposure::tile_counts(&bins, many).unwrap_err().code(), "ERR_GPU_LIMIT");
    assert_eq!(code(exposure::value_in_16_bits(&image(DType::U8, 2))), argument);
    assert_eq!(code(exposure::with_value(&image(DType::U8, 1), &image(DType::F32, 1))), argument);
    assert_eq!(code(exposure::with_value(&image(DType::U8, 3), &image(DType::U8, 1))), argument);
    for beyond in [1.5, f32::NAN, f32::INFINITY] {
        let colors = Samples::F32(
            [[0.5; 8], [0.5, 0.5, beyond, 0.5, beyond, 0.5, 0.5, 0.5]].concat()[..12].to_vec(),
        );
        let error = exposure::value_in_16_bits(&upload(&engine, &colors, row(3))).unwrap_err();
        assert_eq!(error.code(), "ERR_GPU_VALUE");
        assert!(
            error.to_string().starts_with("exposure.equalizeAdapthist: image holds "),
            "{error}"
        );
    }
}
