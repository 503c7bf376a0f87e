//! Operations: an image on the GPU in, one out. They only record, so they return at once, but for those that give
//! numbers, or need some of the image: these wait, or `later` answer by a promise.

mod color;
mod color_spaces;
mod exposure;
mod feature;
mod filters;
mod measure;
mod metrics;
mod morphology;
mod peaks;
mod segmentation;
mod thresholds;
mod transform;
mod util;
mod warp;

use napi::Env;
use tagswitch_addon_values::error::{Result, coded};
use tagswitch_addon_values::histogram::Histogram;
use tagswitch_kernels_gpu::{Border, BorderMode, exposure as gpu};

/// As the addon hands it out.
fn histogram(_: &Env, found: gpu::Histogram) -> Histogram {
    let gpu::Histogram { counts, bin_centers } = found;
    Histogram { counts: counts.into(), bin_centers: bin_centers.into() }
}

fn border(operation: &str, mode: &str, cval: f64) -> Result<Border> {
    let Some(mode) = BorderMode::from_name(mode) else {
        let expected = "reflect, constant, nearest, mirror or wrap";
        return Err(refused(operation, &format!("mode is {mode:?}; expected {expected}")));
    };
    Ok(Border { mode, cval })
}

/// A number that is a whole one, and exact.
fn whole(operation: &str, name: &str, value: f64) -> Result<i64> {
    if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_991.0 {
        return Ok(value as i64);
    }
    Err(refused(operation, &format!("{name} is {value}; expected a whole number")))
}

fn refused(operation: &str, message: &str) -> napi::Error<String> {
    coded("ERR_GPU_ARGUMENT", &format!("{operation}: {message}"))
}
