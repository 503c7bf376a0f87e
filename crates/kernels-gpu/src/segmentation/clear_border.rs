use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage};
use crate::measure::{Connectivity, check_marks, label, marks};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};

params!(TouchingParams { width: u32, height: u32, buffer_size: u32 });
params!(ClearedParams { count: u32, words: u32, cleared: u32 });

pub(super) static TOUCHING: Kernel = Kernel {
    name: "segmentation.clearBorder/touching",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/segmentation/border_touching.wgsl"),
    ],
    params: TouchingParams::LAYOUT,
};

pub(super) static CLEARED: Kernel = Kernel {
    name: "segmentation.clearBorder",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/segmentation/border_cleared.wgsl"),
    ],
    params: ClearedParams::LAYOUT,
};

/// Which pixels are the border of an image.
#[derive(Debug, Clone, Copy)]
pub enum Margin<'a> {
    /// The outermost rows and columns, and so many inside them.
    Edges(u32),
    /// Where a mask is 0: one channel of any dtype, of the image's size.
    Outside(&'a GpuImage),
}

/// The image without the regions that touch its border; scikit-image's `clear_border`.
///
/// Takes one channel of any dtype, gives the same. Regions are those of [`label`], 8-connected, and the background is one. What is
/// cleared becomes `cleared`, a value of the dtype.
///
/// # Errors
///
/// As [`label`], [`GpuError::Binding`] where there may be more regions than can be bound at once, and [`GpuError::Argument`] for a mask
/// of another size.
pub fn clear_border(image: &GpuImage, margin: Margin<'_>, cleared: f64) -> Result<GpuImage> {
    let operation = "segmentation.clearBorder";
    check_marks(operation, image)?;
    if let Margin::Outside(mask) = margin {
        image.check_beside(operation, mask)?;
        if mask.shape() != image.shape() {
            let message = "the mask is not one channel of the image's size";
            return Err(GpuError::argument(operation, message));
        }
    }
    let regions = label(image, 0, Connectivity::Eight)?;
    let (shape, dtype) = (image.shape(), image.dtype());
    let (bytes, pixels) = (image.byte_length(), shape.pixels());
    let words = bytes.div_ceil(4);
    let bits = match dtype {
        DType::F32 => (cleared as f32).to_bits(),
        _ => (cleared as i32).cast_unsigned(),
    };
    let params = ClearedParams { count: pixels as u32, words: words as u32, cleared: bits };
    let result = image.engine.record(operation, |recording| {
        let (source, regions) = (image.storage(recording)?, regions.storage(recording)?);
        let touching = match margin {
            Margin::Outside(mask) => marks(recording, &regions, mask, false)?,
            Margin::Edges(buffer_size) => {
                let touching = recording.zeros(4 * (pixels + 1))?;
                let params =
                    TouchingParams { width: shape.width, height: shape.height, buffer_size };
                let buffers = [(&*regions).into(), (&touching).into()];
                recording.dispatch(&TOUCHING, &[], &params, &buffers, pixels.div_ceil(256))?;
                touching
            }
        };
        let result = recording.buffer(bytes)?;
        let constants = [("DTYPE", dtype.constant())];
        let buffers = [(&*source).into(), (&*regions).into(), (&touching).into(), (&result).into()];
        recording.dispatch(&CLEARED, &constants, &params, &buffers, words.div_ceil(256))?;
        Ok(result)
    })?;
    Ok(GpuImage::new(&image.engine, result, shape, dtype))
}
