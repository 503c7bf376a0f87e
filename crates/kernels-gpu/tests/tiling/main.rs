//! Images beyond a binding's limit: the same results, bit by bit. One test at a time, as the limit is the engine's.

mod exposure;
mod feature;
mod gabor;
mod label;
mod limited;
mod morphology;
mod noise_by_place;
#[path = "../oracle/mod.rs"]
mod oracle;
mod refusals;
mod segmentation;
mod sums;
#[path = "../support/mod.rs"]
mod support;
mod transform;

use limited::Limited;
use oracle::Samples;
use support::{bytes_of, download, noise, upload};
use tagswitch_kernels_gpu::filters::{EdgeFilter, EdgeOperator, Gaussian, LocalThreshold, Median};
use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::{
    Border, BorderMode, DType, GpuImage, Result, Shape, color, filters, measure, util,
};

const DTYPES: [DType; 4] = [DType::U8, DType::U16, DType::I32, DType::F32];
const MODES: [BorderMode; 5] = [
    BorderMode::Reflect,
    BorderMode::Constant,
    BorderMode::Nearest,
    BorderMode::Mirror,
    BorderMode::Wrap,
];
/// Odd and even sizes, narrow and wide ones, rows that begin at no alignment.
const SHAPES: [(u32, u32); 5] = [(67, 43), (200, 7), (5, 61), (96, 64), (4001, 1)];

fn bits(image: Result<GpuImage>) -> Vec<u32> {
    download(&image.unwrap())
}

#[test]
fn gaussian() {
    let Some(limited) = Limited::new() else { return };
    for (dtype, channels) in
        [(DType::U8, 1), (DType::U8, 3), (DType::U16, 3), (DType::I32, 2), (DType::F32, 1)]
    {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels };
            let image = upload(&limited.engine, &noise(shape, dtype, 1), shape);
            let down = if height < 10 { 1 } else { 3 };
            for mode in MODES {
                let options = Gaussian {
                    sigma: [0.8, 1.1],
                    radius: [down, 4],
                    border: Border { mode, cval: 0.25 },
                    preserve_range: channels == 2,
                };
                let row = u64::from(width) * u64::from(channels) * 4;
                let least = ((2 * u64::from(down) + 1) * row + 260).max(1024);
                limited.same(
                    &[least, least + 2 * row, 2 * least + 1000],
                    &format!("{dtype:?} {shape:?} {mode:?}"),
                    || bits(filters::gaussian(&image, &options)),
                );
            }
        }
    }
}

#[test]
fn gaussian_with_radii_beyond_what_shaders_hold_and_one_axis() {
    let Some(limited) = Limited::new() else { return };
    let shape = Shape { height: 211, width: 23, channels: 1 };
    for dtype in [DType::U8, DType::F32] {
        let image = upload(&limited.engine, &noise(shape, dtype, 2), shape);
        for radius in [[0, 0], [40, 0], [0, 40], [70, 128]] {
            for mode in MODES {
                let options = Gaussian {
                    sigma: radius.map(|r| f64::from(r) / 3.0),
                    radius,
                    border: Border { mode, cval: -1.0 },
                    preserve_range: false,
                };
                limited.same(&[14_000, 17_000], &format!("{dtype:?} {radius:?} {mode:?}"), || {
                    bits(filters::gaussian(&image, &options))
                });
            }
        }
    }
}

#[test]
fn neighbours() {
    let Some(limited) = Limited::new() else { return };
    for (dtype, (height, width)) in DTYPES.into_iter().flat_map(|d| SHAPES.map(|size| (d, size))) {
        let shape = Shape { height, width, channels: 1 };
        if shape.pixels() <= 1024 {
            continue; // fits whatever the limit
        }
        let image = upload(&limited.engine, &noise(shape, dtype, 3), shape);
        for mode in [BorderMode::Constant, BorderMode::Mirror, BorderMode::Wrap] {
            let border = Border { mode, cval: 0.5 };
            let name = format!("{dtype:?} {shape:?} {mode:?}");
            for operator in [EdgeOperator::Sobel, EdgeOperator::Farid] {
                let options = EdgeFilter { operator, axis: None, border };
                limited.same(&[1700, 3000], &name, || bits(filters::edges(&image, &options)));
            }
            for side in [3, 7] {
                let options = Median::square(side, border);
                limited.same(&[1024 * dtype.bytes() as u64], &name, || {
                    bytes_of(&filters::median(&image, &options).unwrap())
                });
            }
        }
    }
}

#[test]
fn masks_and_local_thresholds() {
    let Some(limited) = Limited::new() else { return };
    for (dtype, (height, width)) in DTYPES.into_iter().flat_map(|d| SHAPES.map(|size| (d, size))) {
        let shape = Shape { height, width, channels: 1 };
        if shape.pixels() <= 1024 {
            continue; // fits whatever the limit
        }
        let name = format!("{dtype:?} {shape:?}");
        let border = Border { mode: BorderMode::Wrap, cval: 0.0 };
        let image = upload(&limited.engine, &noise(shape, dtype, 3), shape);
        let edges = upload(&limited.engine, &noise(shape, DType::F32, 8), shape);
        let mask =
            upload(&limited.engine, &oracle::levels(&noise(shape, DType::U16, 9), 9, dtype), shape);
        limited.same(&[1700, 3000], &name, || bits(filters::mask_edges("m", &edges, &mask)));
        for (threshold, least) in [
            (LocalThreshold::Mean { window: [5, 3] }, 5),
            (LocalThreshold::Median { window: [3, 3] }, 5),
        ] {
            let limits = [(least * u64::from(width) * 4 + 700).max(1024), 4000];
            limited.same(&limits, &name, || {
                bits(filters::threshold_local(&image, threshold, border, 0.1))
            });
        }
    }
}

#[test]
fn pixels_by_themselves() {
    let Some(limited) = Limited::new() else { return };
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 1 };
            let colors = Shape { channels: 3, ..shape };
            let rgb = upload(&limited.engine, &noise(colors, dtype, 4), colors);
            let what = format!("{dtype:?} {shape:?}");
            let limits =
                [1024, 1536, 3072, 5000].map(|limit| limit.max(256 * 3 * dtype.bytes() as u64));
            if shape.pixels() > 1024 {
                limited.same(&limits, &what, || bytes_of(&util::invert(&rgb, false).unwrap()));
                limited.same(&limits, &what, || bits(color::rgb2gray(&rgb)));
                let image = upload(&limited.engine, &noise(shape, dtype, 5), shape);
                limited.same(&limits, &what, || bytes_of(&color::gray2rgb(&image).unwrap()));
                for of_thresholds in DTYPES {
                    let thresholds =
                        upload(&limited.engine, &noise(shape, of_thresholds, 6), shape);
                    limited.same(&limits[..2], &what, || {
                        download::<u8>(&util::greater_than(&image, &thresholds).unwrap())
                    });
                }
                for threshold in [0.5, 100.0, -1.0] {
                    limited.same(&limits[..2], &what, || {
                        download::<u8>(&util::greater(&image, threshold).unwrap())
                    });
                }
            }
        }
    }
}

#[test]
fn label2rgb() {
    let Some(limited) = Limited::new() else { return };
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
        let levels = noise(shape, DType::U16, 6);
        for label_dtype in [DType::U8, DType::I32] {
            let labels = oracle::levels(&levels, 7, label_dtype);
            let labels = upload(&limited.engine, &labels, shape);
            for image_dtype in DTYPES {
                for channels in [0, 1, 3] {
                    let under = Shape { channels, ..shape };
                    let image = (channels > 0)
                        .then(|| upload(&limited.engine, &noise(under, image_dtype, 7), under));
                    let what = format!("{shape:?} {label_dtype:?} {image_dtype:?} × {channels}");
                    limited.same(&[3072, 3500], &what, || {
                        bits(color::label2rgb(&labels, image.as_ref(), &options))
                    });
                }
            }
        }
        // Labels that number themselves take another way.
        let mask = upload(&limited.engine, &oracle::levels(&levels, 2, DType::U8), shape);
        let labels = measure::label(&mask, 0, Connectivity::Four).unwrap();
        limited.same(&[3072, 7000], "numbered", || bits(color::label2rgb(&labels, None, &options)));
    }
}

#[test]
fn histogram() {
    let Some(limited) = Limited::new() else { return };
    for (height, width) in [(67, 43), (4001, 1), (300, 301)] {
        let shape = Shape { height, width, channels: 1 };
        let count = |samples: &Samples, nbins: u32, limits: &[u64]| {
            let image = upload(&limited.engine, samples, shape);
            let what = format!("{:?} {shape:?} {nbins}", samples.dtype());
            limited.same(limits, &what, || {
                filters::threshold_histogram("h", &image, Some(nbins)).unwrap()
            });
        };
        count(&noise(shape, DType::U8, 8), 256, &[1024, 2000]);
        count(&noise(shape, DType::F32, 9), 256, &[1200, 3333]);
        count(&oracle::levels(&noise(shape, DType::U16, 11), 200, DType::I32), 256, &[1024, 1500]);
    }
    // A bin for each of 65,536 levels is bound whole.
    let shape = Shape { height: 513, width: 515, channels: 1 };
    let image = upload(&limited.engine, &noise(shape, DType::U16, 12), shape);
    let count = || filters::threshold_histogram("h", &image, Some(256));
    limited.same(&[262_144, 300_001], "u16", || count().unwrap());
    limited.engine.set_largest_binding(100_000);
    let error = count().unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_LIMIT");
    assert!(error.to_string().contains("takes 262144 bytes"), "{error}");
}

#[test]
fn more_tiles_than_one_submission_takes() {
    let Some(limited) = Limited::new() else { return };
    let shape = Shape { height: 4000, width: 61, channels: 1 };
    let image = upload(&limited.engine, &noise(shape, DType::F32, 13), shape);
    // A tile for each row or two, and tables that outlive the first submission.
    let options = Gaussian::new(0.5, 2.0);
    limited.same(&[1024, 1300], "gaussian", || bits(filters::gaussian(&image, &options)));
    limited.same(&[1100], "chain", || {
        let blurred = filters::gaussian(&image, &options).unwrap();
        let edges = filters::edges(&blurred, &EdgeFilter::new(EdgeOperator::Sobel)).unwrap();
        let threshold =
            filters::threshold_histogram("h", &edges, Some(256)).unwrap().bin_centers[40];
        download::<u8>(&util::greater(&edges, threshold).unwrap())
    });
}

#[test]
fn an_image_beyond_the_true_limit() {
    let Some(limited) = Limited::new() else { return };
    let limit = limited.engine.largest_binding();
    if limit > 128 << 20 {
        return; // too much for a test
    }
    let width = 8192;
    let height = (limit / 4 / u64::from(width)) as u32 + 6;
    let shape = Shape { height, width, channels: 1 };
    let data: Vec<u8> = (0..shape.samples()).map(|i| (i * i % 251) as u8).collect();
    let edges = |rows: std::ops::Range<u32>| {
        let bytes = &data[(rows.start * width) as usize..(rows.end * width) as usize];
        let shape = Shape { height: rows.end - rows.start, ..shape };
        let image = GpuImage::upload(&limited.engine, bytes, shape, DType::U8).unwrap();
        bits(filters::edges(&image, &EdgeFilter::new(EdgeOperator::Sobel)))
    };
    let found = edges(0..height);
    // Strips that fit, each with a row more at its inner edge.
    let (half, row) = (height / 2, width as usize);
    let (upper, lower) = (edges(0..half + 1), edges(half - 1..height));
    assert!(found[..half as usize * row] == upper[..half as usize * row]);
    assert!(found[half as usize * row..] == lower[row..]);
}
