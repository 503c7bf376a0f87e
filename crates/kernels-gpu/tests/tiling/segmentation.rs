use tagswitch_kernels_gpu::segmentation::{self, Boundaries, BoundaryMode, Marks};
use tagswitch_kernels_gpu::{DType, Shape};

use crate::SHAPES;
use crate::limited::Limited;
use crate::oracle::{self, Samples};
use crate::support::{bytes_of, noise, upload};

#[test]
fn boundaries_and_labels_in_whole_words() {
    let Some(limited) = Limited::new() else { return };
    let marks = Marks { color: [1.0, 1.0, 0.0], outline: Some([0.0, 0.5, 1.0]) };
    for dtype in [DType::U8, DType::U16, DType::I32] {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 1 };
            if shape.pixels() * (dtype.bytes() as u64) < 2200 {
                continue;
            }
            // Few labels, so that they grow far.
            let levels = noise(shape, DType::U16, 21).values();
            let few = levels
                .iter()
                .map(|value| if (*value as u32).is_multiple_of(29) { 7 * 5 } else { 0 });
            let few = oracle::levels(&Samples::U16(few.collect()), 9, dtype);
            let labels = upload(&limited.engine, &few, shape);
            let what = format!("{dtype:?} {shape:?}");
            for mode in [BoundaryMode::Thick, BoundaryMode::Inner, BoundaryMode::Outer] {
                let boundaries = Boundaries { corners: true, mode, background: 0 };
                limited.same(&[1500, 2000], &what, || {
                    bytes_of(&segmentation::find_boundaries(&labels, boundaries).unwrap())
                });
            }
            limited.same(&[2100, 5000], &what, || {
                bytes_of(&segmentation::expand_labels(&labels, 1.5).unwrap())
            });
            let boundaries =
                Boundaries { corners: false, mode: BoundaryMode::Outer, background: 0 };
            for channels in [1, 3] {
                let of_image = Shape { channels, ..shape };
                let image = upload(&limited.engine, &noise(of_image, DType::U8, 22), of_image);
                limited.same(&[1500, 4000], &what, || {
                    let marked = segmentation::mark_boundaries(&image, &labels, boundaries, marks);
                    bytes_of(&marked.unwrap())
                });
            }
        }
    }
}
