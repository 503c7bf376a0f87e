//! Which adapter is used: the choice itself needs no GPU and is tested without one.

use crate::error::{GpuError, Result};
use crate::settings::{ADAPTER_VARIABLE, Settings};

/// Samples are counted in 31 bits.
const MOST_BYTES: u64 = 4 * i32::MAX as u64;

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
    /// The most bytes that an image can have: those of a buffer.
    pub largest_image: u64,
    /// The most bytes that a kernel is given at once. Larger images are worked on in tiles.
    pub largest_binding: u64,
}

impl Adapter {
    pub(crate) fn new(handle: &wgpu::Adapter, settings: &Settings) -> Result<Self> {
        let (info, limits) = (handle.get_info(), handle.limits());
        let largest_image = limits.max_buffer_size.min(MOST_BYTES) & !3;
        Ok(Self {
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
            largest_image,
            largest_binding: settings
                .largest_binding(limits.max_storage_buffer_binding_size.min(largest_image) & !3)?,
        })
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
            largest_image: 1 << 31,
            largest_binding: 128 << 20,
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
    }
}
