//! `util.*`

use tagswitch_kernels_gpu::{Shape, util};

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
