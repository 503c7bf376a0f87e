use napi::bindgen_prelude::Float64Array;
use napi_derive::napi;
use tagswitch_kernels_cpu::filters;

/// Samples by bin: how many, and the value that stands for them, ascending.
#[napi(object, object_from_js = false)]
pub struct Histogram {
    pub counts: Float64Array,
    pub centers: Float64Array,
}

impl From<filters::Histogram> for Histogram {
    fn from(filters::Histogram { counts, centers }: filters::Histogram) -> Self {
        Self { counts: counts.into(), centers: centers.into() }
    }
}

impl From<tagswitch_kernels_gpu::filters::Histogram> for Histogram {
    fn from(histogram: tagswitch_kernels_gpu::filters::Histogram) -> Self {
        Self { counts: histogram.counts.into(), centers: histogram.centers.into() }
    }
}
