use tagswitch_kernels_gpu::feature::{self, Matrix};
use tagswitch_kernels_gpu::filters::{self, Gabor};
use tagswitch_kernels_gpu::{Border, DType, Shape};

use crate::limited::Limited;
use crate::support::{download, noise, upload};
use crate::{DTYPES, MODES};

#[test]
fn kernels_of_two_dimensions() {
    let Some(limited) = Limited::new() else { return };
    let shape = Shape { height: 97, width: 43, channels: 1 };
    for (dtype, mode) in DTYPES.into_iter().chain([DType::F32]).zip(MODES) {
        let image = upload(&limited.engine, &noise(shape, dtype, 41), shape);
        let weights = (0..5 * 7).map(|i| [i as f32 / 8.0, (i % 3) as f32]).collect();
        let options = Gabor { radius: [2, 3], weights, border: Border { mode, cval: 0.5 } };
        limited.same(&[1300, 3000], &format!("{dtype:?} {mode:?}"), || {
            let both = filters::gabor(&image, &options).unwrap();
            both.iter().flat_map(download::<u32>).collect::<Vec<_>>()
        });
    }
}

#[test]
fn eigenvalues() {
    let Some(limited) = Limited::new() else { return };
    let shape = Shape { height: 97, width: 43, channels: 1 };
    let elements =
        [42, 43, 44].map(|seed| upload(&limited.engine, &noise(shape, DType::F32, seed), shape));
    limited.same(&[1024, 5000], "eigenvalues", || {
        let both = feature::eigenvalues(Matrix::Hessian, elements.each_ref()).unwrap();
        both.iter().flat_map(download::<u32>).collect::<Vec<_>>()
    });
}
