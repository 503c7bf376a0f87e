//! `filters.frangi` on the CPU.

use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_addon_values::geometry::{border, shape_of};
use tagswitch_addon_values::run_kernel;
use tagswitch_addon_values::samples::TypedArray;
use tagswitch_kernels_cpu::filters;

/// A scale of `filters.frangi`: weights of the Gaussian and of its derivative, from the centre outwards.
#[napi(object)]
pub struct FrangiScale {
    #[napi(ts_type = "readonly number[]")]
    pub gaussian: Vec<f64>,
    #[napi(ts_type = "readonly number[]")]
    pub derivative: Vec<f64>,
}

/// Checked options of `filters.frangi`.
#[napi(object)]
pub struct CpuFrangiOptions {
    #[napi(ts_type = "readonly FrangiScale[]")]
    pub scales: Vec<FrangiScale>,
    pub beta: f64,
    /// Absent: half of the greatest norm.
    pub gamma: Option<f64>,
    pub black_ridges: bool,
    pub mode: String,
    pub cval: f64,
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuFrangiOptions, out: Float32Array | Float64Array"
)]
pub fn cpu_frangi(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuFrangiOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let scales = options
        .scales
        .iter()
        .map(|FrangiScale { gaussian, derivative }| filters::Scale { gaussian, derivative });
    let options = filters::Frangi {
        scales: &scales.collect::<Vec<_>>(),
        beta: options.beta,
        gamma: options.gamma,
        black_ridges: options.black_ridges,
        border: border(&options.mode)?,
        cval: options.cval,
    };
    run_kernel!(image: shape, out: shape => filters::frangi(image, &options, out))
}
