use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Tile, Unit};

params!(Params {
    width: u32,
    height: u32,
    top: u32,
    rows: u32,
    first_word: u32,
    edges_first: u32,
    masked_first: u32
});

pub(super) static MASK: Kernel = Kernel {
    name: "filters.edges/mask",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/filters/mask_edges.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// Edges, with 0 for those that touch a 0 of the mask or the border of the image; as scikit-image's edge filters do with their `mask`,
/// by a multiplication, which makes NaN of what is not finite. `operation` is for messages.
///
/// Takes one channel of `f32`, and a mask of the same size and any dtype.
///
/// # Errors
///
/// [`GpuError::Argument`] for other edges and masks, and those of the device.
pub fn mask_edges(operation: &str, edges: &GpuImage, mask: &GpuImage) -> Result<GpuImage> {
    let shape = edges.shape();
    if shape.channels != 1 || edges.dtype() != DType::F32 || mask.shape() != shape {
        let (dtype, of_mask) = (edges.dtype(), mask.shape());
        let message = format!("edges are {dtype:?} of {shape:?}, the mask is {of_mask:?}");
        return Err(GpuError::argument(
            operation,
            format!("{message}; expected F32 of one channel and one size"),
        ));
    }
    edges.check_beside(operation, mask)?;
    let bytes = byte_length(operation, shape, DType::F32)?;
    let params = |tile: &Tile| Params {
        width: shape.width,
        height: shape.height,
        top: tile.first,
        rows: tile.units,
        first_word: tile.first_words[0],
        edges_first: tile.first_words[1],
        masked_first: tile.first_words[2],
    };
    let masked = edges.engine.record(operation, |recording| {
        let (source, limits) = (edges.storage(recording)?, mask.storage(recording)?);
        let masked = recording.buffer(bytes)?;
        let row = u64::from(shape.width);
        let needs = [
            Need::Part { storage: &limits, bytes: row * mask.pixel_bytes(), halo: 1 },
            Need::part(&source, 4 * row),
            Need::part(&masked, 4 * row),
        ];
        let constants = [("DTYPE", mask.dtype().constant())];
        recording.cut((Unit::Row, shape.height.into()), &needs, |recording, tile, buffers| {
            let workgroups = (row * u64::from(tile.units)).div_ceil(256);
            recording.dispatch(&MASK, &constants, &params(tile), buffers, workgroups)
        })?;
        Ok(masked)
    })?;
    Ok(GpuImage::new(&edges.engine, masked, shape, DType::F32))
}
