//! Which adapter is used: the choice itself needs no GPU and is tested without one.

use crate::error::{GpuError, Result};

/// Names (a part of) the adapter to use, software ones included, or `none` to use none.
pub const ADAPTER_VARIABLE: &str = "TAGSWITCH_WGPU_ADAPTER";
/// wgpu's own variable: the graphics interfaces to look for adapters in, separated by commas.
pub const BACKEND_VARIABLE: &str = "WGPU_BACKEND";

/// The most bytes of unused buffers to keep for later images.
pub const POOL_VARIABLE: &str = "TAGSWITCH_GPU_POOL_BYTES";

/// What an adapter is, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adapter {
    /// The adapter's name, such as `llvmpipe (LLVM 15.0.6, 256 bits)`.
    pub name: String,
    /// The driver and its version.
    pub driver: String,
    /// `discrete`, `integrated`, `virtual`, `software` or `other`.
    pub device_type: &'static str,
    /// `vulkan`, `metal` or `dx12`.
    pub backend: &'static str,
    /// The most bytes that an image can have: what a kernel can bind at once.
    pub largest_image: u64,
}

impl Adapter {
    pub(crate) fn new(handle: &wgpu::Adapter) -> Self {
        let (info, limits) = (handle.get_info(), handle.limits());
        Self {
            name: info.name.clone(),
            driver: [&info.driver, &info.driver_info]
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" "),
            device_type: match info.device_type {
                wgpu::DeviceType::DiscreteGpu => "discrete",
                wgpu::DeviceType::IntegratedGpu => "integrated",
                wgpu::DeviceType::VirtualGpu => "virtual",
                wgpu::DeviceType::Cpu => "software",
                wgpu::DeviceType::Other => "other",
            },
            backend: info.backend.to_str(),
            largest_image: limits.max_buffer_size.min(limits.max_storage_buffer_binding_size) & !3,
        }
    }

    /// Whether the adapter computes on the CPU.
    #[must_use]
    pub fn is_software(&self) -> bool {
        self.device_type == "software"
    }

    /// Lower is better.
    fn rank(&self) -> usize {
        ["discrete", "integrated", "virtual", "other", "software"]
            .iter()
            .position(|kind| *kind == self.device_type)
            .unwrap_or(usize::MAX)
    }
}

/// What the environment says about the GPU.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// [`ADAPTER_VARIABLE`]; `None` when unset or empty.
    pub adapter: Option<String>,
    /// [`BACKEND_VARIABLE`]; `None` when unset or empty.
    pub backends: Option<String>,
    /// [`POOL_VARIABLE`]; `None` when unset or empty.
    pub pool_bytes: Option<String>,
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

    /// Whether the environment forbids the GPU.
    #[must_use]
    pub fn forbids(&self) -> bool {
        let words = ["none", "0", "false", "no"];
        self.adapter.as_deref().is_some_and(|value| words.contains(&value.to_lowercase().as_str()))
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

/// The place in `found` of the adapter to use.
///
/// Discrete ones go before integrated, virtual and unknown ones. A software adapter is taken when nothing else is there
/// and `allow_software` is set, or when the environment names it.
///
/// # Errors
///
/// [`GpuError::NoAdapter`], [`GpuError::SoftwareAdapter`], or [`GpuError::Setting`] when the environment names an
/// adapter that is not there.
pub fn choose(found: &[Adapter], settings: &Settings, allow_software: bool) -> Result<usize> {
    let operation = "gpu".to_owned();
    if settings.forbids() {
        let reason = format!("{ADAPTER_VARIABLE} forbids it");
        return Err(GpuError::NoAdapter { operation, reason });
    }
    if found.is_empty() {
        return Err(GpuError::NoAdapter { operation, reason: missing_driver().to_owned() });
    }
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| found[i].rank());
    if let Some(wanted) = &settings.adapter {
        let wanted_lower = wanted.to_lowercase();
        return order
            .into_iter()
            .find(|&i| found[i].name.to_lowercase().contains(&wanted_lower))
            .ok_or_else(|| {
                let names: Vec<_> = found.iter().map(|a| format!("{:?}", a.name)).collect();
                GpuError::Setting {
                    variable: ADAPTER_VARIABLE,
                    value: wanted.clone(),
                    expected: format!(
                        "\"none\" or a part of the name of an adapter: {}",
                        names.join(", ")
                    ),
                }
            });
    }
    let best = order[0];
    if found[best].is_software() && !allow_software {
        return Err(GpuError::SoftwareAdapter { operation, adapter: found[best].name.clone() });
    }
    Ok(best)
}

fn missing_driver() -> &'static str {
    if cfg!(target_os = "linux") {
        "no Vulkan driver found: on Debian, install mesa-vulkan-drivers or your card's own driver"
    } else if cfg!(target_os = "windows") {
        "no DirectX 12 or Vulkan driver found: install your card's driver"
    } else {
        "no driver found"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adapter(name: &str, device_type: &'static str) -> Adapter {
        Adapter {
            name: name.into(),
            driver: String::new(),
            device_type,
            backend: "vulkan",
            largest_image: 128 << 20,
        }
    }

    fn named(name: &str) -> Settings {
        Settings { adapter: Some(name.into()), ..Settings::default() }
    }

    #[test]
    fn prefers_a_discrete_card() {
        let found = [
            adapter("llvmpipe", "software"),
            adapter("UHD", "integrated"),
            adapter("RTX", "discrete"),
        ];
        assert_eq!(choose(&found, &Settings::default(), false), Ok(2));
        assert_eq!(choose(&found[..2], &Settings::default(), true), Ok(1));
    }

    #[test]
    fn takes_software_only_when_asked() {
        let found = [adapter("llvmpipe", "software")];
        assert_eq!(
            choose(&found, &Settings::default(), false).unwrap_err().code(),
            "ERR_GPU_SOFTWARE_ADAPTER"
        );
        assert_eq!(choose(&found, &Settings::default(), true), Ok(0));
        assert_eq!(choose(&found, &named("LLVM"), false), Ok(0));
    }

    #[test]
    fn says_what_is_missing() {
        let error = choose(&[], &Settings::default(), true).unwrap_err();
        assert_eq!(error.code(), "ERR_GPU_NO_ADAPTER");
        #[cfg(target_os = "linux")]
        assert!(error.to_string().contains("mesa-vulkan-drivers"), "{error}");
        for word in ["none", "NONE", "0", "no", "false"] {
            let found = [adapter("RTX", "discrete")];
            assert_eq!(
                choose(&found, &named(word), true).unwrap_err().code(),
                "ERR_GPU_NO_ADAPTER"
            );
        }
    }

    #[test]
    fn refuses_nonsense_in_the_environment() {
        let error = choose(&[adapter("RTX", "discrete")], &named("voodoo"), true).unwrap_err();
        assert_eq!(error.code(), "ERR_GPU_SETTING");
        assert!(error.to_string().contains("RTX"), "{error}");
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
}
