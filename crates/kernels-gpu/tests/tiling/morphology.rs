use tagswitch_image::ChordFootprint;
use tagswitch_kernels_gpu::morphology::{self, Morphology};
use tagswitch_kernels_gpu::{BorderMode, DType, Shape};

use crate::limited::Limited;
use crate::oracle::{self, Samples};
use crate::support::{bytes_of, noise, upload};
use crate::{DTYPES, SHAPES};

#[test]
fn morphology_in_whole_words() {
    let Some(limited) = Limited::new() else { return };
    let footprint =
        ChordFootprint::new(3, 5, &[1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0]).unwrap();
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 1 };
            if shape.pixels() * (dtype.bytes() as u64) < 1200 {
                continue;
            }
            let image = upload(&limited.engine, &noise(shape, dtype, 8), shape);
            for mode in [BorderMode::Reflect, BorderMode::Wrap] {
                let footprint = footprint.clone();
                let options = Morphology { footprint, mode, erosion_cval: 9.0, dilation_cval: 0.0 };
                limited.same(&[1100, 3000], &format!("{dtype:?} {shape:?} {mode:?}"), || {
                    bytes_of(&morphology::white_tophat(&image, &options).unwrap())
                });
            }
        }
    }
}

#[test]
fn convex_hulls() {
    let Some(limited) = Limited::new() else { return };
    // Few rows have ends that a limit does not hold at once.
    for (dtype, (height, width)) in DTYPES
        .into_iter()
        .flat_map(|dtype| [(67, 43), (96, 64), (5, 611)].map(|size| (dtype, size)))
    {
        let shape = Shape { height, width, channels: 1 };
        let rare: Vec<f64> = noise(shape, DType::U8, 9).values();
        let rare = rare.iter().map(|value| if *value > 250.0 { 7 } else { 0 });
        let samples = oracle::levels(&Samples::U8(rare.collect()), 2, dtype);
        let image = upload(&limited.engine, &samples, shape);
        let row = u64::from(width) * dtype.bytes() as u64 + 262;
        let least = row.max(1024);
        limited.same(&[least, least + 1600], &format!("{dtype:?} {shape:?}"), || {
            bytes_of(&morphology::convex_hull_image(&image, true, true).unwrap())
        });
    }
}

#[test]
fn distances() {
    let Some(limited) = Limited::new() else { return };
    for (dtype, (height, width)) in DTYPES
        .into_iter()
        .flat_map(|dtype| [(67, 43), (96, 64), (4001, 1)].map(|size| (dtype, size)))
    {
        let shape = Shape { height, width, channels: 1 };
        let rare = noise(shape, DType::U8, 16).values();
        let rare = rare.iter().map(|value| if *value < 254.0 { 7.0 } else { 0.0 });
        let samples = oracle::levels(&Samples::F32(rare.collect()), 2, dtype);
        let image = upload(&limited.engine, &samples, shape);
        // The bits are seen at once, and so are 32 rows of the image.
        let bits = u64::from(4 * height.div_ceil(32) * width);
        let least = (32 * u64::from(width) * dtype.bytes() as u64 + 262).max(bits).max(1024);
        limited.same(&[least, least + 1600], &format!("{dtype:?} {shape:?}"), || {
            bytes_of(&morphology::distance_transform_edt(&image, [1.0, 0.75]).unwrap())
        });
    }
}
