//! `segmentation.watershed`

use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::segmentation::watershed;
use tagswitch_kernels_gpu::{DType, Shape};

use crate::DTYPES;
use crate::oracle::{self, Samples, flooded, local_minima};
use crate::segmentation::of_every_dtype;
use crate::support::{WINDOW_SHAPES, download, noise, require_gpu, upload};

const BOTH: [Connectivity; 2] = [Connectivity::Four, Connectivity::Eight];

/// A label here and there, once in `rarity` pixels.
fn scattered(shape: Shape, rarity: u32, seed: u64) -> Vec<i32> {
    let numbers = noise(shape, DType::U16, seed).values().into_iter();
    let label = |v: f64| if (v as u32).is_multiple_of(rarity) { v as i32 % 9 - 4 } else { 0 };
    numbers.map(label).collect()
}

#[test]
fn plateaus_are_shared_as_by_a_heap() {
    let Some(engine) = require_gpu() else { return };
    for (case, (height, width)) in WINDOW_SHAPES.into_iter().enumerate() {
        let shape = Shape { height, width, channels: 1 };
        for levels in [1, 3, 60] {
            // The largest takes seconds on a software adapter.
            if height == 128 && levels != 3 {
                continue;
            }
            let markers = scattered(shape, 61, 70 + levels);
            let coarse = oracle::levels(&noise(shape, DType::U16, levels), levels, DType::F32);
            // No two markers of one value, above and below what is around them.
            let samples = (0..).zip(coarse.values()).map(|(i, value)| match markers[i] {
                0 => value as f32,
                _ => (i * 7919 % markers.len()) as f32 / 64.0 - 3.5,
            });
            let samples = Samples::F32(samples.collect());
            let mask = noise(shape, DType::U8, levels + 3).values();
            let mask: Vec<u8> = mask.iter().map(|v| u8::from(*v < 200.0)).collect();
            let connectivity = BOTH[case % 2];
            for mask in [None, Some(&mask[..])] {
                let image = upload(&engine, &samples, shape);
                let given = upload(&engine, &Samples::I32(markers.clone()), shape);
                let inside = mask.map(|mask| upload(&engine, &Samples::U8(mask.to_vec()), shape));
                let found = watershed(&image, Some(&given), inside.as_ref(), connectivity).unwrap();
                let how = (shape, connectivity);
                let expected = flooded(&samples.values(), &markers, mask, how, false);
                assert!(download::<i32>(&found) == expected, "{shape:?} {levels} {connectivity:?}");
            }
        }
    }
}

#[test]
fn ways_wind_within_tiles_and_go_through_their_corners() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 37, width: 35, channels: 1 };
    let winding = |y: u32, x: u32| y.is_multiple_of(2) || x == if y % 4 == 1 { 34 } else { 0 };
    let diagonal = |y: u32, x: u32| y == x;
    // All but one pixel from the end, where tiles are looked at last.
    let end = 34 * 35 + 34;
    let from = |i: u32| u8::from(i == 0) + 2 * u8::from(i == end);
    let value = |i: u32| u8::from(i != end) + u8::from(i == 0);
    let markers = Samples::U8((0..37 * 35).map(from).collect());
    let values = Samples::U8((0..37 * 35).map(value).collect());
    let ways: [(&dyn Fn(u32, u32) -> bool, _); 2] =
        [(&winding, Connectivity::Four), (&diagonal, Connectivity::Eight)];
    for (way, connectivity) in ways {
        let mask: Vec<u8> = (0..37 * 35).map(|i| u8::from(way(i / 35, i % 35))).collect();
        let [image, given] = [&values, &markers].map(|samples| upload(&engine, samples, shape));
        let inside = upload(&engine, &Samples::U8(mask.clone()), shape);
        let found = watershed(&image, Some(&given), Some(&inside), connectivity).unwrap();
        let labels: Vec<i32> = markers.values().iter().map(|&label| label as i32).collect();
        let how = (shape, connectivity);
        let expected = flooded(&values.values(), &labels, Some(&mask), how, false);
        assert!(expected.iter().filter(|label| **label != 0).count() >= 35);
        assert!(download::<i32>(&found) == expected, "{connectivity:?}");
    }
}

#[test]
fn ways_across_what_is_flat_are_found_one_after_the_other() {
    let Some(engine) = require_gpu() else { return };
    for (height, width, end) in [(3, 700, 2099), (700, 3, 2099), (41, 47, 0)] {
        let shape = Shape { height, width, channels: 1 };
        let count = (height * width) as usize;
        let flat = upload(&engine, &Samples::U8(vec![7; count]), shape);
        // Which of those with one label comes first makes no difference.
        let mut markers = vec![0; count];
        (markers[end], markers[end.abs_diff(1)], markers[count / 2]) = (-3, -3, -3);
        let given = upload(&engine, &Samples::I32(markers), shape);
        for connectivity in BOTH {
            let found = watershed(&flat, Some(&given), None, connectivity).unwrap();
            assert!(download::<i32>(&found).iter().all(|label| *label == -3), "{shape:?}");
        }
    }
}

#[test]
fn what_depends_on_the_order_of_equal_markers_is_refused() {
    let Some(engine) = require_gpu() else { return };
    let (mut agreed, mut refused) = (0, 0);
    for seed in 0..60 {
        let shape = Shape { height: 9, width: 11, channels: 1 };
        let connectivity = BOTH[seed as usize % 2];
        let dtype = DTYPES[seed as usize / 2 % 4];
        let samples = oracle::levels(&noise(shape, DType::U16, seed), 2 + seed % 30, dtype);
        let markers = scattered(shape, 10, 100 + seed);
        let image = upload(&engine, &samples, shape);
        let given = upload(&engine, &Samples::I32(markers.clone()), shape);
        let by_order = [false, true].map(|last_first| {
            flooded(&samples.values(), &markers, None, (shape, connectivity), last_first)
        });
        match watershed(&image, Some(&given), None, connectivity) {
            Ok(found) => {
                let found = download::<i32>(&found);
                assert!(by_order.iter().all(|expected| *expected == found), "{seed}");
                agreed += 1;
            }
            Err(error) => {
                assert_eq!(error.code(), "ERR_GPU_UNSUPPORTED");
                assert!(error.to_string().contains("from several markers"), "{error}");
                // Reversing all of them need not show it.
                refused += u32::from(by_order[0] != by_order[1]);
            }
        }
    }
    assert!(agreed >= 15 && refused >= 15, "{agreed} agreed, {refused} refused");
}

#[test]
fn minima_are_markers_where_there_are_none() {
    let Some(engine) = require_gpu() else { return };
    let mut under_a_mask = 0;
    for (height, width) in WINDOW_SHAPES {
        let shape = Shape { height, width, channels: 1 };
        // Plateaus of four pixels, each of its own value.
        let samples: Vec<f32> = (0..shape.pixels() as usize)
            .map(|i| ((i / 4 * 7919 + i / 4 % 3) % 65_521) as f32 / 8.0)
            .collect();
        let mask: Vec<u8> = (0..shape.pixels()).map(|i| u8::from(i % 7 != 3)).collect();
        for connectivity in BOTH {
            for mask in [None, Some(&mask)] {
                let image = upload(&engine, &Samples::F32(samples.clone()), shape);
                let inside = mask.map(|mask| upload(&engine, &Samples::U8(mask.clone()), shape));
                let markers =
                    local_minima(&samples, mask.map(|mask| &mask[..]), shape, connectivity);
                let found = watershed(&image, None, inside.as_ref(), connectivity);
                // What came apart has several markers of one value.
                let found = match found {
                    Err(error) if mask.is_some() => {
                        assert!(error.to_string().contains("from several markers"), "{error}");
                        continue;
                    }
                    found => found.unwrap(),
                };
                under_a_mask += u32::from(mask.is_some());
                let values: Vec<f64> = samples.iter().map(|&v| v.into()).collect();
                let mask = mask.map(|mask| &mask[..]);
                let expected = flooded(&values, &markers, mask, (shape, connectivity), false);
                assert!(download::<i32>(&found) == expected, "{shape:?} {connectivity:?}");
            }
        }
    }
    assert!(under_a_mask > 3);
    // A constant image has none.
    let shape = Shape { height: 3, width: 5, channels: 1 };
    let flat = upload(&engine, &Samples::U8(vec![9; 15]), shape);
    let found = watershed(&flat, None, None, Connectivity::Four).unwrap();
    assert_eq!(download::<i32>(&found), [0; 15]);
}

#[test]
fn every_dtype_of_markers_and_masks_will_do() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 13, width: 17, channels: 1 };
    let image = upload(&engine, &noise(shape, DType::I32, 5), shape);
    let markers: Vec<u8> = (0..221).map(|i| if i % 23 == 0 { i as u8 } else { 0 }).collect();
    let bytes: Vec<u8> = (0..221).map(|i| u8::from(i % 5 != 0)).collect();
    let mut results = Vec::new();
    for mask in of_every_dtype(&bytes) {
        for given in [
            Samples::U8(markers.clone()),
            Samples::U16(markers.iter().map(|&m| m.into()).collect()),
            Samples::I32(markers.iter().map(|&m| m.into()).collect()),
        ] {
            let (given, inside) = (upload(&engine, &given, shape), upload(&engine, &mask, shape));
            let found = watershed(&image, Some(&given), Some(&inside), Connectivity::Four).unwrap();
            results.push(download::<i32>(&found));
        }
    }
    assert!(results.iter().all(|one| *one == results[0]));
    assert!(results[0].iter().zip(&bytes).all(|(label, mask)| *label == 0 || *mask != 0));
}

#[test]
fn samples_without_a_place_are_refused() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 4, channels: 1 };
    let markers = upload(&engine, &Samples::U8(vec![1, 0, 0, 2]), shape);
    for samples in
        [Samples::F32(vec![0.0, 1.0, f32::NAN, 3.0]), Samples::I32(vec![0, 1, i32::MAX, 3])]
    {
        let image = upload(&engine, &samples, shape);
        let error = watershed(&image, Some(&markers), None, Connectivity::Four).unwrap_err();
        assert_eq!(error.code(), "ERR_GPU_UNSUPPORTED");
        assert!(error.to_string().contains("NaN or 2147483647"), "{error}");
    }
    // Both zeros are one, infinities are values, and so is the least integer.
    for (samples, expected) in [
        (Samples::F32(vec![-1.0, 0.0, -0.0, 2.0]), [1, 1, 1, 2]),
        (Samples::F32(vec![f32::INFINITY, f32::INFINITY, 2.0, f32::NEG_INFINITY]), [1, 2, 2, 2]),
        (Samples::I32(vec![i32::MIN, 5, 4, 3]), [1, 1, 2, 2]),
    ] {
        let image = upload(&engine, &samples, shape);
        let found = watershed(&image, Some(&markers), None, Connectivity::Four).unwrap();
        assert_eq!(download::<i32>(&found), expected, "{samples:?}");
    }
}

#[test]
fn arguments_that_do_not_fit_are_refused() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 2, width: 3, channels: 1 };
    let gray = upload(&engine, &noise(shape, DType::U8, 1), shape);
    let floats = upload(&engine, &noise(shape, DType::F32, 1), shape);
    let other = Shape { height: 3, width: 2, channels: 1 };
    let turned = upload(&engine, &noise(other, DType::U8, 1), other);
    let rgb = Shape { height: 2, width: 1, channels: 3 };
    let rgb = upload(&engine, &noise(rgb, DType::U8, 1), rgb);
    for (image, markers, mask) in [
        (&rgb, None, None),
        (&gray, Some(&floats), None),
        (&gray, Some(&turned), None),
        (&gray, None, Some(&turned)),
    ] {
        let error = watershed(image, markers, mask, Connectivity::Four).unwrap_err();
        assert_eq!(error.code(), "ERR_GPU_ARGUMENT", "{error}");
    }
}
