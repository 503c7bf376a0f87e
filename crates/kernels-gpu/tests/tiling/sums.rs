//! Sums over all of an image, whose blocks are whole in every tile.

use tagswitch_kernels_gpu::measure::{Blocks, Connectivity, Extreme};
use tagswitch_kernels_gpu::metrics::{self, SimilarityImages, StructuralSimilarity};
use tagswitch_kernels_gpu::{DType, Shape, filters, measure};

use crate::DTYPES;
use crate::limited::Limited;
use crate::oracle;
use crate::support::{bytes_of, noise, upload};

#[test]
fn sums_of_blocks() {
    let Some(limited) = Limited::new() else { return };
    let shape = Shape { height: 301, width: 303, channels: 1 };
    let limits = [66_000, 70_001, 140_000];
    for dtype in DTYPES {
        let [image, other] =
            [16, 17].map(|seed| upload(&limited.engine, &noise(shape, dtype, seed), shape));
        let what = format!("{dtype:?}");
        limited.same(&limits, &what, || filters::threshold_mean(&image).unwrap());
        limited.same(&limits, &what, || metrics::compare("m", &image, &other).unwrap());
    }
}

#[test]
fn windows_and_moments() {
    let Some(limited) = Limited::new() else { return };
    let threshold = filters::WindowThreshold::Sauvola { k: 0.2, r: 100.0 };
    for (height, width) in [(131, 43), (200, 7)] {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let image = upload(&limited.engine, &noise(shape, dtype, 20), shape);
            let what = format!("{dtype:?} {shape:?}");
            let least = (16 * u64::from(width) * 4).max(1024) + 260;
            let limits = [3 * least, 3 * least + 2000].map(|limit| limit.max(1024));
            let small = [least.min(u64::from(height * width)), least];
            for sides in [[15, 9], [5, 51]] {
                let window = || filters::threshold_window("t", &image, sides, threshold).unwrap();
                limited.same(&limits, &what, || bytes_of(&window()));
            }
            limited.same(&small, &what, || measure::moments("m", &image, [0.0, 0.0], 3).unwrap());
        }
    }
}

#[test]
fn structural_similarity() {
    let Some(limited) = Limited::new() else { return };
    for (height, width, channels) in [(131, 43, 1), (67, 21, 3)] {
        let shape = Shape { height, width, channels };
        for dtype in DTYPES {
            let [image, other] =
                [18, 19].map(|seed| upload(&limited.engine, &noise(shape, dtype, seed), shape));
            let options = StructuralSimilarity {
                weights: vec![1.0 / 11.0; 11],
                margin: 3,
                range: 300.0,
                covariance: 1.0,
                c1: 9.0,
                c2: 81.0,
            };
            let row = u64::from(width * channels);
            let what = format!("{dtype:?} {shape:?}");
            let given = |images: SimilarityImages| {
                let found =
                    metrics::structural_similarity(&image, &other, &options, images).unwrap();
                let kept = [found.similarities, found.gradient];
                (found.mean.to_bits(), kept.map(|image| image.map(|image| bytes_of(&image))))
            };
            // A band of 16 rows, and those before and after it.
            let least = 3 * 16 * row * dtype.bytes() as u64 + 260;
            let mean = SimilarityImages::default();
            limited.same(&[least, least + 5000], &what, || given(mean));
            let least = least.max(16 * 4 * row + 260);
            let full = SimilarityImages { similarities: true, gradient: false };
            limited.same(&[least, least + 5000], &what, || given(full));
            // A row of terms, and the five before and after it.
            let least = 11 * 20 * row + 260;
            let both = SimilarityImages { similarities: true, gradient: true };
            limited.same(&[least, least + 5000], &what, || given(both));
        }
    }
}

#[test]
fn patterns_that_reach_into_other_tiles() {
    let Some(limited) = Limited::new() else { return };
    for (height, width) in [(131, 43), (901, 7)] {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let mask = oracle::levels(&noise(shape, DType::U16, 51), 4, dtype);
            let image = upload(&limited.engine, &mask, shape);
            let row = u64::from(width) * dtype.bytes() as u64;
            // A row at a time, where the windows of few bytes let it, and several.
            let limits = [(5 * row + 260).max(1024), 1024 + 9 * row];
            for connectivity in [Connectivity::Four, Connectivity::Eight] {
                let what = format!("{dtype:?} {shape:?} {connectivity:?}");
                limited.same(&limits, &what, || measure::euler_number(&image, connectivity));
                limited.same(&limits, &what, || measure::perimeter(&image, connectivity));
            }
        }
    }
}

#[test]
fn blocks_and_samples() {
    let Some(limited) = Limited::new() else { return };
    for (height, width, channels) in [(131, 43, 1), (301, 7, 3)] {
        let shape = Shape { height, width, channels };
        for dtype in DTYPES {
            let image = upload(&limited.engine, &noise(shape, dtype, 52), shape);
            let what = format!("{dtype:?} {shape:?}");
            let blocks = Blocks { rows: 3, columns: 2, cval: 1.0 };
            // Three rows of samples, or one of what is between them and the result.
            let row = u64::from(width * channels);
            let limits = [(12 * row + 260).max(1024), 2000 + 12 * row];
            for extreme in [Extreme::Least, Extreme::Greatest] {
                let extremes = || measure::block_extreme(&image, blocks, extreme).unwrap();
                limited.same(&limits, &what, || bytes_of(&extremes()));
            }
            if image.byte_length() > limits[0] {
                let medians = || measure::block_median(&image, blocks).unwrap();
                limited.same(&limits, &what, || bytes_of(&medians()));
            }
            if dtype != DType::F32 {
                limited.same(&limits, &what, || measure::block_sum(&image, blocks).unwrap());
            }
            let pixels: Vec<u32> = (0..80).map(|i| i * 71 % (height * width)).collect();
            limited.same(&[3072], &what, || measure::samples_at(&image, &pixels).unwrap());
        }
    }
}

#[test]
fn regions() {
    let Some(limited) = Limited::new() else { return };
    for (height, width) in [(67, 43), (200, 17), (4001, 1)] {
        let shape = Shape { height, width, channels: 1 };
        for dtype in [DType::U8, DType::U16, DType::I32] {
            // Regions that lie in many tiles.
            let labels = oracle::levels(&noise(shape, DType::U16, 23), 20, dtype);
            let labels = upload(&limited.engine, &labels, shape);
            let of_samples = Shape { channels: 2, ..shape };
            let samples = noise(of_samples, dtype, 24);
            let intensity = upload(&limited.engine, &samples, of_samples);
            limited.same(&[2048, 3500], &format!("{dtype:?} {shape:?}"), || {
                let sums = measure::region_sums("r", &labels, Some(&intensity)).unwrap();
                sums.concat().into_iter().map(f64::to_bits).collect::<Vec<_>>()
            });
        }
    }
}
