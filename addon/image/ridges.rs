//! `filters.frangi` on the CPU.

use napi_derive::napi;
use tagswitch_kernels_cpu::filters;

use super::geometry::{Geometry, border};
use super::samples::{TypedArray, run_kernel};
use crate::error::Result;

/// Checked options of `filters.frangi`.
#[napi(object)]
pub struct CpuFrangiOptions {
    /// Standard deviation of the Gaussian of each of the two derivatives, for each scale.
    pub sigmas: Vec<f64>,
    /// Kernel radii likewise.
    pub radii: Vec<u32>,
    pub beta: f64,
    /// Absent: half of the greatest norm.
    pub gamma: Option<f64>,
    pub black_ridges: bool,
    pub mode: String,
    pub cval: f64,
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, geometry: Geometry, options: CpuFrangiOptions, out: Float32Array | Float64Array"
)]
pub fn cpu_frangi(
    image: TypedArray<'_>,
    geometry: Geometry,
    options: CpuFrangiOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = geometry.shape()?;
    let radii = options.radii.iter().map(|&radius| radius as usize);
    let scales: Vec<_> = options.sigmas.iter().copied().zip(radii).collect();
    let options = filters::Frangi {
        scales: &scales,
        beta: options.beta,
        gamma: options.gamma,
        black_ridges: options.black_ridges,
        border: border(&options.mode)?,
        cval: options.cval,
    };
    run_kernel!(image: shape, out: shape => filters::frangi(image, &options, out))
}
