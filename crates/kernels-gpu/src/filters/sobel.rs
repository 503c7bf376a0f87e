use crate::border::{Border, BorderMode};
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Tile, Unit};

/// What [`sobel`] is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Sobel {
    /// 0 for the derivative down the rows, 1 for the one across the columns, `None` for the magnitude.
    pub axis: Option<u8>,
    /// What lies beyond the edge.
    pub border: Border,
}

impl Default for Sobel {
    /// The magnitude, with border `reflect`.
    fn default() -> Self {
        Self { axis: None, border: Border { mode: BorderMode::Reflect, cval: 0.0 } }
    }
}

params!(Params {
    width: u32,
    height: u32,
    top: u32,
    rows: u32,
    source_first: u32,
    beyond_first: u32,
    edges_first: u32,
    axis: u32,
    cval: f32,
    scale: f32
});

pub(super) static SOBEL: Kernel = Kernel {
    name: "filters.sobel",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(4), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_windows.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/filters/sobel.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// Edges: per axis the difference of the neighbours on both sides, smoothed by [1 2 1] / 4 across it, or √((h² + v²) / 2);
/// scikit-image's `sobel`.
///
/// Takes one channel of any dtype, gives `f32`.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels or another axis, and those of the device.
pub fn sobel(image: &GpuImage, options: &Sobel) -> Result<GpuImage> {
    let operation = SOBEL.name;
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    let axis = options.axis.map_or(2, u32::from);
    if axis > 2 || options.axis == Some(2) {
        return Err(GpuError::argument(
            operation,
            format!("axis is {axis}; expected 0, 1 or none"),
        ));
    }
    let bytes = byte_length(operation, shape, DType::F32)?;
    let scale = image.dtype().scale();
    let [border, far] = options.border.mode.constants(1, shape.width.min(shape.height));
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
            axis,
            cval: (options.border.cval / f64::from(scale)) as f32,
            scale,
        };
        let width = u64::from(shape.width);
        let (storage, bytes) = (&*source, width * image.pixel_bytes());
        recording.tiled(
            &SOBEL,
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
