//! Images on the GPU.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use crate::contents::Contents;
use crate::device::Engine;
use crate::error::{GpuError, Result};
use crate::recording::Recording;
use crate::storage::Storage;

/// The type of a sample. Shaders have no 64-bit floats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DType {
    /// 8 bits, unsigned; four to a word.
    U8,
    /// 16 bits, unsigned; two to a word.
    U16,
    /// 32 bits, signed.
    I32,
    /// 32-bit float.
    F32,
}

impl DType {
    /// Bytes of a sample.
    #[must_use]
    pub fn bytes(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U16 => 2,
            Self::I32 | Self::F32 => 4,
        }
    }

    /// What turns a sample into an intensity: unsigned integers into [0, 1], signed ones into [-1, 1].
    #[must_use]
    pub fn scale(self) -> f32 {
        match self {
            Self::U8 => 1.0 / 255.0,
            Self::U16 => 1.0 / 65_535.0,
            Self::I32 => 1.0 / 2_147_483_647.0,
            Self::F32 => 1.0,
        }
    }

    /// Whether a sample can be this number, rounded if it is a float.
    pub(crate) fn has(self, value: f64) -> bool {
        let levels = match self {
            Self::U8 => 0.0..=f64::from(u8::MAX),
            Self::U16 => 0.0..=f64::from(u16::MAX),
            Self::I32 => f64::from(i32::MIN)..=f64::from(i32::MAX),
            Self::F32 => return true,
        };
        value.fract() == 0.0 && levels.contains(&value)
    }

    /// The value of shaders' `DTYPE`.
    pub(crate) fn constant(self) -> f64 {
        f64::from(self as u8)
    }
}

/// Rows, columns and interleaved channels, each at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Rows.
    pub height: u32,
    /// Columns.
    pub width: u32,
    /// Samples per pixel.
    pub channels: u32,
}

impl Shape {
    /// Number of pixels.
    #[must_use]
    pub fn pixels(self) -> u64 {
        u64::from(self.height) * u64::from(self.width)
    }

    /// Number of samples.
    #[must_use]
    pub fn samples(self) -> u64 {
        self.pixels().saturating_mul(u64::from(self.channels))
    }
}

/// An image in GPU memory: interleaved samples, row by row. It never changes; clones share the memory, which goes back
/// to the pool with the last of them.
#[derive(Debug, Clone)]
pub struct GpuImage {
    pub(crate) contents: Arc<Contents>,
    pub(crate) engine: Arc<Engine>,
    shape: Shape,
    dtype: DType,
    /// Labels that number themselves: 0 for the background, the others 1, 2, 3… without gaps.
    pub(crate) numbered: bool,
}

impl GpuImage {
    /// Copies samples to the GPU; returns as soon as `data` may be changed again.
    ///
    /// # Errors
    ///
    /// [`GpuError::Argument`] when `data` does not hold exactly `shape`, [`GpuError::Limit`], and those of the device.
    pub fn upload(engine: &Arc<Engine>, data: &[u8], shape: Shape, dtype: DType) -> Result<Self> {
        let operation = "gpu.upload";
        let bytes = byte_length(operation, shape, dtype)?;
        if data.len() as u64 != bytes {
            let Shape { height, width, channels } = shape;
            return Err(GpuError::argument(
                operation,
                format!(
                    "{} bytes given; {height} × {width} × {channels} samples take {bytes}",
                    data.len()
                ),
            ));
        }
        let storage = engine.record(operation, |recording| recording.upload(data))?;
        Ok(Self::new(engine, storage, shape, dtype))
    }

    pub(crate) fn new(engine: &Arc<Engine>, storage: Storage, shape: Shape, dtype: DType) -> Self {
        Self::holding(engine, Contents::made(storage), shape, dtype)
    }

    pub(crate) fn holding(
        engine: &Arc<Engine>,
        contents: Arc<Contents>,
        shape: Shape,
        dtype: DType,
    ) -> Self {
        Self { contents, engine: Arc::clone(engine), shape, dtype, numbered: false }
    }

    /// Its buffer, for a kernel that is being recorded: what makes it is recorded before, if it was not yet.
    pub(crate) fn storage(&self, recording: &mut Recording<'_>) -> Result<Arc<Storage>> {
        self.contents.storage(recording)
    }

    /// Rows, columns, channels.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Type of the samples.
    #[must_use]
    pub fn dtype(&self) -> DType {
        self.dtype
    }

    /// The engine that it belongs to.
    #[must_use]
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Bytes of its samples.
    #[must_use]
    pub fn byte_length(&self) -> u64 {
        self.shape.samples() * self.dtype.bytes() as u64
    }

    /// Bytes of a pixel, over all channels.
    pub(crate) fn pixel_bytes(&self) -> u64 {
        u64::from(self.shape.channels) * self.dtype.bytes() as u64
    }

    /// Fails for an image that cannot be used beside this one, as it lies on another device: one of them was lost.
    pub(crate) fn check_beside(&self, operation: &str, other: &Self) -> Result<()> {
        if Arc::ptr_eq(&self.engine, &other.engine) {
            return Ok(());
        }
        self.engine.check(operation)?;
        other.engine.check(operation)?;
        Err(GpuError::argument(operation, "the images lie on different devices"))
    }

    /// Submits everything recorded so far, waits for it, and copies the samples out. Blocks; any thread may call it.
    ///
    /// # Errors
    ///
    /// [`GpuError::Argument`] when `out` has not exactly [`byte_length`](Self::byte_length) bytes, and those of the
    /// device.
    pub fn download(&self, out: &mut [u8]) -> Result<()> {
        let operation = "gpu.download";
        if out.len() as u64 != self.byte_length() {
            let message = format!("{} bytes given to hold {}", out.len(), self.byte_length());
            return Err(GpuError::argument(operation, message));
        }
        let storage = self.engine.record(operation, |recording| self.storage(recording))?;
        read(&self.engine, operation, &storage, |bytes| out.copy_from_slice(&bytes[..out.len()]))
    }
}

/// The bytes of an image, checked to be countable in shaders.
pub(crate) fn byte_length(operation: &str, shape: Shape, dtype: DType) -> Result<u64> {
    let Shape { height, width, channels } = shape;
    if height == 0 || width == 0 || channels == 0 {
        let message = format!("shape is {height} × {width} × {channels}; each must be at least 1");
        return Err(GpuError::argument(operation, message));
    }
    // Shaders count samples in 32 bits, with the sign needed beyond the borders.
    let limit = i32::MAX as u64;
    let samples = shape.samples();
    if samples > limit {
        let bytes = samples.saturating_mul(dtype.bytes() as u64);
        return Err(GpuError::Limit { operation: operation.to_owned(), bytes, limit });
    }
    Ok(samples * dtype.bytes() as u64)
}

/// Submits, waits, and shows `f` what is in a buffer.
pub(crate) fn read<T>(
    engine: &Arc<Engine>,
    operation: &str,
    storage: &Storage,
    f: impl FnOnce(&[u8]) -> T,
) -> Result<T> {
    engine.guard(operation, || {
        let (staging, index, unsaved) = {
            let mut recorder = engine.recorder();
            let staging = recorder.record_readback(engine, operation, storage, storage.bytes)?;
            (staging, recorder.submit_ends(engine)?, recorder.pipelines.take_unsaved())
        };
        // While the GPU works.
        if let Some(cache) = unsaved {
            cache.save();
        }
        let value = show(engine, operation, &staging, storage.bytes, index.as_ref(), f)?;
        engine.recorder().return_readback(staging);
        Ok(value)
    })
}

/// Waits for a submission that writes to a buffer which the host can read, and shows `f` its first bytes.
pub(crate) fn show<T>(
    engine: &Engine,
    operation: &str,
    buffer: &wgpu::Buffer,
    bytes: u64,
    submission: Option<&wgpu::SubmissionIndex>,
    f: impl FnOnce(&[u8]) -> T,
) -> Result<T> {
    let (sender, receiver) = channel();
    let range = 0..bytes;
    crate::device::scoped(&engine.device, operation, 0, || {
        buffer.map_async(wgpu::MapMode::Read, range.clone(), move |result| _ = sender.send(result));
    })?;
    let lost = |message: String| {
        let operation = operation.to_owned();
        engine.check(&operation).err().unwrap_or(GpuError::Validation { operation, message })
    };
    wait(engine, submission, &receiver).map_err(lost)?;
    let value = {
        let view = buffer.get_mapped_range(range).map_err(|error| lost(error.to_string()))?;
        f(&view)
    };
    buffer.unmap();
    Ok(value)
}

/// Waits for a submission and the mapping after it.
///
/// Without a timeout: wgpu 30 asserts what does not hold when a wait times out while another thread polls.
fn wait(
    engine: &Engine,
    submission: Option<&wgpu::SubmissionIndex>,
    mapped: &Receiver<std::result::Result<(), wgpu::BufferAsyncError>>,
) -> std::result::Result<(), String> {
    loop {
        let submission_index = submission.cloned();
        let poll = wgpu::PollType::Wait { submission_index, timeout: None };
        engine.device.poll(poll).map_err(|error| error.to_string())?;
        engine.check("gpu.download").map_err(|error| error.to_string())?;
        match mapped.recv_timeout(Duration::from_millis(5)) {
            Ok(result) => return result.map_err(|error| error.to_string()),
            Err(RecvTimeoutError::Disconnected) => return Err("the mapping was dropped".to_owned()),
            // Another thread's poll is about to call back.
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}
