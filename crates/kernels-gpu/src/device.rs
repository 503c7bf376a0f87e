//! A device with what belongs to it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::adapter::Adapter;
use crate::blocks;
use crate::error::{GpuError, Result, guarded};
use crate::pipeline_cache::{CacheInfo, PipelineCache};
use crate::pool::DEFAULT_LIMIT;
use crate::recorder::{Recorder, Stats};
use crate::recording::Recording;
use crate::settings::Settings;
use crate::storage::Shelf;

/// A device with its queue, its buffers and pipelines, and the commands recorded for it.
///
/// Threads may share it. Kernels record commands and return; the commands are submitted together when something is read
/// back, or by [`Engine::flush`].
#[derive(Debug)]
pub struct Engine {
    pub(crate) device: wgpu::Device,
    pub(crate) queue: wgpu::Queue,
    adapter: Adapter,
    pub(crate) lost: Arc<OnceLock<String>>,
    uncaptured: Arc<Mutex<Option<String>>>,
    pub(crate) shelf: Arc<Shelf>,
    recorder: Mutex<Recorder>,
    largest_binding: AtomicU64,
    fusion: AtomicBool,
}

impl Engine {
    pub(crate) fn new(
        handle: &wgpu::Adapter,
        adapter: Adapter,
        settings: &Settings,
    ) -> Result<Self> {
        let offered = handle.limits();
        let limits = wgpu::Limits {
            max_buffer_size: offered.max_buffer_size,
            max_storage_buffer_binding_size: offered.max_storage_buffer_binding_size,
            ..wgpu::Limits::default()
        };
        let (device, queue) = pollster::block_on(handle.request_device(&wgpu::DeviceDescriptor {
            label: Some("tagswitch"),
            required_limits: limits,
            required_features: handle.features()
                & (PipelineCache::FEATURES | Self::TIMING_FEATURES | blocks::FEATURES)
                & !settings.without()?,
            ..Default::default()
        }))
        .map_err(|error| GpuError::NoAdapter {
            operation: "gpu".to_owned(),
            reason: format!("{} gives no device: {error}", adapter.name),
        })?;

        let lost = Arc::new(OnceLock::new());
        let uncaptured = Arc::new(Mutex::new(None));
        let (on_lost, on_error) = (Arc::clone(&lost), Arc::clone(&uncaptured));
        device.set_device_lost_callback(move |reason, message| {
            let reason = if message.is_empty() { format!("{reason:?}") } else { message };
            _ = on_lost.set(reason);
        });
        // wgpu's own handler panics.
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
            lock(&on_error).get_or_insert(error.to_string());
        }));
        let pool_limit = settings.pool_limit()?.unwrap_or(DEFAULT_LIMIT);
        let cache = PipelineCache::open(&device, &handle.get_info(), settings);
        let recorder = Mutex::new(Recorder::new(&device, &adapter.name, pool_limit, cache)?);
        let largest_binding = adapter.largest_binding.into();
        Ok(Self {
            device,
            queue,
            adapter,
            lost,
            uncaptured,
            shelf: Arc::default(),
            recorder,
            largest_binding,
            fusion: settings.fusion()?.into(),
        })
    }

    /// What it computes on.
    #[must_use]
    pub fn adapter(&self) -> &Adapter {
        &self.adapter
    }

    /// The most bytes an image may have.
    #[must_use]
    pub fn largest_image(&self) -> u64 {
        self.adapter.largest_image
    }

    /// The most bytes that a kernel is given at once; larger images are worked on in tiles.
    #[must_use]
    pub fn largest_binding(&self) -> u64 {
        self.largest_binding.load(Ordering::Relaxed)
    }

    /// Fails for what is to be bound at once and is too large.
    pub(crate) fn check_binding(&self, operation: &str, what: &str, bytes: u64) -> Result<()> {
        let limit = self.largest_binding();
        if bytes <= limit {
            return Ok(());
        }
        let (operation, what) = (operation.to_owned(), what.to_owned());
        Err(GpuError::Binding { operation, what, bytes, limit })
    }

    /// Has images beyond so many bytes worked on in tiles, if the adapter binds as many: for tests of tiling.
    pub fn set_largest_binding(&self, bytes: u64) {
        let bytes = bytes.min(self.adapter.largest_binding) & !3;
        self.largest_binding.store(bytes, Ordering::Relaxed);
    }

    /// Whether point-wise operations in a row become one kernel.
    #[must_use]
    pub fn fusion(&self) -> bool {
        self.fusion.load(Ordering::Relaxed)
    }

    /// Has point-wise operations that are asked for from now on become one kernel where they come in a row, or each of them a
    /// kernel at once. Results are the same.
    pub fn set_fusion(&self, on: bool) {
        self.fusion.store(on, Ordering::Relaxed);
    }

    /// Counters since the device was made.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.recorder().stats(&self.shelf)
    }

    /// What became of the pipelines that are kept between processes.
    #[must_use]
    pub fn pipeline_cache(&self) -> CacheInfo {
        self.recorder().pipelines.cache.info()
    }

    /// Takes dropped images' memory back now, and frees what is beyond the limit. Does nothing while another thread records
    /// or submits; the next recording does it then.
    pub fn reclaim(&self) {
        if let Ok(mut recorder) = self.recorder.try_lock() {
            _ = guarded("gpu.dispose", || {
                recorder.take_back(&self.shelf);
                self.free_finished();
                Ok(())
            });
        }
    }

    /// Lets the driver free what finished commands held, without waiting for others.
    pub(crate) fn free_finished(&self) {
        if self.lost.get().is_none() {
            // What fails here fails again where someone waits.
            _ = self.device.poll(wgpu::PollType::Poll);
        }
    }

    /// Sets how many bytes of unused buffers this device keeps; frees those beyond it.
    pub fn set_pool_limit(&self, bytes: u64) {
        let mut recorder = self.recorder();
        recorder.take_back(&self.shelf);
        recorder.pool.set_limit(bytes);
    }

    /// Submits what was recorded, without waiting for it. Point-wise operations that nothing was made of yet are recorded
    /// first.
    ///
    /// # Errors
    ///
    /// [`GpuError::DeviceLost`], [`GpuError::OutOfMemory`], [`GpuError::Validation`].
    pub fn flush(self: &Arc<Self>) -> Result<()> {
        self.guard("gpu.flush", || self.recorder().submit_ends(self).map(|_| ()))
    }

    /// Gives the device up: its memory is freed, its images fail with [`GpuError::DeviceLost`], and the next call of
    /// [`engine`](fn@crate::engine) makes a new one.
    pub fn destroy(&self) {
        _ = self.lost.set("it was destroyed on request".to_owned());
        _ = guarded("gpu.destroy", || {
            self.recorder().forget();
            self.device.destroy();
            Ok(())
        });
    }

    /// Fails when the device is gone.
    pub(crate) fn check(&self, operation: &str) -> Result<()> {
        if let Some(reason) = self.lost.get() {
            return Err(GpuError::DeviceLost {
                operation: operation.to_owned(),
                reason: reason.clone(),
            });
        }
        match lock(&self.uncaptured).take() {
            Some(message) => Err(GpuError::Validation { operation: operation.to_owned(), message }),
            None => Ok(()),
        }
    }

    /// Runs work that may meet a lost device or a panic; after a panic the device is given up.
    pub(crate) fn guard<T>(&self, operation: &str, f: impl FnOnce() -> Result<T>) -> Result<T> {
        self.check(operation)?;
        let result = guarded(operation, f);
        if let Err(GpuError::Internal { message, .. }) = &result {
            _ = self.lost.set(message.clone());
        }
        // A loss shows in wgpu as results that are silently invalid.
        self.check(operation).and(result)
    }

    /// Records the commands of one operation; `f` runs twice when the memory that recorded commands hold is in the way.
    pub(crate) fn record<T>(
        self: &Arc<Self>,
        operation: &str,
        f: impl Fn(&mut Recording<'_>) -> Result<T>,
    ) -> Result<T> {
        self.guard(operation, || {
            let mut recorder = self.recorder();
            recorder.make_room(self)?;
            let mut recording = Recording { engine: self, recorder: &mut recorder, operation };
            if self.shelf.orphan_bytes() > recording.recorder.pool.limit() {
                recording.make_orphans();
            }
            match f(&mut recording) {
                Err(GpuError::OutOfMemory { .. }) => {
                    recording.make_orphans();
                    recording.recorder.submit(self)?;
                    _ = self.device.poll(wgpu::PollType::wait_indefinitely());
                    recording.recorder.pool.clear();
                    f(&mut recording)
                }
                result => result,
            }
        })
    }

    pub(crate) fn recorder(&self) -> MutexGuard<'_, Recorder> {
        lock(&self.recorder)
    }
}

/// Locks; a panic elsewhere while it was held does not matter, as the device is given up then.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs wgpu calls inside error scopes; what they catch becomes an error that names the operation.
pub(crate) fn scoped<T>(
    device: &wgpu::Device,
    operation: &str,
    bytes: u64,
    f: impl FnOnce() -> T,
) -> Result<T> {
    let scopes = [
        wgpu::ErrorFilter::Validation,
        wgpu::ErrorFilter::Internal,
        wgpu::ErrorFilter::OutOfMemory,
    ]
    .map(|filter| device.push_error_scope(filter));
    let value = f();
    let mut caught = None;
    // Scopes are popped in reverse.
    for scope in scopes.into_iter().rev() {
        caught = pollster::block_on(scope.pop()).or(caught);
    }
    let operation = operation.to_owned();
    match caught {
        None => Ok(value),
        Some(wgpu::Error::OutOfMemory { .. }) => Err(GpuError::OutOfMemory { operation, bytes }),
        Some(error) => Err(GpuError::Validation { operation, message: error.to_string() }),
    }
}
