//! `feature.*`

use tagswitch_kernels_gpu::feature::{
    self, CornerMeasure, Derivatives, HessianMatrix, Matrix, StructureTensor,
};
use tagswitch_kernels_gpu::{Border, DType, GpuImage, Result, Shape};

use crate::filters::MODES;
use crate::oracle;
use crate::support::{SHAPES, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

fn compare(found: Result<[GpuImage; 3]>, expected: [Vec<f64>; 3], what: &str) {
    for (found, expected) in found.unwrap().iter().zip(expected) {
        close(&download::<f32>(found), &expected, 1e-4, what);
    }
}

#[test]
fn structure_tensor() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        for (dtype, mode) in DTYPES.into_iter().chain([DType::U8]).zip(MODES) {
            let samples = noise(shape, dtype, 31);
            let image = upload(&engine, &samples, shape);
            let border = Border { mode, cval: 0.25 };
            let options = StructureTensor { sigma: [1.0, 0.6], radius: [4, 2], border };
            compare(
                feature::structure_tensor(&image, &options),
                oracle::structure_tensor(&samples, shape, &options),
                &format!("{dtype:?} {shape:?} {mode:?}"),
            );
        }
    }
}

#[test]
fn corners() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 19, width: 23, channels: 1 };
    let samples = noise(shape, DType::F32, 32);
    let image = upload(&engine, &samples, shape);
    let border = Border { mode: MODES[1], cval: 0.0 };
    let options = StructureTensor { sigma: [1.0; 2], radius: [4; 2], border };
    let [rr, rc, cc] = oracle::structure_tensor(&samples, shape, &options);
    let each = |response: &dyn Fn(f64, f64, f64) -> f64| -> Vec<f64> {
        rr.iter().zip(&rc).zip(&cc).map(|((rr, rc), cc)| response(*rr, *rc, *cc)).collect()
    };
    let determinant = |rr: f64, rc: f64, cc: f64| rr * cc - rc * rc;
    let harris = each(&|rr, rc, cc| determinant(rr, rc, cc) - 0.05 * (rr + cc).powi(2));
    let noble = each(&|rr, rc, cc| 2.0 * determinant(rr, rc, cc) / (rr + cc + 1e-6));
    let smaller = each(&|rr, rc, cc| (rr + cc) / 2.0 - ((rr - cc).powi(2) / 4.0 + rc * rc).sqrt());
    for (measure, expected) in [
        (CornerMeasure::Harris { k: 0.05 }, harris),
        (CornerMeasure::Noble { eps: 1e-6 }, noble),
        (CornerMeasure::ShiTomasi, smaller),
    ] {
        let found = feature::corners(&image, &options, measure).unwrap();
        close(&download::<f32>(&found), &expected, 1e-4, &format!("{measure:?}"));
    }
}

#[test]
fn hessian_matrix() {
    let Some(engine) = require_gpu() else { return };
    // Along an axis of one pixel all cancels, and what is left is rounding.
    for (height, width) in SHAPES.into_iter().filter(|&(height, width)| height.min(width) > 1) {
        let shape = Shape { height, width, channels: 1 };
        for (dtype, mode) in DTYPES.into_iter().chain([DType::U16]).zip(MODES) {
            let samples = noise(shape, dtype, 33);
            let image = upload(&engine, &samples, shape);
            for derivatives in [
                Derivatives::Differences,
                Derivatives::Gaussian { columns_first: false },
                Derivatives::Gaussian { columns_first: true },
            ] {
                let options = HessianMatrix {
                    sigma: [0.8, 1.1],
                    radius: [3, 5],
                    border: Border { mode, cval: 0.25 },
                    derivatives,
                };
                // Derivatives are small beside what they are differences of.
                let largest = samples.intensities().iter().fold(0.0_f64, |a, b| a.max(b.abs()));
                let found = feature::hessian_matrix(&image, &options).unwrap();
                let expected = oracle::hessian_matrix(&samples, shape, &options);
                for (found, expected) in found.iter().zip(expected) {
                    for (a, b) in download::<f32>(found).into_iter().zip(expected) {
                        let what = format!("{dtype:?} {shape:?} {mode:?} {derivatives:?}");
                        assert!((f64::from(a) - b).abs() <= 1e-6 * largest, "{what}: {a} {b}");
                    }
                }
            }
        }
    }
}

#[test]
fn refuses_differences_of_a_line_and_colour() {
    let Some(engine) = require_gpu() else { return };
    let options = HessianMatrix {
        sigma: [1.0; 2],
        radius: [4; 2],
        border: Border { mode: MODES[0], cval: 0.0 },
        derivatives: Derivatives::Differences,
    };
    for (height, channels) in [(1, 1), (3, 3)] {
        let shape = Shape { height, width: 4, channels };
        let image = upload(&engine, &noise(shape, DType::U8, 34), shape);
        let error = feature::hessian_matrix(&image, &options).unwrap_err();
        assert_eq!(error.code(), "ERR_GPU_ARGUMENT");
    }
}

#[test]
fn eigenvalues() {
    let Some(engine) = require_gpu() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        let elements = [35, 36, 37].map(|seed| noise(shape, DType::F32, seed));
        let images = elements.each_ref().map(|element| upload(&engine, element, shape));
        let [a, b, c] = elements.map(|element| element.values());
        for (matrix, which) in [(Matrix::Hessian, 0), (Matrix::StructureTensor, 1)] {
            let found = feature::eigenvalues(matrix, images.each_ref()).unwrap();
            for (found, sign) in found.iter().zip([1.0, -1.0]) {
                let value = |i: usize| {
                    let distance = (b[i] * b[i] + ((a[i] - c[i]) / 2.0).powi(2)).sqrt();
                    (a[i] + c[i]) / 2.0 + sign * distance
                };
                let expected: Vec<f64> = (0..a.len()).map(value).collect();
                close(&download::<f32>(found), &expected, 1e-5, &format!("{shape:?} {which}"));
            }
        }
    }
}

#[test]
fn eigenvalues_of_what_squares_would_not_hold() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 3, channels: 1 };
    let [a, b, c] = [[3e38, 0.0, 0.0], [0.0, 2e-30, 0.0], [-3e38, 0.0, 0.0]]
        .map(|values| upload(&engine, &oracle::Samples::F32(values.to_vec()), shape));
    let [larger, smaller] = feature::eigenvalues(Matrix::Hessian, [&a, &b, &c]).unwrap();
    close(&download::<f32>(&larger)[..1], &[3e38], 1e-6, "large");
    close(&download::<f32>(&larger)[1..], &[2e-30, 0.0], 1e-6, "small");
    close(&download::<f32>(&smaller)[1..], &[-2e-30, 0.0], 1e-6, "small");
    // As in 64 bits: the smaller one of the second matrix is ∞ - ∞.
    let [a, b, c] = [[0.5, f32::INFINITY, 0.0], [f32::INFINITY, 0.5, f32::NAN], [1.0, 0.0, 0.0]]
        .map(|values| upload(&engine, &oracle::Samples::F32(values.to_vec()), shape));
    let [larger, smaller] = feature::eigenvalues(Matrix::Hessian, [&a, &b, &c]).unwrap();
    let [larger, smaller] = [&larger, &smaller].map(download::<f32>);
    assert_eq!(larger[..2], [f32::INFINITY; 2]);
    assert_eq!(smaller[0], f32::NEG_INFINITY);
    assert!(larger[2].is_nan() && smaller[1].is_nan() && smaller[2].is_nan());
    let bytes = upload(&engine, &noise(shape, DType::U8, 38), shape);
    let error = feature::eigenvalues(Matrix::Hessian, [&a, &bytes, &c]).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_ARGUMENT");
}
