//! Kernels are data; this turns them into pipelines, once per device.

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::Result;
use crate::params::Layout;

/// A compute shader: everything about it that is known without a device.
#[derive(Debug)]
pub struct Kernel {
    /// `module.operation` or `module.operation/step`; errors and traces name it.
    pub name: &'static str,
    /// Invocations per workgroup, as in the shader.
    pub workgroup: [u32; 3],
    /// Storage bindings, in the order in which dispatches give the buffers. Binding 0 is always `Params`.
    pub bindings: &'static [Binding],
    /// WGSL, joined as it is.
    pub sources: &'static [&'static str],
    /// The Rust side of `Params`.
    pub params: Layout,
}

/// A storage binding and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// The kernel only reads it.
    Read(u32),
    /// The kernel writes to it.
    Write(u32),
}

impl Binding {
    /// Its number.
    #[must_use]
    pub fn number(self) -> u32 {
        match self {
            Self::Read(number) | Self::Write(number) => number,
        }
    }
}

impl Kernel {
    /// The whole WGSL.
    #[must_use]
    pub fn wgsl(&self) -> String {
        self.sources.join("\n")
    }
}

/// A compiled kernel for given constants.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(crate) pipeline: wgpu::ComputePipeline,
    pub(crate) layout: wgpu::BindGroupLayout,
}

/// What was compiled so far.
#[derive(Debug, Default)]
pub(crate) struct Pipelines {
    shaders:
        HashMap<&'static str, (wgpu::ShaderModule, wgpu::BindGroupLayout, wgpu::PipelineLayout)>,
    pipelines: HashMap<(&'static str, Vec<u64>), Arc<Pipeline>>,
}

impl Pipelines {
    /// The pipeline of a kernel with these constants, compiled on first use.
    pub(crate) fn get(
        &mut self,
        device: &wgpu::Device,
        kernel: &Kernel,
        constants: &[(&'static str, f64)],
    ) -> Result<Arc<Pipeline>> {
        let key = (kernel.name, constants.iter().map(|(_, value)| value.to_bits()).collect());
        if let Some(found) = self.pipelines.get(&key) {
            return Ok(Arc::clone(found));
        }
        if !self.shaders.contains_key(kernel.name) {
            let made = crate::device::scoped(device, kernel.name, 0, || {
                let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
                    label: Some(kernel.name),
                    source: wgpu::ShaderSource::Wgsl(kernel.wgsl().into()),
                });
                let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
                    label: Some(kernel.name),
                    entries: &entries(kernel),
                });
                let pipeline_layout =
                    device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                        label: Some(kernel.name),
                        bind_group_layouts: &[Some(&layout)],
                        immediate_size: 0,
                    });
                (module, layout, pipeline_layout)
            })?;
            self.shaders.insert(kernel.name, made);
        }
        let (module, layout, pipeline_layout) = &self.shaders[kernel.name];
        let pipeline = crate::device::scoped(device, kernel.name, 0, || {
            device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                label: Some(kernel.name),
                layout: Some(pipeline_layout),
                module,
                entry_point: Some("main"),
                compilation_options: wgpu::PipelineCompilationOptions {
                    constants,
                    ..Default::default()
                },
                cache: None,
            })
        })?;
        let made = Arc::new(Pipeline { pipeline, layout: layout.clone() });
        self.pipelines.insert(key, Arc::clone(&made));
        Ok(made)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.pipelines.len()
    }
}

fn entries(kernel: &Kernel) -> Vec<wgpu::BindGroupLayoutEntry> {
    let entry = |binding, ty, size| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::COMPUTE,
        ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset: false, min_binding_size: size },
        count: None,
    };
    // Storage, though small and constant: lavapipe compiles a shader anew for uniforms that its branches and loops depend
    // on, and leaks a copy of it, up to a megabyte, with every dispatch.
    let mut entries = vec![entry(
        0,
        wgpu::BufferBindingType::Storage { read_only: true },
        wgpu::BufferSize::new(kernel.params.size as u64),
    )];
    entries.extend(kernel.bindings.iter().map(|binding| match *binding {
        Binding::Read(at) => entry(at, wgpu::BufferBindingType::Storage { read_only: true }, None),
        Binding::Write(at) => {
            entry(at, wgpu::BufferBindingType::Storage { read_only: false }, None)
        }
    }));
    entries
}
