//! Commands wait here until something is read back; a chain of kernels is one submission.

use std::collections::HashMap;

use crate::contents::Waiting;
use crate::device::{Engine, scoped};
use crate::error::{GpuError, Result};
use crate::pipeline::Pipelines;
use crate::pipeline_cache::PipelineCache;
use crate::pool::{FirstWrite, Pool, Purpose, size_class};
use crate::staging::Upload;
use crate::step::Step;
use crate::storage::{Shelf, Storage};
use crate::timing::Laps;

/// Offsets into the argument buffer are multiples of this, WebGPU's default alignment.
const ALIGNMENT: usize = 256;
/// Parameters and small tables of the recorded kernels.
pub(crate) const ARGUMENTS: usize = 256 * 1024;
/// Sums and products of 64 bits, in pairs, that a submission takes at most: a tenth of a second on a slow card. Systems end what keeps one busy
/// for a second or two.
const MOST_WORK: u64 = 1 << 27;

/// Counters of an engine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Command buffers handed to the queue.
    pub submissions: u64,
    /// Kernels recorded.
    pub dispatches: u64,
    /// Point-wise operations recorded as a part of another's kernel.
    pub fused_steps: u64,
    /// Bytes of images brought to the GPU.
    pub uploaded_bytes: u64,
    /// Bytes read back.
    pub downloaded_bytes: u64,
    /// Bytes of buffers in use by images.
    pub live_bytes: u64,
    /// Bytes of buffers kept for later: staging buffers for both directions too.
    pub pooled_bytes: u64,
    /// The most bytes of buffers that are kept for later.
    pub pool_limit: u64,
    /// Times that a kept buffer was used again.
    pub pool_hits: u64,
    /// Kept buffers that were freed, for there were too many bytes of them.
    pub pool_evictions: u64,
    /// Buffers that had to be allocated, as none was kept that would do.
    pub allocations: u64,
    /// Pipelines compiled: kernels, each for the constants that it was asked for with.
    pub pipelines: u64,
    /// Times that one was used again.
    pub pipeline_hits: u64,
    /// Shaders translated, each with its layout of bindings.
    pub shaders: u64,
}

/// The recorded commands and what they are made of.
#[derive(Debug)]
pub(crate) struct Recorder {
    pub(crate) steps: Vec<Step>,
    pub(crate) arguments: wgpu::Buffer,
    /// What `arguments` will hold when the steps run.
    pub(crate) shadow: Vec<u8>,
    pub(crate) uploads: Vec<Upload>,
    pub(crate) pool: Pool,
    pub(crate) pipelines: Pipelines,
    pub(crate) waiting_uploads: u64,
    /// Long work of the steps; see [`make_room_for`](crate::recording::Recording::make_room_for).
    pub(crate) waiting_work: u64,
    /// How much of it a submission takes.
    pub(crate) most_work: u64,
    pub(crate) stats: Stats,
    /// Batches that could not be submitted: what they were to make holds anything.
    pub(crate) failed: HashMap<u64, GpuError>,
    /// Images' contents that are computed when somebody needs them.
    pub(crate) waiting: Waiting,
    /// Timestamps of what was submitted, while kernels are timed.
    pub(crate) laps: Option<Vec<Laps>>,
}

impl Recorder {
    pub(crate) fn new(
        device: &wgpu::Device,
        adapter: &str,
        pool_limit: u64,
        cache: PipelineCache,
    ) -> Result<Self> {
        let arguments = scoped(device, adapter, ARGUMENTS as u64, || {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("arguments"),
                size: ARGUMENTS as u64,
                usage: wgpu::BufferUsages::STORAGE
                    | wgpu::BufferUsages::UNIFORM
                    | wgpu::BufferUsages::COPY_SRC
                    | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })
        })?;
        Ok(Self {
            steps: Vec::new(),
            arguments,
            shadow: Vec::new(),
            uploads: Vec::new(),
            pool: Pool::new(pool_limit),
            pipelines: Pipelines::new(cache),
            waiting_uploads: 0,
            waiting_work: 0,
            most_work: MOST_WORK,
            stats: Stats::default(),
            failed: HashMap::new(),
            waiting: Waiting::default(),
            laps: None,
        })
    }

    pub(crate) fn stats(&mut self, shelf: &Shelf) -> Stats {
        self.take_back(shelf);
        Stats {
            live_bytes: shelf.live_bytes(),
            pooled_bytes: self.pool.bytes(),
            pool_limit: self.pool.limit(),
            pool_hits: self.pool.counts().hits,
            pool_evictions: self.pool.counts().evictions,
            pipelines: self.pipelines.len() as u64,
            pipeline_hits: self.pipelines.hits(),
            shaders: self.pipelines.shaders(),
            ..self.stats
        }
    }

    /// Drops everything that belongs to the device.
    pub(crate) fn forget(&mut self) {
        self.steps.clear();
        self.shadow.clear();
        self.uploads.clear();
        (self.waiting_uploads, self.waiting_work) = (0, 0);
        self.pool.clear();
        self.pipelines.clear();
        self.waiting.clear();
        self.laps = None;
    }

    /// The number of the batch of commands that is being recorded.
    pub(crate) fn batch(&self) -> u64 {
        self.stats.submissions + 1
    }

    /// Fails, as the submission did, for a buffer whose contents were never made.
    pub(crate) fn check_made(&self, storage: &Storage) -> Result<()> {
        self.failed.get(&storage.maker()).cloned().map_or(Ok(()), Err)
    }

    /// Takes dropped buffers back into the pool.
    pub(crate) fn take_back(&mut self, shelf: &Shelf) {
        for (buffer, batch) in shelf.take() {
            self.pool.put(Purpose::Storage, buffer.size(), buffer, batch == self.batch());
        }
        for buffer in shelf.take_mapped() {
            self.pool.put(Purpose::Upload, buffer.size(), buffer, false);
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
        let class = size_class(bytes).min(engine.largest_image());
        let staging = match self.pool.take(Purpose::Readback, class, FirstWrite::Device) {
            Some(buffer) => buffer,
            None => self.allocate(engine, operation, class, Purpose::Readback)?,
        };
        from.used_by(self.batch());
        self.steps.push(Step::Copy { from: from.buffer.clone(), to: staging.clone(), bytes });
        self.stats.downloaded_bytes += bytes;
        Ok(staging)
    }

    /// Takes an unmapped readback buffer back.
    pub(crate) fn return_readback(&mut self, staging: wgpu::Buffer) {
        self.pool.put(Purpose::Readback, staging.size(), staging, false);
    }

    /// A new buffer, mapped if it is for uploads; when memory is short, after freeing what is unused.
    pub(crate) fn allocate(
        &mut self,
        engine: &Engine,
        operation: &str,
        size: u64,
        purpose: Purpose,
    ) -> Result<wgpu::Buffer> {
        let create = || {
            let descriptor = wgpu::BufferDescriptor {
                label: Some(operation),
                size,
                usage: purpose.usage(),
                mapped_at_creation: purpose == Purpose::Upload,
            };
            scoped(&engine.device, operation, size, || engine.device.create_buffer(&descriptor))
        };
        self.stats.allocations += 1;
        match create() {
            Err(GpuError::OutOfMemory { .. }) => {
                // What is kept for later may be in the way.
                self.pool.clear();
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
        let buffer = engine.record("test", |recording| source.storage(recording)).unwrap();
        let mask = util::greater(&source, 100.0).unwrap();
        let (inverted, other) = (util::invert(&mask, false), util::invert(&source, false));
        // A part of this batch, and what begins with it is not.
        engine.record("test", |recording| mask.storage(recording)).unwrap();
        {
            let mut recorder = engine.recorder();
            let arguments = recorder.arguments.clone();
            let to = buffer.buffer.clone();
            // More than the buffers hold.
            recorder.steps.push(Step::Copy { from: arguments, to, bytes: 1 << 40 });
        }
        let code = "ERR_GPU_VALIDATION";
        let mut out = [0; 256];
        assert_eq!(source.download(&mut out).unwrap_err().code(), code);
        assert_eq!(mask.download(&mut out).unwrap_err().code(), code);
        assert_eq!(util::greater(&mask, 0.0).unwrap_err().code(), code);
        // What was there before, and what comes after, is not touched.
        source.download(&mut out).unwrap();
        assert_eq!(out, [200; 256]);
        // Ends of chains went with the batch.
        for end in [inverted.unwrap(), other.unwrap()] {
            assert_eq!(end.download(&mut out).unwrap_err().code(), code);
        }
        util::greater(&source, 100.0).unwrap().download(&mut out).unwrap();
        assert_eq!(out, [1; 256]);
    }
}
