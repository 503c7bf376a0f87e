//! What an operation does to be recorded: take buffers, bring tables, add kernels.

use std::borrow::Cow;
use std::sync::Arc;

use crate::device::{Engine, scoped};
use crate::error::{GpuError, Result};
use crate::pipeline::{Binding, Kernel, Pipeline};
use crate::pool::{FirstWrite, Purpose, size_class};
use crate::recorder::Recorder;
use crate::step::Step;
use crate::storage::{Bound, Storage, Table};
use crate::timing::moved;

/// Workgroups in one dimension of a dispatch, WebGPU's default limit.
const DIMENSION: u64 = 65_535;

/// Larger tables get a buffer of their own.
const SMALL_TABLE: usize = 8 * 1024;

/// One operation being recorded.
pub(crate) struct Recording<'a> {
    pub(crate) engine: &'a Arc<Engine>,
    pub(crate) recorder: &'a mut Recorder,
    pub(crate) operation: &'a str,
}

impl Recording<'_> {
    /// A buffer of `bytes` bytes that holds anything.
    pub(crate) fn buffer(&mut self, bytes: u64) -> Result<Storage> {
        self.take(bytes, FirstWrite::Device)
    }

    /// A buffer of zeros.
    pub(crate) fn zeros(&mut self, bytes: u64) -> Result<Storage> {
        let storage = self.buffer(bytes)?;
        storage.made_by(self.recorder.batch());
        self.recorder
            .steps
            .push(Step::Clear { buffer: storage.buffer.clone(), bytes: storage.bytes });
        Ok(storage)
    }

    /// A buffer that begins with these words.
    pub(crate) fn words(&mut self, words: &[u32]) -> Result<Storage> {
        let offset = self.recorder.put_arguments(self.operation, bytemuck::cast_slice(words))?;
        self.copied(offset, size_of_val(words) as u64)
    }

    /// A buffer that begins with what lies among the arguments.
    pub(crate) fn copied(&mut self, offset: u64, bytes: u64) -> Result<Storage> {
        let storage = self.buffer(bytes)?;
        storage.made_by(self.recorder.batch());
        self.recorder.steps.push(Step::Arguments { buffer: storage.buffer.clone(), offset, bytes });
        Ok(storage)
    }

    /// A buffer with the caller's bytes.
    pub(crate) fn upload(&mut self, data: &[u8]) -> Result<Storage> {
        let storage = self.take(data.len() as u64, FirstWrite::Host)?;
        self.recorder.stage(self.engine, self.operation, data, &storage.buffer)?;
        self.recorder.stats.uploaded_bytes += data.len() as u64;
        Ok(storage)
    }

    /// Constants for a kernel of this operation.
    pub(crate) fn table(&mut self, data: &[u8]) -> Result<Table> {
        if data.len() > SMALL_TABLE {
            return Ok(Table::Large(self.upload(data)?));
        }
        Ok(Table::Small(self.recorder.put_arguments(self.operation, data)?, data.len() as u64))
    }

    /// Submits early when arguments might run out: for operations of any number of kernels. What tables lie among the
    /// arguments is lost.
    pub(crate) fn make_room(&mut self) -> Result<()> {
        self.recorder.make_room(self.engine)
    }

    /// As [`make_room`](Self::make_room), also where so much work would be too much beside what waits.
    pub(crate) fn make_room_for(&mut self, work: u64) -> Result<()> {
        self.make_room()?;
        let waiting = self.recorder.waiting_work;
        if waiting > 0 && waiting + work > self.recorder.most_work {
            self.recorder.submit(self.engine)?;
        }
        self.recorder.waiting_work += work;
        Ok(())
    }

    /// Fails for what no buffer holds.
    pub(crate) fn check_size(&self, bytes: u64) -> Result<()> {
        let limit = self.engine.largest_image();
        if bytes > limit {
            return Err(GpuError::Limit { operation: self.operation.to_owned(), bytes, limit });
        }
        Ok(())
    }

    fn take(&mut self, bytes: u64, first: FirstWrite) -> Result<Storage> {
        self.check_size(bytes)?;
        self.recorder.take_back(&self.engine.shelf);
        let class = size_class(bytes).min(self.engine.largest_image());
        let buffer = match self.recorder.pool.take(Purpose::Storage, class, first) {
            Some(buffer) => buffer,
            None => self.recorder.allocate(self.engine, self.operation, class, Purpose::Storage)?,
        };
        Ok(Storage::new(buffer, bytes, &self.engine.shelf))
    }

    /// Records a kernel over `workgroups` workgroups in a line; `buffers` are in the order of its bindings and
    /// `constants` set its `override` declarations.
    pub(crate) fn dispatch(
        &mut self,
        kernel: &'static Kernel,
        constants: &[(&'static str, f64)],
        params: &impl bytemuck::Pod,
        buffers: &[Bound<'_>],
        workgroups: u64,
    ) -> Result<()> {
        let program = self.program(kernel, constants)?;
        self.run(&program, bytemuck::bytes_of(params), buffers, workgroups)
    }

    /// A kernel, compiled for these constants.
    pub(crate) fn program(
        &mut self,
        kernel: &'static Kernel,
        constants: &[(&'static str, f64)],
    ) -> Result<Program> {
        let pipeline = self.recorder.pipelines.get(&self.engine.device, kernel, constants)?;
        Ok(Program { name: kernel.name.into(), bindings: kernel.bindings, pipeline })
    }

    /// Records what was compiled, as [`dispatch`](Self::dispatch) does.
    pub(crate) fn run(
        &mut self,
        program: &Program,
        params: &[u8],
        buffers: &[Bound<'_>],
        workgroups: u64,
    ) -> Result<()> {
        for bound in buffers {
            if let Some(storage) = bound.storage() {
                self.recorder.check_made(storage)?;
            }
            self.engine.check_binding(self.operation, "a table of it", bound.bytes())?;
        }
        let Program { name, bindings, pipeline } = program;
        let offset = self.recorder.put_arguments(name, params)?;
        let mut entries = vec![entry(0, &self.recorder.arguments, offset, params.len() as u64)];
        entries.extend(bindings.iter().zip(buffers).map(|(binding, bound)| match bound {
            Bound::Storage(storage) => entry(binding.number(), &storage.buffer, 0, storage.bytes),
            Bound::Window { storage, offset, bytes } => {
                entry(binding.number(), &storage.buffer, *offset, *bytes)
            }
            Bound::Table(offset, bytes) => {
                entry(binding.number(), &self.recorder.arguments, *offset, *bytes)
            }
        }));
        let device = &self.engine.device;
        let group = scoped(device, name, 0, || {
            device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some(name),
                layout: &pipeline.layout,
                entries: &entries,
            })
        })?;
        let [x, y] = fold(name, workgroups)?;
        for (binding, bound) in bindings.iter().zip(buffers) {
            match (binding, bound.storage()) {
                (Binding::Read(_), Some(storage)) => storage.used_by(self.recorder.batch()),
                (Binding::Write(_) | Binding::Update(_), Some(storage)) => {
                    storage.made_by(self.recorder.batch());
                }
                (_, None) => {}
            }
        }
        let bound = bindings.iter().zip(buffers);
        let bytes = moved(
            bound.filter_map(|(binding, bound)| Some((*binding, bound.memory()?, bound.bytes()))),
        );
        self.recorder.stats.dispatches += 1;
        let (kernel, pipeline) = (name.clone(), Arc::clone(pipeline));
        self.recorder.steps.push(Step::Dispatch {
            kernel,
            pipeline,
            group,
            groups: [x, y, 1],
            bytes,
        });
        Ok(())
    }
}

/// A compiled kernel with what a dispatch needs to know of it.
pub(crate) struct Program {
    pub(crate) name: Cow<'static, str>,
    pub(crate) bindings: &'static [Binding],
    pub(crate) pipeline: Arc<Pipeline>,
}

/// A part of a buffer, for a bind group.
pub(crate) fn entry(
    binding: u32,
    buffer: &wgpu::Buffer,
    offset: u64,
    bytes: u64,
) -> wgpu::BindGroupEntry<'_> {
    wgpu::BindGroupEntry {
        binding,
        resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
            buffer,
            offset,
            size: wgpu::BufferSize::new(bytes),
        }),
    }
}

/// A line of workgroups in two dimensions; shaders unfold it with `line` and skip what is too much.
fn fold(operation: &str, workgroups: u64) -> Result<[u32; 2]> {
    let rows = workgroups.div_ceil(DIMENSION).max(1);
    if rows > DIMENSION {
        let limit = DIMENSION * DIMENSION;
        return Err(GpuError::Limit { operation: operation.to_owned(), bytes: workgroups, limit });
    }
    Ok([workgroups.div_ceil(rows) as u32, rows as u32])
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folds_long_lines() {
        assert_eq!(fold("", 0), Ok([0, 1]));
        assert_eq!(fold("", 65_535), Ok([65_535, 1]));
        for workgroups in [65_536, 97_657, 1 << 20, 1 << 24] {
            let [x, y] = fold("", workgroups).unwrap();
            let all = u64::from(x) * u64::from(y);
            assert!(
                x <= 65_535 && y <= 65_535 && all >= workgroups && all - workgroups < u64::from(y)
            );
        }
    }
}
