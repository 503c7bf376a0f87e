use tagswitch_kernels_gpu::feature::{
    self, CornerMeasure, Derivatives, HessianMatrix, StructureTensor,
};
use tagswitch_kernels_gpu::{Border, DType, GpuImage, Result, Shape};

use crate::limited::Limited;
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
            // Three floats to a pixel, of five rows.
            let least = (5 * u64::from(width) * 12 + 260).max(1024);
            let limits = [least, least + 24 * u64::from(width), 2 * least + 1000];
            let what = format!("{dtype:?} {shape:?} {mode:?}");
            limited.same(&limits, &what, || all_bits(feature::structure_tensor(&image, &tensor)));
            let measure = CornerMeasure::Harris { k: 0.05 };
            limited.same(&limits, &what, || bits(feature::corners(&image, &tensor, measure)));
            for derivatives in
                [Derivatives::Differences, Derivatives::Gaussian { columns_first: true }]
            {
                if width < 2 && derivatives == Derivatives::Differences {
                    continue;
                }
                let hessian =
                    HessianMatrix { sigma: [0.6, 0.8], radius: [2, 3], border, derivatives };
                limited
                    .same(&limits, &what, || all_bits(feature::hessian_matrix(&image, &hessian)));
            }
        }
    }
}
