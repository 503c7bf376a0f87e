//! `filters.gabor`

use tagswitch_kernels_gpu::filters::{self, Gabor};
use tagswitch_kernels_gpu::{Border, DType, Shape};

use crate::filters::MODES;
use crate::oracle;
use crate::support::{SHAPES, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

#[test]
fn both_parts_weigh_the_same_neighbours() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        for (mode, (dtype, radius)) in
            MODES.into_iter().zip(DTYPES.into_iter().chain([DType::F32]).zip([
                [1, 3],
                [4, 2],
                [2, 2],
                [0, 5],
                [6, 1],
            ]))
        {
            let shape = Shape { height, width, channels: 1 };
            let samples = noise(shape, dtype, 51);
            let image = upload(&engine, &samples, shape);
            let [down, across] = radius.map(i64::from);
            let sides = ((2 * down + 1) * (2 * across + 1)) as u32;
            // Neither even nor odd, and some without weight.
            let weight = |i: u32| [((i * 7 + 3) % 11) as f32 / 8.0, (i % 3) as f32 - 0.75];
            let weights: Vec<_> = (0..sides).map(weight).collect();
            let border = Border { mode, cval: -1.5 };
            let options = Gabor { radius, weights: weights.clone(), border };
            let found = filters::gabor(&image, &options).unwrap();
            let (values, h, w) = (samples.values(), i64::from(height), i64::from(width));
            for (part, found) in found.iter().enumerate() {
                let value = |i: i64| -> f64 {
                    let places = (0..=2 * down).flat_map(|y| (0..=2 * across).map(move |x| (y, x)));
                    let sample = |(y, x): (i64, i64)| {
                        let row = oracle::border(i / w + y - down, h, mode);
                        let place = row.zip(oracle::border(i % w + x - across, w, mode));
                        place.map_or(border.cval, |(y, x)| values[y * w as usize + x])
                    };
                    let all = places.map(sample).zip(&weights);
                    all.map(|(sample, weight)| sample * f64::from(weight[part])).sum()
                };
                let expected: Vec<f64> = (0..h * w).map(value).collect();
                let largest = expected.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
                let what = format!("{dtype:?} {shape:?} {mode:?} {part}");
                for (a, b) in download::<f32>(found).into_iter().zip(&expected) {
                    assert!((f64::from(a) - b).abs() <= 1e-5 * largest, "{what}: {a} {b}");
                }
            }
        }
    }
}

#[test]
fn what_has_no_weight_does_not_matter() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 3, channels: 1 };
    let samples = oracle::Samples::F32(vec![1.0, 2.0, f32::INFINITY]);
    let image = upload(&engine, &samples, shape);
    let border = Border { mode: MODES[2], cval: 0.0 };
    let weights = vec![[1.0, 2.0], [3.0, 0.0], [0.0, 0.0]];
    let options = Gabor { radius: [0, 1], weights, border };
    let [real, imag] = filters::gabor(&image, &options).unwrap();
    close(&download::<f32>(&real)[..2], &[4.0, 7.0], 1e-6, "real");
    close(&download::<f32>(&imag), &[2.0, 2.0, 4.0], 1e-6, "imag");
    let error = filters::gabor(&image, &Gabor { radius: [1, 1], ..options }).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_ARGUMENT");
}
