//! Image operations on the GPU, as compute shaders through wgpu. The only crate that names wgpu.
//!
//! A [`GpuImage`] is a buffer with a shape and a [`DType`]. Operations take images and give images; they record commands
//! and return at once. [`GpuImage::download`] submits what was recorded, all together, and waits:
//!
//! ```no_run
//! use tagswitch_kernels_gpu::{DType, GpuImage, Shape, color, engine, filters};
//!
//! # fn main() -> Result<(), tagswitch_kernels_gpu::GpuError> {
//! let engine = engine(true)?;
//! let shape = Shape { height: 2, width: 2, channels: 3 };
//! let rgb = GpuImage::upload(&engine, &[0; 12], shape, DType::U8)?;
//! let gray = color::rgb2gray(&rgb)?;
//! let edges = filters::edges(&gray, &filters::EdgeFilter::new(filters::EdgeOperator::Sobel))?;
//! let mut samples = vec![0; edges.byte_length() as usize];
//! edges.download(&mut samples)?; // one submission
//! # Ok(())
//! # }
//! ```
//!
//! Definitions are scikit-image 0.26's; integer images give 32-bit floats where it makes floats.
//!
//! # Layout
//!
//! A kernel is data ([`Kernel`]): a name, its bindings and WGSL from `shaders/`, joined as it is. `src/<module>/<operation>.rs`
//! holds the kernels of one operation and what is to be done around them. Operations on pixels that know of no others are
//! one WGSL function each ([`Pointwise`](pointwise::Pointwise)); kernels are generated around them. [`blocks`] is what kernels share
//! that takes all invocations of a workgroup, with subgroup operations and without. `process`, `adapter`, `device`,
//! `recorder`, `contents`, `pool`, `staging`, `submission`, `timing`, `pipeline` and `pipeline_cache` are the engine; `tiling` cuts
//! up work on images that cannot be bound at once, and `rounds` repeats a kernel until it changes nothing.
//!
//! # Failures
//!
//! Everything fails with a [`GpuError`], which has a stable code; nothing panics, wgpu's own panics included. A lost device
//! is replaced by the next call of [`engine`]; images of the old one fail with [`GpuError::DeviceLost`].

pub mod adapter;
pub mod blocks;
mod border;
mod capabilities;
pub mod color;
mod contents;
pub mod custom;
mod device;
mod error;
pub mod exposure;
mod extrema;
pub mod feature;
pub mod filters;
mod image;
mod long_work;
pub mod measure;
pub mod metrics;
pub mod morphology;
mod params;
mod pipeline;
mod pipeline_cache;
pub mod pointwise;
mod pool;
mod process;
mod rank;
mod recorder;
mod recording;
mod rounds;
pub mod segmentation;
pub mod settings;
mod sort;
mod staging;
mod step;
mod storage;
mod submission;
mod tiling;
mod timing;
pub mod transform;
pub mod util;

pub use border::{Border, BorderMode};
pub use capabilities::Capabilities;
pub use device::Engine;
pub use error::{GpuError, Result};
pub use extrema::{Extrema, extrema};
pub use image::{DType, GpuImage, Shape};
pub use params::Layout;
pub use pipeline::{Binding, Kernel};
pub use pipeline_cache::CacheInfo;
pub use process::{
    adapter, capabilities, engine, engine_of_its_own, existing_engine, set_fusion, set_pool_limit,
};
pub use recorder::Stats;
pub use timing::KernelTime;

/// Every kernel of this crate, for tests; those of point-wise operations are generated.
#[must_use]
pub fn kernels() -> Vec<&'static Kernel> {
    [
        extrema::KERNELS,
        rank::KERNELS,
        sort::KERNELS,
        color::KERNELS,
        exposure::KERNELS,
        feature::KERNELS,
        filters::KERNELS,
        measure::KERNELS,
        metrics::KERNELS,
        morphology::KERNELS,
        segmentation::KERNELS,
        transform::KERNELS,
        util::KERNELS,
    ]
    .concat()
}

/// Every point-wise operation of this crate, for tests.
#[must_use]
pub fn pointwise() -> Vec<&'static pointwise::Pointwise> {
    [color::POINTWISE, exposure::POINTWISE, filters::POINTWISE, util::POINTWISE].concat()
}
