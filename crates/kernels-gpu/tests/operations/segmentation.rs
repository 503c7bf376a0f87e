//! `segmentation.*`

use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::segmentation::{self, Boundaries, BoundaryMode, Margin, Marks};
use tagswitch_kernels_gpu::{DType, Shape};

use crate::DTYPES;
use crate::oracle::{self, Samples};
use crate::support::{SHAPES, bytes_of, download, noise, require_gpu, upload};

const LABELS: [DType; 3] = [DType::U8, DType::U16, DType::I32];

/// Labels here and there: a few of the levels of noise, the others background.
fn sparse(shape: Shape, dtype: DType, seed: u64) -> Samples {
    let numbers = noise(shape, DType::U16, seed).values().into_iter();
    let labels =
        numbers.map(|value| if (value as u32).is_multiple_of(41) { value as u32 % 200 } else { 0 });
    match dtype {
        DType::U8 => Samples::U8(labels.map(|label| label as u8).collect()),
        DType::U16 => Samples::U16(labels.map(|label| label as u16).collect()),
        _ => Samples::I32(labels.map(|label| label as i32 - 2 * (label as i32 % 2)).collect()),
    }
}

#[test]
fn expand_labels() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in [(1, 1), (1, 37), (41, 1), (5, 3), (27, 33)] {
        let shape = Shape { height, width, channels: 1 };
        for dtype in LABELS {
            let samples = sparse(shape, dtype, 40);
            let values = samples.values();
            for distance in [0.0, 1.0, 1.5, 3.2, 5.0, 1e9] {
                let image = upload(&engine, &samples, shape);
                let found = segmentation::expand_labels(&image, distance).unwrap();
                let (h, w) = (height as usize, width as usize);
                let mut expected = Vec::new();
                for (y, x) in (0..h).flat_map(|y| (0..w).map(move |x| (y, x))) {
                    // The nearest of all, the leftmost and then the uppermost of several.
                    let nearest = (0..w)
                        .flat_map(|c| (0..h).map(move |r| (r, c)))
                        .filter(|(r, c)| values[r * w + c] != 0.0)
                        .min_by_key(|(r, c)| r.abs_diff(y).pow(2) + c.abs_diff(x).pow(2));
                    let within = nearest.filter(|(r, c)| {
                        let squared = r.abs_diff(y).pow(2) + c.abs_diff(x).pow(2);
                        (squared as f64).sqrt() <= distance
                    });
                    expected.push(within.map_or(0.0, |(r, c)| values[r * w + c]));
                }
                let found = Samples::of(dtype, &bytes_of(&found)).values();
                assert!(found == expected, "{dtype:?} {shape:?} by {distance}");
            }
        }
    }
    let shape = Shape { height: 1, width: 300, channels: 1 };
    let long = upload(&engine, &sparse(shape, DType::U8, 41), shape);
    let error = segmentation::expand_labels(&long, 257.0).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_UNSUPPORTED");
}

/// The same mask in other words: such whose lowest bytes are 0, negative ones, both zeros of floats, what is next to 0 and NaN.
pub fn of_every_dtype(mask: &[u8]) -> [Samples; 4] {
    let zeros = [0.0, -0.0];
    let others = [f32::NAN, 1e-40, -1.0];
    let float = |(i, &byte): (usize, &u8)| if byte == 0 { zeros[i % 2] } else { others[i % 3] };
    [
        Samples::U8(mask.to_vec()),
        Samples::U16(mask.iter().map(|&byte| u16::from(byte) << 8).collect()),
        Samples::I32(mask.iter().map(|&byte| -(i32::from(byte) << 16)).collect()),
        Samples::F32(mask.iter().enumerate().map(float).collect()),
    ]
}

#[test]
fn clear_border() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let samples = oracle::levels(&noise(shape, DType::U16, 42), 3, dtype);
            let regions = oracle::label(&samples, shape, 0, Connectivity::Eight);
            // Some of a mask's samples are neither 0 nor 1.
            let mask = noise(shape, DType::U8, 45).values().into_iter();
            let mask: Vec<u8> = mask.map(|v| if v > 250.0 { 0 } else { v as u8 | 2 }).collect();
            let masks = of_every_dtype(&mask).map(|samples| upload(&engine, &samples, shape));
            let inset = |i: usize| {
                let (y, x) = (i as u32 / width, i as u32 % width);
                y.min(height - 1 - y).min(x).min(width - 1 - x)
            };
            let edges =
                [(Margin::Edges(0), 0.0), (Margin::Edges(2.min(height.min(width) - 1)), 7.0)];
            let outside = masks.iter().map(|mask| (Margin::Outside(mask), 5.0));
            for (margin, cleared) in edges.into_iter().chain(outside) {
                let image = upload(&engine, &samples, shape);
                let found = segmentation::clear_border(&image, margin, cleared).unwrap();
                let mut touching = vec![false; regions.len() + 1];
                for (i, region) in regions.iter().enumerate() {
                    touching[*region as usize] |= match margin {
                        Margin::Edges(buffer_size) => inset(i) <= buffer_size,
                        Margin::Outside(_) => mask[i] == 0,
                    };
                }
                let expected: Vec<f64> = std::iter::zip(samples.values(), &regions)
                    .map(|(value, region)| if touching[*region as usize] { cleared } else { value })
                    .collect();
                let found = Samples::of(dtype, &bytes_of(&found)).values();
                assert!(found == expected, "{dtype:?} {shape:?} {margin:?}");
            }
        }
    }
}

#[test]
fn mark_boundaries() {
    let Some(engine) = require_gpu() else { return };
    let marks = Marks { color: [1.0, 0.5, 0.25], outline: Some([0.0, 0.75, 1.0]) };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        let labels = upload(&engine, &sparse(shape, DType::U8, 43), shape);
        let boundaries = Boundaries { corners: false, mode: BoundaryMode::Inner, background: 0 };
        let mask = segmentation::find_boundaries(&labels, boundaries).unwrap();
        let mask = download::<u8>(&mask);
        for (dtype, channels) in DTYPES.into_iter().flat_map(|dtype| [(dtype, 1), (dtype, 3)]) {
            let shape = Shape { channels, ..shape };
            let samples = noise(shape, dtype, 44);
            let image = upload(&engine, &samples, shape);
            for marks in [marks, Marks { outline: None, ..marks }] {
                let marked =
                    segmentation::mark_boundaries(&image, &labels, boundaries, marks).unwrap();
                let intensities = samples.intensities();
                let (h, w) = (height as usize, width as usize);
                let mut expected = Vec::new();
                for (y, x) in (0..h).flat_map(|y| (0..w).map(move |x| (y, x))) {
                    let mut around = (y.saturating_sub(1)..=(y + 1).min(h - 1)).flat_map(|r| {
                        (x.saturating_sub(1)..=(x + 1).min(w - 1)).map(move |c| (r, c))
                    });
                    let i = y * w + x;
                    let outline =
                        marks.outline.filter(|_| around.any(|(r, c)| mask[r * w + c] == 1));
                    let color = Some(marks.color).filter(|_| mask[i] == 1).or(outline);
                    let pixel = |k: usize| intensities[if channels == 3 { 3 * i + k } else { i }];
                    expected.extend(
                        color.map_or([pixel(0), pixel(1), pixel(2)], |color| color.map(f64::from)),
                    );
                }
                crate::close(
                    &download::<f32>(&marked),
                    &expected,
                    1e-6,
                    &format!("{dtype:?} {shape:?}"),
                );
            }
        }
    }
}
