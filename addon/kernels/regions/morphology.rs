//! `morphology.*` on the CPU.

use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded, kernel_error, shape_error};
use tagswitch_addon_values::geometry::{border, connectivity_of, footprint, shape_of};
use tagswitch_addon_values::samples::{TypedArray, borrow, out_view};
use tagswitch_addon_values::{each_type, run_kernel};
use tagswitch_image::{ImageView, ImageViewMut, SamplesRef};
use tagswitch_kernels_cpu::morphology::{self, Morphology, Ordered};

/// Checked options of the operations of `morphology` on grey images.
#[napi(object)]
pub struct CpuMorphologyOptions {
    /// The sides of the footprint, which are odd.
    #[napi(ts_type = "readonly [rows: number, columns: number]")]
    pub sides: Vec<u32>,
    /// What is not 0 counts; row by row.
    pub cells: Uint8Array,
    pub mode: String,
    pub erosion_cval: f64,
    pub dilation_cval: f64,
}

/// An operation of `morphology` on grey images, by its name: `"erosion"`.
#[napi(
    catch_unwind,
    ts_args_type = "operation: string, image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: CpuMorphologyOptions, out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array"
)]
pub fn cpu_morphology(
    operation: String,
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: CpuMorphologyOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let options = Morphology {
        footprint: footprint(&options.sides, &options.cells)?,
        border: border(&options.mode)?,
        erosion_cval: options.erosion_cval,
        dilation_cval: options.dilation_cval,
    };
    let ([image], out) = borrow(["image"], [image], out)?;
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        let operation = kernel(&operation)?;
        operation(image, &options, out_view(out, shape)?).map_err(kernel_error)
    })
}

type Kernel<T> =
    fn(ImageView<'_, T>, &Morphology, ImageViewMut<'_, T>) -> tagswitch_kernels_cpu::Result<()>;

fn kernel<T: Ordered>(operation: &str) -> Result<Kernel<T>> {
    Ok(match operation {
        "erosion" => morphology::erosion,
        "dilation" => morphology::dilation,
        "opening" => morphology::opening,
        "closing" => morphology::closing,
        "whiteTophat" => morphology::white_tophat,
        "blackTophat" => morphology::black_tophat,
        _ => {
            let message = format!("there is no operation {operation:?} on grey images");
            return Err(coded("ERR_IMAGE_OPTION", &message));
        }
    })
}

/// Removes regions of fewer than `kept_size` pixels: of a mask of 8 bits connected ones, of others equal labels.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array, height: number, width: number, channels: number, keptSize: number, connectivity: number, out: Uint8Array | Uint16Array | Int32Array"
)]
pub fn cpu_remove_small_objects(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    kept_size: f64,
    connectivity: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let connectivity = connectivity_of(connectivity)?;
    // Sizes above 2⁵³ do not occur; the conversion stops at the ends of the range.
    let kept_size = kept_size as u64;
    let ([image], out) = borrow(["image"], [image], out)?;
    match image {
        SamplesRef::U8(samples) => {
            let mask = ImageView::new(samples, shape).map_err(shape_error)?;
            let out = out_view(out, shape)?;
            morphology::remove_small_objects(mask, kept_size, connectivity, out)
        }
        SamplesRef::U16(samples) => {
            let labels = ImageView::new(samples, shape).map_err(shape_error)?;
            morphology::remove_small_labels(labels, kept_size, out_view(out, shape)?)
        }
        SamplesRef::I32(samples) => {
            let labels = ImageView::new(samples, shape).map_err(shape_error)?;
            morphology::remove_small_labels(labels, kept_size, out_view(out, shape)?)
        }
        SamplesRef::F32(_) | SamplesRef::F64(_) => {
            let message = format!("image is {}; expected integers", image.type_name());
            return Err(coded("ERR_IMAGE_DTYPE", &message));
        }
    }
    .map_err(kernel_error)
}

/// A mask in which connected regions of fewer than `kept_size` zeros are filled.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array, height: number, width: number, channels: number, keptSize: number, connectivity: number, out: Uint8Array"
)]
pub fn cpu_remove_small_holes(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    kept_size: f64,
    connectivity: u32,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let connectivity = connectivity_of(connectivity)?;
    run_kernel!(image: shape, out: shape => morphology::remove_small_holes(image, kept_size as u64, connectivity, out))
}

/// A mask of the convex hull of what is not 0.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, offsetCoordinates: boolean, includeBorders: boolean, out: Uint8Array"
)]
pub fn cpu_convex_hull_image(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    offset_coordinates: bool,
    include_borders: bool,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    run_kernel!(image: shape, out: shape => morphology::convex_hull_image(image, offset_coordinates, include_borders, out))
}

/// How far each pixel is from the nearest one that is 0. `sampling` is the height and the width of a pixel.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, samplingRow: number, samplingColumn: number, out: Float32Array | Float64Array"
)]
pub fn cpu_distance_transform_edt(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    sampling_row: f64,
    sampling_column: f64,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let sampling = [sampling_row, sampling_column];
    run_kernel!(image: shape, out: shape => morphology::distance_transform_edt(image, sampling, out))
}

/// Row and column of the nearest pixel that is 0, in two channels.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, samplingRow: number, samplingColumn: number, out: Int32Array"
)]
pub fn cpu_nearest_background(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    sampling_row: f64,
    sampling_column: f64,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = shape_of(height, width, channels)?;
    let indices = shape.with_channels(2).map_err(shape_error)?;
    let sampling = [sampling_row, sampling_column];
    run_kernel!(image: shape, out: indices => morphology::nearest_background(image, sampling, out))
}
