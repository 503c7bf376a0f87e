//! Commands wait here until something is read back; a chain of kernels is one submission.

use std::collections::HashMap;

use crate::device::{Engine, scoped};
use crate::error::{GpuError, Result};
use crate::pipeline::Pipelines;
use crate::pool::{FirstWrite, Pool, size_class};
use crate::step::{Step, chain, encode};
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
    /// Batches that could not be submitted: what they were to make holds anything.
    failed: HashMap<u64, GpuError>,
}

impl Recorder {
    pub(crate) fn new(device: &wgpu::Device, adapter: &str) -> Result<Self> {
        let arguments = scoped(device, adapter, ARGUMENTS as u64, || {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("arguments"),
                size: ARGUMENTS as u64,
                usage: wgpu::BufferUsages::STORAGE
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
            failed: HashMap::new(),
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
        // Recorded commands go too: they hold buffers that are given back already.
        if self.waiting_uploads > WAITING_UPLOADS && self.submit(engine)?.is_none() {
            self.waiting_uploads = 0;
            scoped(&engine.device, "gpu.upload", 0, || engine.queue.submit([]))?;
            engine.free_finished();
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
        let batch = self.batch();
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
        });
        // Whether they run or not, no command waits for submission now.
        self.pool.submitted();
        match index {
            Ok(index) => {
                engine.free_finished();
                Ok(Some(index))
            }
            Err(error) => {
                self.failed.insert(batch, error.clone());
                Err(error)
            }
        }
    }

    /// Fails, as the submission did, for a buffer whose contents were never made.
    pub(crate) fn check_made(&self, storage: &Storage) -> Result<()> {
        self.failed.get(&storage.maker()).cloned().map_or(Ok(()), Err)
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
        self.check_made(from)?;
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

#[cfg(test)]
mod tests {
    use crate::step::Step;
    use crate::{DType, GpuImage, Shape, engine, util};

    #[test]
    fn images_that_a_failed_submission_was_to_make_are_refused() {
        let Ok(engine) = engine(true) else { return };
        let shape = Shape { height: 16, width: 16, channels: 1 };
        let source = GpuImage::upload(&engine, &[200; 256], shape, DType::U8).unwrap();
        let mask = util::greater(&source, 100.0).unwrap();
        {
            let mut recorder = engine.recorder();
            let arguments = recorder.arguments.clone();
            let to = source.storage.buffer.clone();
            // More than the buffers hold.
            recorder.steps.push(Step::Copy { from: arguments, to, bytes: 1 << 40 });
        }
        let code = "ERR_GPU_VALIDATION";
        assert_eq!(engine.flush().unwrap_err().code(), code);
        let mut out = [0; 256];
        assert_eq!(mask.download(&mut out).unwrap_err().code(), code);
        assert_eq!(util::greater(&mask, 0.0).unwrap_err().code(), code);
        // What was there before, and what comes after, is not touched.
        source.download(&mut out).unwrap();
        assert_eq!(out, [200; 256]);
        util::greater(&source, 100.0).unwrap().download(&mut out).unwrap();
        assert_eq!(out, [1; 256]);
    }
}
