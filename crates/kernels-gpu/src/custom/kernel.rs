use std::borrow::Cow;
use std::sync::{Arc, Mutex, Weak};

use super::parameters::{Declared, Parameters};
use super::shader::{Element, Shader};
use crate::device::{Engine, lock};
use crate::error::{GpuError, Result, guarded};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::pipeline::{Binding, Pipeline, Pipelines, storage_entry, uniform_entry};
use crate::recording::{Recording, entry};
use crate::step::Step;
use crate::storage::Storage;
use crate::timing::moved;

/// Workgroups in one dimension of a dispatch, WebGPU's default limit.
const DIMENSION: u32 = 65_535;

/// A user's kernel. Compiled for a device when it first runs there.
#[derive(Debug)]
pub struct CustomKernel {
    name: String,
    wgsl: String,
    shader: Shader,
    compiled: Mutex<Option<(Weak<Engine>, Arc<Pipeline>)>>,
}

impl CustomKernel {
    /// Reads and checks WGSL; needs no GPU. `file` is what errors call the text, `declared` the parameters that callers
    /// give.
    ///
    /// # Errors
    ///
    /// [`GpuError::Shader`].
    pub fn new(name: &str, wgsl: &str, file: &str, declared: &[Declared]) -> Result<Self> {
        let shader = guarded(name, || {
            Shader::read(wgsl, file, declared)
                .map_err(|fault| GpuError::Shader { operation: name.to_owned(), fault })
        })?;
        Ok(Self {
            name: name.to_owned(),
            wgsl: wgsl.to_owned(),
            shader,
            compiled: Mutex::new(None),
        })
    }

    /// What it reads, writes and is told.
    #[must_use]
    pub fn shader(&self) -> &Shader {
        &self.shader
    }

    /// The name that errors and traces give it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Records it over the samples of an image of `shape`: an invocation for each column, row and channel in x, y and z,
    /// rounded up to whole workgroups. `params` are the bytes of the struct, in which dimensions are filled in. Samples
    /// that the shader does not write are 0.
    ///
    /// # Errors
    ///
    /// [`GpuError::Argument`] for another number of images or bytes, another dtype, or an image of another device;
    /// [`GpuError::Binding`] for images too large to be bound at once, as nothing is known of what it reads of them;
    /// [`GpuError::Limit`] beyond 65,535 workgroups in one dimension; and those of the device.
    pub fn run(&self, images: &[&GpuImage], params: &[u8], shape: Shape) -> Result<GpuImage> {
        let engine = self.check(images, params)?;
        // The shader was refused if its output is neither.
        let is_float = self.shader.output.element == Element::F32;
        let dtype = if is_float { DType::F32 } else { DType::I32 };
        let bytes = byte_length(&self.name, shape, dtype)?;
        for bytes in images.iter().map(|image| image.byte_length()).chain([bytes]) {
            engine.check_binding(&self.name, "an image", bytes)?;
        }
        let groups = self.groups(shape)?;
        let shapes: Vec<_> = images.iter().map(|image| image.shape()).collect();
        let params = self.parameters().map(|all| all.filled(params, &shapes, shape));
        let output = engine.record(&self.name, |recording| {
            let read = images.iter().map(|image| image.storage(recording));
            let read = read.collect::<Result<Vec<_>>>()?;
            let output = recording.zeros(bytes)?;
            self.record(recording, &read, params.as_deref(), &output, groups)?;
            Ok(output)
        })?;
        Ok(GpuImage::new(engine, output, shape, dtype))
    }

    fn parameters(&self) -> Option<&Parameters> {
        self.shader.parameters.as_ref().map(|bound| &bound.parameters)
    }

    fn check<'a>(&self, images: &[&'a GpuImage], params: &[u8]) -> Result<&'a Arc<Engine>> {
        let argument = |message: String| Err(GpuError::argument(&self.name, message));
        let expected = self.parameters().map_or(0, |parameters| parameters.size);
        if params.len() != expected {
            return argument(format!("{} bytes of parameters; expected {expected}", params.len()));
        }
        let inputs = &self.shader.inputs;
        let [first, rest @ ..] = images else { return argument("no image".to_owned()) };
        if images.len() != inputs.len() {
            return argument(format!("{} images; the shader reads {}", images.len(), inputs.len()));
        }
        for (image, input) in images.iter().zip(inputs) {
            let fits = match image.dtype() {
                DType::F32 => input.element == Element::F32,
                DType::I32 => input.element == Element::I32,
                DType::U8 | DType::U16 => input.element == Element::U32,
            };
            if !fits {
                let (name, dtype) = (&input.name, image.dtype());
                return argument(format!(
                    "{name} is {dtype:?}; the shader has {:?}",
                    input.element
                ));
            }
        }
        for image in rest {
            first.check_beside(&self.name, image)?;
        }
        Ok(first.engine())
    }

    fn groups(&self, shape: Shape) -> Result<[u32; 3]> {
        let mut groups = [shape.width, shape.height, shape.channels];
        for (count, size) in groups.iter_mut().zip(self.shader.workgroup) {
            *count = count.div_ceil(size);
        }
        let most = groups.iter().copied().max().unwrap_or(0);
        if most > DIMENSION {
            let message = format!(
                "the result takes {most} workgroups in one dimension; GPUs have {DIMENSION}: make the workgroups larger"
            );
            return Err(GpuError::argument(&self.name, message));
        }
        Ok(groups)
    }

    fn record(
        &self,
        recording: &mut Recording<'_>,
        images: &[Arc<Storage>],
        params: Option<&[u8]>,
        output: &Storage,
        groups: [u32; 3],
    ) -> Result<()> {
        let (engine, recorder) = (recording.engine, &mut *recording.recorder);
        for image in images {
            recorder.check_made(image)?;
        }
        let pipeline = self.pipeline(engine, &mut recorder.pipelines)?;
        let mut entries = vec![entry(self.shader.output.binding, &output.buffer, 0, output.bytes)];
        for (input, image) in self.shader.inputs.iter().zip(images) {
            entries.push(entry(input.binding, &image.buffer, 0, image.bytes));
        }
        let arguments = recorder.arguments.clone();
        if let (Some(bound), Some(params)) = (&self.shader.parameters, params) {
            let offset = recorder.put_arguments(&self.name, params)?;
            entries.push(entry(bound.binding, &arguments, offset, params.len() as u64));
        }
        let group = crate::device::scoped(&engine.device, &self.name, 0, || {
            engine.device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some(&self.name),
                layout: &pipeline.layout,
                entries: &entries,
            })
        })?;
        for image in images {
            image.used_by(recorder.batch());
        }
        output.made_by(recorder.batch());
        recorder.stats.dispatches += 1;
        let kernel = Cow::Owned(self.name.clone());
        let read = images.iter().map(|image| (Binding::Read(0), &**image));
        let bound = read.chain([(Binding::Write(0), output)]);
        let bytes = moved(bound.map(|(binding, one)| (binding, &one.buffer, one.bytes)));
        recorder.steps.push(Step::Dispatch { kernel, pipeline, group, groups, bytes });
        Ok(())
    }

    /// The pipeline for a device. One is kept: there is one device at a time.
    fn pipeline(&self, engine: &Arc<Engine>, pipelines: &mut Pipelines) -> Result<Arc<Pipeline>> {
        let mut compiled = lock(&self.compiled);
        if let Some((device, pipeline)) = &*compiled
            && device.as_ptr() == Arc::as_ptr(engine)
        {
            return Ok(Arc::clone(pipeline));
        }
        let Shader { entry, inputs, output, parameters, .. } = &self.shader;
        let mut entries = vec![storage_entry(output.binding, false, None)];
        entries.extend(inputs.iter().map(|input| storage_entry(input.binding, true, None)));
        entries.extend(parameters.iter().map(|bound| {
            let size = wgpu::BufferSize::new(bound.parameters.size as u64);
            if bound.uniform {
                uniform_entry(bound.binding, size)
            } else {
                storage_entry(bound.binding, true, size)
            }
        }));
        let (device, name) = (&engine.device, &self.name);
        let pipeline = Arc::new(pipelines.compile(device, name, &self.wgsl, entry, &entries)?);
        *compiled = Some((Arc::downgrade(engine), Arc::clone(&pipeline)));
        Ok(pipeline)
    }
}
