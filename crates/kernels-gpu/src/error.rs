//! What can go wrong on the way to the GPU and on it.

use crate::custom::ShaderFault;

/// A failure of the GPU engine. Every one has a stable [`code`](GpuError::code) and names the operation or kernel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GpuError {
    /// There is no adapter that may be used.
    #[error("{operation}: no GPU adapter: {reason}")]
    NoAdapter {
        /// What was to be done.
        operation: String,
        /// What is missing, and how to get it.
        reason: String,
    },
    /// Only software adapters were found and the caller did not ask for one.
    #[error("{operation}: {adapter} is a software adapter, which is used only when asked for")]
    SoftwareAdapter {
        /// What was to be done.
        operation: String,
        /// The adapter's name.
        adapter: String,
    },
    /// An environment variable says nothing useful.
    #[error("environment variable {variable} is {value:?}; expected {expected}")]
    Setting {
        /// The variable's name.
        variable: &'static str,
        /// What it holds.
        value: String,
        /// What it may hold.
        expected: String,
    },
    /// The device is gone, and what it held with it.
    #[error(
        "{operation}: the GPU device was lost ({reason}); upload the image again, the next call makes a new device"
    )]
    DeviceLost {
        /// What was to be done.
        operation: String,
        /// What the driver said.
        reason: String,
    },
    /// The GPU has no memory left for this.
    #[error(
        "{operation}: out of GPU memory ({bytes} bytes asked for); dispose of images that are not needed"
    )]
    OutOfMemory {
        /// What was to be done.
        operation: String,
        /// The size of the allocation that failed, 0 if unknown.
        bytes: u64,
    },
    /// wgpu or the driver refused a kernel: a defect of this library or of the driver.
    #[error("{operation}: refused by the GPU: {message}")]
    Validation {
        /// The kernel.
        operation: String,
        /// What was refused.
        message: String,
    },
    /// A user's kernel is no WGSL, or no kernel on images.
    #[error("{operation}: {}", fault.message)]
    Shader {
        /// The kernel.
        operation: String,
        /// What is wrong with it, and where.
        fault: ShaderFault,
    },
    /// The image is larger than this adapter's buffers.
    #[error("{operation}: needs {bytes} bytes in one buffer; this adapter takes {limit} at most")]
    Limit {
        /// What was to be done.
        operation: String,
        /// What it needs.
        bytes: u64,
        /// What the adapter offers.
        limit: u64,
    },
    /// A kernel needs more at once than this adapter binds, and tiles are of no help.
    #[error(
        "{operation}: {what} takes {bytes} bytes, and a kernel sees {limit} at once on this adapter; use another backend"
    )]
    Binding {
        /// What was to be done.
        operation: String,
        /// What the kernel needs.
        what: String,
        /// Its size.
        bytes: u64,
        /// What the adapter offers.
        limit: u64,
    },
    /// An argument that the operation does not take.
    #[error("{operation}: {message}")]
    Argument {
        /// The operation.
        operation: String,
        /// What was given and what is expected.
        message: String,
    },
    /// Samples that the operation cannot work with.
    #[error("{operation}: {message}")]
    Value {
        /// The operation.
        operation: String,
        /// What the image holds and what is expected.
        message: String,
    },
    /// Something that other backends can do and this one cannot.
    #[error("{operation}: not done on the GPU: {reason}")]
    Unsupported {
        /// The operation.
        operation: String,
        /// Why not.
        reason: String,
    },
    /// A panic in wgpu or here, caught. The device is given up.
    #[error("{operation}: the GPU engine failed: {message}")]
    Internal {
        /// What was to be done.
        operation: String,
        /// The panic's message.
        message: String,
    },
}

impl GpuError {
    /// The stable code, as JavaScript sees it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoAdapter { .. } => "ERR_GPU_NO_ADAPTER",
            Self::SoftwareAdapter { .. } => "ERR_GPU_SOFTWARE_ADAPTER",
            Self::Setting { .. } => "ERR_GPU_SETTING",
            Self::DeviceLost { .. } => "ERR_GPU_DEVICE_LOST",
            Self::OutOfMemory { .. } => "ERR_GPU_OUT_OF_MEMORY",
            Self::Validation { .. } => "ERR_GPU_VALIDATION",
            Self::Shader { .. } => "ERR_GPU_SHADER",
            Self::Limit { .. } | Self::Binding { .. } => "ERR_GPU_LIMIT",
            Self::Argument { .. } => "ERR_GPU_ARGUMENT",
            Self::Value { .. } => "ERR_GPU_VALUE",
            Self::Unsupported { .. } => "ERR_GPU_UNSUPPORTED",
            Self::Internal { .. } => "ERR_GPU_INTERNAL",
        }
    }

    pub(crate) fn argument(operation: &str, message: impl Into<String>) -> Self {
        Self::Argument { operation: operation.to_owned(), message: message.into() }
    }

    pub(crate) fn unsupported(operation: &str, reason: impl Into<String>) -> Self {
        Self::Unsupported { operation: operation.to_owned(), reason: reason.into() }
    }
}

/// Results of this crate.
pub type Result<T> = std::result::Result<T, GpuError>;

/// Runs `f`; a panic in it becomes [`GpuError::Internal`].
///
/// wgpu panics where it meets what it takes for impossible. That must not end the caller's process.
pub(crate) fn guarded<T>(operation: &str, f: impl FnOnce() -> Result<T>) -> Result<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)).unwrap_or_else(|panic| {
        let message = panic
            .downcast_ref::<&str>()
            .map(|s| (*s).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "panic".to_owned());
        Err(GpuError::Internal { operation: operation.to_owned(), message })
    })
}
