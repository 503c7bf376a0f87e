//! The levels of floats, which are sorted.

use tagswitch_kernels_gpu::exposure;
use tagswitch_kernels_gpu::{DType, Shape};

use crate::oracle::Samples;
use crate::support::{download, noise, require_gpu, upload};

/// Noise of few levels, denormals, infinities, zeros of both signs and NaN of both.
fn samples(shape: Shape) -> Vec<f32> {
    let odd = [f32::NAN, -f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 0.0, -0.0, 1e-45, -1e-40];
    let words = noise(shape, DType::U16, 61).values();
    words
        .into_iter()
        .map(|word| match word as usize % 40 {
            i @ 0..8 => odd[i],
            _ => (word as f32 - 3e4) % 777.0 / 8.0,
        })
        .collect()
}

fn levels_of(samples: &[f32]) -> (Vec<f64>, Vec<f64>) {
    let mut numbers: Vec<f32> = samples.iter().copied().filter(|sample| !sample.is_nan()).collect();
    numbers.sort_by(f32::total_cmp);
    let levels = numbers.chunk_by(|a, b| a == b);
    levels.map(|level| (f64::from(level[0]), level.len() as f64)).unzip()
}

#[test]
fn floats_are_sorted_and_counted() {
    let Some(engine) = require_gpu() else { return };
    for (height, width, channels) in [(1, 1, 1), (5, 3, 1), (16, 32, 1), (41, 13, 1), (67, 43, 3)] {
        let shape = Shape { height, width, channels };
        let samples = samples(shape);
        let image = upload(&engine, &Samples::F32(samples.clone()), shape);
        let found = exposure::level_histogram("t", &image, 1).unwrap();
        assert_eq!((found.bin_centers, found.counts), levels_of(&samples), "{shape:?}");
        let lists = exposure::level_histogram("t", &image, channels).unwrap();
        let bins = lists.bin_centers.len();
        for list in 0..channels as usize {
            let own: Vec<f32> =
                samples.iter().copied().skip(list).step_by(channels as usize).collect();
            let counts = &lists.counts[list * bins..(list + 1) * bins];
            let occurring = lists.bin_centers.iter().zip(counts).filter(|(_, count)| **count > 0.0);
            assert_eq!(occurring.unzip(), levels_of(&own), "{shape:?}, list {list}");
        }
    }
}

#[test]
fn each_float_is_looked_up_among_the_levels() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 3, channels: 2 };
    let nan = f32::NAN;
    let samples = vec![-1.0, -0.0, 0.5, nan, 7.0, 3.0, -9.0, 1.0, 0.0, -nan, f32::INFINITY, 4.0];
    let image = upload(&engine, &Samples::F32(samples), shape);
    let look_up = |levels: &[f32], values: &[f32], lengths: &[u32]| {
        exposure::look_up_float("t", &image, levels, values, lengths)
    };
    let levels = [-1.0, 0.0, 1.0, 7.0, nan];
    let found = look_up(&levels, &[1.0, 2.0, 3.0, 4.0, 5.0], &[5]).unwrap();
    let expected = [1.0, 2.0, 2.0, 5.0, 4.0, 3.0, 1.0, 3.0, 2.0, 5.0, 4.0, 3.0];
    assert_eq!(download::<f32>(&found), expected);
    let found = look_up(&levels, &[1.0, 2.0, 3.0, 4.0, 5.0], &[2, 3]).unwrap();
    let expected = [1.0, 3.0, 2.0, 5.0, 2.0, 3.0, 1.0, 3.0, 2.0, 5.0, 2.0, 3.0];
    assert_eq!(download::<f32>(&found), expected);
    for (levels, values, lengths) in
        [(2, 2, [3].as_slice()), (2, 1, &[2]), (3, 3, &[1, 1, 1]), (2, 2, &[2, 0]), (0, 0, &[])]
    {
        let error = look_up(&vec![1.0; levels], &vec![1.0; values], lengths).unwrap_err();
        assert_eq!(error.code(), "ERR_GPU_ARGUMENT");
    }
}
