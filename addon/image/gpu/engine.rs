//! The process's GPU engine.

use std::collections::BTreeMap;

use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_kernels_gpu::{
    Capabilities, adapter, capabilities, existing_engine, set_fusion, set_pool_limit,
};

use super::gpu_error;

/// What the GPU operations would run on.
#[napi(object, object_from_js = false)]
pub struct GpuAdapter {
    pub name: String,
    pub driver: String,
    #[napi(ts_type = "\"discrete\" | \"integrated\" | \"virtual\" | \"software\" | \"other\"")]
    pub device_type: &'static str,
    #[napi(ts_type = "\"vulkan\" | \"metal\" | \"dx12\"")]
    pub backend: &'static str,
    /// The most bytes that an image can have.
    pub largest_image: f64,
    /// The most bytes that a kernel is given at once. Larger images are worked on in tiles.
    pub largest_binding: f64,
}

/// Counters since the device was made.
#[napi(object, object_from_js = false)]
pub struct GpuStats {
    pub submissions: f64,
    pub dispatches: f64,
    pub fused_steps: f64,
    pub uploaded_bytes: f64,
    pub downloaded_bytes: f64,
    pub live_bytes: f64,
    pub pooled_bytes: f64,
    pub pool_limit: f64,
    pub pool_hits: f64,
    pub pool_evictions: f64,
    pub allocations: f64,
    pub pipelines: f64,
    pub pipeline_hits: f64,
    pub shaders: f64,
    pub pipeline_cache: GpuPipelineCache,
}

/// What became of the pipelines that are kept between processes.
#[napi(object, object_from_js = false)]
pub struct GpuPipelineCache {
    #[napi(ts_type = "\"unsupported\" | \"off\" | \"empty\" | \"damaged\" | \"loaded\"")]
    pub state: &'static str,
    pub file: Option<String>,
    pub loaded_bytes: f64,
    pub saved_bytes: f64,
    pub problem: Option<String>,
}

/// The adapter that would be used, or an error that says why there is none. Makes no device.
#[napi(catch_unwind)]
pub fn gpu_adapter(allow_software: bool) -> Result<GpuAdapter> {
    let adapter = adapter(allow_software).map_err(gpu_error)?;
    Ok(GpuAdapter {
        name: adapter.name,
        driver: adapter.driver,
        device_type: adapter.device_type,
        backend: adapter.backend,
        largest_image: adapter.largest_image as f64,
        largest_binding: adapter.largest_binding as f64,
    })
}

/// What an adapter can do.
#[napi(object, object_from_js = false)]
pub struct GpuCapabilities {
    pub features: Vec<String>,
    pub limits: BTreeMap<String, f64>,
}

/// The features and limits of the adapter that would be used. Makes no device.
#[napi(catch_unwind)]
pub fn gpu_capabilities(allow_software: bool) -> Result<GpuCapabilities> {
    let Capabilities { features, limits } = capabilities(allow_software).map_err(gpu_error)?;
    let limits = limits.into_iter().map(|(name, value)| (name.to_owned(), value as f64)).collect();
    Ok(GpuCapabilities { features, limits })
}

/// The engine's counters; nothing before its first use.
#[napi(catch_unwind)]
pub fn gpu_stats() -> Option<GpuStats> {
    let engine = existing_engine()?;
    let (stats, cache) = (engine.stats(), engine.pipeline_cache());
    // Exact up to 2^53.
    Some(GpuStats {
        submissions: stats.submissions as f64,
        dispatches: stats.dispatches as f64,
        fused_steps: stats.fused_steps as f64,
        uploaded_bytes: stats.uploaded_bytes as f64,
        downloaded_bytes: stats.downloaded_bytes as f64,
        live_bytes: stats.live_bytes as f64,
        pooled_bytes: stats.pooled_bytes as f64,
        pool_limit: stats.pool_limit as f64,
        pool_hits: stats.pool_hits as f64,
        pool_evictions: stats.pool_evictions as f64,
        allocations: stats.allocations as f64,
        pipelines: stats.pipelines as f64,
        pipeline_hits: stats.pipeline_hits as f64,
        shaders: stats.shaders as f64,
        pipeline_cache: GpuPipelineCache {
            state: cache.state,
            file: cache.file.map(|file| file.to_string_lossy().into_owned()),
            loaded_bytes: cache.loaded_bytes as f64,
            saved_bytes: cache.saved_bytes as f64,
            problem: cache.problem,
        },
    })
}

/// Gives the device and all its memory up. Images on it fail from then on; the next upload makes a new device.
#[napi(catch_unwind)]
pub fn gpu_destroy_device() {
    if let Some(engine) = existing_engine() {
        engine.destroy();
    }
}

/// Sets how many bytes of unused buffers are kept, now and by later devices, and frees those beyond it.
#[napi(catch_unwind)]
pub fn gpu_set_pool_limit(bytes: f64) {
    // Negative and NaN become 0.
    set_pool_limit(bytes as u64);
}

/// Says whether point-wise operations in a row become one kernel, now and on later devices; returns what held before.
#[napi(catch_unwind)]
pub fn gpu_set_fusion(on: bool) -> bool {
    set_fusion(on)
}
