use napi_derive::napi;
use tagswitch_kernels_cpu::exposure;

use crate::numbers::Float64Array;

/// Samples by bin: how many, and the value that stands for them, ascending.
#[napi(object, object_from_js = false)]
pub struct Histogram {
    pub counts: Float64Array,
    pub bin_centers: Float64Array,
}

impl From<exposure::Histogram> for Histogram {
    fn from(exposure::Histogram { counts, bin_centers }: exposure::Histogram) -> Self {
        Self { counts: counts.into(), bin_centers: bin_centers.into() }
    }
}
