use tagswitch_kernels_gpu::transform::{
    self, Degree, Interpolation, Map, Nearest, Resample, Taps, Warp,
};
use tagswitch_kernels_gpu::{Border, DType, Shape, measure};

use crate::limited::Limited;
use crate::oracle::Samples;
use crate::support::{bytes_of, noise, upload};
use crate::{DTYPES, MODES, bits};

/// Places that go through the whole image in any direction: turned, tilted with a horizon in sight, round a centre, and one by one.
fn maps([height, width]: [u32; 2]) -> [Map; 5] {
    let turn = |i: u32| f64::from(i) * std::f64::consts::TAU / f64::from(height);
    [
        Map::Projective([0.31, -1.07, 47.3, 0.93, 0.37, -5.2, 0.0, 0.0, 1.0]),
        Map::Projective([1.07, -0.11, 1.3, 0.13, 0.93, -2.2, 0.0017, -0.0023, 1.0]),
        Map::Projective([1.07, -0.41, 1.3, 0.23, 0.93, -2.2, 0.017, -0.023, 0.5]),
        Map::Each {
            width,
            places: (0..height * width)
                .map(|at| match at % 101 {
                    100 => [f64::NAN, 3.0],
                    _ => [0.7 * f64::from(at / width) - 3.1, f64::from(at % 97) * 0.71],
                })
                .collect(),
        },
        Map::Polar {
            center: [31.3, 20.7],
            radii: (0..width).map(|x| f64::from(x) * 0.77).collect(),
            directions: (0..height).map(|y| [turn(y).cos(), turn(y).sin()]).collect(),
        },
    ]
}

#[test]
fn places_anywhere() {
    let Some(limited) = Limited::new() else { return };
    let images = [(DType::U8, 1), (DType::U8, 3), (DType::U16, 1), (DType::F32, 2)];
    for (i, (dtype, channels)) in images.into_iter().enumerate() {
        let shape = Shape { height: 83, width: 61, channels };
        let image = upload(&limited.engine, &noise(shape, dtype, 31), shape);
        let size = [[83, 61], [19, 131]][i % 2];
        for (j, map) in maps(size).into_iter().enumerate() {
            let mode = MODES[(i + j) % 5];
            let border = Border { mode, cval: 7.0 };
            let row = u64::from(61 * channels) * dtype.bytes() as u64;
            let limits = [(8 * row + 260).max(3200), (16 * row + 300).max(5000)];
            let what = format!("{dtype:?} {channels} {size:?} {mode:?} {map:?}");
            for interpolation in [Interpolation::Linear, Interpolation::Cubic] {
                let map = map.clone();
                let options =
                    Warp { map, size, interpolation, border, clip: true, preserve_range: true };
                limited.same(&limits, &what, || bits(transform::warp("w", &image, &options)));
            }
            let options = Nearest { map, size, border };
            limited.same(&limits[..1], &what, || {
                bytes_of(&transform::nearest("w", &image, &options).unwrap())
            });
        }
    }
}

#[test]
fn places_of_an_image() {
    let Some(limited) = Limited::new() else { return };
    for (dtype, of) in [(DType::U8, DType::F32), (DType::F32, DType::U8)] {
        let shape = Shape { height: 83, width: 61, channels: 1 };
        let image = upload(&limited.engine, &noise(shape, dtype, 31), shape);
        let grid = Shape { channels: 2, ..shape };
        let shaken = noise(grid, DType::F32, 32).values();
        let along = |i: usize| match i % 2 {
            0 => 0.7 * (i / 2 / 61) as f64 + 3.0 * shaken[i],
            _ => 70.0 * shaken[i],
        };
        let places = (0..shaken.len()).map(along);
        let places = match of {
            DType::U8 => Samples::U8(places.map(|place| place as u8).collect()),
            _ => Samples::F32(places.map(|place| place as f32).collect()),
        };
        let map = Map::Image(upload(&limited.engine, &places, grid));
        let options = Warp {
            map,
            size: [83, 61],
            interpolation: Interpolation::Linear,
            border: Border { mode: MODES[0], cval: 7.0 },
            clip: true,
            preserve_range: true,
        };
        // Tables cannot be bound, and then nothing can.
        limited.same(&[39_000, 4000], &format!("{dtype:?} {of:?}"), || {
            bits(transform::warp("w", &image, &options))
        });
    }
}

#[test]
fn splines() {
    let Some(limited) = Limited::new() else { return };
    for (i, (dtype, channels)) in
        [(DType::U8, 1), (DType::U16, 2), (DType::I32, 1), (DType::F32, 3)].into_iter().enumerate()
    {
        let shape = Shape { height: 83, width: 61, channels };
        let image = upload(&limited.engine, &noise(shape, dtype, 36), shape);
        for (j, map) in maps([83, 61]).into_iter().enumerate() {
            let mode = MODES[(i + j) % 5];
            let degree = Degree::from_order(2 + (i + 2 * j) as u32 % 4).unwrap();
            let what = format!("{dtype:?} {channels} {mode:?} {degree:?} {map:?}");
            let options = Warp {
                map,
                size: [83, 61],
                interpolation: Interpolation::Spline(degree),
                border: Border { mode, cval: 7.0 },
                clip: true,
                preserve_range: true,
            };
            // What filters begin with: 32 rows of the padded image, or columns.
            let row = 4 * u64::from((61 + 24) * channels).max(u64::from((83 + 24) * channels));
            let limits = [32 * row + 300, 40 * row];
            limited.same(&limits, &what, || bits(transform::warp("w", &image, &options)));
            if dtype == DType::F32 {
                let pixels: Vec<u32> = (0..80).map(|i| i * 71 % (83 * 61)).collect();
                limited.same(&limits[..1], &what, || {
                    measure::coefficients_at(&image, degree, options.border, &pixels).unwrap()
                });
            }
        }
    }
}

/// Rows that are means of some, first ones and last ones among them, as a border makes them.
fn taps(from: u32, to: u32) -> Taps {
    let mut taps = Taps::default();
    for i in 0..to {
        taps.spans.push((taps.taps.len() as u32, 0.125));
        let middle = i64::from(i * from / to);
        let around = (middle - 2..=middle + 2).zip([0.1, 0.2, 0.3, 0.15, 0.125]);
        let index = |at: i64| at.rem_euclid(i64::from(from)) as u32;
        taps.taps.extend(around.map(|(at, weight)| (index(at), weight)));
    }
    taps
}

#[test]
fn sums_of_rows_and_columns() {
    let Some(limited) = Limited::new() else { return };
    for dtype in DTYPES {
        for (channels, clip) in [(1, true), (3, false)] {
            let shape = Shape { height: 197, width: 41, channels };
            let image = upload(&limited.engine, &noise(shape, dtype, 32), shape);
            for [height, width] in [[61, 67], [120, 13]] {
                let options = Resample {
                    down: taps(197, height),
                    across: taps(41, width),
                    cval: 3.0,
                    clip,
                    preserve_range: true,
                };
                limited.same(&[5000, 9000], &format!("{dtype:?} {height} × {width}"), || {
                    bits(transform::resample("r", &image, &options))
                });
            }
        }
    }
}

#[test]
fn integral_images() {
    let Some(limited) = Limited::new() else { return };
    for (height, width) in [(300, 43), (1001, 7), (129, 61)] {
        let shape = Shape { height, width, channels: 1 };
        for dtype in [DType::U8, DType::U16, DType::I32] {
            let image = upload(&limited.engine, &noise(shape, dtype, 33), shape);
            let least = 64 * 8 * u64::from(width) + 260;
            limited.same(&[least, least + 4000], &format!("{dtype:?} {shape:?}"), || {
                transform::integral_image(&image).unwrap()
            });
        }
    }
}

#[test]
fn what_cannot_be_cut_is_refused_before_anything_is_allocated() {
    let Some(limited) = Limited::new() else { return };
    let shape = Shape { height: 70, width: 400, channels: 1 };
    let image = upload(&limited.engine, &noise(shape, DType::U8, 34), shape);
    let floats = upload(&limited.engine, &noise(shape, DType::F32, 35), shape);
    limited.engine.set_largest_binding(6500);
    let before = (limited.engine.stats().allocations, limited.engine.stats().pool_hits);
    let size = [70, 200];
    let map = Map::Projective([0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
    let border = Border { mode: MODES[2], cval: 0.0 };
    let options = Warp {
        map,
        size,
        interpolation: Interpolation::Cubic,
        border,
        clip: false,
        preserve_range: true,
    };
    let spline = Interpolation::Spline(Degree::Cubic);
    let on_spline = Warp { interpolation: spline, ..options.clone() };
    let all = Taps { spans: vec![(0, 0.0)], taps: (0..70).map(|i| (i, 0.01)).collect() };
    let across = Taps { spans: vec![(0, 0.0)], taps: vec![(0, 1.0)] };
    let mean = Resample { down: all, across, cval: 0.0, clip: false, preserve_range: true };
    for (error, what) in [
        (transform::integral_image(&image).unwrap_err(), "64 rows of sums"),
        (transform::warp("w", &floats, &options).unwrap_err(), "what a pixel is made of"),
        (transform::warp("w", &image, &on_spline).unwrap_err(), "what a pixel is made of"),
        (transform::resample("r", &floats, &mean).unwrap_err(), "what a pixel is made of"),
    ] {
        assert_eq!(error.code(), "ERR_GPU_LIMIT");
        assert!(error.to_string().contains(what), "{error}");
    }
    let after = (limited.engine.stats().allocations, limited.engine.stats().pool_hits);
    assert_eq!(after, before);
}
