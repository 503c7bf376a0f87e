//! `transform.*`

use tagswitch_kernels_gpu::transform::{
    self, Degree, Interpolation, Map, Nearest, Resample, Taps, Warp,
};
use tagswitch_kernels_gpu::{Border, BorderMode, DType, GpuImage, Shape};

use crate::close;
use crate::oracle::Samples;
use crate::support::{SHAPES, bytes_of, download, noise, require_gpu, upload};

const EDGE: Border = Border { mode: BorderMode::Nearest, cval: 0.0 };

/// The sample at a place, linear between pixels, the edge going on for ever.
fn linear(values: &[f64], shape: Shape, [column, row]: [f64; 2], channel: usize) -> f64 {
    let at = |row: f64, column: f64| {
        let [row, column] = [(row, shape.height), (column, shape.width)]
            .map(|(place, side)| place.clamp(0.0, f64::from(side) - 1.0) as usize);
        values[(row * shape.width as usize + column) * shape.channels as usize + channel]
    };
    let (left, top) = (column.floor(), row.floor());
    let (across, down) = (column - left, row - top);
    let along = |row| at(row, left) * (1.0 - across) + at(row, left + 1.0) * across;
    along(top) * (1.0 - down) + along(top + 1.0) * down
}

/// Column and row of a pixel's place.
pub type Place = Box<dyn Fn(usize, usize) -> [f64; 2]>;

/// Turned, tilted, tilted with a horizon in sight, round a centre, and anywhere; with the place of a pixel.
pub fn maps() -> Vec<(Map, Place)> {
    let projective = |m: [f64; 9]| -> (Map, Place) {
        let place = move |x: usize, y: usize| {
            let (x, y) = (x as f64, y as f64);
            let below = m[6] * x + m[7] * y + m[8];
            [(m[0] * x + m[1] * y + m[2]) / below, (m[3] * x + m[4] * y + m[5]) / below]
        };
        (Map::Projective(m), Box::new(place))
    };
    let (radius, turn) = (|x: usize| 1.37 * x as f64, |y: usize| 0.21 * y as f64);
    let polar = Map::Polar {
        center: [8.3, 12.9],
        radii: (0..17).map(radius).collect(),
        directions: (0..31).map(|y| [turn(y).cos(), turn(y).sin()]).collect(),
    };
    let place = move |x: usize, y: usize| {
        [radius(x) * turn(y).cos() + 12.9, radius(x) * turn(y).sin() + 8.3]
    };
    let wander = |x: usize, y: usize| {
        let (x, y) = (x as f64, y as f64);
        [11.3 + 19.1 * (0.7 * x + 0.31 * y).sin(), 9.7 + 14.3 * (0.23 * x * y).cos()]
    };
    let places = (0..31 * 17).map(|pixel| {
        let [column, row] = wander(pixel % 17, pixel / 17);
        [row, column]
    });
    vec![
        projective([0.83371, -0.31193, 3.7107, 0.37129, 1.13273, -5.2311, 0.0, 0.0, 1.0]),
        projective([1.0713, -0.1119, 1.3, 0.1327, 0.9341, -2.2, 0.0017, -0.0023, 1.0]),
        projective([-2.1e-6, 1.3e-6, 3.1e-6, 1.1e-6, 4.7e-6, -2.7e-6, 7.1e-7, -3.3e-7, 1.13e-6]),
        (polar, Box::new(place)),
        (Map::Each { width: 17, places: places.collect() }, Box::new(wander)),
    ]
}

#[test]
fn warp() {
    let Some(engine) = require_gpu() else { return };
    for (dtype, channels) in [(DType::U8, 1), (DType::U16, 3), (DType::I32, 2), (DType::F32, 4)] {
        let shape = Shape { height: 19, width: 23, channels };
        let samples = noise(shape, dtype, 8);
        let image = upload(&engine, &samples, shape);
        for (map, place) in maps() {
            let what = format!("{dtype:?} {map:?}");
            let options = Warp {
                map,
                size: [31, 17],
                interpolation: Interpolation::Linear,
                border: EDGE,
                clip: true,
                preserve_range: true,
            };
            let warped = transform::warp("transform.warp", &image, &options).unwrap();
            let (values, channels) = (samples.values(), channels as usize);
            let expected: Vec<f64> = (0..31 * 17 * channels)
                .map(|i| {
                    let pixel = i / channels;
                    linear(&values, shape, place(pixel % 17, pixel / 17), i % channels)
                })
                .collect();
            close(&download::<f32>(&warped), &expected, 2e-5, &what);
        }
    }
}

#[test]
fn nearest_keeps_the_dtype() {
    let Some(engine) = require_gpu() else { return };
    for (dtype, channels) in [(DType::U8, 3), (DType::U16, 1), (DType::I32, 2), (DType::F32, 1)] {
        let shape = Shape { height: 19, width: 23, channels };
        let samples = noise(shape, dtype, 9);
        let image = upload(&engine, &samples, shape);
        let pixel_bytes = channels as usize * dtype.bytes();
        for (map, place) in maps() {
            let what = format!("{dtype:?} {map:?}");
            let options = Nearest { map, size: [31, 17], border: EDGE };
            let found = transform::nearest("transform.warp", &image, &options).unwrap();
            let expected: Vec<u8> = (0..31 * 17)
                .flat_map(|pixel| {
                    let [column, row] = place(pixel % 17, pixel / 17);
                    let [row, column] = [(row, 19.0), (column, 23.0)]
                        .map(|(place, side)| (place + 0.5).floor().clamp(0.0, side - 1.0) as usize);
                    samples.bytes()[(row * 23 + column) * pixel_bytes..][..pixel_bytes].to_vec()
                })
                .collect();
            assert_eq!(bytes_of(&found), expected, "{what}");
        }
    }
}

/// Places of 31 × 17 pixels: some that are none, too far or too near to 0 among them.
fn wandering(dtype: DType) -> Samples {
    let odd = [f32::NAN, f32::INFINITY, 2e9, 2.2e9, -3e9, -0.0, 1e-10, -1.2e-10, 1e-40, 511.25];
    let at = |i: u32| match i % 23 {
        22 => odd[(i / 23) as usize % odd.len()],
        _ => 9.0 + 17.0 * (0.37 * i as f32).sin(),
    };
    let floats = (0..31 * 17 * 2).map(at);
    match dtype {
        DType::U8 => Samples::U8(floats.map(|place| place as u8).collect()),
        DType::U16 => Samples::U16(floats.map(|place| place as u16).collect()),
        DType::I32 => Samples::I32(floats.map(|place| place as i32).collect()),
        DType::F32 => Samples::F32(floats.collect()),
    }
}

#[test]
fn places_of_an_image_are_those_of_a_list() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 19, width: 23, channels: 1 };
    let image = upload(&engine, &noise(shape, DType::U8, 10), shape);
    let (size, grid) = ([31, 17], Shape { height: 31, width: 17, channels: 2 });
    let border = Border { mode: BorderMode::Wrap, cval: 7.0 };
    for dtype in [DType::U8, DType::U16, DType::I32, DType::F32] {
        let samples = wandering(dtype);
        let there = Map::Image(upload(&engine, &samples, grid));
        let listed = Map::Each { width: 17, places: samples.values().as_chunks().0.to_vec() };
        let nearest = |map: &Map| {
            let options = Nearest { map: map.clone(), size, border };
            bytes_of(&transform::nearest("transform.warp", &image, &options).unwrap())
        };
        assert_eq!(nearest(&there), nearest(&listed), "{dtype:?}");
        for interpolation in
            [Interpolation::Linear, Interpolation::Spline(Degree::from_order(2).unwrap())]
        {
            let warped = |map: &Map| {
                let map = map.clone();
                let options =
                    Warp { map, size, interpolation, border, clip: true, preserve_range: true };
                bytes_of(&transform::warp("transform.warp", &image, &options).unwrap())
            };
            assert_eq!(warped(&there), warped(&listed), "{dtype:?} {interpolation:?}");
        }
    }
    let refused = |places: &GpuImage| {
        let options = Nearest { map: Map::Image(places.clone()), size, border };
        transform::nearest("transform.warp", &image, &options).unwrap_err().to_string()
    };
    assert!(refused(&image).contains("places of 19 × 23 pixels; expected 31 × 17"));
    let one = Shape { channels: 1, ..grid };
    let flat = upload(&engine, &noise(one, DType::F32, 11), one);
    assert!(refused(&flat).contains("places of 1 channels; expected two"));
}

// Expected values: skimage.transform.warp of scikit-image 0.26.0.
#[test]
fn halves_beyond_the_edge_are_folded_before_they_are_rounded() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 3, channels: 1 };
    let image = upload(&engine, &Samples::U8(vec![1, 2, 3]), shape);
    for (mode, expected) in [
        (BorderMode::Mirror, [3u8, 3, 2, 2, 3, 2, 2]),
        (BorderMode::Reflect, [3, 2, 1, 2, 3, 3, 3]),
        (BorderMode::Nearest, [1, 1, 1, 2, 3, 3, 3]),
    ] {
        // From -2½ to 3½.
        let map = Map::Projective([1.0, 0.0, -2.5, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
        let options = Nearest { map, size: [1, 7], border: Border { mode, cval: 9.0 } };
        let found = transform::nearest("transform.warp", &image, &options).unwrap();
        assert_eq!(download::<u8>(&found), expected, "{mode:?}");
    }
}

#[test]
fn a_place_that_is_none_is_the_constant() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 3, channels: 1 };
    let image = upload(&engine, &Samples::F32(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), shape);
    // 1 / (x - 1): on the horizon there is nothing.
    let map = Map::Projective([0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, -1.0]);
    let border = Border { mode: BorderMode::Wrap, cval: 9.0 };
    let size = [1, 3];
    let interpolation = Interpolation::Linear;
    let options =
        Warp { map: map.clone(), size, interpolation, border, clip: false, preserve_range: false };
    let warped = transform::warp("transform.warp", &image, &options).unwrap();
    assert_eq!(download::<f32>(&warped), [3.0, 9.0, 2.0]);
    let nearest = transform::nearest("transform.warp", &image, &Nearest { map, size, border });
    assert_eq!(download::<f32>(&nearest.unwrap()), [3.0, 9.0, 2.0]);
    // Between two pixels nothing leaves the range, so the constant is not clipped either.
    let clipped = Warp { clip: true, ..options.clone() };
    let warped = transform::warp("transform.warp", &image, &clipped).unwrap();
    assert_eq!(download::<f32>(&warped), [3.0, 9.0, 2.0]);
    let cubic = Warp { interpolation: Interpolation::Cubic, ..clipped };
    let warped = transform::warp("transform.warp", &image, &cubic).unwrap();
    assert_eq!(download::<f32>(&warped), [3.0, 6.0, 2.0]);
    let places = vec![[0.0, 2.0], [f64::NAN, 1.0], [0.0, 4_294_967_297.0]];
    let options = Warp { map: Map::Each { width: 3, places }, ..options };
    let warped = transform::warp("transform.warp", &image, &options).unwrap();
    assert_eq!(download::<f32>(&warped), [3.0, 9.0, 9.0]);
    let short = Map::Axes { columns: vec![0.0, 1.0], rows: vec![0.0] };
    let error =
        transform::nearest("transform.resize", &image, &Nearest { map: short, size, border });
    assert_eq!(error.unwrap_err().code(), "ERR_GPU_ARGUMENT");
}

#[test]
fn resample() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 3, channels: 2 };
    let samples = Samples::U8((1..=12).collect());
    let image = upload(&engine, &samples, shape);
    let options = Resample {
        down: Taps { spans: vec![(0, 0.5)], taps: vec![(1, 0.5)] },
        across: Taps { spans: vec![(0, 0.0), (2, 1.0)], taps: vec![(0, 0.5), (2, 0.5)] },
        cval: 3.0,
        clip: false,
        preserve_range: true,
    };
    let resampled = transform::resample("transform.resize", &image, &options).unwrap();
    assert_eq!(download::<f32>(&resampled), [6.0, 6.5, 3.0, 3.0]);
    let clipped = Resample { clip: true, cval: 20.0, ..options.clone() };
    let resampled = transform::resample("transform.resize", &image, &clipped).unwrap();
    assert_eq!(download::<f32>(&resampled), [12.0; 4]);
    let far = Taps { spans: vec![(0, 0.0)], taps: vec![(3, 1.0)] };
    let wrong = Resample { across: far, ..options };
    let error = transform::resample("transform.resize", &image, &wrong).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_ARGUMENT");
}

#[test]
fn integral_image() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES.into_iter().chain([(3, 2500), (700, 5)]) {
        let shape = Shape { height, width, channels: 1 };
        for dtype in [DType::U8, DType::U16, DType::I32] {
            let samples = noise(shape, dtype, 10);
            let mut expected = samples.values();
            let w = width as usize;
            for i in 0..expected.len() {
                let above = if i < w { 0.0 } else { expected[i - w] };
                expected[i] += above;
            }
            for i in (0..expected.len()).filter(|i| i % w > 0) {
                expected[i] += expected[i - 1];
            }
            let sums = transform::integral_image(&upload(&engine, &samples, shape)).unwrap();
            assert!(sums == expected, "{dtype:?} {shape:?}");
        }
    }
    let shape = Shape { height: 1, width: 2, channels: 1 };
    let floats = upload(&engine, &Samples::F32(vec![0.5, 1.0]), shape);
    let error = transform::integral_image(&floats).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_UNSUPPORTED");
}
