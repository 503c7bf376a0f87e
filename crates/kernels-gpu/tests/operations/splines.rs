//! `transform.*` of orders above 1.

use tagswitch_kernels_gpu::transform::{self, Degree, Interpolation, Map, SplineResize, Warp};
use tagswitch_kernels_gpu::{Border, BorderMode, DType, Shape};

use crate::close;
use crate::oracle::{Samples, Spline};
use crate::support::{download, noise, require_gpu, upload};
use crate::transform::maps;

const DEGREES: [Degree; 4] = [Degree::Quadratic, Degree::Cubic, Degree::Quartic, Degree::Quintic];
const MODES: [BorderMode; 5] = [
    BorderMode::Reflect,
    BorderMode::Constant,
    BorderMode::Nearest,
    BorderMode::Mirror,
    BorderMode::Wrap,
];

/// The splines through all channels at places, pixel by pixel.
fn sampled(
    samples: &Samples,
    shape: Shape,
    degree: Degree,
    border: Border,
    places: impl Iterator<Item = [f64; 2]>,
) -> Vec<f64> {
    let values = samples.values();
    let splines: Vec<_> = (0..shape.channels as usize)
        .map(|channel| Spline::through(&values, shape, channel, degree as usize, border))
        .collect();
    places.flat_map(|place| splines.iter().map(move |spline| spline.at(place))).collect()
}

#[test]
fn warp() {
    let Some(engine) = require_gpu() else { return };
    let images = [(DType::U8, 1), (DType::U16, 3), (DType::I32, 2), (DType::F32, 4)];
    for (i, degree) in DEGREES.into_iter().enumerate() {
        for (j, mode) in MODES.into_iter().enumerate() {
            let (dtype, channels) = images[(i + j) % 4];
            let shape = Shape { height: 19, width: 23, channels };
            let samples = noise(shape, dtype, 41);
            let image = upload(&engine, &samples, shape);
            let border = Border { mode, cval: 0.75 };
            let (map, place) = maps().swap_remove((i + 3 * j) % 5);
            let what = format!("{degree:?} {mode:?} {dtype:?} {map:?}");
            let interpolation = Interpolation::Spline(degree);
            let size = [31, 17];
            let options =
                Warp { map, size, interpolation, border, clip: false, preserve_range: true };
            let places = (0..31 * 17).map(|pixel| place(pixel % 17, pixel / 17));
            let expected = sampled(&samples, shape, degree, border, places);
            let warped = transform::warp("transform.warp", &image, &options).unwrap();
            close(&download::<f32>(&warped), &expected, 1e-4, &what);

            let range = samples
                .values()
                .into_iter()
                .fold([f64::INFINITY, f64::NEG_INFINITY], |[least, most], value| {
                    [least.min(value), most.max(value)]
                });
            let reaches = |least: f64, most: f64| {
                mode == BorderMode::Constant && least <= 0.75 && 0.75 <= most
            };
            let found = expected
                .iter()
                .fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], v| [a.min(*v), b.max(*v)]);
            let [least, most] = if reaches(found[0], found[1]) {
                [range[0].min(0.75), range[1].max(0.75)]
            } else {
                range
            };
            let clipped: Vec<_> = expected.iter().map(|value| value.clamp(least, most)).collect();
            let options = Warp { clip: true, ..options };
            let warped = transform::warp("transform.warp", &image, &options).unwrap();
            close(&download::<f32>(&warped), &clipped, 1e-4, &what);
        }
    }
}

#[test]
fn resize() {
    let Some(engine) = require_gpu() else { return };
    let sizes = [[1, 1], [1, 37], [41, 1], [2, 3], [33, 40], [3, 70]];
    for (i, degree) in DEGREES.into_iter().enumerate() {
        for (j, [height, width]) in sizes.into_iter().enumerate() {
            let shape = Shape { height, width, channels: 1 + (i as u32 + j as u32) % 3 };
            let samples = noise(shape, DType::F32, 42);
            let image = upload(&engine, &samples, shape);
            let border = Border { mode: MODES[(i + j) % 5], cval: -0.5 };
            let size = [2 * height, width.div_ceil(2) + 1];
            let options = SplineResize { degree, size, border, clip: None, preserve_range: false };
            let centre = |at: usize, from: u32, to: u32| {
                (at as f64 + 0.5) * (f64::from(from) / f64::from(to)) - 0.5
            };
            let columns = size[1] as usize;
            let places = (0..size[0] as usize * columns).map(|pixel| {
                [centre(pixel % columns, width, size[1]), centre(pixel / columns, height, size[0])]
            });
            let expected = sampled(&samples, shape, degree, border, places);
            let resized = transform::resize_on_spline("transform.resize", &image, &options);
            let what = format!("{degree:?} {:?} {shape:?}", border.mode);
            close(&download::<f32>(&resized.unwrap()), &expected, 1e-4, &what);

            let options = SplineResize { size: [height, width], ..options };
            let same = transform::resize_on_spline("transform.resize", &image, &options);
            assert_eq!(download::<f32>(&same.unwrap()), download::<f32>(&image), "{what}");
        }
    }
}

#[test]
fn nan_spreads_over_its_channel() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 50, width: 70, channels: 2 };
    let Samples::F32(mut values) = noise(shape, DType::F32, 43) else { return };
    values[(7 * 70 + 61) * 2 + 1] = f32::NAN;
    let image = upload(&engine, &Samples::F32(values), shape);
    let map = Map::Projective([1.0, 0.0, 0.25, 0.0, 1.0, 0.25, 0.0, 0.0, 1.0]);
    for mode in MODES {
        let options = Warp {
            map: map.clone(),
            size: [40, 60],
            interpolation: Interpolation::Spline(Degree::Cubic),
            border: Border { mode, cval: 0.0 },
            clip: true,
            preserve_range: false,
        };
        let warped = transform::warp("transform.warp", &image, &options).unwrap();
        let lost = |pixel: &[f32]| !pixel[0].is_nan() && pixel[1].is_nan();
        assert!(download::<f32>(&warped).chunks(2).all(lost), "{mode:?}");
    }
}
