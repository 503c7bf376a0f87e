//! `color.*`, from one colour space to another.

use tagswitch_kernels_gpu::{DType, GpuImage, Result, Shape, color, util};

use crate::oracle::Samples;
use crate::support::{SHAPES, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

const WHITE: [f32; 3] = [0.95047, 1.0, 1.08883];

type Conversion = fn(&GpuImage) -> Result<GpuImage>;

/// There and back.
const PAIRS: [(&str, Conversion, Conversion); 3] = [
    ("hsv", color::rgb2hsv, color::hsv2rgb),
    ("xyz", color::rgb2xyz, color::xyz2rgb),
    ("lab", |rgb| color::rgb2lab(rgb, WHITE), |lab| color::lab2rgb(lab, WHITE)),
];

#[test]
fn the_way_back_leads_to_the_start() {
    let Some(engine) = require_gpu() else { return };
    for dtype in [DType::U8, DType::U16, DType::F32] {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 3 };
            let samples = noise(shape, dtype, 31);
            let rgb = upload(&engine, &samples, shape);
            for (name, there, back) in PAIRS {
                let found = back(&there(&rgb).unwrap()).unwrap();
                assert_eq!((found.shape(), found.dtype()), (shape, DType::F32));
                let what = format!("{name} {dtype:?} {shape:?}");
                close(&download::<f32>(&found), &samples.intensities(), 1e-3, &what);
            }
        }
    }
}

// Expected values: skimage.color of scikit-image 0.26.0.
#[test]
fn one_pixel_in_every_space() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 1, channels: 3 };
    let rgb = upload(&engine, &Samples::F32(vec![0.25, 0.5, 0.75]), shape);
    let expected = [
        [0.583_333_333, 0.666_666_667, 0.75],
        [0.191795733, 0.201603389, 0.523009933],
        [52.0180116, 0.0906312, -39.3593697],
    ];
    for ((name, there, _), expected) in PAIRS.into_iter().zip(expected) {
        close(&download::<f32>(&there(&rgb).unwrap()), &expected, 1e-5, name);
    }
}

#[test]
fn hues_beside_infinities() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 5, channels: 3 };
    let infinite = f32::INFINITY;
    let samples = [
        [1.0, -infinite, 0.5],
        [-1.0, -2.0, -infinite],
        [infinite, 1.0, 0.5],
        [0.5, infinite, -1.0],
        [infinite, 0.0, infinite],
    ];
    let hsv = color::rgb2hsv(&upload(&engine, &Samples::F32(samples.concat()), shape)).unwrap();
    let expected = [
        [0.0, infinite, 1.0],
        [0.0, -infinite, -1.0],
        [0.0, 0.0, infinite],
        [1.0 / 3.0, 0.0, infinite],
        [0.0, 0.0, infinite],
    ];
    assert_eq!(download::<f32>(&hsv), expected.concat());
}

#[test]
fn infinities_that_cancel_make_no_colour() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 2, channels: 3 };
    let infinite = f32::INFINITY;
    let image =
        upload(&engine, &Samples::F32(vec![infinite, infinite, 0.0, 0.0, infinite, 0.0]), shape);
    let rgb = download::<f32>(&color::xyz2rgb(&image).unwrap());
    assert!(rgb[..3].iter().all(|sample| sample.is_nan()), "{rgb:?}");
    assert_eq!(rgb[3..], [0.0, 1.0, 0.0]);
}

#[test]
fn rgba2rgb() {
    let Some(engine) = require_gpu() else { return };
    let background = [1.0, 0.5, 0.25];
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 4 };
            let samples = noise(shape, dtype, 32);
            let rgb = color::rgba2rgb(&upload(&engine, &samples, shape), background).unwrap();
            assert_eq!(rgb.shape(), Shape { channels: 3, ..shape });
            let blend = |pixel: &[f64]| -> [f64; 3] {
                let of = |i: usize| {
                    let behind = (1.0 - pixel[3]) * f64::from(background[i]);
                    (behind + pixel[3] * pixel[i]).clamp(0.0, 1.0)
                };
                [of(0), of(1), of(2)]
            };
            let expected: Vec<f64> = samples.intensities().chunks(4).flat_map(blend).collect();
            close(&download::<f32>(&rgb), &expected, 1e-5, &format!("{dtype:?} {shape:?}"));
        }
    }
}

#[test]
fn rgba2rgb_of_infinities() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 2, channels: 4 };
    let infinite = f32::INFINITY;
    // ∞ - ∞ by opacity; one channel beyond white, one below black.
    let samples = [0.5, -0.5, 0.5, infinite, infinite, -infinite, 0.5, 0.5];
    let image = upload(&engine, &Samples::F32(samples.to_vec()), shape);
    let rgb = download::<f32>(&color::rgba2rgb(&image, [1.0, 1.0, 0.25]).unwrap());
    assert!(rgb[0].is_nan() && rgb[2].is_nan(), "{rgb:?}");
    assert_eq!(rgb[1], 0.0);
    assert_eq!(rgb[3..], [1.0, 0.0, 0.375]);
}

#[test]
fn img_as_float() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 2 };
            let samples = noise(shape, dtype, 33);
            let floats = util::img_as_float(&upload(&engine, &samples, shape)).unwrap();
            assert_eq!((floats.shape(), floats.dtype()), (shape, DType::F32));
            let what = format!("{dtype:?} {shape:?}");
            close(&download::<f32>(&floats), &samples.intensities(), 1e-6, &what);
        }
    }
}
