//! `exposure.*` on the CPU.

use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded, kernel_error, shape_error};
use tagswitch_addon_values::geometry::{Geometry, shape_of};
use tagswitch_addon_values::masked::borrow_masked;
use tagswitch_addon_values::samples::{TypedArray, borrow, borrow_input, out_view};
use tagswitch_addon_values::{each_type, run_kernel};
use tagswitch_image::{ImageView, SamplesMut, SamplesRef, Shape};
use tagswitch_kernels_cpu::exposure;

/// Checked options of `exposure.adjustGamma`.
#[napi(object)]
pub struct CpuAdjustGammaOptions {
    pub gamma: f64,
    pub gain: f64,
}

/// Checked options of `exposure.adjustLog`.
#[napi(object)]
pub struct CpuAdjustLogOptions {
    pub gain: f64,
    pub inv: bool,
}

/// Checked options of `exposure.adjustSigmoid`.
#[napi(object)]
pub struct CpuAdjustSigmoidOptions {
    pub cutoff: f64,
    pub gain: f64,
    pub inv: bool,
}

/// What a table has for each sample: an entry for each level, of the result's type.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array, height: number, width: number, channels: number, table: Uint8Array | Uint16Array, out: Uint8Array | Uint16Array"
)]
pub fn cpu_look_up(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    table: TypedArray<'_>,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    match borrow(["image", "table"], [image, table], out)? {
        ([SamplesRef::U8(samples), SamplesRef::U8(table)], out) => {
            look_up(samples, shape, table, out)
        }
        ([SamplesRef::U16(samples), SamplesRef::U16(table)], out) => {
            look_up(samples, shape, table, out)
        }
        ([image, table], _) => {
            let given = format!("image is {} and table {}", image.type_name(), table.type_name());
            Err(coded("ERR_IMAGE_DTYPE", &format!("{given}; expected both uint8 or both uint16")))
        }
    }
}

fn look_up<T: exposure::Level>(
    samples: &[T],
    shape: Shape,
    table: &[T],
    out: SamplesMut<'_>,
) -> Result<()> {
    let image = ImageView::new(samples, shape).map_err(shape_error)?;
    exposure::look_up(image, table, out_view(out, shape)?).map_err(kernel_error)
}

/// Runs an expression with the slice of samples that are not looked up in tables.
macro_rules! each_adjustable {
    ($samples:expr, $slice:ident => $body:expr) => {
        match $samples {
            SamplesRef::I32($slice) => $body,
            SamplesRef::F32($slice) => $body,
            SamplesRef::F64($slice) => $body,
            samples => {
                let message = format!("image is {}; expected int32 or floats", samples.type_name());
                Err(coded("ERR_IMAGE_DTYPE", &message))
            }
        }
    };
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuAdjustGammaOptions, out: Int32Array | Float32Array | Float64Array"
)]
pub fn cpu_adjust_gamma(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuAdjustGammaOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let options = exposure::AdjustGamma { gamma: options.gamma, gain: options.gain };
    let ([image], out) = borrow(["image"], [image], out)?;
    each_adjustable!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        exposure::adjust_gamma(image, options, out_view(out, shape)?).map_err(kernel_error)
    })
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuAdjustLogOptions, out: Int32Array | Float32Array | Float64Array"
)]
pub fn cpu_adjust_log(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuAdjustLogOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let options = exposure::AdjustLog { gain: options.gain, inverse: options.inv };
    let ([image], out) = borrow(["image"], [image], out)?;
    each_adjustable!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        exposure::adjust_log(image, options, out_view(out, shape)?).map_err(kernel_error)
    })
}

#[napi(
    catch_unwind,
    ts_args_type = "image: Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuAdjustSigmoidOptions, out: Int32Array | Float32Array | Float64Array"
)]
pub fn cpu_adjust_sigmoid(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuAdjustSigmoidOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let options = exposure::AdjustSigmoid {
        cutoff: options.cutoff,
        gain: options.gain,
        inverse: options.inv,
    };
    let ([image], out) = borrow(["image"], [image], out)?;
    each_adjustable!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        exposure::adjust_sigmoid(image, options, out_view(out, shape)?).map_err(kernel_error)
    })
}

/// The least and the greatest sample; NaN both if one is.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number",
    ts_return_type = "[least: number, greatest: number]"
)]
pub fn cpu_extrema(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
) -> Result<Vec<f64>> {
    let shape = shape_of(height, width, channels)?;
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        Ok(exposure::extrema(image).to_vec())
    })
}

/// The range `from` stretched to the range `to`, least and greatest of each.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, from: readonly number[], to: readonly number[], out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array"
)]
pub fn cpu_rescale_intensity(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    from: Vec<f64>,
    to: Vec<f64>,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let (&[low, high], &[base, top]) = (from.as_slice(), to.as_slice()) else {
        return Err(coded("ERR_IMAGE_OPTION", "from and to must be [least, greatest]"));
    };
    let options = exposure::RescaleIntensity { from: [low, high], to: [base, top] };
    let ([image], out) = borrow(["image"], [image], out)?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        match out {
            SamplesMut::U8(_) => rescale::<_, u8>(image, options, out),
            SamplesMut::U16(_) => rescale::<_, u16>(image, options, out),
            SamplesMut::I32(_) => rescale::<_, i32>(image, options, out),
            SamplesMut::F32(_) => rescale::<_, f32>(image, options, out),
            SamplesMut::F64(_) => rescale::<_, f64>(image, options, out),
        }
    })
}

fn rescale<T: exposure::Rescalable, O: exposure::Rescaled>(
    image: ImageView<'_, T>,
    options: exposure::RescaleIntensity,
    out: SamplesMut<'_>,
) -> Result<()> {
    let out = out_view::<O>(out, image.shape())?;
    exposure::rescale_intensity(image, options, out).map_err(kernel_error)
}

/// Shares of the samples that are not above each, of those under a mask if there is one; of floats known at the centres of `nbins` bins.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, nbins: number, mask: Uint8Array | null, out: Float32Array | Float64Array"
)]
pub fn cpu_equalize_hist(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    nbins: u32,
    mask: Option<TypedArray<'_>>,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let (image, mask, out) = borrow_masked("image", image, shape, mask, out)?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        let out = out_view(out, shape)?;
        exposure::equalize_hist(image, mask, nbins as usize, out).map_err(kernel_error)
    })
}

/// Checked options of `exposure.equalizeAdapthist`: a tile's sides, the most pixels in one bin, and the bins.
#[napi(object)]
pub struct CpuTileOptions {
    pub rows: u32,
    pub columns: u32,
    pub limit: u32,
    pub nbins: u32,
}

/// Intensities from 0 to 1, by the curves of tiles; three channels of three or four.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuTileOptions, out: Float32Array | Float64Array"
)]
pub fn cpu_equalize_adapthist(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuTileOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let geometry = Geometry { width, height, channels };
    let shape = geometry.shape()?;
    let to = geometry.shape_with(shape.channels().min(3))?;
    let [rows, columns, limit, nbins] =
        [options.rows, options.columns, options.limit, options.nbins].map(|value| value as usize);
    let options = exposure::EqualizeAdapthist { rows, columns, limit, nbins };
    run_kernel!(image: shape, out: to => exposure::equalize_adapthist(image, options, out))
}
