//! What the driver compiled, kept in a file between processes where it hands that out (Vulkan's pipeline caches).
//!
//! The file belongs to one adapter, driver and version of this package, and says so itself; with any other content, or
//! a damaged one, it counts as missing and is written anew. Nothing that goes wrong here fails an operation.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::device::{lock, scoped};
use crate::settings::Settings;

/// Begins every file; the last digit counts changes of the format.
const MAGIC: &[u8; 8] = b"TSPIPES1";

/// What became of the cache between processes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CacheInfo {
    /// `unsupported` by the driver, `off` by the environment or for want of a folder, `empty`: no process was here before,
    /// `damaged`: what was there was of no use, or `loaded`.
    pub state: &'static str,
    /// Where it is kept.
    pub file: Option<PathBuf>,
    /// Bytes that the driver was given at the start.
    pub loaded_bytes: u64,
    /// Bytes that the driver gave last for later processes; 0 if nothing was new.
    pub saved_bytes: u64,
    /// Why it could not be written.
    pub problem: Option<String>,
}

/// A driver's cache and its file.
#[derive(Debug)]
pub(crate) struct PipelineCache {
    cache: Option<wgpu::PipelineCache>,
    key: String,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    info: CacheInfo,
    /// Checksum of what is in the file.
    kept: Option<u64>,
}

impl PipelineCache {
    /// The features that a device needs for it.
    pub(crate) const FEATURES: wgpu::Features = wgpu::Features::PIPELINE_CACHE;

    /// Reads what earlier processes left for this device, made with [`Self::FEATURES`] as far as there are such.
    pub(crate) fn open(
        device: &wgpu::Device,
        info: &wgpu::AdapterInfo,
        settings: &Settings,
    ) -> Self {
        let key = key(info);
        let closed = |state| Self {
            cache: None,
            key: String::new(),
            state: Mutex::new(State {
                info: CacheInfo { state, ..CacheInfo::default() },
                kept: None,
            }),
        };
        if !device.features().contains(Self::FEATURES) {
            return closed("unsupported");
        }
        let Some(folder) = settings.cache_folder() else { return closed("off") };
        let file = folder.join(format!("pipelines-{:016x}.bin", checksum(key.as_bytes())));
        let found = fs::read(&file).ok();
        let data = found.as_deref().and_then(|bytes| unpack(bytes, &key));
        let descriptor =
            wgpu::PipelineCacheDescriptor { label: Some("tagswitch"), data, fallback: true };
        // SAFETY: the data is what `get_data` gave for this adapter and driver: `unpack` compared the key and the checksum that
        // `save` wrote with it, so neither another device's data nor a damaged file gets here.
        let made =
            scoped(device, "gpu.cache", 0, || unsafe { device.create_pipeline_cache(&descriptor) });
        let Ok(cache) = made else { return closed("unsupported") };
        let info = CacheInfo {
            state: match (&found, data) {
                (_, Some(_)) => "loaded",
                (Some(_), None) => "damaged",
                (None, None) => "empty",
            },
            file: Some(file),
            loaded_bytes: data.map_or(0, |data| data.len() as u64),
            ..CacheInfo::default()
        };
        let state = Mutex::new(State { info, kept: data.map(checksum) });
        Self { cache: Some(cache), key, state }
    }

    /// What new pipelines are compiled with.
    pub(crate) fn cache(&self) -> Option<&wgpu::PipelineCache> {
        self.cache.as_ref()
    }

    /// What became of it so far.
    pub(crate) fn info(&self) -> CacheInfo {
        lock(&self.state).info.clone()
    }

    /// Writes what the driver has, if that is new.
    pub(crate) fn save(&self) {
        let Some(data) = self.cache().and_then(wgpu::PipelineCache::get_data) else { return };
        let mut state = lock(&self.state);
        let (sum, Some(file)) = (checksum(&data), state.info.file.clone()) else { return };
        if state.kept == Some(sum) {
            return;
        }
        match replace(&file, &pack(&data, &self.key)) {
            Ok(()) => {
                state.kept = Some(sum);
                state.info.saved_bytes = data.len() as u64;
                state.info.problem = None;
            }
            Err(error) => state.info.problem = Some(error.to_string()),
        }
    }
}

/// What a file is for.
fn key(info: &wgpu::AdapterInfo) -> String {
    let wgpu::AdapterInfo { name, vendor, device, driver, driver_info, backend, .. } = info;
    let version = env!("CARGO_PKG_VERSION");
    format!("{version}\n{backend}\n{vendor:x}:{device:x}\n{name}\n{driver}\n{driver_info}")
}

/// The file's bytes: magic, length of the key, key, checksum of key and data, data.
fn pack(data: &[u8], key: &str) -> Vec<u8> {
    let body = [key.as_bytes(), data].concat();
    let length = (key.len() as u64).to_le_bytes();
    [&MAGIC[..], &length, &checksum(&body).to_le_bytes(), &body].concat()
}

/// The data in a file's bytes, if they are whole and for this key.
fn unpack<'a>(bytes: &'a [u8], key: &str) -> Option<&'a [u8]> {
    let (length, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<8>()?;
    let (sum, body) = rest.split_first_chunk::<8>()?;
    if u64::from_le_bytes(*length) != key.len() as u64 || u64::from_le_bytes(*sum) != checksum(body)
    {
        return None;
    }
    body.strip_prefix(key.as_bytes())
}

/// FNV-1a, 64 bits: finds damage, not malice, which in the user's own files has shorter ways.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, &byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// Writes a file whole: whoever reads it meanwhile, or after a crash, finds the old one or the new.
fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = file.with_extension(format!("{}.tmp", std::process::id()));
    let written = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, file));
    if written.is_err() {
        _ = fs::remove_file(&draft);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{pack, replace, unpack};

    #[test]
    fn what_is_packed_is_unpacked() {
        for data in [&b""[..], b"x", &[7; 1000]] {
            assert_eq!(unpack(&pack(data, "a key"), "a key"), Some(data));
            assert_eq!(unpack(&pack(data, "a key"), "b key"), None);
            assert_eq!(unpack(&pack(data, "a key"), "a ke"), None);
        }
    }

    #[test]
    fn no_damaged_file_gets_through() {
        let whole = pack(&[3; 50], "key");
        for length in 0..whole.len() {
            assert_eq!(unpack(&whole[..length], "key"), None, "{length} bytes");
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 4;
            assert_eq!(unpack(&damaged, "key"), None, "byte {at}");
        }
        assert_eq!(unpack(&[&whole[..], b"more"].concat(), "key"), None);
    }

    #[test]
    fn a_file_is_replaced_and_no_draft_is_left() {
        let folder = std::env::temp_dir().join(format!("tagswitch-cache-{}", std::process::id()));
        let file = folder.join("deep/pipelines.bin");
        replace(&file, b"one").unwrap();
        replace(&file, b"two").unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.join("deep")).unwrap().count(), 1);
        // A folder is in the way.
        assert!(replace(&folder.join("deep"), b"three").is_err());
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
