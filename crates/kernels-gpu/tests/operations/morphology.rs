//! `morphology.*`

use tagswitch_image::{ChordFootprint, ConvexHull};
use tagswitch_kernels_gpu::morphology::{self, Morphology};
use tagswitch_kernels_gpu::{BorderMode, DType, GpuImage, Shape};

use crate::DTYPES;
use crate::filters::MODES;
use crate::oracle::{self, Samples};
use crate::support::{SHAPES, WINDOW_SHAPES, download, noise, require_gpu, upload};

fn footprints() -> [ChordFootprint; 4] {
    let cross = ChordFootprint::new(3, 3, &[0, 1, 0, 1, 1, 1, 0, 1, 0]);
    let lopsided = ChordFootprint::new(3, 5, &[1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0]);
    let rectangle = ChordFootprint::new(5, 7, &[1; 35]);
    // Two by two, beside the middle.
    let even = ChordFootprint::new(3, 3, &[0, 0, 0, 0, 1, 1, 0, 1, 1]);
    [cross, lopsided, rectangle, even].map(Option::unwrap)
}

fn values(image: &GpuImage, like: &Samples) -> Vec<f64> {
    match like {
        Samples::U8(_) => Samples::U8(download(image)).values(),
        Samples::U16(_) => Samples::U16(download(image)).values(),
        Samples::I32(_) => Samples::I32(download(image)).values(),
        Samples::F32(_) => Samples::F32(download(image)).values(),
    }
}

#[test]
fn erosion_dilation_and_opening() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in WINDOW_SHAPES {
            let shape = Shape { height, width, channels: 1 };
            let samples = noise(shape, dtype, 12);
            let image = upload(&engine, &samples, shape);
            for footprint in footprints() {
                for mode in MODES {
                    // Where all borders matter most is small.
                    if height * width > 300 && mode != BorderMode::Reflect {
                        continue;
                    }
                    let options = Morphology {
                        footprint: footprint.clone(),
                        mode,
                        erosion_cval: 1.0,
                        dilation_cval: 0.0,
                    };
                    let what = format!("{dtype:?} {shape:?} {footprint:?} {mode:?}");
                    let found = morphology::erosion(&image, &options).unwrap();
                    let eroded =
                        oracle::neighbourhood(&samples.values(), shape, &footprint, mode, 1.0, 1.0);
                    assert_eq!(values(&found, &samples), eroded, "erosion {what}");
                    let found = morphology::dilation(&image, &options).unwrap();
                    let dilated = oracle::neighbourhood(
                        &samples.values(),
                        shape,
                        &footprint,
                        mode,
                        0.0,
                        -1.0,
                    );
                    assert_eq!(values(&found, &samples), dilated, "dilation {what}");
                    if mode != BorderMode::Reflect {
                        continue;
                    }
                    let found = morphology::opening(&image, &options).unwrap();
                    let mirrored = footprint.mirrored();
                    let opened = oracle::neighbourhood(&eroded, shape, &mirrored, mode, 0.0, -1.0);
                    assert_eq!(values(&found, &samples), opened, "opening {what}");
                }
            }
        }
    }
}

/// Samples of which few are not 0, and whole rows are.
fn sparse(shape: Shape, dtype: DType, rarity: u32) -> Samples {
    let values = noise(shape, DType::U16, 13).values();
    let values = values.iter().enumerate().map(|(i, &value)| {
        let row = i as u32 / shape.width;
        let counts = row % 5 != 1 && (value as u32).is_multiple_of(rarity);
        if counts { value as u32 % 250 + 1 } else { 0 }
    });
    match dtype {
        DType::U8 => Samples::U8(values.map(|v| v as u8).collect()),
        // Bits of one half only.
        DType::U16 => Samples::U16(values.map(|v| (v << 8) as u16).collect()),
        DType::I32 => Samples::I32(values.map(|v| -(v as i32)).collect()),
        // Denormals count.
        DType::F32 => Samples::F32(values.map(f32::from_bits).collect()),
    }
}

#[test]
fn convex_hull_image() {
    let Some(engine) = require_gpu() else { return };
    let sizes = SHAPES.into_iter().chain([(3, 1000)]);
    for ((height, width), rarity) in sizes.flat_map(|size| [3, 29].map(|rarity| (size, rarity))) {
        let shape = Shape { height, width, channels: 1 };
        for dtype in DTYPES {
            let samples = sparse(shape, dtype, rarity);
            let image = upload(&engine, &samples, shape);
            let values = samples.values();
            let ends = values.chunks_exact(width as usize).map(|row| {
                let first = row.iter().position(|&value| value != 0.0)?;
                Some([first, row.iter().rposition(|&value| value != 0.0)?])
            });
            for (offset, borders) in [(true, true), (true, false), (false, true), (false, false)] {
                let hull = ConvexHull::around(ends.clone(), offset);
                let inside =
                    |row, column| hull.columns(row, width as usize, borders).contains(&column);
                let expected: Vec<u8> = (0..height as usize)
                    .flat_map(|row| (0..width as usize).map(move |column| (row, column)))
                    .map(|(row, column)| u8::from(inside(row, column)))
                    .collect();
                let found = morphology::convex_hull_image(&image, offset, borders).unwrap();
                let what = format!("{dtype:?} {shape:?} {rarity} {offset} {borders}");
                assert!(download::<u8>(&found) == expected, "{what}");
            }
        }
    }
}

#[test]
fn nan_belongs_to_the_hull_and_zeros_do_not() {
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 1, width: 5, channels: 1 };
    let image = upload(&engine, &Samples::F32(vec![-0.0, f32::NAN, 0.0, 1e-45, 0.0]), shape);
    let hull = morphology::convex_hull_image(&image, true, true).unwrap();
    assert_eq!(download::<u8>(&hull), [0, 1, 1, 1, 0]);
    let empty = upload(&engine, &Samples::F32(vec![-0.0; 5]), shape);
    let hull = morphology::convex_hull_image(&empty, true, true).unwrap();
    assert_eq!(download::<u8>(&hull), [0; 5]);
}
