//! Masks of edges.

use tagswitch_kernels_gpu::{DType, Shape, filters};

use crate::DTYPES;
use crate::oracle::{self, Samples};
use crate::support::{SHAPES, download, noise, require_gpu, upload};

#[test]
fn mask_edges() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        let mut edges = noise(shape, DType::F32, 9);
        if let Samples::F32(values) = &mut edges {
            values.iter_mut().step_by(7).for_each(|edge| *edge = f32::INFINITY);
            values.iter_mut().step_by(11).for_each(|edge| *edge = f32::NAN);
        }
        let Samples::F32(values) = &edges else { unreachable!() };
        let on_gpu = upload(&engine, &edges, shape);
        for dtype in DTYPES {
            let mut mask = oracle::levels(&noise(shape, DType::U16, 10), 25, dtype);
            if let Samples::F32(values) = &mut mask {
                // Small numbers count, and neither zero.
                values.iter_mut().for_each(|value| *value *= -1e-42);
            }
            let limits = upload(&engine, &mask, shape);
            let masked = filters::mask_edges("m", &on_gpu, &limits).unwrap();
            let expected = oracle::mask_edges(values, &mask, shape);
            for (i, (found, right)) in download::<f32>(&masked).iter().zip(&expected).enumerate() {
                let same = found == right || (found.is_nan() && right.is_nan());
                assert!(same, "{dtype:?} {shape:?}: edge {i} is {found}, expected {right}");
            }
        }
    }
    let image = |height, dtype| {
        let shape = Shape { height, width: 3, channels: 1 };
        upload(&engine, &noise(shape, dtype, 1), shape)
    };
    let code = |edges, mask| filters::mask_edges("m", &edges, &mask).unwrap_err().code();
    assert_eq!(code(image(2, DType::F32), image(3, DType::U8)), "ERR_GPU_ARGUMENT");
    assert_eq!(code(image(2, DType::U8), image(2, DType::U8)), "ERR_GPU_ARGUMENT");
}
