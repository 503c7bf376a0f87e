use tagswitch_image::ChordFootprint;
use tagswitch_kernels_gpu::feature::{
    self, Canny, CornerMeasure, Derivatives, HessianMatrix, PeakCandidates, StructureTensor,
};
use tagswitch_kernels_gpu::filters::{self, Frangi, Scale};
use tagswitch_kernels_gpu::{Border, DType, GpuImage, Result, Shape};

use crate::limited::Limited;
use crate::oracle::Samples;
use crate::support::{download, noise, upload};
use crate::{DTYPES, MODES, SHAPES, bits};

fn all_bits(images: Result<[GpuImage; 3]>) -> Vec<u32> {
    images.unwrap().iter().flat_map(download::<u32>).collect()
}

#[test]
fn matrices() {
    let Some(limited) = Limited::new() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        for (dtype, mode) in DTYPES.into_iter().chain([DType::U8]).zip(MODES) {
            let image = upload(&limited.engine, &noise(shape, dtype, 9), shape);
            let border = Border { mode, cval: 0.25 };
            let tensor = StructureTensor { sigma: [0.6, 0.8], radius: [2, 3], border };
            let limits = |bytes: u64, least: u64| {
                let row = bytes * u64::from(width);
                let least = (7 * row + 260).max(least);
                [least, least + 2 * row, 2 * least + 1000]
            };
            // Three floats to a pixel, of which a tile has 256 at least; of matrices one.
            let (wide, narrow) = (limits(12, 3072), limits(4, 1024));
            if 12 * shape.pixels() <= wide[2] || 4 * shape.pixels() <= narrow[2] {
                continue;
            }
            let what = format!("{dtype:?} {shape:?} {mode:?}");
            limited.same(&wide, &what, || all_bits(feature::structure_tensor(&image, &tensor)));
            let measure = CornerMeasure::Harris { k: 0.05 };
            limited.same(&wide, &what, || bits(feature::corners(&image, &tensor, measure)));
            for derivatives in
                [Derivatives::Differences, Derivatives::Gaussian { columns_first: true }]
            {
                if width < 2 && derivatives == Derivatives::Differences {
                    continue;
                }
                let hessian =
                    HessianMatrix { sigma: [0.6, 0.8], radius: [2, 3], border, derivatives };
                limited
                    .same(&narrow, &what, || all_bits(feature::hessian_matrix(&image, &hessian)));
            }
        }
    }
}

#[test]
fn edges_of_64_bits() {
    let Some(limited) = Limited::new() else { return };
    let weights = [0.6, 0.2];
    for (height, width) in [(67, 43), (300, 7)] {
        let shape = Shape { height, width, channels: 1 };
        let within: Vec<u8> = (0..shape.pixels()).map(|i| u8::from(i % 97 > 0)).collect();
        let mask = upload(&limited.engine, &Samples::U8(within), shape);
        for (dtype, mode) in DTYPES.into_iter().zip(MODES) {
            let image = upload(&limited.engine, &noise(shape, dtype, 11), shape);
            for mask in [None, Some(&mask)] {
                let border = Border { mode, cval: 0.0 };
                let thresholds = [0.1, 0.9];
                let options = Canny { weights: [&weights; 2], border, thresholds, mask };
                // Marks of regions are bound at once, all of 64 bits in tiles.
                let marks = 4 * (shape.pixels() + 1);
                limited.same(&[marks, 6 * shape.pixels()], &format!("{dtype:?} {mode:?}"), || {
                    download::<u8>(&feature::canny(&image, &options).unwrap())
                });
            }
        }
    }
}

#[test]
fn ridges_of_64_bits() {
    let Some(limited) = Limited::new() else { return };
    let one = Scale { gaussian: &[0.4, 0.2, 0.1], derivative: &[0.0, 0.4, 0.4] };
    let other = Scale { gaussian: &[0.6, 0.2], derivative: &[0.0, 0.6] };
    for (height, width) in [(47, 43), (300, 7)] {
        let shape = Shape { height, width, channels: 1 };
        for (dtype, mode) in DTYPES.into_iter().chain([DType::U8]).zip(MODES) {
            let image = upload(&limited.engine, &noise(shape, dtype, 12), shape);
            let options = Frangi {
                scales: &[one, other],
                beta: 0.5,
                gamma: None,
                black_ridges: true,
                border: Border { mode, cval: 0.25 },
            };
            // 64 bits to a pixel, of which a tile has 64 at least, or of rows five.
            let least = (40 * u64::from(width) + 260).max(2048);
            limited.same(&[least, 3 * least], &format!("{dtype:?} {mode:?}"), || {
                bits(filters::frangi(&image, &options))
            });
        }
    }
}

#[test]
fn peaks() {
    let Some(limited) = Limited::new() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let samples = noise(shape, dtype, 10);
            let least = dtype.bytes() as u64 * 1024;
            if shape.pixels() * dtype.bytes() as u64 <= 2 * least {
                continue;
            }
            let image = upload(&limited.engine, &samples, shape);
            let footprint = ChordFootprint::new(1, 3, &[1; 3]);
            // So few that their list is bound at once.
            let mut values = samples.values();
            values.sort_by(f64::total_cmp);
            let threshold = values[values.len() - values.len().min(100)];
            let options = PeakCandidates { threshold, footprint, excluded: [0, 0] };
            limited.same(&[least, 2 * least], &format!("{dtype:?} {shape:?}"), || {
                feature::peak_candidates("peaks", &image, &options).unwrap()
            });
            let all = PeakCandidates { threshold: -1.0, ..options };
            let found = || feature::peak_candidates("peaks", &image, &all);
            let bytes = 8 * found().unwrap().len() as u64;
            limited.engine.set_largest_binding(least);
            let too_many = found().map_err(|error| error.code());
            limited.engine.set_largest_binding(u64::MAX);
            // Single columns have no neighbours here, and so are flat.
            assert_eq!(too_many.is_err(), bytes > least, "{bytes}");
            assert!(too_many.is_ok() || too_many == Err("ERR_GPU_LIMIT"));
        }
    }
}
