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

/// What the machine has. Looked for once, again after a device was lost, and where there was nothing when a device is asked for.
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
        // A driver may have come since, or come back.
        process.found.take_if(|found| found.handles.is_empty());
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

/// An engine beside the process's, with settings of its own: for tests.
///
/// # Errors
///
/// Those of [`engine`].
pub fn engine_of_its_own(settings: &Settings) -> Result<Arc<Engine>> {
    guarded("gpu", || {
        let found = Found::look(settings.clone())?;
        let place = adapter::choose(&found.adapters, &found.settings, true)?;
        let adapter = found.adapters[place].clone();
        Ok(Arc::new(Engine::new(&found.handles[place], adapter, &found.settings)?))
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
            self.found = Some(Found::look(Settings::from_environment())?);
        }
        self.found.as_ref().ok_or_else(|| GpuError::Internal {
            operation: "gpu".to_owned(),
            message: "adapters vanished".to_owned(),
        })
    }
}

impl Found {
    fn look(settings: Settings) -> Result<Self> {
        settings.pool_limit()?;
        settings.fusion()?;
        settings.without()?;
        let handles =
            if settings.forbids() { Vec::new() } else { enumerate(settings.wgpu_backends()?) };
        let adapters =
            handles.iter().map(|handle| Adapter::new(handle, &settings)).collect::<Result<_>>()?;
        Ok(Self { settings, handles, adapters })
    }
}

fn enumerate(backends: wgpu::Backends) -> Vec<wgpu::Adapter> {
    let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
    descriptor.backends = backends;
    descriptor.flags = wgpu::InstanceFlags::empty();
    pollster::block_on(wgpu::Instance::new(descriptor).enumerate_adapters(backends))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::engine_of_its_own;
    use crate::filters::{EdgeFilter, EdgeOperator, edges};
    use crate::settings::Settings;
    use crate::{DType, GpuImage, Shape, util};

    #[test]
    fn a_device_that_the_driver_takes_away_is_lost_at_every_call() {
        let Ok(engine) = engine_of_its_own(&Settings::from_environment()) else { return };
        let shape = Shape { height: 16, width: 16, channels: 1 };
        let upload = || GpuImage::upload(&engine, &[200; 256], shape, DType::U8);
        let (image, other) = (upload().unwrap(), upload().unwrap());
        let waiting = util::invert(&image, false).unwrap();
        let recorded = edges(&image, &EdgeFilter::new(EdgeOperator::Sobel)).unwrap();
        // Not by `Engine::destroy`, which says so beforehand.
        engine.device.destroy();
        let mut out = [0; 1024];
        for result in [
            waiting.download(&mut out[..256]),
            recorded.download(&mut out),
            other.download(&mut out[..256]),
            edges(&other, &EdgeFilter::new(EdgeOperator::Sobel)).map(drop),
            upload().map(drop),
            engine.flush(),
        ] {
            assert_eq!(result.unwrap_err().code(), "ERR_GPU_DEVICE_LOST");
        }
        drop((image, waiting, recorded));
        let new = engine_of_its_own(&Settings::from_environment()).unwrap();
        assert!(!Arc::ptr_eq(&engine, &new));
        let image = GpuImage::upload(&new, &[200; 256], shape, DType::U8).unwrap();
        util::invert(&image, false).unwrap().download(&mut out[..256]).unwrap();
        assert_eq!(out[..256], [55; 256]);
    }

    #[test]
    fn what_is_left_alone_is_not_there() {
        let settings = Settings { without: Some("timestamps".into()), ..Settings::default() };
        let Ok(engine) = engine_of_its_own(&settings) else { return };
        let error = engine.time_kernels().unwrap_err();
        assert_eq!(error.code(), "ERR_GPU_UNSUPPORTED");
        assert!(error.to_string().starts_with("gpu.kernelTimes: "), "{error}");
    }
}
