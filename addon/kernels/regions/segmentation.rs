//! `segmentation.*` on the CPU.

use napi::bindgen_prelude::Int32Array;
use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded, kernel_error, shape_error};
use tagswitch_addon_values::geometry::{Geometry, connectivity_of, shape_of};
use tagswitch_addon_values::masked::borrow_masked;
use tagswitch_addon_values::samples::{TypedArray, borrow, out_view};
use tagswitch_addon_values::{each_label, each_type};
use tagswitch_image::ImageView;
use tagswitch_kernels_cpu::segmentation::{
    self, Border, Boundaries, BoundaryMode, Flooding, Marks,
};

/// Checked options of `segmentation.findBoundaries`.
#[napi(object)]
pub struct CpuBoundaryOptions {
    pub connectivity: u32,
    /// "thick", "inner" or "outer".
    pub mode: String,
    pub background: f64,
}

/// Checked options of `segmentation.watershed`.
#[napi(object)]
pub struct CpuWatershedOptions {
    pub connectivity: u32,
    pub compactness: f64,
    pub watershed_line: bool,
}

/// The border is where `mask` is 0, or without one the outermost `size` rows and columns.
#[napi(
    catch_unwind,
    ts_args_type = "labels: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, size: number, bgval: number, mask: Uint8Array | null, out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array"
)]
pub fn cpu_clear_border(
    labels: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    size: u32,
    bgval: f64,
    mask: Option<TypedArray<'_>>,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let (labels, mask, out) = borrow_masked("labels", labels, shape, mask, out)?;
    let border = mask.map_or(Border::Edges(size as usize), Border::Outside);
    each_type!(labels, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        segmentation::clear_border(image, border, bgval, out_view(out, shape)?)
            .map_err(kernel_error)
    })
}

/// `spacing` is the height and the width of a pixel.
#[napi(
    catch_unwind,
    ts_args_type = "labels: Uint8Array | Uint16Array | Int32Array, height: number, width: number, channels: number, distance: number, spacingRow: number, spacingColumn: number, out: Uint8Array | Uint16Array | Int32Array"
)]
pub fn cpu_expand_labels(
    labels: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    distance: f64,
    spacing_row: f64,
    spacing_column: f64,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let ([labels], out) = borrow(["labels"], [labels], out)?;
    each_label!("labels", labels, samples => {
        let labels = ImageView::new(samples, shape).map_err(shape_error)?;
        let spacing = [spacing_row, spacing_column];
        segmentation::expand_labels(labels, distance, spacing, out_view(out, shape)?)
            .map_err(kernel_error)
    })
}

#[napi(
    catch_unwind,
    ts_args_type = "labels: Uint8Array | Uint16Array | Int32Array, height: number, width: number, channels: number, options: CpuBoundaryOptions, out: Uint8Array"
)]
pub fn cpu_find_boundaries(
    labels: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuBoundaryOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let boundaries = boundaries(&options)?;
    let ([labels], out) = borrow(["labels"], [labels], out)?;
    each_label!("labels", labels, samples => {
        let labels = ImageView::new(samples, shape).map_err(shape_error)?;
        segmentation::find_boundaries(labels, boundaries, out_view(out, shape)?)
            .map_err(kernel_error)
    })
}

/// The sides are the image's, colours are red, green and blue.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, labels: Uint8Array | Uint16Array | Int32Array, height: number, width: number, channels: number, options: CpuBoundaryOptions, color: readonly number[], outlineColor: readonly number[] | null, out: Float32Array | Float64Array"
)]
pub fn cpu_mark_boundaries(
    image: TypedArray<'_>,
    labels: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuBoundaryOptions,
    color: Vec<f64>,
    outline_color: Option<Vec<f64>>,
    out: TypedArray<'_>,
) -> Result<()> {
    let geometry = Geometry { width, height, channels };
    let (shape, size, colors) =
        (geometry.shape()?, geometry.shape_with(1)?, geometry.shape_with(3)?);
    let marks = Marks {
        boundaries: boundaries(&options)?,
        color: rgb(&color)?,
        outline: outline_color.as_deref().map(rgb).transpose()?,
    };
    let ([image, labels], out) = borrow(["image", "labels"], [image, labels], out)?;
    each_label!("labels", labels, labels => {
        let labels = ImageView::new(labels, size).map_err(shape_error)?;
        each_type!(image, samples => {
            let image = ImageView::new(samples, shape).map_err(shape_error)?;
            segmentation::mark_boundaries(image, labels, &marks, out_view(out, colors)?)
                .map_err(kernel_error)
        })
    })
}

/// Returns the labels that occurred, ascending.
#[napi(
    catch_unwind,
    ts_args_type = "labels: Uint8Array | Uint16Array | Int32Array, height: number, width: number, channels: number, offset: number, out: Int32Array"
)]
pub fn cpu_relabel_sequential(
    labels: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    offset: i32,
    out: TypedArray<'_>,
) -> Result<Int32Array> {
    let shape = shape_of(height, width, channels)?;
    let ([labels], out) = borrow(["labels"], [labels], out)?;
    each_label!("labels", labels, samples => {
        let labels = ImageView::new(samples, shape).map_err(shape_error)?;
        segmentation::relabel_sequential(labels, offset, out_view(out, shape)?)
            .map(Int32Array::from)
            .map_err(kernel_error)
    })
}

/// The markers of a watershed that is given none.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, connectivity: number, mask: Uint8Array | null, out: Int32Array"
)]
pub fn cpu_local_minima(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    connectivity: u32,
    mask: Option<TypedArray<'_>>,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let connectivity = connectivity_of(connectivity)?;
    let (image, mask, out) = borrow_masked("image", image, shape, mask, out)?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        segmentation::local_minima(image, connectivity, mask, out_view(out, shape)?)
            .map_err(kernel_error)
    })
}

/// `labels` holds the markers, and then the regions.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuWatershedOptions, mask: Uint8Array | null, labels: Int32Array"
)]
pub fn cpu_watershed(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuWatershedOptions,
    mask: Option<TypedArray<'_>>,
    labels: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let (image, mask, labels) = borrow_masked("image", image, shape, mask, labels)?;
    let flooding = Flooding {
        connectivity: connectivity_of(options.connectivity)?,
        mask,
        compactness: options.compactness,
        line: options.watershed_line,
    };
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        segmentation::watershed(image, &flooding, out_view(labels, shape)?).map_err(kernel_error)
    })
}

fn boundaries(options: &CpuBoundaryOptions) -> Result<Boundaries> {
    let mode = match options.mode.as_str() {
        "thick" => BoundaryMode::Thick,
        "inner" => BoundaryMode::Inner,
        "outer" => BoundaryMode::Outer,
        other => {
            let message = format!("mode is {other:?}; expected thick, inner or outer");
            return Err(coded("ERR_IMAGE_OPTION", &message));
        }
    };
    Ok(Boundaries { corners: options.connectivity == 2, mode, background: options.background })
}

fn rgb(color: &[f64]) -> Result<[f64; 3]> {
    color.try_into().map_err(|_| {
        coded("ERR_IMAGE_OPTION", &format!("a colour has {} numbers; expected 3", color.len()))
    })
}
