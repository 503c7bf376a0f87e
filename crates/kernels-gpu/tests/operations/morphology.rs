//! `morphology.*`

use tagswitch_image::{ChordFootprint, ConvexHull};
use tagswitch_kernels_gpu::morphology::{self, Morphology};
use tagswitch_kernels_gpu::{BorderMode, DType, GpuImage, Shape};

use crate::DTYPES;
use crate::filters::MODES;
use crate::oracle::{self, Samples};
use crate::segmentation::of_every_dtype;
use crate::support::{SHAPES, WINDOW_SHAPES, download, noise, require_gpu, upload};

fn footprints() -> [ChordFootprint; 4] {
    let cross = ChordFootprint::new(3, 3, &[0, 1, 0, 1, 1, 1, 0, 1, 0]);
    let lopsided = ChordFootprint::new(3, 5, &[1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0]);
    let rectangle = ChordFootprint::new(5, 7, &[1; 35]);
    // Two by two, beside the middle.
    let even = ChordFootprint::new(3, 3, &[0, 0, 0, 0, 1, 1, 0, 1, 1]);
    [cross, lopsided, rectangle, even].map(Option::unwrap)
}

fn values(image: &GpuImage, like: &Samples) -> Vec<f64> {
    match like {
        Samples::U8(_) => Samples::U8(download(image)).values(),
        Samples::U16(_) => Samples::U16(download(image)).values(),
        Samples::I32(_) => Samples::I32(download(image)).values(),
        Samples::F32(_) => Samples::F32(download(image)).values(),
    }
}

#[test]
fn erosion_dilation_and_opening() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in WINDOW_SHAPES {
            let shape = Shape { height, width, channels: 1 };
            let samples = noise(shape, dtype, 12);
            let image = upload(&engine, &samples, shape);
            for footprint in footprints() {
                for mode in MODES {
                    // Where all borders matter most is small.
                    if height * width > 300 && mode != BorderMode::Reflect {
                        continue;
                    }
                    let options = Morphology {
                        footprint: footprint.clone(),
                        mode,
                        erosion_cval: 1.0,
                        dilation_cval: 0.0,
                    };
                    let what = format!("{dtype:?} {shape:?} {footprint:?} {mode:?}");
                    let found = morphology::erosion(&image, &options).unwrap();
                    let eroded =
                        oracle::neighbourhood(&samples.values(), shape, &footprint, mode, 1.0, 1.0);
                    assert_eq!(values(&found, &samples), eroded, "erosion {what}");
                    let found = morphology::dilation(&image, &options).unwrap();
                    let dilated = oracle::neighbourhood(
                        &samples.values(),
                        shape,
                        &footprint,
                        mode,
                        0.0,
                        -1.0,
                    );
                    assert_eq!(values(&found, &samples), dilated, "dilation {what}");
                    if mode != BorderMode::Reflect {
                        continue;
                    }
                    let found = morphology::opening(&image, &options).unwrap();
                    let mirrored = footprint.mirrored();
                    let opened = oracle::neighbourhood(&eroded, shape, &mirrored, mode, 0.0, -1.0);
                    assert_eq!(values(&found, &samples), opened, "opening {what}");
                }
            }
        }
    }
}

/// Samples of which few are not 0, and whole rows are.
fn sparse(shape: Shape, dtype: DType, rarity: u32) -> Samples {
    let values = noise(shape, DType::U16, 13).values();
    let values = values.iter().enumerate().map(|(i, &value)| {
        let row = i as u32 / shape.width;
        let counts = row % 5 != 1 && (value as u32).is_multiple_of(rarity);
        if counts { value as u32 % 250 + 1 } else { 0 }
    });
    match dtype {
        DType::U8 => Samples::U8(values.map(|v| v as u8).collect()),
        // Bits of one half only.
        DType::U16 => Samples::U16(values.map(|v| (v << 8) as u16).collect()),
        DType::I32 => Samples::I32(values.map(|v| -(v as i32)).collect()),
        // Denormals count.
        DType::F32 => Samples::F32(values.map(f32::from_bits).collect()),
    }
}

#[test]
fn convex_hull_image() {
    let Some(engine) = require_gpu() else { return };
    let sizes = SHAPES.into_iter().chain([(3, 1000)]);
    for ((height, width), rarity) in sizes.flat_map(|size| [3, 29].map(|rarity| (size, rarity))) {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let samples = sparse(shape, dtype, rarity);
            let image = upload(&engine, &samples, shape);
            let values = samples.values();
            let ends = values.chunks_exact(width as usize).map(|row| {
                let first = row.iter().position(|&value| value != 0.0)?;
                Some([first, row.iter().rposition(|&value| value != 0.0)?])
            });
            for (offset, borders) in [(true, true), (true, false), (false, true), (false, false)] {
                let hull = ConvexHull::around(ends.clone(), offset);
                let inside =
                    |row, column| hull.columns(row, width as usize, borders).contains(&column);
                let expected: Vec<u8> = (0..height as usize)
                    .flat_map(|row| (0..width as usize).map(move |column| (row, column)))
                    .map(|(row, column)| u8::from(inside(row, column)))
                    .collect();
                let found = morphology::convex_hull_image(&image, offset, borders).unwrap();
                let what = format!("{dtype:?} {shape:?} {rarity} {offset} {borders}");
                assert!(download::<u8>(&found) == expected, "{what}");
            }
        }
    }
}

#[test]
fn nan_belongs_to_the_hull_and_zeros_do_not() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 5, channels: 1 };
    let image = upload(&engine, &Samples::F32(vec![-0.0, f32::NAN, 0.0, 1e-45, 0.0]), shape);
    let hull = morphology::convex_hull_image(&image, true, true).unwrap();
    assert_eq!(download::<u8>(&hull), [0, 1, 1, 1, 0]);
    let empty = upload(&engine, &Samples::F32(vec![-0.0; 5]), shape);
    let hull = morphology::convex_hull_image(&empty, true, true).unwrap();
    assert_eq!(download::<u8>(&hull), [0; 5]);
}

/// From every pixel to the nearest of all that are 0, or where there is none to the one above the first.
fn distances(mask: &[u8], (height, width): (u32, u32), [down, across]: [f64; 2]) -> Vec<f64> {
    let pixels = || (0..height).flat_map(|y| (0..width).map(move |x| (y, x)));
    let place = |(y, x): (u32, u32)| (f64::from(y) * down, f64::from(x) * across);
    let zeros = std::iter::zip(pixels(), mask).filter(|(_, value)| **value == 0);
    let mut background: Vec<_> = zeros.map(|(pixel, _)| place(pixel)).collect();
    if background.is_empty() {
        background.push((-down, 0.0));
    }
    let nearest = |(y, x): (f64, f64)| {
        let squares =
            background.iter().map(|(row, column)| (y - row).powi(2) + (x - column).powi(2));
        squares.fold(f64::INFINITY, f64::min).sqrt()
    };
    pixels().map(|pixel| nearest(place(pixel))).collect()
}

#[test]
fn distance_transform_edt() {
    let Some(engine) = require_gpu() else { return };
    // Strips of 32 rows and blocks of 8 columns: none of them full, ends of one, several.
    for (height, width) in [(1, 1), (1, 137), (141, 1), (5, 3), (33, 8), (99, 43)] {
        let shape = Shape { height, width, channels: 1 };
        let values = noise(shape, DType::U16, 14).values();
        // Nothing but background, much of it, some, hardly any, a pixel or none.
        for rarity in [1, 3, 40, 900, 100_000] {
            let mask: Vec<u8> = values
                .iter()
                .map(|value| u8::from(!(*value as u32 + 1).is_multiple_of(rarity)))
                .collect();
            let samplings = [[1.0, 1.0], [0.7, 2.0], [3.0, 0.5], [1e-12, 1e12]];
            for (i, sampling) in samplings.into_iter().enumerate() {
                let expected = distances(&mask, (height, width), sampling);
                for samples in of_every_dtype(&mask).into_iter().skip(if i == 0 { 0 } else { 3 }) {
                    let image = upload(&engine, &samples, shape);
                    let found = morphology::distance_transform_edt(&image, sampling).unwrap();
                    for (found, expected) in std::iter::zip(download::<f32>(&found), &expected) {
                        let difference = (f64::from(found) - expected).abs();
                        assert!(
                            difference <= 3e-7 * expected,
                            "{:?} {shape:?} {rarity} {sampling:?}: {found}, not {expected}",
                            samples.dtype()
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn distances_that_the_gpu_does_not_measure() {
    let Some(engine) = require_gpu() else { return };
    let refused = |(height, width, channels), sampling| {
        let shape = Shape { height, width, channels };
        let image = upload(&engine, &noise(shape, DType::U8, 15), shape);
        let error = morphology::distance_transform_edt(&image, sampling).unwrap_err();
        (error.code(), error.to_string())
    };
    assert_eq!(refused((2, 3, 2), [1.0; 2]).0, "ERR_GPU_ARGUMENT");
    for (size, sampling, reason) in [
        ((1, 16_385, 1), [1.0; 2], "a side of 16385 pixels; at most 16384"),
        ((16_385, 1, 1), [1.0; 2], "a side of 16385 pixels; at most 16384"),
        ((2, 3, 1), [9e-13, 1.0], "sampling 9e-13; only from 1e-12 to 1e12"),
        ((2, 3, 1), [1.0, 2e12], "sampling 2e12; only from 1e-12 to 1e12"),
    ] {
        let (code, message) = refused(size, sampling);
        assert_eq!(code, "ERR_GPU_UNSUPPORTED");
        assert!(message.ends_with(reason), "{message}");
    }
}

#[test]
fn distances_along_the_longest_sides() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in [(1, 16_384), (16_384, 1)] {
        let shape = Shape { height, width, channels: 1 };
        let mut mask = vec![1; 16_384];
        mask[16_383] = 0;
        let image = upload(&engine, &Samples::U8(mask), shape);
        let found = morphology::distance_transform_edt(&image, [1.0, 1.0]).unwrap();
        let expected: Vec<f32> = (0..16_384).rev().map(|away| away as f32).collect();
        assert!(download::<f32>(&found) == expected, "{shape:?}");
    }
}
