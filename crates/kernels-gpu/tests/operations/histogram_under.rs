//! `exposure.equalizeHist` with a mask: what is counted.

use tagswitch_kernels_gpu::exposure::{self, SourceRange};
use tagswitch_kernels_gpu::{DType, Shape};

use crate::DTYPES;
use crate::oracle::Samples;
use crate::support::{noise, require_gpu, upload};

/// As many pixels as there are bytes, in a row.
fn row(samples: &Samples) -> Shape {
    let width = samples.bytes().len() / samples.dtype().bytes();
    Shape { height: 1, width: width as u32, channels: 1 }
}

/// Noise with zeros of either sign.
fn mask(shape: Shape, dtype: DType) -> Samples {
    let of = |word: f64| if word % 3.0 == 0.0 { 0.0 } else { word - 4.0 };
    let words = noise(shape, DType::U8, 52).values();
    let values = words.iter().map(|word| of(*word));
    match dtype {
        DType::U8 => Samples::U8(values.map(|value| value as u8).collect()),
        DType::U16 => Samples::U16(values.map(|value| (value as u16) << 8).collect()),
        DType::I32 => Samples::I32(values.map(|value| (value as i32) << 24).collect()),
        DType::F32 => Samples::F32(
            values.map(|value| if value == 0.0 { -0.0 } else { value as f32 * 1e-44 }).collect(),
        ),
    }
}

#[test]
fn only_pixels_under_the_mask_are_counted() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in [(1, 1), (41, 1), (5, 3), (67, 43)] {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let samples = match noise(shape, dtype, 51) {
                Samples::I32(levels) => {
                    Samples::I32(levels.iter().map(|level| level % 900 - 950).collect())
                }
                Samples::F32(values) => {
                    Samples::F32(values.iter().map(|value| value - 2.5).collect())
                }
                other => other,
            };
            let image = upload(&engine, &samples, shape);
            for of_mask in DTYPES {
                let mask = mask(shape, of_mask);
                let inside: Vec<bool> =
                    mask.values().into_iter().map(|sample| sample != 0.0).collect();
                let pixels = samples.bytes().chunks(dtype.bytes()).zip(&inside);
                let counted: Vec<u8> = pixels
                    .filter(|(_, inside)| **inside)
                    .flat_map(|(own, _)| own)
                    .copied()
                    .collect();
                let mask = upload(&engine, &mask, shape);
                let found = exposure::histogram_under("t", &image, &mask, 20);
                if counted.is_empty() {
                    assert_eq!(found.unwrap_err().code(), "ERR_GPU_VALUE");
                    continue;
                }
                let counted = Samples::of(dtype, &counted);
                let alone = upload(&engine, &counted, row(&counted));
                let expected = match dtype {
                    DType::F32 => exposure::float_histogram("t", &alone, 20, SourceRange::Image, 1),
                    _ => exposure::level_histogram("t", &alone, 1),
                };
                assert_eq!(found.unwrap(), expected.unwrap(), "{dtype:?} {of_mask:?} {shape:?}");
            }
        }
    }
}

#[test]
fn samples_that_are_not_finite_matter_under_the_mask_only() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 5, channels: 1 };
    let samples = Samples::F32(vec![f32::NAN, -f32::NAN, f32::INFINITY, -1.0, -1.0]);
    let image = upload(&engine, &samples, shape);
    let under = |mask: [u8; 5]| {
        let mask = upload(&engine, &Samples::U8(mask.to_vec()), shape);
        exposure::histogram_under("t", &image, &mask, 3)
    };
    let found = under([0, 0, 0, 7, 1]).unwrap();
    assert_eq!(found.counts, [0.0, 2.0, 0.0]);
    assert_eq!(found.bin_centers[1], -1.0);
    for mask in [[1, 0, 0, 1, 0], [0, 1, 0, 1, 0], [0, 1, 0, 0, 0], [0, 0, 1, 1, 1]] {
        assert_eq!(under(mask).unwrap_err().code(), "ERR_GPU_VALUE", "{mask:?}");
    }
    let levels = Samples::I32(vec![i32::MIN, i32::MAX, -7, -9, -9]);
    let mask = upload(&engine, &Samples::U8(vec![0, 0, 1, 1, 1]), shape);
    let image = upload(&engine, &levels, shape);
    let found = exposure::histogram_under("t", &image, &mask, 1).unwrap();
    assert_eq!((found.bin_centers, found.counts), (vec![-9.0, -7.0], vec![2.0, 1.0]));
}

#[test]
fn refusals() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 3, channels: 1 };
    let other = Shape { height: 3, width: 2, channels: 1 };
    let colors = Shape { channels: 3, ..shape };
    for (of_image, of_mask) in [(shape, other), (colors, shape), (shape, colors), (colors, colors)]
    {
        let [image, mask] =
            [of_image, of_mask].map(|of| upload(&engine, &noise(of, DType::U8, 1), of));
        let error = exposure::histogram_under("t", &image, &mask, 1).unwrap_err();
        assert_eq!(error.code(), "ERR_GPU_ARGUMENT");
    }
}
