//! `filters.apply_hysteresis_threshold`

use tagswitch_kernels_gpu::filters::Threshold::{All, Each};
use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::{DType, Shape, filters};

use crate::DTYPES;
use crate::oracle::{self, Samples};
use crate::support::{SHAPES, download, noise, require_gpu, upload};

/// The regions of a mask with something strong in them.
fn connected(weak: Vec<u8>, strong: impl Iterator<Item = bool>, shape: Shape) -> Vec<u8> {
    let regions = oracle::label(&Samples::U8(weak), shape, 0, Connectivity::Four);
    let mut kept = vec![false; regions.len() + 1];
    for (&region, strong) in regions.iter().zip(strong) {
        kept[region as usize] |= strong;
    }
    regions.iter().map(|&r| u8::from(r != 0 && kept[r as usize])).collect()
}

#[test]
fn what_is_low_counts_where_it_is_connected_to_what_is_high() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let samples = noise(shape, dtype, 61);
            let values = samples.values();
            let image = upload(&engine, &samples, shape);
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            // Thresholds that samples equal, and such between them; in the wrong order; above and below all.
            let at = |share: f64| sorted[(share * (sorted.len() - 1) as f64) as usize];
            for (low, high) in [
                (at(0.5), at(0.95)),
                (at(0.4).next_up(), at(0.9).next_down()),
                (at(0.4).next_down(), at(0.9).next_up()),
                (at(0.9), at(0.5)),
                (-1e300, at(1.0) - 0.01),
                (at(0.2), 1e300),
                (f64::NEG_INFINITY, f64::INFINITY),
            ] {
                let rounded = if dtype == DType::F32 { f64::from(high as f32) } else { high };
                let weak: Vec<u8> = values.iter().map(|&v| u8::from(v > low.min(high))).collect();
                let strong = values.iter().map(|&v| v > rounded);
                let expected = connected(weak, strong, shape);
                let found =
                    filters::apply_hysteresis_threshold(&image, All(low), All(high)).unwrap();
                let what = format!("{dtype:?} {shape:?} {low} {high}");
                assert!(download::<u8>(&found) == expected, "{what}");
            }
        }
    }
}

#[test]
fn nan_is_above_nothing() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 6, channels: 1 };
    let samples = Samples::F32(vec![0.5, f32::NAN, 0.5, f32::INFINITY, 0.5, f32::NEG_INFINITY]);
    let image = upload(&engine, &samples, shape);
    let found = filters::apply_hysteresis_threshold(&image, All(0.25), All(1.0)).unwrap();
    assert_eq!(download::<u8>(&found), [0, 0, 1, 1, 1, 0]);
}

/// Numbers about 2²⁴, where 32 bits begin to round, small ones and what is no number.
fn about_rounding(shape: Shape, dtype: DType, seed: u64) -> Samples {
    let words = noise(shape, DType::U16, seed).values().into_iter().map(|word| word as usize);
    let levels = [0, 1, 2, 16_777_215, 16_777_216, 16_777_217];
    let floats = [0.5, 1.5, 16_777_215.0, 16_777_216.0, f32::NAN, f32::INFINITY, -1e30];
    match dtype {
        DType::U8 => Samples::U8(words.map(|word| (word % 3) as u8).collect()),
        DType::U16 => Samples::U16(words.map(|word| (word % 3) as u16).collect()),
        DType::I32 => Samples::I32(words.map(|word| levels[word % 6]).collect()),
        DType::F32 => Samples::F32(words.map(|word| floats[word % 7]).collect()),
    }
}

#[test]
fn thresholds_may_differ_from_pixel_to_pixel() {
    let Some(engine) = require_gpu() else { return };
    let rounded = |number: f64, dtype| {
        if dtype == DType::F32 { f64::from(number as f32) } else { number }
    };
    let least = |a: f64, b: f64| if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) };
    let shape = Shape { height: 37, width: 41, channels: 1 };
    for dtype in DTYPES {
        let samples = about_rounding(shape, dtype, 62);
        let (values, image) = (samples.values(), upload(&engine, &samples, shape));
        for of_thresholds in DTYPES {
            let [lower, upper] = [63, 64].map(|seed| about_rounding(shape, of_thresholds, seed));
            let [lows, highs] = [&lower, &upper].map(|limits| upload(&engine, limits, shape));
            let [lower, upper] = [lower.values(), upper.values()];
            // Two that 32 bits round down and up: samples lie between them and what they become.
            for number in [16_777_216.3, 16_777_215.9, 0.5] {
                for (low, high) in [
                    (All(number), Each(&highs)),
                    (Each(&lows), All(number)),
                    (Each(&lows), Each(&highs)),
                ] {
                    let upper_at = |i: usize| match high {
                        All(number) => rounded(number, dtype),
                        Each(_) => upper[i],
                    };
                    let lower_at = |i: usize| match (low, high) {
                        (All(low), _) => least(low, upper_at(i)),
                        (Each(_), All(high)) => least(lower[i], rounded(high, of_thresholds)),
                        (Each(_), Each(_)) => least(lower[i], upper[i]),
                    };
                    let strong = |i: usize| values[i] > upper_at(i);
                    let weak = |i| u8::from(strong(i) || values[i] > lower_at(i));
                    let weak: Vec<u8> = (0..values.len()).map(weak).collect();
                    let expected = connected(weak, (0..values.len()).map(strong), shape);
                    let found = filters::apply_hysteresis_threshold(&image, low, high).unwrap();
                    let what = format!("{dtype:?} by {of_thresholds:?}, {number} {low:?} {high:?}");
                    assert!(download::<u8>(&found) == expected, "{what}");
                }
            }
        }
    }
    let other = Shape { height: 41, width: 37, channels: 1 };
    let [image, limits] =
        [shape, other].map(|shape| upload(&engine, &noise(shape, DType::U8, 1), shape));
    let error = filters::apply_hysteresis_threshold(&image, All(1.0), Each(&limits)).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_ARGUMENT");
}
