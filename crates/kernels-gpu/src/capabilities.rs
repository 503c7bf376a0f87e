//! What an adapter offers: its features and limits, for people to read.

/// Features and limits of an adapter, by the names that WebGPU and wgpu give them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// What the adapter can do beyond WebGPU's least.
    pub features: Vec<String>,
    /// The limits that bound kernels and images.
    pub limits: Vec<(&'static str, u64)>,
}

impl Capabilities {
    pub(crate) fn new(handle: &wgpu::Adapter) -> Self {
        let (features, limits) = (handle.features(), handle.limits());
        Self {
            features: features.iter_names().map(|(name, _)| name.to_owned()).collect(),
            limits: vec![
                ("maxBufferSize", limits.max_buffer_size),
                ("maxStorageBufferBindingSize", limits.max_storage_buffer_binding_size),
                (
                    "maxStorageBuffersPerShaderStage",
                    limits.max_storage_buffers_per_shader_stage.into(),
                ),
                (
                    "maxComputeWorkgroupStorageSize",
                    limits.max_compute_workgroup_storage_size.into(),
                ),
                (
                    "maxComputeInvocationsPerWorkgroup",
                    limits.max_compute_invocations_per_workgroup.into(),
                ),
                (
                    "maxComputeWorkgroupsPerDimension",
                    limits.max_compute_workgroups_per_dimension.into(),
                ),
            ],
        }
    }
}
