use tagswitch_image::ChordFootprint;
use tagswitch_kernels_gpu::morphology::{self, Morphology};
use tagswitch_kernels_gpu::{BorderMode, Shape};

use crate::limited::Limited;
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
