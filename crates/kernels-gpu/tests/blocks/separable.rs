use tagswitch_kernels_gpu::{Border, BorderMode, DType, Shape, blocks};

use crate::oracle::{self, Samples};
use crate::support::{SHAPES, download, noise, require_gpu, upload};

/// One weight after the other.
fn filtered(samples: &Samples, shape: Shape, kernels: &[Vec<f32>; 2], border: Border) -> Vec<f64> {
    let (h, w, c) = (i64::from(shape.height), i64::from(shape.width), shape.channels as usize);
    let pass = |source: &[f64], weights: &[f32], down: bool| -> Vec<f64> {
        let radius = weights.len() as i64 / 2;
        let value = |i: usize| {
            let (y, x, channel) = ((i / c) as i64 / w, (i / c) as i64 % w, i % c);
            let tap = |(k, weight): (i64, &f32)| {
                let (y, x) = if down { (y + k, x) } else { (y, x + k) };
                let rows = oracle::border(y, h, border.mode);
                let place = rows.zip(oracle::border(x, w, border.mode));
                let at = |(y, x): (usize, usize)| source[(y * w as usize + x) * c + channel];
                f64::from(*weight) * place.map_or(border.cval, at)
            };
            (-radius..).zip(weights).map(tap).sum()
        };
        (0..source.len()).map(value).collect()
    };
    pass(&pass(&samples.values(), &kernels[0], true), &kernels[1], false)
}

#[test]
fn any_weights_down_and_across() {
    let Some(engine) = require_gpu() else { return };
    // Neither even nor odd, so that nothing turned round is the same; as long as shaders hold, and longer.
    let weights = |count: u32, sign: f32| -> Vec<f32> {
        let weight = |i: u32| ((i * 7 + 3) % 11) as f32 / 16.0 + sign * i as f32 / count as f32;
        (0..count).map(weight).collect()
    };
    let kernels = [
        [weights(3, -1.0), weights(5, 1.0)],
        [weights(1, 0.0), weights(67, -1.0)],
        [weights(133, -1.0), vec![1.0]],
    ];
    let modes = [
        BorderMode::Reflect,
        BorderMode::Constant,
        BorderMode::Nearest,
        BorderMode::Mirror,
        BorderMode::Wrap,
    ];
    for (height, width) in SHAPES {
        for (mode, (dtype, channels)) in modes.into_iter().zip([
            (DType::U8, 1),
            (DType::U8, 3),
            (DType::U16, 2),
            (DType::I32, 1),
        ]) {
            let shape = Shape { height, width, channels };
            let samples = noise(shape, dtype, 43);
            let image = upload(&engine, &samples, shape);
            let border = Border { mode, cval: -2.5 };
            for kernels in &kernels {
                let found = blocks::separable(&image, kernels, border).unwrap();
                let expected = filtered(&samples, shape, kernels, border);
                let largest = expected.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
                for (a, b) in download::<f32>(&found).into_iter().zip(expected) {
                    let what = format!("{dtype:?} {shape:?} {mode:?} {}", kernels[0].len());
                    assert!((f64::from(a) - b).abs() <= 2e-5 * largest, "{what}: {a} {b}");
                }
            }
        }
    }
}
