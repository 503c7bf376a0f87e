//! Every operation against plain Rust, on whatever adapter there is.
//!
//! Without one the tests say so and pass, unless `TAGSWITCH_REQUIRE_GPU` is 1.

mod block_reduce;
mod canny;
mod color;
mod color_spaces;
mod equalize_adapthist;
mod exposure;
mod feature;
mod filters;
mod float_levels;
mod frangi;
mod gabor;
mod histogram_under;
mod hysteresis;
mod mask_edges;
mod measure;
mod metrics;
mod morphology;
#[path = "../oracle/mod.rs"]
mod oracle;
mod peaks;
mod random_noise;
mod refusals;
mod region_sums;
mod segmentation;
mod splines;
#[path = "../support/mod.rs"]
mod support;
mod threshold_local;
mod threshold_window;
mod transform;
mod util;
mod watershed;

use tagswitch_kernels_gpu::DType;

const DTYPES: [DType; 4] = [DType::U8, DType::U16, DType::I32, DType::F32];

/// Compares, relative to the value or a twentieth of the largest one.
fn close(found: &[f32], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let largest = expected.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
    for (i, (&a, &b)) in found.iter().zip(expected).enumerate() {
        let error = (f64::from(a) - b).abs();
        assert!(
            error <= tolerance * b.abs().max(0.05 * largest),
            "{what}: sample {i} is {a}, expected {b}"
        );
    }
}
