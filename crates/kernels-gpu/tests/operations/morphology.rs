//! `morphology.*`

use tagswitch_image::ChordFootprint;
use tagswitch_kernels_gpu::morphology::{self, Morphology};
use tagswitch_kernels_gpu::{BorderMode, GpuImage, Shape};

use crate::DTYPES;
use crate::filters::MODES;
use crate::oracle::{self, Samples};
use crate::support::{SHAPES, download, noise, require_gpu, upload};

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
        for (height, width) in SHAPES {
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
