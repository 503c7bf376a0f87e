//! `filters.thresholdLocal`

use tagswitch_kernels_gpu::filters::{self, Gaussian, LocalThreshold, Median};
use tagswitch_kernels_gpu::{Border, BorderMode, DType, Shape};

use crate::filters::MODES;
use crate::oracle::{self, Samples};
use crate::support::{WINDOW_SHAPES, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

fn expected(
    samples: &Samples,
    shape: Shape,
    threshold: LocalThreshold,
    border: Border,
    offset: f64,
) -> Vec<f64> {
    let averages = match threshold {
        LocalThreshold::Gaussian { sigma, radius } => {
            let options = Gaussian { sigma, radius, border, preserve_range: true };
            oracle::gaussian(samples, shape, &options)
        }
        LocalThreshold::Mean { window } => {
            // A Gaussian so wide that its weights are all alike.
            let radius = window.map(|side| side / 2);
            let options = Gaussian { sigma: [1e9; 2], radius, border, preserve_range: true };
            oracle::gaussian(samples, shape, &options)
        }
        LocalThreshold::Median { window } => {
            oracle::median(samples, shape, &Median::rectangle(window, border))
        }
    };
    averages.into_iter().map(|average| average - offset).collect()
}

#[test]
fn threshold_local() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in WINDOW_SHAPES {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let samples = noise(shape, dtype, 31);
            let image = upload(&engine, &samples, shape);
            for (i, threshold) in [
                LocalThreshold::Gaussian { sigma: [1.0, 2.0], radius: [4, 8] },
                LocalThreshold::Mean { window: [7, 3] },
                LocalThreshold::Mean { window: [1, 71] },
                LocalThreshold::Median { window: [3, 3] },
                LocalThreshold::Median { window: [1, 7] },
            ]
            .into_iter()
            .enumerate()
            {
                let border = Border { mode: MODES[(i + 4) % 5], cval: 0.5 };
                let offset = if i % 2 == 0 { 0.25 } else { 0.0 };
                let found = filters::threshold_local(&image, threshold, border, offset).unwrap();
                assert_eq!((found.shape(), found.dtype()), (shape, DType::F32));
                let right = expected(&samples, shape, threshold, border, offset);
                let what = format!("{dtype:?} {shape:?} {threshold:?} {border:?}");
                close(&download::<f32>(&found), &right, 1e-5, &what);
            }
        }
    }
}

#[test]
fn medians_beyond_the_edge_may_be_no_level() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 4, width: 5, channels: 1 };
    for dtype in DTYPES {
        let samples = noise(shape, dtype, 32);
        let image = upload(&engine, &samples, shape);
        for cval in [0.5, 300.0, -7.0, 77.0] {
            let border = Border { mode: BorderMode::Constant, cval };
            let threshold = LocalThreshold::Median { window: [5, 5] };
            let found = filters::threshold_local(&image, threshold, border, 0.0).unwrap();
            let right = expected(&samples, shape, threshold, border, 0.0);
            close(&download::<f32>(&found), &right, 1e-6, &format!("{dtype:?} {cval}"));
        }
    }
}

#[test]
fn what_is_no_number_stays_one() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 3, channels: 1 };
    let image = upload(&engine, &Samples::F32(vec![f32::NAN, 1.0, f32::INFINITY]), shape);
    let border = Border { mode: BorderMode::Reflect, cval: 0.0 };
    let threshold = LocalThreshold::Median { window: [1, 1] };
    let found = filters::threshold_local(&image, threshold, border, 0.5).unwrap();
    let found = download::<f32>(&found);
    assert!(found[0].is_nan());
    assert_eq!(found[1..], [0.5, f32::INFINITY]);
    let code =
        |threshold| filters::threshold_local(&image, threshold, border, 0.0).unwrap_err().code();
    assert_eq!(code(LocalThreshold::Mean { window: [1, 2] }), "ERR_GPU_ARGUMENT");
    assert_eq!(code(LocalThreshold::Median { window: [33, 33] }), "ERR_GPU_UNSUPPORTED");
    let sigma = [f64::NAN, 1.0];
    assert_eq!(code(LocalThreshold::Gaussian { sigma, radius: [1, 1] }), "ERR_GPU_ARGUMENT");
}
