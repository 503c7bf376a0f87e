//! `util.random_noise`: samples know where they lie in the image.

use tagswitch_kernels_gpu::{DType, Shape, util};

use crate::limited::Limited;
use crate::support::{noise, upload};
use crate::{DTYPES, bits};

#[test]
fn noise_of_a_place() {
    let Some(limited) = Limited::new() else { return };
    let shape = Shape { height: 67, width: 43, channels: 3 };
    let deviations = upload(&limited.engine, &noise(shape, DType::F32, 15), shape);
    for dtype in DTYPES {
        let image = upload(&limited.engine, &noise(shape, dtype, 14), shape);
        for noise in [
            util::Noise::Additive { mean: 0.1, deviation: 0.5 },
            util::Noise::Local { deviations: &deviations },
            util::Noise::Impulse { amount: 0.5, salt: 0.5 },
        ] {
            let options = util::RandomNoise { noise, low: 0.0, clip: true, key: [1, 2] };
            limited.same(&[3072, 5000], &format!("{dtype:?} {noise:?}"), || {
                bits(util::random_noise(&image, &options))
            });
        }
    }
}
