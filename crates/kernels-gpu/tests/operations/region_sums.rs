//! `measure.region_sums`

use tagswitch_kernels_gpu::{DType, Shape, measure};

use crate::oracle::Samples;
use crate::support::{SHAPES, noise, require_gpu, upload};

const INTEGERS: [DType; 3] = [DType::U8, DType::U16, DType::I32];

/// Labels in runs of up to some dozen pixels, so that regions go over many rows; a few are missing, and some negative where that can be.
fn labels(shape: Shape, dtype: DType) -> Samples {
    let run = |i: usize| (i / 3 + (i / 7) % 5) % 23;
    let of = |i: usize| if run(i) % 6 == 4 { 0 } else { run(i) as i32 };
    let all = 0..shape.pixels() as usize;
    match dtype {
        DType::U8 => Samples::U8(all.map(|i| of(i) as u8).collect()),
        DType::U16 => Samples::U16(all.map(|i| 40 * of(i) as u16).collect()),
        _ => Samples::I32(all.map(|i| if of(i) == 3 { -3 } else { of(i) }).collect()),
    }
}

/// The numbers of regions as plainly as can be, NaN for those that are not summed up.
fn expected(labels: &[f64], shape: Shape, intensity: Option<(&[i128], bool)>) -> Vec<f64> {
    let mut found: Vec<i64> = labels.iter().map(|&label| label as i64).collect();
    found.sort_unstable();
    found.dedup();
    let of = |label: i64| {
        let pixels: Vec<usize> = (0..labels.len()).filter(|&i| labels[i] as i64 == label).collect();
        let place = |i: usize| [i / shape.width as usize, i % shape.width as usize];
        let [top, left] = [0, 1].map(|axis| pixels.iter().map(|&i| place(i)[axis]).min().unwrap());
        let [bottom, right] =
            [0, 1].map(|axis| pixels.iter().map(|&i| place(i)[axis] + 1).max().unwrap());
        let moments = |order: usize, weight: &dyn Fn(usize) -> i128| {
            (0..16)
                .map(move |k| (k / 4, k % 4))
                .map(move |(p, q)| (p, q, p + q > order))
                .map({
                    let pixels = pixels.clone();
                    move |(p, q, beyond)| {
                        let term = |&i: &usize| {
                            let [row, column] = place(i);
                            let powers = (row - top).pow(p as u32) * (column - left).pow(q as u32);
                            weight(i) * powers as i128
                        };
                        if beyond { f64::NAN } else { pixels.iter().map(term).sum::<i128>() as f64 }
                    }
                })
                .collect::<Vec<_>>()
        };
        let mut numbers = [label as usize, top, left, bottom, right].map(|n| n as f64).to_vec();
        numbers.extend(moments(2, &|_| 1));
        if let Some((levels, wide)) = intensity {
            let own: Vec<i128> = pixels.iter().map(|&i| levels[i]).collect();
            let (count, sum) = (own.len() as i128, own.iter().sum::<i128>());
            let squares: i128 = own.iter().map(|level| level * level).sum();
            let deviations = (count * squares - sum * sum) as f64 / count as f64;
            numbers.push(*own.iter().min().unwrap() as f64);
            numbers.push(*own.iter().max().unwrap() as f64);
            numbers.push(if wide { f64::NAN } else { deviations });
            numbers.extend(moments(usize::from(!wide), &|i| levels[i]));
        }
        numbers
    };
    found.into_iter().filter(|&label| label > 0).flat_map(of).collect()
}

fn bits(numbers: &[f64]) -> Vec<u64> {
    let of = |number: &f64| if number.is_nan() { f64::NAN.to_bits() } else { number.to_bits() };
    numbers.iter().map(of).collect()
}

#[test]
fn boxes_and_moments_are_exact() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES.into_iter().chain([(2, 3000)]) {
        let shape = Shape { height, width, channels: 1 };
        for dtype in INTEGERS {
            let samples = labels(shape, dtype);
            let image = upload(&engine, &samples, shape);
            let found = measure::region_sums("r", &image, None).unwrap();
            assert_eq!(found.len(), 1);
            let right = expected(&samples.values(), shape, None);
            assert!(bits(&found[0]) == bits(&right), "{dtype:?} {shape:?}");
        }
    }
}

#[test]
fn intensities_of_every_channel_are_exact() {
    let Some(engine) = require_gpu() else { return };
    for ((height, width), channels) in SHAPES.into_iter().zip([1, 3, 1, 2, 3, 1]) {
        let shape = Shape { height, width, channels: 1 };
        let of_labels = labels(shape, DType::I32);
        let image = upload(&engine, &of_labels, shape);
        for dtype in INTEGERS {
            let of_samples = Shape { channels, ..shape };
            let samples = noise(of_samples, dtype, 71);
            let intensity = upload(&engine, &samples, of_samples);
            let found = measure::region_sums("r", &image, Some(&intensity)).unwrap();
            assert_eq!(found.len(), channels as usize);
            for (channel, found) in found.iter().enumerate() {
                let values = samples.values();
                let levels: Vec<i128> = values
                    .chunks_exact(channels as usize)
                    .map(|pixel| pixel[channel] as i128)
                    .collect();
                let given = Some((&levels[..], dtype == DType::I32));
                let right = expected(&of_labels.values(), shape, given);
                assert!(bits(found) == bits(&right), "{dtype:?} {shape:?} {channel}");
            }
        }
    }
}

#[test]
fn sums_carry_beyond_32_bits() {
    let Some(engine) = require_gpu() else { return };
    // The corner of one region at the end of a long line.
    let (width, count) = (70_000_u32, 40_u32);
    let shape = Shape { height: 1, width, channels: 1 };
    let ones = (0..width).map(|i| u8::from(i == 0 || i >= width - count)).collect();
    let image = upload(&engine, &Samples::U8(ones), shape);
    let bright = upload(&engine, &Samples::U16(vec![65_535; width as usize]), shape);
    let found = measure::region_sums("r", &image, Some(&bright)).unwrap();
    let columns = || std::iter::once(0).chain(u64::from(width - count)..u64::from(width));
    let (sum, squares) = (columns().sum::<u64>(), columns().map(|c| c * c).sum::<u64>());
    assert_eq!(found[0][5..8], [f64::from(count) + 1.0, sum as f64, squares as f64]);
    assert_eq!(found[0][25], 65_535.0 * sum as f64);
    // No difference from the mean.
    assert_eq!(found[0][23], 0.0);
}

#[test]
fn what_is_no_region_and_what_is_refused() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 3, channels: 1 };
    let of = |samples: &Samples, shape| upload(&engine, samples, shape);
    let none = of(&Samples::I32(vec![0, -1, -5, 0, 0, 0]), shape);
    let rgb = of(&Samples::U8(vec![0; 18]), Shape { channels: 3, ..shape });
    assert_eq!(measure::region_sums("r", &none, Some(&rgb)).unwrap(), vec![Vec::new(); 3]);
    let code = |labels, intensity| {
        measure::region_sums("r", labels, intensity).map(|_| ()).unwrap_err().code()
    };
    let floats = of(&noise(shape, DType::F32, 72), shape);
    assert_eq!(code(&rgb, None), "ERR_GPU_ARGUMENT");
    assert_eq!(code(&floats, None), "ERR_GPU_UNSUPPORTED");
    assert_eq!(code(&none, Some(&floats)), "ERR_GPU_UNSUPPORTED");
    let small = of(&Samples::U8(vec![1]), Shape { height: 1, width: 1, channels: 1 });
    assert_eq!(code(&small, Some(&none)), "ERR_GPU_ARGUMENT");
    let high = of(&Samples::I32(vec![0, 1, i32::MAX, 0, 0, 0]), shape);
    assert_eq!(code(&high, None), "ERR_GPU_UNSUPPORTED");
}
