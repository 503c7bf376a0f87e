//! Peaks: `feature.peakLocalMax`, `feature.cornerPeaks`.

use tagswitch_image::ChordFootprint;
use tagswitch_kernels_gpu::feature::{PeakCandidates, peak_candidates};
use tagswitch_kernels_gpu::{BorderMode, DType, Shape};

use crate::DTYPES;
use crate::oracle::{self, Samples};
use crate::support::{SHAPES, noise, require_gpu, upload};

fn found(samples: &Samples, shape: Shape, options: &PeakCandidates) -> Vec<(f64, [u32; 2])> {
    let engine = require_gpu().unwrap();
    peak_candidates("peaks", &upload(&engine, samples, shape), options).unwrap()
}

fn expected(samples: &Samples, shape: Shape, options: &PeakCandidates) -> Vec<(f64, [u32; 2])> {
    let values = samples.values();
    let footprint = options.footprint.as_ref().filter(|_| values.len() > 1);
    let greatest = footprint.map_or(values.clone(), |footprint| {
        oracle::neighbourhood(&values, shape, footprint, BorderMode::Nearest, 0.0, -1.0)
    });
    if footprint.is_some() && values == greatest {
        return vec![];
    }
    let margin = |i: u32, side: u32| i.min(side - 1 - i);
    let pixels = (0..shape.height).flat_map(|y| (0..shape.width).map(move |x| [y, x]));
    let all = values.iter().zip(&greatest).zip(pixels).filter(|((value, greatest), [y, x])| {
        let inside = margin(*y, shape.height) >= options.excluded[0]
            && margin(*x, shape.width) >= options.excluded[1];
        inside && value == greatest && **value > options.threshold
    });
    all.map(|((&value, _), place)| (value, place)).collect()
}

#[test]
fn of_noise_and_plateaus() {
    let Some(_) = require_gpu() else { return };
    let square = ChordFootprint::new(3, 3, &[1; 9]);
    let lopsided = ChordFootprint::new(3, 5, &[1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0]);
    // Several blocks of pixels, the last one of which is not full.
    for &(height, width) in &SHAPES[..5] {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let samples = noise(shape, dtype, 51);
            let plateaus = oracle::levels(&samples, 3, dtype);
            let middle = samples.values()[0];
            for (footprint, excluded) in
                [(&square, [1, 1]), (&lopsided, [0, 2]), (&None, [0, 0]), (&square, [9, u32::MAX])]
            {
                let footprint = footprint.clone();
                for (samples, threshold) in [
                    (&samples, middle),
                    (&plateaus, 0.0),
                    (&plateaus, f64::NEG_INFINITY),
                    (&plateaus, f64::NAN),
                ] {
                    let options =
                        PeakCandidates { threshold, footprint: footprint.clone(), excluded };
                    let what = format!("{dtype:?} {shape:?} {options:?}");
                    let expected = expected(samples, shape, &options);
                    assert_eq!(found(samples, shape, &options), expected, "{what}");
                }
            }
        }
    }
}

#[test]
fn flat_images_have_none_unless_pixels_have_no_neighbours() {
    let Some(_) = require_gpu() else { return };
    let shape = Shape { height: 40, width: 60, channels: 1 };
    let mut flat = vec![0.0; 2400];
    // Both zeros are one.
    flat[7] = -0.0;
    let footprint = ChordFootprint::new(3, 3, &[1; 9]);
    let mut options = PeakCandidates { threshold: -1.0, footprint, excluded: [0; 2] };
    assert_eq!(found(&Samples::F32(flat.clone()), shape, &options), []);
    // A NaN is no neighbour, but the image is not flat.
    flat[1000] = f32::NAN;
    assert_eq!(found(&Samples::F32(flat.clone()), shape, &options).len(), 2399);
    options.footprint = None;
    assert_eq!(found(&Samples::F32(flat), shape, &options).len(), 2399);
}

#[test]
fn colours_are_refused() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 2, channels: 3 };
    let image = upload(&engine, &noise(shape, DType::U8, 1), shape);
    let options = PeakCandidates { threshold: 0.0, footprint: None, excluded: [0; 2] };
    let error = peak_candidates("feature.peakLocalMax", &image, &options).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_ARGUMENT");
}
