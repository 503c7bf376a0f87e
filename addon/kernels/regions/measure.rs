//! `measure.*` on the CPU.

use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded, kernel_error, shape_error};
use tagswitch_addon_values::geometry::{border, connectivity_of, shape_of};
use tagswitch_addon_values::numbers::Float64Array;
use tagswitch_addon_values::samples::{TypedArray, borrow, borrow_input, out_view};
use tagswitch_addon_values::{each_label, each_type, run_kernel};
use tagswitch_image::{ImageView, SamplesRef, Shape};
use tagswitch_kernels_cpu::measure::{self, Between};
use tagswitch_kernels_cpu::transform::Degree;

/// Numbers the regions and returns how many there are.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, background: number, connectivity: number, out: Int32Array"
)]
pub fn cpu_label(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    background: f64,
    connectivity: u32,
    out: TypedArray<'_>,
) -> Result<u32> {
    let shape = shape_of(height, width, channels)?;
    let connectivity = connectivity_of(connectivity)?;
    let ([image], out) = borrow(["image"], [image], out)?;
    let regions = each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        measure::label(image, background, connectivity, out_view(out, shape)?)
    });
    // At most as many as pixels, which 32 bits number.
    regions.map(|regions| regions as u32).map_err(kernel_error)
}

/// The numbers at places, each a row and a column, of orders 0 to 5.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, places: Float64Array, order: number, mode: string, cval: number, out: Float64Array"
)]
#[allow(
    clippy::too_many_arguments,
    reason = "arrays come by themselves, so that they are borrowed"
)]
pub fn cpu_samples_at(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    places: TypedArray<'_>,
    order: u32,
    mode: String,
    cval: f64,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let between = match order {
        0 => Between::Nearest,
        1 => Between::Linear,
        _ => Between::Spline(Degree::from_order(order).ok_or_else(|| {
            coded("ERR_IMAGE_OPTION", &format!("order is {order}; expected 0 to 5"))
        })?),
    };
    let border = border(&mode)?;
    let ([image, places], out) = borrow(["image", "places"], [image, places], out)?;
    let (places, rest) = match places {
        SamplesRef::F64(places) => places.as_chunks(),
        _ => return Err(coded("ERR_IMAGE_DTYPE", "places must be a Float64Array")),
    };
    if !rest.is_empty() {
        return Err(coded("ERR_IMAGE_SHAPE", "places must be rows and columns"));
    }
    let column = Shape::new(places.len(), 1, shape.channels()).map_err(shape_error)?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        measure::samples_at(image, places, between, (border, cval), out_view(out, column)?)
    })
    .map_err(kernel_error)
}

/// Rows of `order + 1` moments about a centre, one after the other.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, row: number, column: number, order: number"
)]
pub fn cpu_moments(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    row: f64,
    column: f64,
    order: u32,
) -> Result<Float64Array> {
    let shape = shape_of(height, width, channels)?;
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        measure::moments(image, [row, column], order as usize)
    })
    .map(Float64Array::from)
    .map_err(kernel_error)
}

/// The same about the centre of mass.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, order: number"
)]
pub fn cpu_moments_central(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    order: u32,
) -> Result<Float64Array> {
    let shape = shape_of(height, width, channels)?;
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        measure::moments_central(image, order as usize)
    })
    .map(Float64Array::from)
    .map_err(kernel_error)
}

/// The sums of one region after the other, ascending by label.
#[napi(
    catch_unwind,
    ts_args_type = "labels: Uint8Array | Uint16Array | Int32Array, height: number, width: number, channels: number, intensity?: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array | null"
)]
pub fn cpu_region_sums(
    labels: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    intensity: Option<TypedArray<'_>>,
) -> Result<Float64Array> {
    let shape = shape_of(height, width, channels)?;
    let intensity = intensity.map(|array| borrow_input("intensity", array)).transpose()?;
    let labels = borrow_input("labels", labels)?;
    let sums = each_label!("labels", labels, labels => {
        let labels = ImageView::new(labels, shape).map_err(shape_error)?;
        match intensity {
            None => measure::region_sums::<_, u8>(labels, None),
            Some(intensity) => each_type!(intensity, samples => {
                let intensity = ImageView::new(samples, shape).map_err(shape_error)?;
                measure::region_sums(labels, Some(intensity))
            }),
        }
        .map_err(kernel_error)
    })?;
    Ok(sums.into())
}

/// Each block of the image becomes a pixel of `out`, by `func`: "sum", "mean", "median", "min" or "max".
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, func: string, blockSize: readonly [rows: number, columns: number], cval: number, out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, toHeight: number, toWidth: number, toChannels: number"
)]
pub fn cpu_block_reduce(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    func: String,
    block_size: Vec<u32>,
    cval: f64,
    out: TypedArray<'_>,
    to_height: u32,
    to_width: u32,
    to_channels: u32,
) -> Result<()> {
    let (shape, to) =
        (shape_of(height, width, channels)?, shape_of(to_height, to_width, to_channels)?);
    let &[rows, columns] = block_size.as_slice() else {
        return Err(coded("ERR_IMAGE_OPTION", "blockSize must be [rows, columns]"));
    };
    let blocks = measure::Blocks { rows: rows as usize, columns: columns as usize, cval };
    match func.as_str() {
        "sum" => run_kernel!(image: shape, out: to => measure::block_sum(image, blocks, out)),
        "mean" => run_kernel!(image: shape, out: to => measure::block_mean(image, blocks, out)),
        "median" => run_kernel!(image: shape, out: to => measure::block_median(image, blocks, out)),
        "min" => run_kernel!(image: shape, out: to => measure::block_min(image, blocks, out)),
        "max" => run_kernel!(image: shape, out: to => measure::block_max(image, blocks, out)),
        other => {
            let expected = "sum, mean, median, min or max";
            let message = format!("func is {other:?}; expected {expected}");
            Err(coded("ERR_IMAGE_OPTION", &message))
        }
    }
}

/// In nats.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number"
)]
pub fn cpu_shannon_entropy(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
) -> Result<f64> {
    let shape = shape_of(height, width, channels)?;
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        Ok(measure::shannon_entropy(image))
    })
}

/// Objects, which are above 0, less holes.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, connectivity: number"
)]
pub fn cpu_euler_number(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    connectivity: u32,
) -> Result<i64> {
    let shape = shape_of(height, width, channels)?;
    let connectivity = connectivity_of(connectivity)?;
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        measure::euler_number(image, connectivity).map_err(kernel_error)
    })
}

/// `connectivity` is that of the neighbours without which a pixel, above 0, lies at the border.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, connectivity: number"
)]
pub fn cpu_perimeter(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    connectivity: u32,
) -> Result<f64> {
    let shape = shape_of(height, width, channels)?;
    let connectivity = connectivity_of(connectivity)?;
    each_type!(borrow_input("image", image)?, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        measure::perimeter(image, connectivity).map_err(kernel_error)
    })
}
