use crate::border::{Border, BorderMode};
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Tile, Unit};

/// By which weights to find edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeOperator {
    /// The difference of the neighbours on both sides, smoothed by \[1 2 1\] / 4 across it.
    Sobel,
    /// As Sobel's, smoothed by \[3 10 3\] / 16.
    Scharr,
    /// As Sobel's, smoothed by \[1 1 1\] / 3.
    Prewitt,
    /// Farid's and Simoncelli's five taps.
    Farid,
}

impl EdgeOperator {
    /// The operator by its function's name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "sobel" => Self::Sobel,
            "scharr" => Self::Scharr,
            "prewitt" => Self::Prewitt,
            "farid" => Self::Farid,
            _ => return None,
        })
    }

    fn kernel(self) -> &'static Kernel {
        match self {
            Self::Sobel => &SOBEL,
            Self::Scharr => &SCHARR,
            Self::Prewitt => &PREWITT,
            Self::Farid => &FARID,
        }
    }

    /// Smoothing of the pixel's own line and of those at distance 1 and 2, differences over 1 and 2, and what to divide by.
    fn weights(self) -> ([f32; 3], [f32; 2], f32) {
        match self {
            Self::Sobel => ([2.0, 1.0, 0.0], [1.0, 0.0], 4.0),
            Self::Scharr => ([10.0, 3.0, 0.0], [1.0, 0.0], 16.0),
            Self::Prewitt => ([1.0, 1.0, 0.0], [1.0, 0.0], 3.0),
            Self::Farid => {
                ([0.426_374_57, 0.249_153_4, 0.037_659_317], [0.276_691, 0.109_603_76], 1.0)
            }
        }
    }

    fn radius(self) -> u32 {
        if self == Self::Farid { 2 } else { 1 }
    }
}

/// What [`edges`] is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgeFilter {
    /// By which weights.
    pub operator: EdgeOperator,
    /// 0 for the derivative down the rows, 1 for the one across the columns, `None` for the magnitude.
    pub axis: Option<u8>,
    /// What lies beyond the edge.
    pub border: Border,
}

impl EdgeFilter {
    /// The magnitude, with border `reflect`.
    #[must_use]
    pub fn new(operator: EdgeOperator) -> Self {
        Self { operator, axis: None, border: Border { mode: BorderMode::Reflect, cval: 0.0 } }
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
    scale: f32,
    centre: f32,
    near_smoothing: f32,
    far_smoothing: f32,
    near_difference: f32,
    far_difference: f32
});

const fn kernel(name: &'static str) -> Kernel {
    Kernel {
        name,
        workgroup: [256, 1, 1],
        bindings: &[Binding::Read(1), Binding::Read(4), Binding::Write(2)],
        sources: &[
            include_str!("../../shaders/shared/line.wgsl"),
            include_str!("../../shaders/shared/source_windows.wgsl"),
            include_str!("../../shaders/shared/sample.wgsl"),
            include_str!("../../shaders/shared/border.wgsl"),
            include_str!("../../shaders/shared/neighbour.wgsl"),
            include_str!("../../shaders/filters/edges.wgsl"),
        ],
        params: Params::LAYOUT,
    }
}

// One shader under the names of its functions, which errors and timings show.
pub(super) static SOBEL: Kernel = kernel("filters.sobel");
pub(super) static SCHARR: Kernel = kernel("filters.scharr");
pub(super) static PREWITT: Kernel = kernel("filters.prewitt");
pub(super) static FARID: Kernel = kernel("filters.farid");

/// Edges: per axis the difference of the neighbours on both sides, smoothed across it, or √((h² + v²) / 2); scikit-image's
/// `sobel`, `scharr`, `prewitt` and `farid`.
///
/// Takes one channel of any dtype, gives `f32`.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels or another axis, and those of the device.
pub fn edges(image: &GpuImage, options: &EdgeFilter) -> Result<GpuImage> {
    let kernel = options.operator.kernel();
    let operation = kernel.name;
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
    let (smoothing, difference, divisor) = options.operator.weights();
    let radius = options.operator.radius();
    let [border, far] = options.border.mode.constants(radius, shape.width.min(shape.height));
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
            scale: scale / divisor,
            centre: smoothing[0],
            near_smoothing: smoothing[1],
            far_smoothing: smoothing[2],
            near_difference: difference[0],
            far_difference: difference[1],
        };
        let width = u64::from(shape.width);
        let (storage, bytes, halo) = (&*source, width * image.pixel_bytes(), u64::from(radius));
        recording.tiled(
            kernel,
            &[("DTYPE", image.dtype().constant()), ("RADIUS", f64::from(radius)), border, far],
            (Unit::Row, u64::from(shape.height)),
            &[
                Need::Part { storage, bytes, halo },
                Need::Wrapped { storage, bytes, halo },
                Need::part(&edges, width * 4),
            ],
            |tile| (params(tile), (u64::from(tile.units) * width).div_ceil(256)),
        )?;
        Ok(edges)
    })?;
    Ok(GpuImage::new(&image.engine, edges, shape, DType::F32))
}
