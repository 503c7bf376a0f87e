use crate::blocks;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::BLOCK;

params!(Params { count: u32, first_block: u32 });

pub(super) static SUMS: Kernel = Kernel {
    name: "filters.thresholdMean",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        blocks::INVOCATION,
        blocks::REDUCTION,
        include_str!("../../shaders/filters/threshold_mean.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// The mean of the samples; scikit-image's `threshold_mean`.
///
/// Takes one channel. Blocks of samples are added up on the GPU, integers exactly, their sums here in 64 bits. Waits.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, and those of the device.
pub fn threshold_mean(image: &GpuImage) -> Result<f64> {
    let operation = SUMS.name;
    if image.shape().channels != 1 {
        let message = format!("image has {} channels; expected one", image.shape().channels);
        return Err(GpuError::argument(operation, message));
    }
    let pixels = image.shape().pixels();
    let sums = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let blocks = pixels.div_ceil(BLOCK);
        let sums = recording.buffer(8 * blocks)?;
        let params = |count, first_block| Params { count, first_block };
        recording.in_blocks(&SUMS, (pixels, image.dtype()), &[&source], &sums, params)?;
        Ok(sums)
    })?;
    let total = read(&image.engine, operation, &sums, |bytes| {
        let sums: Vec<[u32; 2]> = bytemuck::pod_collect_to_vec(bytes);
        let sum = |[low, high]: [u32; 2]| match image.dtype() {
            DType::F32 => f64::from(f32::from_bits(low)),
            _ => f64::from(low) + 65_536.0 * f64::from(high.cast_signed()),
        };
        sums.into_iter().map(sum).sum::<f64>()
    })?;
    Ok(total / pixels as f64)
}
