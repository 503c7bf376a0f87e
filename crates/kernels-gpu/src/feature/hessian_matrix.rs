use crate::border::Border;
use crate::error::{GpuError, Result};
use crate::filters::Gaussian;
use crate::filters::gaussian::{Source, blurred, check, derivative_kernels, separable};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Tile, Unit};

/// How to derive twice.
#[derive(Debug, Clone, PartialEq)]
pub struct HessianMatrix {
    /// Standard deviations of the Gaussian down the rows and across the columns.
    pub sigma: [f64; 2],
    /// Radii of its kernels; an axis of radius 0 is left alone.
    pub radius: [u32; 2],
    /// What lies beyond the edge.
    pub border: Border,
    /// By which derivatives.
    pub derivatives: Derivatives,
}

/// How to take derivatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derivatives {
    /// Differences of neighbours, after the Gaussian.
    Differences,
    /// Two steps by derivatives of the Gaussian, which is that of each step.
    Gaussian {
        /// Whether the mixed derivative is first taken across the columns.
        columns_first: bool,
    },
}

params!(Params {
    width: u32,
    height: u32,
    top: u32,
    rows: u32,
    smooth_first: u32,
    rr_first: u32,
    rc_first: u32,
    cc_first: u32
});

pub(super) static DIFFERENCES: Kernel = Kernel {
    name: "feature.hessianMatrix/differences",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2), Binding::Write(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/feature/hessian_differences.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// The Hessian by (row, row), (row, column) and (column, column); scikit-image's `hessian_matrix`.
///
/// Takes one channel of any dtype, gives `f32`.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels and an image too small for differences, and those of
/// [`gaussian`](crate::filters::gaussian()).
pub fn hessian_matrix(image: &GpuImage, options: &HessianMatrix) -> Result<[GpuImage; 3]> {
    let operation = "feature.hessianMatrix";
    let shape = image.shape();
    let HessianMatrix { sigma, radius, border, derivatives } = *options;
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    let blur = Gaussian { sigma, radius, border, preserve_range: false };
    check(operation, shape, &blur)?;
    if derivatives == Derivatives::Differences && (shape.height < 2 || shape.width < 2) {
        let message =
            format!("image has {} × {} pixels; expected at least 2 × 2", shape.height, shape.width);
        return Err(GpuError::argument(operation, message));
    }
    let elements = image.engine.record(operation, |recording| match derivatives {
        Derivatives::Differences => by_differences(recording, image, &blur),
        Derivatives::Gaussian { columns_first } => {
            by_gaussian(recording, image, &blur, columns_first)
        }
    })?;
    Ok(elements.map(|element| GpuImage::new(&image.engine, element, shape, DType::F32)))
}

fn by_differences(
    recording: &mut Recording<'_>,
    image: &GpuImage,
    blur: &Gaussian,
) -> Result<[Storage; 3]> {
    let shape = image.shape();
    let bytes = byte_length(recording.operation, shape, DType::F32)?;
    let smooth = blurred(recording, image, blur)?;
    let [rr, rc, cc] =
        [recording.buffer(bytes)?, recording.buffer(bytes)?, recording.buffer(bytes)?];
    let width = u64::from(shape.width);
    let params = |tile: &Tile| Params {
        width: shape.width,
        height: shape.height,
        top: tile.first,
        rows: tile.units,
        smooth_first: tile.first_words[0],
        rr_first: tile.first_words[1],
        rc_first: tile.first_words[2],
        cc_first: tile.first_words[3],
    };
    recording.tiled(
        &DIFFERENCES,
        &[],
        (Unit::Row, u64::from(shape.height)),
        &[
            Need::Part { storage: &smooth, bytes: width * 4, halo: 2 },
            Need::part(&rr, width * 4),
            Need::part(&rc, width * 4),
            Need::part(&cc, width * 4),
        ],
        |tile| (params(tile), (u64::from(tile.units) * width).div_ceil(256)),
    )?;
    Ok([rr, rc, cc])
}

fn by_gaussian(
    recording: &mut Recording<'_>,
    image: &GpuImage,
    blur: &Gaussian,
    columns_first: bool,
) -> Result<[Storage; 3]> {
    let (shape, dtype, scale) = (image.shape(), image.dtype(), image.dtype().scale());
    let [down, across] = [0, 1].map(|axis| derivative_kernels(blur.sigma, blur.radius, axis));
    let storage = image.storage(recording)?;
    let source = Source { storage: &storage, shape, dtype, scale };
    let by_row = separable(recording, &source, &down, blur.border)?;
    let by_column = separable(recording, &source, &across, blur.border)?;
    let float = |storage| Source { storage, shape, dtype: DType::F32, scale: 1.0 };
    let (mixed, kernels) = if columns_first { (&by_column, &down) } else { (&by_row, &across) };
    Ok([
        separable(recording, &float(&by_row), &down, blur.border)?,
        separable(recording, &float(mixed), kernels, blur.border)?,
        separable(recording, &float(&by_column), &across, blur.border)?,
    ])
}
