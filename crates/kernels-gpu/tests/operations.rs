//! Every operation against plain Rust, on whatever adapter there is.
//!
//! Without one the tests say so and pass, unless `TAGSWITCH_REQUIRE_GPU` is 1.

mod oracle;
mod support;

use oracle::Samples;
use support::{SHAPES, download, noise, require_gpu, upload};
use tagswitch_kernels_gpu::filters::{Gaussian, Sobel};
use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::{Border, BorderMode, DType, Shape, color, filters, measure, util};

const DTYPES: [DType; 4] = [DType::U8, DType::U16, DType::I32, DType::F32];
const MODES: [BorderMode; 5] = [
    BorderMode::Reflect,
    BorderMode::Constant,
    BorderMode::Nearest,
    BorderMode::Mirror,
    BorderMode::Wrap,
];

fn close(found: &[f32], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let largest = expected.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
    for (i, (&a, &b)) in found.iter().zip(expected).enumerate() {
        let error = (f64::from(a) - b).abs();
        assert!(
            error <= tolerance * b.abs().max(0.05 * largest),
            "{what}: sample {i} is {a}, expected {b}"
        );
    }
}

#[test]
fn rgb2gray() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 3 };
            let samples = noise(shape, dtype, 1);
            let gray = color::rgb2gray(&upload(&engine, &samples, shape)).unwrap();
            assert_eq!(gray.shape(), Shape { channels: 1, ..shape });
            close(
                &download::<f32>(&gray),
                &oracle::rgb2gray(&samples),
                1e-5,
                &format!("{dtype:?} {shape:?}"),
            );
        }
    }
}

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

#[test]
fn greater() {
    let Some(engine) = require_gpu() else { return };
    let thresholds = [
        0.5,
        -0.5,
        127.0,
        127.5,
        0.0,
        1e-40,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        -3e9,
        3e9,
    ];
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 1 };
            let mut samples = noise(shape, dtype, 7);
            if let Samples::F32(values) = &mut samples {
                for (i, special) in [f32::NAN, -0.0, 1e-40, f32::INFINITY, f32::NEG_INFINITY, 127.5]
                    .iter()
                    .enumerate()
                {
                    if let Some(value) = values.get_mut(2 * i) {
                        *value = *special;
                    }
                }
            }
            let image = upload(&engine, &samples, shape);
            for threshold in thresholds {
                let mask = download::<u8>(&util::greater(&image, threshold).unwrap());
                let expected = oracle::greater(&samples, threshold);
                assert_eq!(mask, expected, "{dtype:?} {shape:?} {threshold}");
            }
        }
    }
}

#[test]
fn label() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            for levels in [2, 3] {
                let samples = oracle::levels(&noise(shape, DType::U16, 8 + levels), levels, dtype);
                let image = upload(&engine, &samples, shape);
                for connectivity in [Connectivity::Four, Connectivity::Eight] {
                    for background in [0, 1, -1, 1 << 40] {
                        let labels = measure::label(&image, background, connectivity).unwrap();
                        let expected = oracle::label(&samples, shape, background, connectivity);
                        assert_eq!(
                            download::<i32>(&labels),
                            expected,
                            "{dtype:?} {shape:?} {levels} levels, {connectivity:?}, background {background}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn label_of_hard_shapes() {
    let Some(engine) = require_gpu() else { return };
    let (height, width) = (97, 130);
    let shape = Shape { height, width, channels: 1 };
    let pattern = |inside: &dyn Fn(u32, u32) -> bool| {
        Samples::U8((0..height * width).map(|i| u8::from(inside(i / width, i % width))).collect())
    };
    let patterns = [
        pattern(&|_, _| true),
        pattern(&|_, _| false),
        pattern(&|y, x| (y + x) % 2 == 0),
        // A comb open at the top: joined by the last row alone.
        pattern(&|y, x| x % 2 == 0 || y == height - 1),
        // A snake.
        pattern(&|y, x| y % 2 == 0 || (if y % 4 == 1 { x == width - 1 } else { x == 0 })),
        // Frames in frames.
        pattern(&|y, x| y.min(x).min(height - 1 - y).min(width - 1 - x) % 2 == 0),
        // Rising and falling diagonals.
        pattern(&|y, x| (y + x) % 5 == 0 || (y + 2 * width - x) % 7 == 0),
    ];
    for (i, samples) in patterns.iter().enumerate() {
        let image = upload(&engine, samples, shape);
        for connectivity in [Connectivity::Four, Connectivity::Eight] {
            let labels = measure::label(&image, 0, connectivity).unwrap();
            let expected = oracle::label(samples, shape, 0, connectivity);
            assert_eq!(download::<i32>(&labels), expected, "pattern {i}, {connectivity:?}");
        }
    }
}

#[test]
fn label_cuts_floats_and_takes_nan_for_background() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 4, channels: 1 };
    let samples =
        Samples::F32(vec![1.2, 1.8, -0.4, f32::NAN, -1.5, f32::INFINITY, f32::INFINITY, 3e9]);
    let labels = measure::label(&upload(&engine, &samples, shape), 0, Connectivity::Four).unwrap();
    assert_eq!(download::<i32>(&labels), [1, 1, 0, 0, 2, 3, 3, 4]);
}

#[test]
fn label2rgb() {
    let Some(engine) = require_gpu() else { return };
    let options = color::Label2Rgb {
        bg_label: 0,
        bg_color: Some([0.1, 0.2, 0.3]),
        colors: vec![[1.0, 0.0, 0.0], [0.0, 1.0, 0.5], [0.25, 0.5, 1.0]],
        alpha: 0.3,
        image_alpha: 0.8,
        saturation: 0.4,
    };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        let mask = oracle::levels(&noise(shape, DType::U16, 20), 3, DType::U8);
        for label_dtype in [DType::U8, DType::U16, DType::I32] {
            let labels = oracle::levels(&noise(shape, DType::U16, 21), 7, label_dtype);
            let on_gpu = upload(&engine, &labels, shape);
            for image_dtype in DTYPES {
                for channels in [0, 1, 3] {
                    for (bg_label, bg_color) in [
                        (0, options.bg_color),
                        (3, options.bg_color),
                        (3, None),
                        (-9, None),
                        (1 << 40, None),
                    ] {
                        let options = color::Label2Rgb { bg_label, bg_color, ..options.clone() };
                        let under = Shape { channels, ..shape };
                        let image = (channels > 0).then(|| noise(under, image_dtype, 22));
                        let image_on_gpu =
                            image.as_ref().map(|samples| upload(&engine, samples, under));
                        let overlay =
                            color::label2rgb(&on_gpu, image_on_gpu.as_ref(), &options).unwrap();
                        let expected = oracle::label2rgb(&labels, image.as_ref(), shape, &options);
                        let what = format!(
                            "{shape:?} {label_dtype:?} {image_dtype:?} × {channels}, {bg_label}"
                        );
                        close(&download::<f32>(&overlay), &expected, 1e-5, &what);
                    }
                }
            }
        }
        // Labels that number themselves take another way.
        let labels =
            measure::label(&upload(&engine, &mask, shape), 0, Connectivity::Eight).unwrap();
        let expected =
            oracle::label2rgb(&Samples::I32(download::<i32>(&labels)), None, shape, &options);
        close(
            &download::<f32>(&color::label2rgb(&labels, None, &options).unwrap()),
            &expected,
            1e-6,
            "numbered",
        );
    }
}

#[test]
fn arguments_that_do_not_fit_are_refused() {
    let Some(engine) = require_gpu() else { return };
    let gray =
        upload(&engine, &Samples::F32(vec![0.0; 6]), Shape { height: 2, width: 3, channels: 1 });
    let rgb = upload(&engine, &Samples::U8(vec![0; 6]), Shape { height: 1, width: 2, channels: 3 });
    let code = |result: Result<
        tagswitch_kernels_gpu::GpuImage,
        tagswitch_kernels_gpu::GpuError,
    >| { result.map(|_| ()).unwrap_err().code() };
    let options = color::Label2Rgb {
        bg_label: 0,
        bg_color: None,
        colors: vec![],
        alpha: 0.3,
        image_alpha: 1.0,
        saturation: 0.0,
    };
    let argument = "ERR_GPU_ARGUMENT";
    assert_eq!(code(color::rgb2gray(&gray)), argument);
    assert_eq!(code(filters::sobel(&rgb, &Sobel::default())), argument);
    assert_eq!(code(filters::sobel(&gray, &Sobel { axis: Some(2), ..Sobel::default() })), argument);
    assert_eq!(code(filters::gaussian(&gray, &Gaussian::new(f64::NAN, 4.0))), argument);
    assert_eq!(filters::threshold_otsu(&rgb, 256).unwrap_err().code(), argument);
    assert_eq!(code(util::greater(&rgb, 0.0)), argument);
    assert_eq!(code(measure::label(&rgb, 0, Connectivity::Eight)), argument);
    assert_eq!(code(color::label2rgb(&gray, None, &options)), argument);
    let labels = measure::label(&gray, 0, Connectivity::Eight).unwrap();
    assert_eq!(code(color::label2rgb(&labels, None, &options)), argument);
    let options = color::Label2Rgb { colors: vec![[0.0; 3]], ..options };
    assert_eq!(code(color::label2rgb(&labels, Some(&rgb), &options)), argument);
}
