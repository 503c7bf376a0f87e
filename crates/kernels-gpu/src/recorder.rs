//! Commands wait here until something is read back; a chain of kernels is one submission.

use std::sync::Arc;

use crate::device::{Engine, scoped};
use crate::error::{GpuError, Result};
use crate::pipeline::{Pipeline, Pipelines};
use crate::pool::{FirstWrite, Pool, size_class};
use crate::storage::{Shelf, Storage};

/// Offsets into the argument buffer are multiples of this, WebGPU's default alignment.
const ALIGNMENT: usize = 256;
/// Parameters and small tables of the recorded kernels.
const ARGUMENTS: usize = 256 * 1024;
/// No operation needs more of it than this.
const ARGUMENTS_PER_OPERATION: usize = 64 * 1024;
/// Bytes of unused buffers that are kept unless told otherwise.
const POOL_LIMIT: u64 = 256 << 20;
/// Host writes wait in memory of the driver until a submission; beyond this many bytes they are sent off by themselves.
const WAITING_UPLOADS: u64 = 256 << 20;
/// Counters of an engine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Command buffers handed to the queue.
    pub submissions: u64,
    /// Kernels recorded.
    pub dispatches: u64,
    /// Bytes of images brought to the GPU.
    pub uploaded_bytes: u64,
    /// Bytes read back.
    pub downloaded_bytes: u64,
    /// Bytes of buffers in use by images.
    pub live_bytes: u64,
    /// Bytes of buffers kept for later.
    pub pooled_bytes: u64,
    /// Buffers that had to be allocated.
    pub allocations: u64,
    /// Pipelines compiled.
    pub pipelines: u64,
}

/// A recorded command.
#[derive(Debug)]
pub(crate) enum Step {
    Dispatch {
        kernel: &'static str,
        pipeline: Arc<Pipeline>,
        group: wgpu::BindGroup,
        groups: [u32; 2],
    },
    Arguments {
        buffer: wgpu::Buffer,
        offset: u64,
        bytes: u64,
    },
    Clear {
        buffer: wgpu::Buffer,
        bytes: u64,
    },
    Copy {
        from: wgpu::Buffer,
        to: wgpu::Buffer,
        bytes: u64,
    },
}

/// The recorded commands and what they are made of.
#[derive(Debug)]
pub(crate) struct Recorder {
    pub(crate) steps: Vec<Step>,
    pub(crate) arguments: wgpu::Buffer,
    /// What `arguments` will hold when the steps run.
    shadow: Vec<u8>,
    pub(crate) pool: Pool,
    readbacks: Pool,
    pool_limit: u64,
    pub(crate) pipelines: Pipelines,
    pub(crate) waiting_uploads: u64,
    pub(crate) stats: Stats,
}

impl Recorder {
    pub(crate) fn new(device: &wgpu::Device, adapter: &str) -> Result<Self> {
        let arguments = scoped(device, adapter, ARGUMENTS as u64, || {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("arguments"),
                size: ARGUMENTS as u64,
                usage: wgpu::BufferUsages::UNIFORM
                    | wgpu::BufferUsages::STORAGE
                    | wgpu::BufferUsages::COPY_SRC
                    | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })
        })?;
        Ok(Self {
            steps: Vec::new(),
            arguments,
            shadow: Vec::new(),
            pool: Pool::default(),
            readbacks: Pool::default(),
            pool_limit: POOL_LIMIT,
            pipelines: Pipelines::default(),
            waiting_uploads: 0,
            stats: Stats::default(),
        })
    }

    pub(crate) fn stats(&mut self, shelf: &Shelf) -> Stats {
        self.take_back(shelf);
        Stats {
            live_bytes: shelf.live_bytes(),
            pooled_bytes: self.pool.bytes() + self.readbacks.bytes(),
            pipelines: self.pipelines.len() as u64,
            ..self.stats
        }
    }

    pub(crate) fn set_pool_limit(&mut self, bytes: u64) {
        self.pool_limit = bytes;
        self.free_unused();
    }

    /// Frees the buffers that are kept for later.
    pub(crate) fn free_unused(&mut self) {
        self.pool.clear();
        self.readbacks.clear();
    }

    /// Drops everything that belongs to the device.
    pub(crate) fn forget(&mut self) {
        self.steps.clear();
        self.shadow.clear();
        self.pool.clear();
        self.readbacks.clear();
        self.pipelines = Pipelines::default();
    }

    /// The number of the batch of commands that is being recorded.
    pub(crate) fn batch(&self) -> u64 {
        self.stats.submissions + 1
    }

    /// Submits early when the arguments of one more operation might not fit.
    pub(crate) fn make_room(&mut self, engine: &Engine) -> Result<()> {
        if self.shadow.len() + ARGUMENTS_PER_OPERATION > ARGUMENTS {
            self.submit(engine)?;
        }
        if self.waiting_uploads > WAITING_UPLOADS {
            self.waiting_uploads = 0;
            scoped(&engine.device, "gpu.upload", 0, || engine.queue.submit([]))?;
        }
        Ok(())
    }

    /// Encodes and submits the recorded steps; `None` when there are none.
    pub(crate) fn submit(&mut self, engine: &Engine) -> Result<Option<wgpu::SubmissionIndex>> {
        self.take_back(&engine.shelf);
        if self.steps.is_empty() {
            return Ok(None);
        }
        let steps = std::mem::take(&mut self.steps);
        let shadow = std::mem::take(&mut self.shadow);
        let names = chain(&steps);
        self.stats.submissions += 1;
        self.waiting_uploads = 0;
        let index = scoped(&engine.device, &names, 0, || {
            if !shadow.is_empty() {
                engine.queue.write_buffer(&self.arguments, 0, &shadow);
            }
            let mut encoder =
                engine.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
            encode(&mut encoder, &steps, &self.arguments);
            engine.queue.submit([encoder.finish()])
        })?;
        self.pool.submitted();
        Ok(Some(index))
    }

    /// Takes dropped buffers back into the pool.
    pub(crate) fn take_back(&mut self, shelf: &Shelf) {
        for (buffer, batch) in shelf.take() {
            let limit = self.pool_limit.saturating_sub(self.readbacks.bytes());
            self.pool.put(buffer, batch == self.batch(), limit);
        }
    }

    /// A buffer for reading `bytes` back, with the copy recorded.
    pub(crate) fn record_readback(
        &mut self,
        engine: &Engine,
        operation: &str,
        from: &Storage,
        bytes: u64,
    ) -> Result<wgpu::Buffer> {
        let class = size_class(bytes);
        let staging = match self.readbacks.take(class, FirstWrite::Device) {
            Some(buffer) => buffer,
            None => self.allocate(
                engine,
                operation,
                class,
                wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
            )?,
        };
        from.used_by(self.batch());
        self.steps.push(Step::Copy { from: from.buffer.clone(), to: staging.clone(), bytes });
        self.stats.downloaded_bytes += bytes;
        Ok(staging)
    }

    /// Takes an unmapped readback buffer back.
    pub(crate) fn return_readback(&mut self, staging: wgpu::Buffer) {
        let limit = self.pool_limit.saturating_sub(self.pool.bytes());
        self.readbacks.put(staging, false, limit);
    }

    /// A new buffer; when memory is short, after freeing what is unused.
    pub(crate) fn allocate(
        &mut self,
        engine: &Engine,
        operation: &str,
        size: u64,
        usage: wgpu::BufferUsages,
    ) -> Result<wgpu::Buffer> {
        let create = || {
            let descriptor = wgpu::BufferDescriptor {
                label: Some(operation),
                size,
                usage,
                mapped_at_creation: false,
            };
            scoped(&engine.device, operation, size, || engine.device.create_buffer(&descriptor))
        };
        self.stats.allocations += 1;
        match create() {
            Err(GpuError::OutOfMemory { .. }) => {
                // What is kept for later may be in the way.
                self.free_unused();
                create()
            }
            result => result,
        }
    }

    /// Puts parameters or a small table among the arguments; gives their offset.
    pub(crate) fn put_arguments(&mut self, operation: &str, bytes: &[u8]) -> Result<u64> {
        let offset = self.shadow.len();
        if offset + bytes.len() > ARGUMENTS {
            let message = "too many arguments for one operation".to_owned();
            return Err(GpuError::Validation { operation: operation.to_owned(), message });
        }
        self.shadow.extend_from_slice(bytes);
        self.shadow.resize(self.shadow.len().next_multiple_of(ALIGNMENT), 0);
        Ok(offset as u64)
    }
}

fn encode(encoder: &mut wgpu::CommandEncoder, steps: &[Step], arguments: &wgpu::Buffer) {
    let mut rest = steps;
    while let Some(step) = rest.first() {
        match step {
            Step::Dispatch { .. } => {
                let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
                while let Some(Step::Dispatch { pipeline, group, groups, .. }) = rest.first() {
                    pass.set_pipeline(&pipeline.pipeline);
                    pass.set_bind_group(0, group, &[]);
                    pass.dispatch_workgroups(groups[0], groups[1], 1);
                    rest = &rest[1..];
                }
                continue;
            }
            Step::Clear { buffer, bytes } => encoder.clear_buffer(buffer, 0, Some(*bytes)),
            Step::Arguments { buffer, offset, bytes } => {
                encoder.copy_buffer_to_buffer(arguments, *offset, buffer, 0, *bytes);
            }
            Step::Copy { from, to, bytes } => encoder.copy_buffer_to_buffer(from, 0, to, 0, *bytes),
        }
        rest = &rest[1..];
    }
}

/// The kernels of a submission, for errors.
fn chain(steps: &[Step]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for step in steps {
        if let Step::Dispatch { kernel, .. } = step {
            let operation = kernel.split('/').next().unwrap_or(kernel);
            if names.last() != Some(&operation) {
                names.push(operation);
            }
        }
    }
    if names.is_empty() { "gpu".to_owned() } else { names.join(" → ") }
}
