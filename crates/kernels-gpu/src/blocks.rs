//! Building blocks that kernels share: WGSL for a part of their work, which leaves to them what it works on.
//!
//! Where all invocations of a workgroup have to come together, they do so in workgroup memory, or faster by the subgroup operations
//! of adapters that have them: such blocks have two forms, of which the device decides. Results are the same, but for the order in which
//! floats are added up.
//!
//! Those on whole images are the [separable filter](separable()) of all Gaussians and their derivatives, and the counting of
//! [levels](crate::exposure::level_histogram()) and of [floats](crate::exposure::float_histogram()).

use std::sync::Arc;

use crate::border::Border;
use crate::device::Engine;
use crate::error::Result;
use crate::filters::gaussian::{self, Source};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::pipeline::Kernel;
use crate::storage::Bound;

/// What kernels with the blocks after it have for their argument.
pub const INVOCATION: &str = include_str!("../shaders/blocks/invocation.wgsl");
/// What the invocations of a workgroup have, combined.
pub const REDUCTION: &str = include_str!("../shaders/blocks/reduction.wgsl");
/// Running sums over the invocations of a workgroup.
pub const SCAN: &str = include_str!("../shaders/blocks/scan.wgsl");
/// A tile with its halo, in workgroup memory.
pub const STENCIL: &str = include_str!("../shaders/blocks/stencil.wgsl");
/// Disjoint sets.
pub const UNION_FIND: &str = include_str!("../shaders/blocks/union_find.wgsl");
/// What lies beyond the edges of an image.
pub const BORDER: &str = include_str!("../shaders/shared/border.wgsl");
/// Numbers of 64 bits in two halves.
pub const LONG: &str = include_str!("../shaders/shared/long.wgsl");
/// Floats of 64 and 32 bits by integers, rounded as a CPU rounds; with [`LONG`].
pub const IEEE754: &str = include_str!("../shaders/shared/ieee754.wgsl");
/// Floats of 64 bits with their signs, infinities and NaN, rounded likewise; with [`IEEE754`].
pub const BINARY64: &str = include_str!("../shaders/shared/binary64.wgsl");
/// The place of a workgroup on a line of them.
pub const LINE: &str = include_str!("../shaders/shared/line.wgsl");

/// Blocks, and their forms with subgroup operations.
const FORMS: [(&str, &str); 3] = [
    (INVOCATION, include_str!("../shaders/blocks/invocation_subgroups.wgsl")),
    (REDUCTION, include_str!("../shaders/blocks/reduction_subgroups.wgsl")),
    (SCAN, include_str!("../shaders/blocks/scan_subgroups.wgsl")),
];

/// What the other forms take of a device.
pub(crate) const FEATURES: wgpu::Features = wgpu::Features::SUBGROUP;

/// The form of a source with subgroup operations, if it has one.
pub(crate) fn with_subgroups(source: &'static str) -> &'static str {
    FORMS.iter().find(|(block, _)| *block == source).map_or(source, |(_, form)| form)
}

/// The samples weighed by an odd number of weights down the rows, then across the columns, each channel by itself; not scaled. For tests
/// of blocks.
///
/// # Errors
///
/// Those of the device.
pub fn separable(image: &GpuImage, kernels: &[Vec<f32>; 2], border: Border) -> Result<GpuImage> {
    let (shape, dtype) = (image.shape(), image.dtype());
    let filtered = image.engine().record("gpu.separable", |recording| {
        let storage = image.storage(recording)?;
        let source = Source { storage: &storage, shape, dtype, scale: 1.0 };
        gaussian::separable(recording, &source, kernels, border)
    })?;
    Ok(GpuImage::new(image.engine(), filtered, shape, DType::F32))
}

impl Kernel {
    /// Runs it by itself, for tests of blocks: on images, bound in order, and on the result, bound last, which begins as zeros.
    ///
    /// # Errors
    ///
    /// Those of the device.
    pub fn run(
        &'static self,
        engine: &Arc<Engine>,
        constants: &[(&'static str, f64)],
        params: &[u32],
        images: &[&GpuImage],
        (shape, dtype): (Shape, DType),
        workgroups: u64,
    ) -> Result<GpuImage> {
        let bytes = byte_length(self.name, shape, dtype)?;
        let result = engine.record(self.name, |recording| {
            let storages =
                images.iter().map(|image| image.storage(recording)).collect::<Result<Vec<_>>>()?;
            let result = recording.zeros(bytes)?;
            let mut buffers: Vec<_> = storages.iter().map(|one| Bound::Storage(one)).collect();
            buffers.push((&result).into());
            let program = recording.program(self, constants)?;
            recording.run(&program, bytemuck::cast_slice(params), &buffers, workgroups)?;
            Ok(result)
        })?;
        Ok(GpuImage::new(engine, result, shape, dtype))
    }
}
