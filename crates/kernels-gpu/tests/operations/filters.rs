//! `filters.*`

use tagswitch_kernels_gpu::filters::{self, Gaussian, Sobel};
use tagswitch_kernels_gpu::{Border, BorderMode, DType, Shape};

use crate::oracle::{self, Samples};
use crate::support::{SHAPES, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

const MODES: [BorderMode; 5] = [
    BorderMode::Reflect,
    BorderMode::Constant,
    BorderMode::Nearest,
    BorderMode::Mirror,
    BorderMode::Wrap,
];

#[test]
fn gaussian() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        for (dtype, channels) in
            [(DType::U8, 1), (DType::U16, 3), (DType::I32, 2), (DType::F32, 1), (DType::F32, 4)]
        {
            let shape = Shape { height, width, channels };
            let samples = noise(shape, dtype, 2);
            let options = Gaussian {
                sigma: [1.5, 2.0],
                radius: [6, 8],
                border: Border { mode: BorderMode::Reflect, cval: 0.0 },
                preserve_range: false,
            };
            let blurred = filters::gaussian(&upload(&engine, &samples, shape), &options).unwrap();
            close(
                &download::<f32>(&blurred),
                &oracle::gaussian(&samples, shape, &options),
                1e-5,
                &format!("{dtype:?} {shape:?}"),
            );
        }
    }
}

#[test]
fn gaussian_with_any_border_and_radius() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 19, width: 23, channels: 3 };
    let samples = noise(shape, DType::U8, 3);
    let image = upload(&engine, &samples, shape);
    // Radii on both sides of what the tiles hold at once, far beyond the image, and none.
    for radius in [[0, 0], [0, 5], [5, 0], [32, 30], [33, 40], [64, 128], [200, 257]] {
        for mode in MODES {
            let options = Gaussian {
                sigma: radius.map(|r| f64::from(r) / 3.0),
                radius,
                border: Border { mode, cval: 0.25 },
                preserve_range: radius[0] == 33,
            };
            let blurred = filters::gaussian(&image, &options).unwrap();
            let expected = oracle::gaussian(&samples, shape, &options);
            close(&download::<f32>(&blurred), &expected, 2e-5, &format!("{radius:?} {mode:?}"));
        }
    }
}

#[test]
fn gaussian_with_many_channels() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 5, width: 7, channels: 800 };
    let samples = noise(shape, DType::F32, 4);
    let options = Gaussian::new(1.0, 4.0);
    let blurred = filters::gaussian(&upload(&engine, &samples, shape), &options).unwrap();
    close(
        &download::<f32>(&blurred),
        &oracle::gaussian(&samples, shape, &options),
        1e-5,
        "800 channels",
    );
}

#[test]
fn sobel() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 1 };
            let samples = noise(shape, dtype, 5);
            let image = upload(&engine, &samples, shape);
            for axis in [None, Some(0), Some(1)] {
                for mode in MODES {
                    if (height, width) == (256, 256) && mode != BorderMode::Reflect {
                        continue;
                    }
                    let options = Sobel { axis, border: Border { mode, cval: 0.5 } };
                    let edges = filters::sobel(&image, &options).unwrap();
                    let expected = oracle::sobel(&samples, shape, &options);
                    close(
                        &download::<f32>(&edges),
                        &expected,
                        1e-4,
                        &format!("{dtype:?} {shape:?} {axis:?} {mode:?}"),
                    );
                }
            }
        }
    }
}

#[test]
fn threshold_otsu() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 1 };
            let samples = match noise(shape, dtype, 6) {
                // Whole 32-bit range: refused, see below.
                Samples::I32(values) => Samples::I32(values.iter().map(|v| v % 1000).collect()),
                other => other,
            };
            let image = upload(&engine, &samples, shape);
            for nbins in [2, 256, 5000] {
                let expected = oracle::threshold_otsu(&samples, nbins as usize);
                assert_eq!(
                    filters::threshold_otsu(&image, nbins),
                    Ok(expected),
                    "{dtype:?} {shape:?} {nbins}"
                );
            }
        }
    }
}

#[test]
fn threshold_otsu_refuses_what_has_no_histogram() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 3, channels: 1 };
    let otsu = |samples: Samples| {
        filters::threshold_otsu(&upload(&engine, &samples, shape), 256).map_err(|e| e.code())
    };
    assert_eq!(otsu(Samples::F32(vec![0.0, f32::NAN, 1.0])), Err("ERR_GPU_VALUE"));
    assert_eq!(otsu(Samples::F32(vec![0.0, f32::INFINITY, 1.0])), Err("ERR_GPU_VALUE"));
    assert_eq!(otsu(Samples::F32(vec![1.0, 1.0, 1.0 + f32::EPSILON])), Err("ERR_GPU_VALUE"));
    assert_eq!(otsu(Samples::I32(vec![i32::MIN, 0, i32::MAX])), Err("ERR_GPU_UNSUPPORTED"));
    assert_eq!(otsu(Samples::F32(vec![0.1; 3])), Ok(f64::from(0.1_f32)));
    assert_eq!(otsu(Samples::I32(vec![-7; 3])), Ok(-7.0));
    assert_eq!(otsu(Samples::I32(vec![-7, -7, 9])), Ok(-7.0));
    assert_eq!(otsu(Samples::U16(vec![65_535, 0, 0])), Ok(0.0));
}
