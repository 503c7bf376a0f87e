//! `filters.thresholdNiblack` and `thresholdSauvola`

use tagswitch_kernels_gpu::{Shape, filters};

use crate::oracle;
use crate::support::{WINDOW_SHAPES, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

#[test]
fn threshold_window() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in WINDOW_SHAPES {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let samples = noise(shape, dtype, 30);
            let image = upload(&engine, &samples, shape);
            for (window, threshold) in [
                ([15, 15], filters::WindowThreshold::Niblack { k: 0.2 }),
                ([3, 49], filters::WindowThreshold::Niblack { k: -1.5 }),
                ([9, 5], filters::WindowThreshold::Sauvola { k: 0.3, r: 100.0 }),
                ([61, 51], filters::WindowThreshold::Niblack { k: 0.2 }),
                ([3, 75], filters::WindowThreshold::Sauvola { k: 0.3, r: 100.0 }),
            ] {
                if window[0] * window[1] > 1000 && shape.pixels() > 10_000 {
                    continue; // too much for the oracle
                }
                let found = filters::threshold_window("t", &image, window, threshold).unwrap();
                let expected = oracle::threshold_window(&samples, shape, window, threshold);
                let what = format!("{dtype:?} {shape:?} {window:?}");
                // Samples of 32 bits are rounded, and thresholds are a small part of them.
                close(&download::<f32>(&found), &expected, 3e-5, &what);
            }
        }
    }
    let shape = Shape { height: 5, width: 5, channels: 1 };
    for scale in [1e-25_f32, 1e30] {
        let values = (0..25).map(|i| (i * i % 7) as f32 * scale).collect();
        let samples = oracle::Samples::F32(values);
        let threshold = filters::WindowThreshold::Niblack { k: 1.0 };
        let image = upload(&engine, &samples, shape);
        for window in [[3, 3], [3, 51]] {
            let found = filters::threshold_window("t", &image, window, threshold).unwrap();
            let expected = oracle::threshold_window(&samples, shape, window, threshold);
            close(&download::<f32>(&found), &expected, 1e-5, &format!("{scale} {window:?}"));
        }
    }
    let code = |window| {
        let image = upload(&engine, &oracle::Samples::U8(vec![7; 25]), shape);
        let threshold = filters::WindowThreshold::Niblack { k: 0.2 };
        filters::threshold_window("t", &image, window, threshold).unwrap_err().code()
    };
    assert_eq!((code([4097, 3]), code([3, 4])), ("ERR_GPU_UNSUPPORTED", "ERR_GPU_ARGUMENT"));
}
