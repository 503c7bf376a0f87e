//! What the environment says about the GPU.

use std::path::PathBuf;

use crate::error::{GpuError, Result};

/// Names (a part of) the adapter to use, software ones included, or `none` to use none.
pub const ADAPTER_VARIABLE: &str = "TAGSWITCH_WGPU_ADAPTER";
/// wgpu's own variable: the graphics interfaces to look for adapters in, separated by commas.
pub const BACKEND_VARIABLE: &str = "WGPU_BACKEND";
/// The most bytes of unused buffers to keep for later images.
pub const POOL_VARIABLE: &str = "TAGSWITCH_GPU_POOL_BYTES";
/// The folder in which compiled pipelines are kept between processes, or `none` to keep none.
pub const CACHE_VARIABLE: &str = "TAGSWITCH_GPU_PIPELINE_CACHE";
/// Whether point-wise operations in a row become one kernel: `on`, or `off` to compare.
pub const FUSION_VARIABLE: &str = "TAGSWITCH_GPU_FUSION";
/// The most bytes of a buffer that a kernel is given at once, below what the adapter offers: for tests of tiling.
pub const BINDING_VARIABLE: &str = "TAGSWITCH_GPU_BINDING_BYTES";
/// Features of the adapter that are left alone, separated by commas: for tests of what is done without.
pub const WITHOUT_VARIABLE: &str = "TAGSWITCH_GPU_WITHOUT";

/// Bindings of fewer bytes hold no tile of any use.
const LEAST_BINDING: u64 = 1024;
/// Words for "not at all".
const NONE: [&str; 4] = ["none", "0", "false", "no"];
/// Features that can be left alone.
const FEATURES: [(&str, wgpu::Features); 2] =
    [("subgroups", wgpu::Features::SUBGROUP), ("timestamps", wgpu::Features::TIMESTAMP_QUERY)];

/// What the variables hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// [`ADAPTER_VARIABLE`]; `None` when unset or empty.
    pub adapter: Option<String>,
    /// [`BACKEND_VARIABLE`]; `None` when unset or empty.
    pub backends: Option<String>,
    /// [`POOL_VARIABLE`]; `None` when unset or empty.
    pub pool_bytes: Option<String>,
    /// [`CACHE_VARIABLE`]; `None` when unset or empty.
    pub cache: Option<String>,
    /// [`FUSION_VARIABLE`]; `None` when unset or empty.
    pub fusion: Option<String>,
    /// [`BINDING_VARIABLE`]; `None` when unset or empty.
    pub binding_bytes: Option<String>,
    /// [`WITHOUT_VARIABLE`]; `None` when unset or empty.
    pub without: Option<String>,
}

impl Settings {
    /// Reads the variables.
    #[must_use]
    pub fn from_environment() -> Self {
        let read = |name| {
            let value = std::env::var_os(name)?.to_string_lossy().trim().to_owned();
            (!value.is_empty()).then_some(value)
        };
        Self {
            adapter: read(ADAPTER_VARIABLE),
            backends: read(BACKEND_VARIABLE),
            pool_bytes: read(POOL_VARIABLE),
            cache: read(CACHE_VARIABLE),
            fusion: read(FUSION_VARIABLE),
            binding_bytes: read(BINDING_VARIABLE),
            without: read(WITHOUT_VARIABLE),
        }
    }

    /// The folder for compiled pipelines: the one that the environment names, else one in the user's cache directory.
    /// `None` where the environment forbids it, or says nothing of a user.
    #[must_use]
    pub fn cache_folder(&self) -> Option<PathBuf> {
        match self.cache.as_deref() {
            Some(value) if NONE.contains(&value.to_lowercase().as_str()) => None,
            Some(folder) => Some(folder.into()),
            None => Some(user_cache()?.join("tagswitch")),
        }
    }

    /// The most bytes of unused buffers to keep, if it says so.
    ///
    /// # Errors
    ///
    /// [`GpuError::Setting`] for anything but a whole number.
    pub fn pool_limit(&self) -> Result<Option<u64>> {
        let Some(value) = &self.pool_bytes else { return Ok(None) };
        value.parse().map(Some).map_err(|_| GpuError::Setting {
            variable: POOL_VARIABLE,
            value: value.clone(),
            expected: "a number of bytes, such as 268435456".to_owned(),
        })
    }

    /// Whether point-wise operations in a row become one kernel; yes, unless it says something else.
    ///
    /// # Errors
    ///
    /// [`GpuError::Setting`] for anything but `on` and `off`.
    pub fn fusion(&self) -> Result<bool> {
        match self.fusion.as_deref() {
            None | Some("on") => Ok(true),
            Some("off") => Ok(false),
            Some(value) => Err(GpuError::Setting {
                variable: FUSION_VARIABLE,
                value: value.to_owned(),
                expected: "on or off".to_owned(),
            }),
        }
    }

    /// The most bytes to bind at once, in whole words, where an adapter takes `offered`.
    ///
    /// # Errors
    ///
    /// [`GpuError::Setting`] for anything but a whole number of at least 1024.
    pub fn largest_binding(&self, offered: u64) -> Result<u64> {
        let Some(value) = &self.binding_bytes else { return Ok(offered) };
        match value.parse::<u64>() {
            Ok(bytes) if bytes >= LEAST_BINDING => Ok(offered.min(bytes) & !3),
            _ => Err(GpuError::Setting {
                variable: BINDING_VARIABLE,
                value: value.clone(),
                expected: format!("a number of bytes, at least {LEAST_BINDING}"),
            }),
        }
    }

    /// What an adapter may offer and is not used.
    ///
    /// # Errors
    ///
    /// [`GpuError::Setting`] for a name that is none.
    pub fn without(&self) -> Result<wgpu::Features> {
        let Some(value) = &self.without else { return Ok(wgpu::Features::empty()) };
        let named = |name: &str| FEATURES.iter().find(|(one, _)| *one == name.trim());
        let all = value
            .split(',')
            .try_fold(wgpu::Features::empty(), |all, name| Some(all | named(name)?.1));
        all.ok_or_else(|| GpuError::Setting {
            variable: WITHOUT_VARIABLE,
            value: value.clone(),
            expected: format!("some of {}", FEATURES.map(|(name, _)| name).join(", ")),
        })
    }

    /// Whether the environment forbids the GPU.
    #[must_use]
    pub fn forbids(&self) -> bool {
        self.adapter.as_deref().is_some_and(|value| NONE.contains(&value.to_lowercase().as_str()))
    }

    /// The interfaces to look at.
    ///
    /// # Errors
    ///
    /// [`GpuError::Setting`] for a name that is none, or one that this build leaves out.
    pub fn wgpu_backends(&self) -> Result<wgpu::Backends> {
        let built = wgpu::Instance::enabled_backend_features();
        let Some(value) = &self.backends else { return Ok(built) };
        let mut chosen = wgpu::Backends::empty();
        for name in value.split(',').map(|name| name.trim().to_lowercase()) {
            chosen |= match name.as_str() {
                "vulkan" | "vk" => wgpu::Backends::VULKAN,
                "metal" | "mtl" => wgpu::Backends::METAL,
                "dx12" | "d3d12" => wgpu::Backends::DX12,
                "primary" => wgpu::Backends::PRIMARY,
                _ => wgpu::Backends::empty(),
            };
        }
        let usable = chosen & built;
        if usable.is_empty() {
            let names: Vec<_> = [
                ("vulkan", wgpu::Backends::VULKAN),
                ("metal", wgpu::Backends::METAL),
                ("dx12", wgpu::Backends::DX12),
            ]
            .into_iter()
            .filter(|(_, backend)| built.contains(*backend))
            .map(|(name, _)| name)
            .collect();
            return Err(GpuError::Setting {
                variable: BACKEND_VARIABLE,
                value: value.clone(),
                expected: format!("one of {}, or nothing", names.join(", ")),
            });
        }
        Ok(usable)
    }
}

/// The folder for what a user's programs can make again, the same as in `src/image/gpu-calibration-file.ts`.
fn user_cache() -> Option<PathBuf> {
    let (variable, usual) = if cfg!(target_os = "windows") {
        (Some("LOCALAPPDATA"), "AppData/Local")
    } else if cfg!(target_os = "macos") {
        (None, "Library/Caches")
    } else {
        (Some("XDG_CACHE_HOME"), ".cache")
    };
    variable
        .and_then(std::env::var_os)
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute())
        .or_else(|| Some(std::env::home_dir()?.join(usual)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_nonsense() {
        let settings = Settings { backends: Some("potato, vulcan".into()), ..Settings::default() };
        assert_eq!(settings.wgpu_backends().unwrap_err().code(), "ERR_GPU_SETTING");
        let pool = |value: &str| {
            Settings { pool_bytes: Some(value.into()), ..Settings::default() }.pool_limit()
        };
        assert_eq!((pool("0"), pool("268435456")), (Ok(Some(0)), Ok(Some(256 << 20))));
        for value in ["-1", "1.5", "1G", "lots"] {
            assert_eq!(pool(value).unwrap_err().code(), "ERR_GPU_SETTING", "{value}");
        }
    }

    #[test]
    fn fusion_is_on_or_off() {
        let set =
            |value: &str| Settings { fusion: Some(value.into()), ..Settings::default() }.fusion();
        assert_eq!(Settings::default().fusion(), Ok(true));
        assert_eq!((set("on"), set("off")), (Ok(true), Ok(false)));
        assert_eq!(set("perhaps").unwrap_err().code(), "ERR_GPU_SETTING");
    }

    #[test]
    fn the_environment_lowers_what_is_bound() {
        let set =
            |value: &str| Settings { binding_bytes: Some(value.into()), ..Settings::default() };
        assert_eq!(Settings::default().largest_binding(5000), Ok(5000));
        assert_eq!(set("2050").largest_binding(5000), Ok(2048));
        assert_eq!(set("1000000").largest_binding(5000), Ok(5000));
        for nonsense in ["0", "1023", "-1", "1e6", "many"] {
            let error = set(nonsense).largest_binding(5000).unwrap_err();
            assert_eq!(error.code(), "ERR_GPU_SETTING");
            assert!(error.to_string().contains(BINDING_VARIABLE), "{error}");
        }
    }

    #[test]
    fn features_are_left_alone_by_name() {
        let set = |value: &str| Settings { without: Some(value.into()), ..Settings::default() };
        assert_eq!(Settings::default().without(), Ok(wgpu::Features::empty()));
        assert_eq!(set("subgroups").without(), Ok(wgpu::Features::SUBGROUP));
        let both = wgpu::Features::SUBGROUP | wgpu::Features::TIMESTAMP_QUERY;
        assert_eq!(set("timestamps, subgroups").without(), Ok(both));
        for nonsense in ["potatoes", "subgroups,", "subgroups timestamps"] {
            assert_eq!(set(nonsense).without().unwrap_err().code(), "ERR_GPU_SETTING");
        }
    }

    #[test]
    fn the_cache_can_be_moved_and_forbidden() {
        let folder = |value: &str| {
            Settings { cache: Some(value.into()), ..Settings::default() }.cache_folder()
        };
        assert_eq!(folder("/somewhere"), Some("/somewhere".into()));
        assert_eq!((folder("none"), folder("NO")), (None, None));
    }
}
