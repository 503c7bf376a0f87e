//! `feature.canny`: every edge is that of 64 bits, in the order in which the definition computes.

use tagswitch_kernels_gpu::feature::{self, Canny};
use tagswitch_kernels_gpu::{Border, BorderMode, DType, GpuImage, Shape};

use crate::DTYPES;
use crate::filters::MODES;
use crate::oracle::{self, Axis, Plane, Samples};
use crate::support::{download, noise, require_gpu, upload};

/// The weights from the centre outwards.
fn gaussian(sigma: f64) -> Vec<f64> {
    let radius = (4.0 * sigma + 0.5) as i32;
    let weight = |d: i32| (-0.5 / (sigma * sigma) * f64::from(d * d)).exp();
    let sum: f64 = (-radius..=radius).map(weight).sum();
    (0..=radius).map(|d| weight(d) / sum).collect()
}

/// An image blurred.
fn blurred(image: &Plane, [down, across]: [&[f64]; 2], border: Border) -> Plane {
    image.weighed(down, Axis::Down, border).weighed(across, Axis::Across, border)
}

fn expected(samples: &Samples, shape: Shape, mask: Option<&[u8]>, options: &Canny<'_>) -> Vec<u8> {
    let (height, width) = (shape.height as usize, shape.width as usize);
    let inside = |i: usize| mask.is_none_or(|mask| mask[i] != 0);
    let intensities = samples.intensities().into_iter().enumerate();
    let intensities = intensities.map(|(i, v)| if inside(i) { v.max(-1.0) } else { 0.0 });
    let values = match samples {
        Samples::F32(values) => values
            .iter()
            .enumerate()
            .map(|(i, &v)| if inside(i) { f64::from(v) } else { 0.0 })
            .collect(),
        _ => intensities.collect(),
    };
    let image = Plane { values, height, width };
    let mut smooth = blurred(&image, options.weights, options.border);
    if mask.is_some() || options.border.mode == BorderMode::Constant {
        let ones = (0..height * width).map(|i| f64::from(u8::from(inside(i)))).collect();
        let ones = Plane { values: ones, height, width };
        let shares = blurred(&ones, options.weights, options.border);
        for (value, share) in smooth.values.iter_mut().zip(shares.values) {
            *value /= share + f64::EPSILON;
        }
    }
    let reflect = Border { mode: BorderMode::Reflect, cval: 0.0 };
    let at = |y, x| smooth.at(y, x, reflect);
    let step = |before: f64, here: f64, after: f64| (after - before) + 0.0 * here;
    let below = smooth.map(|y, x| step(at(y - 1, x), at(y, x), at(y + 1, x)));
    let beside = smooth.map(|y, x| step(at(y, x - 1), at(y, x), at(y, x + 1)));
    let side = |plane: &Plane, y, x| plane.at(y, x, reflect);
    let down = below
        .map(|y, x| 2.0 * side(&below, y, x) + (side(&below, y, x - 1) + side(&below, y, x + 1)));
    let right = beside.map(|y, x| {
        2.0 * side(&beside, y, x) + (side(&beside, y - 1, x) + side(&beside, y + 1, x))
    });
    let length =
        |i: usize| (down.values[i] * down.values[i] + right.values[i] * right.values[i]).sqrt();
    let length: Vec<f64> = (0..height * width).map(length).collect();
    let [low, high] = options.thresholds;
    let low = if low as f32 == 0.0 { 1e-14_f32 } else { low as f32 };
    let mut strength = vec![0u8; length.len()];
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let i = y * width + x;
            let around = |rows: isize, columns: isize| {
                i.wrapping_add_signed(rows * width as isize + columns)
            };
            let near = (-1..=1).flat_map(|r| (-1..=1).map(move |c| (r, c)));
            let counts = length[i] >= f64::from(low);
            if !counts || !near.clone().all(|(r, c)| inside(around(r, c))) {
                continue;
            }
            let (d, r) = (down.values[i], right.values[i]);
            let falling = (d > 0.0) == (r > 0.0);
            let steep = d.abs() > r.abs() || (d.abs() == r.abs() && !falling);
            let row = if falling { 1 } else { -1 };
            let weight = if steep { r.abs() / d.abs() } else { d.abs() / r.abs() };
            let straight = if steep { (row, 0) } else { (0, 1) };
            let not_above = |sign: isize| {
                let diagonal = length[around(sign * row, sign)];
                let straight = length[around(sign * straight.0, sign * straight.1)];
                diagonal * weight + straight * (1.0 - weight) <= length[i]
            };
            if not_above(1) && not_above(-1) {
                strength[i] = 1 + u8::from(length[i] >= high);
            }
        }
    }
    let mut pending: Vec<usize> = (0..strength.len()).filter(|&i| strength[i] == 2).collect();
    while let Some(i) = pending.pop() {
        // None of them is at the border.
        for (r, c) in (-1..=1).flat_map(|r| (-1..=1).map(move |c| (r, c))) {
            let near = i.wrapping_add_signed(r * width as isize + c);
            if strength[near] == 1 {
                strength[near] = 2;
                pending.push(near);
            }
        }
    }
    strength.into_iter().map(|strength| strength / 2).collect()
}

fn holds(
    samples: &Samples,
    shape: Shape,
    mask: Option<&[u8]>,
    options: &Canny<'_>,
    what: &str,
) -> usize {
    let engine = require_gpu().unwrap();
    let image = upload(&engine, samples, shape);
    let there: Option<GpuImage> =
        mask.map(|mask| upload(&engine, &Samples::U8(mask.to_vec()), shape));
    let found = feature::canny(&image, &Canny { mask: there.as_ref(), ..*options }).unwrap();
    let found = download::<u8>(&found);
    let expected = expected(samples, shape, mask, options);
    let wrong = found.iter().zip(&expected).filter(|(a, b)| a != b).count();
    assert_eq!(wrong, 0, "{what}: of {}", expected.len());
    expected.iter().filter(|&&edge| edge == 1).count()
}

/// Squares of two levels: on both sides of a step gradients are the same but for rounding.
fn squares(shape: Shape, dtype: DType) -> Samples {
    let places = (0..shape.height).flat_map(|y| (0..shape.width).map(move |x| (y, x)));
    let levels = places.map(|(y, x)| 7 * (3 + 20 * (y / 9 + x / 8) % 40));
    oracle::levels(&Samples::U16(levels.map(|level| level as u16).collect()), 200, dtype)
}

#[test]
fn edges_are_those_of_64_bits() {
    let Some(_) = require_gpu() else { return };
    let (wide, narrow) = (gaussian(1.0), gaussian(0.6));
    let mut edges = 0;
    for (height, width) in [(1, 1), (1, 37), (3, 3), (5, 3), (67, 43)] {
        let shape = Shape { height, width, channels: 1 };
        for (dtype, mode) in DTYPES.into_iter().chain([DType::U8]).zip(MODES) {
            let noisy = noise(shape, dtype, 61);
            let steps = squares(shape, dtype);
            for (samples, thresholds) in
                [(&noisy, [0.1, 0.9]), (&steps, [0.0, 0.0]), (&noisy, [-1.0, -0.5])]
            {
                for weights in [[&*wide, &*narrow], [&[1.0], &*wide]] {
                    let border = Border { mode, cval: 0.0 };
                    let options = Canny { weights, border, thresholds, mask: None };
                    let what = format!("{dtype:?} {shape:?} {mode:?} {thresholds:?}");
                    edges += holds(samples, shape, None, &options, &what);
                }
            }
        }
    }
    assert!(edges > 1000, "{edges}");
}

#[test]
fn masks_and_constants() {
    let Some(_) = require_gpu() else { return };
    let weights = gaussian(1.2);
    let shape = Shape { height: 41, width: 38, channels: 1 };
    let mask: Vec<u8> = (0..41 * 38).map(|i| u8::from(i / 38 > 6 && i % 38 != 20) * 7).collect();
    for dtype in DTYPES {
        let samples = noise(shape, dtype, 63);
        for (mode, cval, mask) in [
            (BorderMode::Constant, 0.0, Some(&*mask)),
            (BorderMode::Wrap, 0.0, Some(&*mask)),
            (BorderMode::Constant, 0.75, None),
            (BorderMode::Constant, -1e30, None),
            (BorderMode::Constant, 1e-30, Some(&*mask)),
        ] {
            let border = Border { mode, cval };
            let options =
                Canny { weights: [&weights; 2], border, thresholds: [0.01, 0.2], mask: None };
            holds(&samples, shape, mask, &options, &format!("{dtype:?} {mode:?} {cval}"));
        }
    }
}

#[test]
fn floats_of_any_size_and_what_is_not_finite() {
    let Some(_) = require_gpu() else { return };
    let weights = gaussian(0.8);
    let shape = Shape { height: 30, width: 35, channels: 1 };
    let Samples::F32(values) = noise(shape, DType::F32, 64) else { unreachable!() };
    let border = Border { mode: BorderMode::Constant, cval: 0.0 };
    for scale in [1e38_f32, 1e-20, 1e-38, 3e-44] {
        let samples = Samples::F32(values.iter().map(|v| (v - 0.5) * scale).collect());
        let thresholds = [0.3, 0.9].map(|share| share * f64::from(scale));
        let options = Canny { weights: [&weights; 2], border, thresholds, mask: None };
        holds(&samples, shape, None, &options, &format!("{scale}"));
    }
    let mut some = values;
    some[300] = f32::NAN;
    some[500] = f32::INFINITY;
    some[800] = f32::NEG_INFINITY;
    let options = Canny { weights: [&weights; 2], border, thresholds: [0.1, 0.2], mask: None };
    holds(&Samples::F32(some), shape, None, &options, "not finite");
}
