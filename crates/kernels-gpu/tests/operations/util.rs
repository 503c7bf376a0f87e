//! `util.*`

use tagswitch_kernels_gpu::{Shape, util};

use crate::DTYPES;
use crate::oracle::{self, Samples};
use crate::support::{SHAPES, download, noise, require_gpu, upload};

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
