//! The process's device: one, made when first needed, made anew after it was lost.

use std::sync::{Arc, Mutex};

use crate::adapter::{self, Adapter};
use crate::capabilities::Capabilities;
use crate::device::{Engine, lock};
use crate::error::{GpuError, Result, guarded};
use crate::settings::Settings;

struct Process {
    engine: Option<Arc<Engine>>,
    found: Option<Found>,
    /// What [`set_pool_limit`] was told; else the environment or the default says it.
    pool_limit: Option<u64>,
    /// Likewise [`set_fusion`].
    fusion: Option<bool>,
}

/// What the machine has. Looked for once, and again after a device was lost.
struct Found {
    settings: Settings,
    handles: Vec<wgpu::Adapter>,
    adapters: Vec<Adapter>,
}

static PROCESS: Mutex<Process> =
    Mutex::new(Process { engine: None, found: None, pool_limit: None, fusion: None });

/// The adapter that [`engine`] would use. Makes no device.
///
/// # Errors
///
/// Those of [`adapter::choose`] and [`Settings::wgpu_backends`].
pub fn adapter(allow_software: bool) -> Result<Adapter> {
    guarded("gpu", || {
        let mut process = lock(&PROCESS);
        let found = process.find()?;
        let place = adapter::choose(&found.adapters, &found.settings, allow_software)?;
        Ok(found.adapters[place].clone())
    })
}

/// What the adapter that [`engine`] would use can do. Makes no device.
///
/// # Errors
///
/// Those of [`adapter`](fn@adapter).
pub fn capabilities(allow_software: bool) -> Result<Capabilities> {
    guarded("gpu", || {
        let mut process = lock(&PROCESS);
        let found = process.find()?;
        let place = adapter::choose(&found.adapters, &found.settings, allow_software)?;
        Ok(Capabilities::new(&found.handles[place]))
    })
}

/// The process's engine; the first call makes it, and the first one after the device was lost.
///
/// # Errors
///
/// Those of [`adapter`](fn@adapter), and [`GpuError::NoAdapter`] when the driver gives no device.
pub fn engine(allow_software: bool) -> Result<Arc<Engine>> {
    guarded("gpu", || {
        let mut process = lock(&PROCESS);
        if process.engine.as_ref().is_some_and(|engine| engine.lost.get().is_some()) {
            process.engine = None;
            process.found = None;
        }
        let found = process.find()?;
        let place = adapter::choose(&found.adapters, &found.settings, allow_software)?;
        let (handle, adapter) = (found.handles[place].clone(), found.adapters[place].clone());
        let settings = found.settings.clone();
        if let Some(engine) = process.engine.as_ref().filter(|engine| *engine.adapter() == adapter)
        {
            return Ok(Arc::clone(engine));
        }
        let engine = Engine::new(&handle, adapter, &settings)?;
        if let Some(bytes) = process.pool_limit {
            engine.set_pool_limit(bytes);
        }
        if let Some(on) = process.fusion {
            engine.set_fusion(on);
        }
        let engine = Arc::new(engine);
        process.engine = Some(Arc::clone(&engine));
        Ok(engine)
    })
}

/// Sets how many bytes of unused buffers are kept, by this device and those that replace it; frees those beyond it.
/// Until then [`POOL_VARIABLE`](crate::settings::POOL_VARIABLE) says it, or else it is 256 MiB.
pub fn set_pool_limit(bytes: u64) {
    let mut process = lock(&PROCESS);
    process.pool_limit = Some(bytes);
    if let Some(engine) = &process.engine {
        engine.set_pool_limit(bytes);
    }
}

/// Says whether point-wise operations in a row become one kernel, on this device and those that replace it. Until then
/// [`FUSION_VARIABLE`](crate::settings::FUSION_VARIABLE) says it, or else they do. Returns what held before.
pub fn set_fusion(on: bool) -> bool {
    let mut process = lock(&PROCESS);
    let before = process.fusion.replace(on);
    if let Some(engine) = &process.engine {
        engine.set_fusion(on);
    }
    before.unwrap_or_else(|| Settings::from_environment().fusion().unwrap_or(true))
}

/// The engine if there is one already.
#[must_use]
pub fn existing_engine() -> Option<Arc<Engine>> {
    lock(&PROCESS).engine.clone()
}

impl Process {
    fn find(&mut self) -> Result<&Found> {
        if self.found.is_none() {
            let settings = Settings::from_environment();
            settings.pool_limit()?;
            settings.fusion()?;
            let handles =
                if settings.forbids() { Vec::new() } else { enumerate(settings.wgpu_backends()?) };
            let adapters = handles
                .iter()
                .map(|handle| Adapter::new(handle, &settings))
                .collect::<Result<_>>()?;
            self.found = Some(Found { settings, handles, adapters });
        }
        self.found.as_ref().ok_or_else(|| GpuError::Internal {
            operation: "gpu".to_owned(),
            message: "adapters vanished".to_owned(),
        })
    }
}

fn enumerate(backends: wgpu::Backends) -> Vec<wgpu::Adapter> {
    let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
    descriptor.backends = backends;
    descriptor.flags = wgpu::InstanceFlags::empty();
    pollster::block_on(wgpu::Instance::new(descriptor).enumerate_adapters(backends))
}
