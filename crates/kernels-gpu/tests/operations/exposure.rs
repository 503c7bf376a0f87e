//! `exposure.*`

use tagswitch_kernels_gpu::exposure::{self, SourceRange};
use tagswitch_kernels_gpu::{DType, GpuImage, Result, Shape};

use crate::oracle::Samples;
use crate::support::{SHAPES, bytes_of, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

const ROW: Shape = Shape { height: 1, width: 5, channels: 1 };

#[test]
fn adjustments() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        for channels in [1, 3] {
            let shape = Shape { height, width, channels };
            let samples = noise(shape, DType::F32, 21);
            let image = upload(&engine, &samples, shape);
            let same = |adjusted: Result<GpuImage>, curve: &dyn Fn(f64) -> f64, what: &str| {
                let expected: Vec<f64> = samples.values().into_iter().map(curve).collect();
                close(&download::<f32>(&adjusted.unwrap()), &expected, 1e-5, what);
            };
            same(exposure::adjust_gamma(&image, 2.2, 0.5), &|x| x.powf(2.2) * 0.5, "gamma");
            same(exposure::adjust_gamma(&image, 0.0, 3.0), &|_| 3.0, "gamma 0");
            same(exposure::adjust_log(&image, 1.5, false), &|x| (1.0 + x).log2() * 1.5, "log");
            same(exposure::adjust_log(&image, 1.0, true), &|x| x.exp2() - 1.0, "inverse log");
            let sigmoid = |x: f64| 1.0 / (1.0 + (10.0 * (0.5 - x)).exp());
            same(exposure::adjust_sigmoid(&image, 0.5, 10.0, false), &sigmoid, "sigmoid");
            same(
                exposure::adjust_sigmoid(&image, 0.5, 10.0, true),
                &|x| 1.0 - sigmoid(x),
                "inverse",
            );
            let line = |x: f64| (x.clamp(0.25, 0.75) - 0.25) / 0.5 * 3.0 - 1.0;
            let rescaled = exposure::rescale_intensity(&image, [0.25, 0.75], [-1.0, 2.0]);
            same(rescaled, &line, "rescale");
        }
    }
}

#[test]
fn samples_that_are_no_numbers() {
    let Some(engine) = require_gpu() else { return };
    let samples = Samples::F32(vec![f32::NAN, f32::INFINITY, 0.0, 1.0, 4.0]);
    let image = upload(&engine, &samples, ROW);
    let of = |image: Result<GpuImage>| download::<f32>(&image.unwrap());
    let gamma = of(exposure::adjust_gamma(&image, 2.0, -1.0));
    assert!(gamma[0].is_nan());
    assert_eq!(gamma[1..3], [f32::NEG_INFINITY, 0.0]);
    assert_eq!(of(exposure::adjust_log(&image, 1.0, false))[1..4], [f32::INFINITY, 0.0, 1.0]);
    let sigmoid = of(exposure::adjust_sigmoid(&image, 0.0, 50.0, false));
    assert!(sigmoid[0].is_nan());
    assert_eq!(sigmoid[1..3], [1.0, 0.5]);
    let all = of(exposure::rescale_intensity(&image, [f64::NAN; 2], [0.0, 1.0]));
    assert!(all.iter().all(|v| v.is_nan()));
    let cut = of(exposure::rescale_intensity(&image, [1.0; 2], [0.0, 0.5]));
    assert_eq!(cut[1..], [0.5; 4]);
    let infinite = of(exposure::rescale_intensity(&image, [0.0, f64::INFINITY], [0.25, 1.0]));
    assert!(infinite[0].is_nan() && infinite[1].is_nan());
    assert_eq!(infinite[2..], [0.25; 3]);
    let negative = Samples::F32(vec![f32::NAN, 1.0, -0.5, 0.0, 2.0]);
    let error = exposure::adjust_gamma(&upload(&engine, &negative, ROW), 1.0, 1.0).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_VALUE");
    assert!(error.to_string().contains("image holds -0.5;"), "{error}");
}

#[test]
fn look_up() {
    let Some(engine) = require_gpu() else { return };
    for dtype in [DType::U8, DType::U16, DType::I32] {
        for (height, width) in SHAPES {
            for channels in [1, 3] {
                let shape = Shape { height, width, channels };
                let least = if dtype == DType::I32 { -900 } else { 0 };
                let samples = match noise(shape, dtype, 22) {
                    Samples::I32(values) => Samples::I32(values.iter().map(|v| v % 900).collect()),
                    other => other,
                };
                let image = upload(&engine, &samples, shape);
                let table: Vec<u32> = (0..65_536u32)
                    .map(|level| level.wrapping_mul(2_654_435_761) % 65_536)
                    .collect();
                for to in DTYPES {
                    let entry = |level: f64| table[(level - f64::from(least)) as usize];
                    let [entries, expected] =
                        [table.clone(), samples.values().into_iter().map(entry).collect()].map(
                            |list: Vec<u32>| match to {
                                DType::U8 => Samples::U8(list.iter().map(|&v| v as u8).collect()),
                                DType::U16 => {
                                    Samples::U16(list.iter().map(|&v| v as u16).collect())
                                }
                                DType::I32 => {
                                    Samples::I32(list.iter().map(|&v| v as i32 - 9).collect())
                                }
                                DType::F32 => {
                                    Samples::F32(list.iter().map(|&v| v as f32 / 7.0).collect())
                                }
                            },
                        );
                    let found =
                        exposure::look_up("t", &image, entries.bytes(), to, least, 1).unwrap();
                    assert_eq!((found.shape(), found.dtype()), (shape, to));
                    assert!(bytes_of(&found) == expected.bytes(), "{dtype:?} {shape:?} {to:?}");
                }
            }
        }
    }
}

#[test]
fn levels_beyond_a_table_have_its_ends() {
    let Some(engine) = require_gpu() else { return };
    let levels = Samples::I32(vec![i32::MIN, 6, 7, 8, i32::MAX]);
    let table = [1_u8, 2];
    let image = upload(&engine, &levels, ROW);
    let found = exposure::look_up("t", &image, &table, DType::U8, 7, 1).unwrap();
    assert_eq!(download::<u8>(&found), [1, 1, 1, 2, 2]);
    let found = exposure::look_up("t", &image, &table, DType::U8, i32::MAX - 1, 1).unwrap();
    assert_eq!(download::<u8>(&found), [1, 1, 1, 1, 2]);
}

#[test]
fn interpolate() {
    let Some(engine) = require_gpu() else { return };
    let samples = Samples::F32(vec![-1.0, 0.5, 0.75, 2.5, 9.0]);
    let image = upload(&engine, &samples, ROW);
    let found = exposure::interpolate("t", &image, &[0.5, 1.5, 2.5], &[0.0, 1.0, 3.0]).unwrap();
    assert_eq!(download::<f32>(&found), [0.0, 0.0, 0.25, 3.0, 3.0]);
    let found = exposure::interpolate("t", &image, &[0.5], &[2.0]).unwrap();
    assert_eq!(download::<f32>(&found), [2.0; 5]);
    let beyond = Samples::F32(vec![f32::NEG_INFINITY, f32::INFINITY, f32::NAN, -f32::NAN, 0.0]);
    let image = upload(&engine, &beyond, ROW);
    for places in [[1.0, 2.0].as_slice(), &[1.0]] {
        let values = &[3.0, 4.0][..places.len()];
        let found = exposure::interpolate("t", &image, places, values).unwrap();
        let found = download::<f32>(&found);
        assert_eq!([found[0], found[1], found[4]], [3.0, values[values.len() - 1], 3.0]);
        assert!(found[2].is_nan() && found[3].is_nan());
    }
}

#[test]
fn histograms_of_a_range() {
    let Some(engine) = require_gpu() else { return };
    let beyond = vec![-1.0, 1.0, 0.25, 1.5, f32::NAN, -f32::NAN, f32::INFINITY, f32::NEG_INFINITY];
    let shape = Shape { width: 4, channels: 2, ..ROW };
    let image = upload(&engine, &Samples::F32(beyond), shape);
    let count = |image: &GpuImage, range| exposure::float_histogram("t", image, 4, range, 1);
    let histogram = count(&image, SourceRange::Type).unwrap();
    assert_eq!(histogram.counts, [1.0, 0.0, 1.0, 1.0]);
    assert_eq!(histogram.bin_centers, [-0.75, -0.25, 0.25, 0.75]);
    assert_eq!(count(&image, SourceRange::Image).unwrap_err().code(), "ERR_GPU_VALUE");
    let constant = upload(&engine, &Samples::F32(vec![3.0; 5]), ROW);
    assert_eq!(count(&constant, SourceRange::Image).unwrap().counts, [0.0, 0.0, 5.0, 0.0]);
    let colors = upload(&engine, &Samples::U8(vec![7, 9, 7, 0, 7, 7, 9, 9]), shape);
    let histogram = exposure::level_histogram("t", &colors, 1).unwrap();
    assert_eq!(
        (histogram.bin_centers, histogram.counts),
        (vec![0.0, 7.0, 9.0], vec![1.0, 4.0, 3.0])
    );
}

#[test]
fn channels_are_counted_by_themselves() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 2 + (height + width) / 2 % 4 };
        let channels = shape.channels;
        let single = Shape { channels: 1, ..shape };
        for dtype in DTYPES {
            let samples = match noise(shape, dtype, 23) {
                Samples::I32(values) => Samples::I32(values.iter().map(|v| v % 900).collect()),
                other => other,
            };
            let image = upload(&engine, &samples, shape);
            let what = format!("{dtype:?} {shape:?}");
            let size = samples.bytes().len() / shape.samples() as usize;
            let pixels = samples.bytes().chunks(size);
            let channel = |c: usize| {
                let own = pixels.clone().skip(c).step_by(channels as usize).flatten();
                let own = Samples::of(dtype, &own.copied().collect::<Vec<u8>>());
                upload(&engine, &own, single)
            };
            if dtype == DType::F32 {
                let count = |image: &GpuImage, lists| {
                    exposure::float_histogram("t", image, 9, SourceRange::Type, lists).unwrap()
                };
                let found = count(&image, channels);
                for c in 0..channels as usize {
                    assert_eq!(
                        found.counts[9 * c..9 * c + 9],
                        count(&channel(c), 1).counts,
                        "{what}"
                    );
                }
                // In the bins of all of them.
                let bins =
                    |lists| exposure::float_histogram("t", &image, 9, SourceRange::Image, lists);
                let (all, apart) = (bins(1).unwrap(), bins(channels).unwrap());
                assert_eq!(all.bin_centers, apart.bin_centers, "{what}");
                let sum = |i: usize| apart.counts.iter().skip(i).step_by(9).sum::<f64>();
                assert_eq!(all.counts, (0..9).map(sum).collect::<Vec<_>>(), "{what}");
                continue;
            }
            let found = exposure::level_histogram("t", &image, channels).unwrap();
            let bins = found.bin_centers.len();
            for c in 0..channels as usize {
                let alone = exposure::level_histogram("t", &channel(c), 1).unwrap();
                let own = found.counts[bins * c..bins * (c + 1)].iter().zip(&found.bin_centers);
                let (counts, levels): (Vec<f64>, Vec<f64>) =
                    own.filter(|(count, _)| **count > 0.0).unzip();
                assert_eq!((counts, levels), (alone.counts, alone.bin_centers), "{what}");
            }
        }
    }
    let shape = Shape { channels: 3, ..ROW };
    let image = upload(&engine, &noise(shape, DType::U8, 1), shape);
    let error = exposure::level_histogram("t", &image, 2).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_ARGUMENT");
}

#[test]
fn each_channel_may_have_a_table() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 3 };
        let samples = noise(shape, DType::U8, 24);
        let image = upload(&engine, &samples, shape);
        let table: Vec<u16> = (0..3 * 256).map(|entry| entry * 81).collect();
        let found =
            exposure::look_up("t", &image, bytemuck::cast_slice(&table), DType::U16, 0, 3).unwrap();
        let expected =
            (0..).zip(samples.values()).map(|(i, level)| table[i % 3 * 256 + level as usize]);
        assert!(download::<u16>(&found) == expected.collect::<Vec<_>>(), "{shape:?}");
    }
}

#[test]
fn refusals() {
    let Some(engine) = require_gpu() else { return };
    let [floats, bytes] =
        [DType::F32, DType::U8].map(|dtype| upload(&engine, &noise(ROW, dtype, 1), ROW));
    let argument = "ERR_GPU_ARGUMENT";
    assert_eq!(exposure::adjust_gamma(&bytes, 1.0, 1.0).unwrap_err().code(), argument);
    assert_eq!(
        exposure::rescale_intensity(&bytes, [0.0, 1.0], [0.0, 1.0]).unwrap_err().code(),
        argument
    );
    assert_eq!(
        exposure::look_up("t", &floats, &[1; 8], DType::F32, 0, 1).unwrap_err().code(),
        argument
    );
    assert_eq!(
        exposure::look_up("t", &bytes, &[1; 6], DType::F32, 0, 1).unwrap_err().code(),
        argument
    );
    assert_eq!(
        exposure::look_up("t", &bytes, &[1; 6], DType::U8, 0, 2).unwrap_err().code(),
        argument
    );
    assert_eq!(exposure::interpolate("t", &floats, &[], &[]).unwrap_err().code(), argument);
    assert_eq!(
        exposure::interpolate("t", &floats, &[0.0, 1.0], &[0.0]).unwrap_err().code(),
        argument
    );
    let histogram = exposure::float_histogram("t", &bytes, 4, SourceRange::Type, 1);
    assert_eq!(histogram.unwrap_err().code(), argument);
}
