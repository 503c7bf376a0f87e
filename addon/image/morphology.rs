//! `morphology.*` on the CPU.

use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use tagswitch_image::{ImageView, ImageViewMut};
use tagswitch_kernels_cpu::morphology::{self, Morphology, Ordered};

use super::geometry::{Geometry, border, footprint};
use super::samples::{TypedArray, borrow, each_type, out_view};
use crate::error::{Result, coded, kernel_error, shape_error};

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
    ts_args_type = "operation: string, image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, geometry: Geometry, options: CpuMorphologyOptions, out: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array"
)]
pub fn cpu_morphology(
    operation: String,
    image: TypedArray<'_>,
    geometry: Geometry,
    options: CpuMorphologyOptions,
    out: TypedArray<'_>,
) -> Result<()> {
    let shape = geometry.shape()?;
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
