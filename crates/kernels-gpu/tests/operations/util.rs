//! `util.*`

use tagswitch_kernels_gpu::{DType, Shape, util};

use crate::DTYPES;
use crate::oracle::{self, Samples};
use crate::support::{SHAPES, bytes_of, download, noise, require_gpu, upload};

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

/// Values about which dtypes part, beside noise.
fn hard(shape: Shape, dtype: DType, seed: u64) -> Samples {
    let mut samples = noise(shape, dtype, seed);
    let turn = seed as usize;
    match &mut samples {
        Samples::U8(_) => {}
        Samples::U16(values) => values.iter_mut().step_by(3).for_each(|value| *value %= 256),
        Samples::I32(values) => {
            let hard =
                [0, -1, 1, 2, i32::MAX, i32::MIN, 16_777_217, -16_777_217, 16_777_216, 255, -2];
            for (i, value) in values.iter_mut().enumerate() {
                *value = hard[(i + i / 19 * turn) % hard.len()];
            }
        }
        Samples::F32(values) => {
            let hard = [
                0.0,
                -0.0,
                0.5,
                -0.5,
                1e-40,
                -1e-40,
                1.0,
                -1.0,
                -1.5,
                2.5,
                255.0,
                254.5,
                f32::NAN,
                16_777_216.0,
                -16_777_218.0,
                2_147_483_648.0,
                2_147_483_520.0,
                -2_147_483_648.0,
                f32::INFINITY,
                f32::NEG_INFINITY,
                3e38,
                -3e38,
                -f32::NAN,
            ];
            for (i, value) in values.iter_mut().enumerate() {
                *value = hard[(i + i / 17 * turn) % hard.len()];
            }
        }
    }
    samples
}

#[test]
fn greater_than_thresholds_of_any_dtype() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let samples = hard(shape, dtype, 1);
            let image = upload(&engine, &samples, shape);
            for of_thresholds in DTYPES {
                let thresholds = hard(shape, of_thresholds, 2);
                let limits = upload(&engine, &thresholds, shape);
                let mask = download::<u8>(&util::greater_than(&image, &limits).unwrap());
                let expected = oracle::greater_than(&samples, &thresholds);
                assert_eq!(mask, expected, "{dtype:?} than {of_thresholds:?}, {shape:?}");
            }
        }
    }
    let image = |height, width, channels| {
        let shape = Shape { height, width, channels };
        upload(&engine, &noise(shape, DType::U8, 1), shape)
    };
    let code = |a, b| util::greater_than(&a, &b).unwrap_err().code();
    assert_eq!(code(image(2, 3, 1), image(3, 2, 1)), "ERR_GPU_ARGUMENT");
    assert_eq!(code(image(2, 3, 3), image(2, 3, 3)), "ERR_GPU_ARGUMENT");
}

#[test]
fn invert() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            for channels in [1, 3, 4] {
                let shape = Shape { height, width, channels };
                let samples = noise(shape, dtype, 8);
                let image = upload(&engine, &samples, shape);
                for signed_float in [false, true] {
                    let inverted = util::invert(&image, signed_float).unwrap();
                    assert_eq!((inverted.shape(), inverted.dtype()), (shape, dtype));
                    let expected = oracle::invert(&samples, signed_float);
                    assert!(
                        bytes_of(&inverted) == expected.bytes(),
                        "{dtype:?} {shape:?} {signed_float}"
                    );
                }
            }
        }
    }
}

#[test]
fn invert_keeps_what_is_no_number() {
    let Some(engine) = require_gpu() else { return };
    let values = vec![f32::NAN, f32::INFINITY, f32::NEG_INFINITY];
    let shape = Shape { height: 1, width: 3, channels: 1 };
    let image = upload(&engine, &Samples::F32(values), shape);
    for signed_float in [false, true] {
        let found = download::<f32>(&util::invert(&image, signed_float).unwrap());
        assert!(found[0].is_nan());
        assert_eq!(found[1..], [f32::NEG_INFINITY, f32::INFINITY]);
    }
}
