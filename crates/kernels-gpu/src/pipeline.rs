//! Kernels are data; this turns them into pipelines, once per device.

use std::collections::HashMap;
use std::sync::Arc;

use crate::blocks;
use crate::error::Result;
use crate::params::Layout;
use crate::pipeline_cache::PipelineCache;

/// A compute shader: everything about it that is known without a device.
#[derive(Debug)]
pub struct Kernel {
    /// `module.operation` or `module.operation/step`; errors and traces name it.
    pub name: &'static str,
    /// Invocations per workgroup, as in the shader.
    pub workgroup: [u32; 3],
    /// Storage bindings, in the order in which dispatches give the buffers. Binding 0 is always `Params`.
    pub bindings: &'static [Binding],
    /// WGSL, joined as it is, but for blocks that have another form with subgroup operations; see [`blocks`](crate::blocks).
    pub sources: &'static [&'static str],
    /// The Rust side of `Params`.
    pub params: Layout,
}

/// A storage binding and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// The kernel only reads it.
    Read(u32),
    /// The kernel only writes to it.
    Write(u32),
    /// The kernel reads what is there, and writes to it.
    Update(u32),
}

impl Binding {
    /// Its number.
    #[must_use]
    pub fn number(self) -> u32 {
        match self {
            Self::Read(number) | Self::Write(number) | Self::Update(number) => number,
        }
    }
}

impl Kernel {
    /// The whole WGSL, with subgroup operations or without.
    #[must_use]
    pub fn wgsl(&self, subgroups: bool) -> String {
        let form = |source| if subgroups { blocks::with_subgroups(source) } else { source };
        self.sources.iter().map(|source| form(source)).collect::<Vec<_>>().join("\n")
    }
}

/// A compiled kernel for given constants.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(crate) pipeline: wgpu::ComputePipeline,
    pub(crate) layout: wgpu::BindGroupLayout,
}

/// What was compiled so far.
#[derive(Debug)]
pub(crate) struct Pipelines {
    shaders: HashMap<&'static str, Loaded>,
    pipelines: HashMap<(&'static str, Vec<u64>), Arc<Pipeline>>,
    /// Those of generated kernels, by their text.
    generated: HashMap<String, Arc<Pipeline>>,
    /// Those compiled for others to keep.
    others: usize,
    hits: u64,
    /// What the driver compiled, now and in earlier processes.
    pub(crate) cache: Arc<PipelineCache>,
    unsaved: bool,
}

impl Pipelines {
    /// None yet; they are compiled with the help of `cache`.
    pub(crate) fn new(cache: PipelineCache) -> Self {
        Self {
            shaders: HashMap::new(),
            pipelines: HashMap::new(),
            generated: HashMap::new(),
            others: 0,
            hits: 0,
            cache: Arc::new(cache),
            unsaved: false,
        }
    }

    /// The pipeline of a kernel with these constants, compiled on first use.
    pub(crate) fn get(
        &mut self,
        device: &wgpu::Device,
        kernel: &Kernel,
        constants: &[(&'static str, f64)],
    ) -> Result<Arc<Pipeline>> {
        let key = (kernel.name, constants.iter().map(|(_, value)| value.to_bits()).collect());
        if let Some(found) = self.pipelines.get(&key) {
            self.hits += 1;
            return Ok(Arc::clone(found));
        }
        if !self.shaders.contains_key(kernel.name) {
            let entries = entries(kernel.bindings, kernel.params.size);
            let subgroups = device.features().contains(blocks::FEATURES);
            let made = load(device, kernel.name, &kernel.wgsl(subgroups), &entries)?;
            self.shaders.insert(kernel.name, made);
        }
        let loaded = &self.shaders[kernel.name];
        let cache = self.cache.cache();
        let made = Arc::new(compile(device, kernel.name, loaded, "main", constants, cache)?);
        self.pipelines.insert(key, Arc::clone(&made));
        self.unsaved = true;
        Ok(made)
    }

    /// The pipeline of a generated kernel, compiled when this text first comes up.
    pub(crate) fn generated(
        &mut self,
        device: &wgpu::Device,
        name: &str,
        wgsl: String,
        bindings: &[Binding],
        params: usize,
    ) -> Result<Arc<Pipeline>> {
        if let Some(found) = self.generated.get(&wgsl) {
            self.hits += 1;
            return Ok(Arc::clone(found));
        }
        let loaded = load(device, name, &wgsl, &entries(bindings, params))?;
        let made = Arc::new(compile(device, name, &loaded, "main", &[], self.cache.cache())?);
        self.generated.insert(wgsl, Arc::clone(&made));
        self.unsaved = true;
        Ok(made)
    }

    /// Compiles a shader that is no [`Kernel`] of this crate. The caller keeps it.
    pub(crate) fn compile(
        &mut self,
        device: &wgpu::Device,
        name: &str,
        wgsl: &str,
        entry_point: &str,
        entries: &[wgpu::BindGroupLayoutEntry],
    ) -> Result<Pipeline> {
        let loaded = load(device, name, wgsl, entries)?;
        let made = compile(device, name, &loaded, entry_point, &[], self.cache.cache())?;
        self.others += 1;
        self.unsaved = true;
        Ok(made)
    }

    /// How many were compiled.
    pub(crate) fn len(&self) -> usize {
        self.pipelines.len() + self.generated.len() + self.others
    }

    /// How often one was used again.
    pub(crate) fn hits(&self) -> u64 {
        self.hits
    }

    /// How many shaders were translated.
    pub(crate) fn shaders(&self) -> u64 {
        (self.shaders.len() + self.generated.len() + self.others) as u64
    }

    /// The cache, if pipelines were compiled since the last call: it may have something to save.
    pub(crate) fn take_unsaved(&mut self) -> Option<Arc<PipelineCache>> {
        std::mem::take(&mut self.unsaved).then(|| Arc::clone(&self.cache))
    }

    /// Gives them all up.
    pub(crate) fn clear(&mut self) {
        self.shaders.clear();
        self.pipelines.clear();
        self.generated.clear();
        self.unsaved = false;
    }
}

/// A shader as the device has it, with the layouts of what is bound to it.
#[derive(Debug)]
struct Loaded {
    module: wgpu::ShaderModule,
    layout: wgpu::BindGroupLayout,
    pipeline_layout: wgpu::PipelineLayout,
}

fn load(
    device: &wgpu::Device,
    name: &str,
    wgsl: &str,
    entries: &[wgpu::BindGroupLayoutEntry],
) -> Result<Loaded> {
    crate::device::scoped(device, name, 0, || {
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(name),
            source: wgpu::ShaderSource::Wgsl(wgsl.into()),
        });
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some(name),
            entries,
        });
        let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some(name),
            bind_group_layouts: &[Some(&layout)],
            immediate_size: 0,
        });
        Loaded { module, layout, pipeline_layout }
    })
}

fn compile(
    device: &wgpu::Device,
    name: &str,
    loaded: &Loaded,
    entry_point: &str,
    constants: &[(&str, f64)],
    cache: Option<&wgpu::PipelineCache>,
) -> Result<Pipeline> {
    let pipeline = crate::device::scoped(device, name, 0, || {
        device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(name),
            layout: Some(&loaded.pipeline_layout),
            module: &loaded.module,
            entry_point: Some(entry_point),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants,
                ..Default::default()
            },
            cache,
        })
    })?;
    Ok(Pipeline { pipeline, layout: loaded.layout.clone() })
}

fn entries(bindings: &[Binding], params: usize) -> Vec<wgpu::BindGroupLayoutEntry> {
    // Storage, though small and constant: lavapipe compiles a shader anew for uniforms that its branches and loops depend
    // on, and leaks a copy of it, up to a megabyte, with every dispatch.
    let params = storage_entry(0, true, wgpu::BufferSize::new(params as u64));
    let others = bindings.iter().map(|binding| match *binding {
        Binding::Read(at) => storage_entry(at, true, None),
        Binding::Write(at) | Binding::Update(at) => storage_entry(at, false, None),
    });
    [params].into_iter().chain(others).collect()
}

/// A storage binding of a compute shader.
pub(crate) fn storage_entry(
    binding: u32,
    read_only: bool,
    size: Option<wgpu::BufferSize>,
) -> wgpu::BindGroupLayoutEntry {
    buffer_entry(binding, wgpu::BufferBindingType::Storage { read_only }, size)
}

/// A uniform binding of a compute shader.
pub(crate) fn uniform_entry(
    binding: u32,
    size: Option<wgpu::BufferSize>,
) -> wgpu::BindGroupLayoutEntry {
    buffer_entry(binding, wgpu::BufferBindingType::Uniform, size)
}

fn buffer_entry(
    binding: u32,
    ty: wgpu::BufferBindingType,
    min_binding_size: Option<wgpu::BufferSize>,
) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::COMPUTE,
        ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset: false, min_binding_size },
        count: None,
    }
}
