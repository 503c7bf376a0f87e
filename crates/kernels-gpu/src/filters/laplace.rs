use crate::border::BorderMode;
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
    source_first: u32,
    beyond_first: u32,
    edges_first: u32,
    cval: f32,
    scale: f32
});

pub(super) static LAPLACE: Kernel = Kernel {
    name: "filters.laplace",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(4), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_windows.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/shared/neighbour.wgsl"),
        include_str!("../../shaders/filters/laplace.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// Four times each sample less its four neighbours, reflected at the edges; scikit-image's `laplace`.
///
/// Takes one channel of any dtype, gives `f32`.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, and those of the device.
pub fn laplace(image: &GpuImage) -> Result<GpuImage> {
    let operation = LAPLACE.name;
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    let bytes = byte_length(operation, shape, DType::F32)?;
    let [border, far] = BorderMode::Reflect.constants(1, shape.width.min(shape.height));
    let edges = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let edges = recording.buffer(bytes)?;
        let params = |tile: &Tile| Params {
            width: shape.width,
            height: shape.height,
            top: tile.first,
            rows: tile.units,
            source_first: tile.first_words[0],
            beyond_first: tile.first_words[1],
            edges_first: tile.first_words[2],
            cval: 0.0,
            scale: image.dtype().scale(),
        };
        let width = u64::from(shape.width);
        let (storage, bytes) = (&*source, width * image.pixel_bytes());
        recording.tiled(
            &LAPLACE,
            &[("DTYPE", image.dtype().constant()), border, far],
            (Unit::Row, u64::from(shape.height)),
            &[
                Need::Part { storage, bytes, halo: 1 },
                Need::Wrapped { storage, bytes, halo: 1 },
                Need::part(&edges, width * 4),
            ],
            |tile| (params(tile), (u64::from(tile.units) * width).div_ceil(256)),
        )?;
        Ok(edges)
    })?;
    Ok(GpuImage::new(&image.engine, edges, shape, DType::F32))
}
