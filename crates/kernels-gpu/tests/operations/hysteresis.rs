//! `filters.apply_hysteresis_threshold`

use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::{DType, Shape, filters};

use crate::DTYPES;
use crate::oracle::{self, Samples};
use crate::support::{SHAPES, download, noise, require_gpu, upload};

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
                let regions =
                    oracle::label(&Samples::U8(weak.clone()), shape, 0, Connectivity::Four);
                let mut kept = vec![false; values.len() + 1];
                for (region, &value) in regions.iter().zip(&values) {
                    kept[*region as usize] |= value > rounded;
                }
                let expected: Vec<u8> =
                    regions.iter().map(|&r| u8::from(r != 0 && kept[r as usize])).collect();
                let found = filters::apply_hysteresis_threshold(&image, low, high).unwrap();
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
    let found = filters::apply_hysteresis_threshold(&image, 0.25, 1.0).unwrap();
    assert_eq!(download::<u8>(&found), [0, 0, 1, 1, 1, 0]);
}
