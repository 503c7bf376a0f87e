use super::check_alike;
use crate::blocks;
use crate::error::Result;
use crate::extrema::{Extrema, extrema};
use crate::image::{GpuImage, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::BLOCK;

params!(Params { count: u32, first_block: u32, first_word: u32, scale: f32 });

/// Exponents of samples whose squares add up without leaving the range of floats, in which small ones keep their digits.
const EXPONENTS: std::ops::Range<i32> = -40..48;

pub(super) static COMPARE: Kernel = Kernel {
    name: "metrics.compare",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/other_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/level_distance.wgsl"),
        blocks::INVOCATION,
        blocks::REDUCTION,
        include_str!("../../shaders/metrics/compare.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// What metrics of two images are made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// Mean of the squared differences.
    pub error: f64,
    /// Mean of the squared samples of the first image.
    pub square: f64,
    /// Mean of the samples of the first image.
    pub mean: f64,
    /// Least sample of the first image; NaN where it holds NaN.
    pub least: f64,
    /// Greatest sample of the first image, likewise.
    pub greatest: f64,
}

/// Compares two images of any dtype and channels. Blocks of samples are added up on the GPU in 32-bit floats, their sums here in 64.
/// Waits twice; again where floats are so large or so small that their squares need a scale. `operation` is for messages.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for images that differ in shape or dtype, and those of the device.
pub fn compare(operation: &str, first: &GpuImage, second: &GpuImage) -> Result<Comparison> {
    check_alike(operation, first, second)?;
    let (mut means, largest) = sums(operation, first, second, 0)?;
    let exponent = (largest >> 23).cast_signed() - 127;
    // Zeros need no scale, infinities and NaN have none.
    if largest > 0 && exponent < 128 && !EXPONENTS.contains(&exponent) {
        (means, _) = sums(operation, first, second, -exponent)?;
    }
    let [error, square, mean] = means;
    let (least, greatest) = match extrema(operation, first)? {
        Extrema::Levels(least, greatest) => (f64::from(least), f64::from(greatest)),
        Extrema::Floats(least, greatest) => (f64::from(least), f64::from(greatest)),
        Extrema::Nan => (f64::NAN, f64::NAN),
    };
    Ok(Comparison { error, square, mean, least, greatest })
}

/// The means, computed of samples times a power of two, and the bits of the largest of floats by magnitude.
fn sums(
    operation: &str,
    first: &GpuImage,
    second: &GpuImage,
    exponent: i32,
) -> Result<([f64; 3], u32)> {
    let (samples, dtype) = (first.shape().samples(), first.dtype());
    // Within the range of floats, if only just: denormal samples keep what digits they have.
    let scale = 2_f32.powi(exponent.min(127));
    let blocks = samples.div_ceil(BLOCK);
    let sums = first.engine.record(operation, |recording| {
        let (one, other) = (first.storage(recording)?, second.storage(recording)?);
        let sums = recording.buffer(16 * blocks)?;
        let params = |count, first_block| Params { count, first_block, first_word: 0, scale };
        recording.in_blocks(&COMPARE, (samples, dtype), &[&one, &other], &sums, params)?;
        Ok(sums)
    })?;
    read(&first.engine, operation, &sums, |bytes| {
        let sums: Vec<[u32; 4]> = bytemuck::pod_collect_to_vec(&bytes[..16 * blocks as usize]);
        let mean = |of: usize| {
            let sum = sums.iter().map(|sum| f64::from(f32::from_bits(sum[of]))).sum::<f64>();
            sum / samples as f64
        };
        let largest = sums.iter().map(|sum| sum[3]).max().unwrap_or(0);
        let back = 1.0 / f64::from(scale);
        ([mean(0) * back * back, mean(1) * back * back, mean(2) * back], largest)
    })
}
