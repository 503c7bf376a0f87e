use super::pass64::{
    self, ARITHMETIC, Pass, Shares, check_border, check_number, check_reach, words,
};
use crate::border::Border;
use crate::error::{GpuError, Result};
use crate::extrema::record_extrema;
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::long_work::LongWork;
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Unit};

params!(NumbersParams { count: u32, sign: u32 });
params!(RidgesParams { first: u32, count: u32, beta_high: u32, beta_low: u32 });
params!(StrengthsParams { count: u32, divisor_high: u32, divisor_low: u32 });

pub(super) static NUMBERS: Kernel = Kernel {
    name: "filters.frangi/numbers",
    workgroup: [64, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        ARITHMETIC,
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/filters/frangi_numbers.wgsl"),
    ],
    params: NumbersParams::LAYOUT,
};

pub(super) static PASS: Kernel = pass64::kernel("filters.frangi/pass");

pub(super) static RIDGES: Kernel = Kernel {
    name: "filters.frangi/ridges",
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::Read(1),
        Binding::Read(2),
        Binding::Read(3),
        Binding::Write(4),
        Binding::Write(5),
    ],
    sources: &[ARITHMETIC, include_str!("../../shaders/filters/frangi_ridges.wgsl")],
    params: RidgesParams::LAYOUT,
};

pub(super) static STRENGTHS: Kernel = Kernel {
    name: "filters.frangi/strengths",
    workgroup: [64, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Update(4)],
    sources: &[ARITHMETIC, include_str!("../../shaders/filters/frangi_strengths.wgsl")],
    params: StrengthsParams::LAYOUT,
};

/// A scale to look at, for each of two derivatives from the centre outwards.
#[derive(Debug, Clone, Copy)]
pub struct Scale<'a> {
    /// Weights of the Gaussian.
    pub gaussian: &'a [f64],
    /// Weights of its derivative after a sample; before it they have the other sign. The first one is 0.
    pub derivative: &'a [f64],
}

/// What to take for a ridge.
#[derive(Debug, Clone, Copy)]
pub struct Frangi<'a> {
    /// The scales, of which the greatest counts.
    pub scales: &'a [Scale<'a>],
    /// How sensitive to what differs from a blob.
    pub beta: f64,
    /// How sensitive to contrast; none: half of the greatest norm of a Hessian at the first scale.
    pub gamma: Option<f64>,
    /// Whether ridges are darker than what is beside them.
    pub black_ridges: bool,
    /// What lies beyond the edges; where ridges are bright, the negative of the constant.
    pub border: Border,
}

/// How much each pixel is part of a ridge; scikit-image's `frangi`, as `f32`.
///
/// Takes one channel of any dtype. Hessians, their eigenvalues and which of these is the larger one are computed in 64 bits by integers, and
/// rounded at each step as `f64`s are: where eigenvalues differ in sign only, the last bit decides. But for what 64 bits hold as subnormals,
/// which is 0 here: weights may be so small, but nothing that matters may, which is for callers to see to.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels and a scale without weights or with different numbers of them, [`GpuError::Limit`] for weights
/// that reach too far, [`GpuError::Unsupported`] for a constant, a `beta` or a `gamma` far from 1, [`GpuError::Binding`] where a row with those
/// around it cannot be bound, and those of the device.
pub fn frangi(image: &GpuImage, options: &Frangi<'_>) -> Result<GpuImage> {
    let operation = "filters.frangi";
    let shape = image.shape();
    check(operation, image, options)?;
    let strengths = image.engine.record(operation, |recording| {
        let source = numbers(recording, image, options.black_ridges)?;
        let strengths = recording.zeros(4 * shape.pixels())?;
        let mut first = None;
        for scale in options.scales {
            let hessian = hessian(recording, shape, &source, *scale, options.border)?;
            let ridges = ridges(recording, shape, hessian, options.beta)?;
            // High halves of numbers that are not negative are in their order, above them NaN.
            let greatest = match first.take() {
                Some(greatest) => greatest,
                None => record_extrema(recording, &ridges[1], DType::I32, shape)?,
            };
            add(recording, shape, &ridges, &greatest, options.gamma, &strengths)?;
            first = Some(greatest);
        }
        Ok(strengths)
    })?;
    Ok(GpuImage::new(&image.engine, strengths, shape, DType::F32))
}

fn check(operation: &str, image: &GpuImage, options: &Frangi<'_>) -> Result<()> {
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    for Scale { gaussian, derivative } in options.scales {
        if gaussian.is_empty() || gaussian.len() != derivative.len() {
            let (one, other) = (gaussian.len(), derivative.len());
            let message = format!("a scale has {one} weights, and {other} of the derivative");
            return Err(GpuError::argument(operation, message));
        }
        check_reach(operation, shape, gaussian.len())?;
    }
    check_number(operation, "beta", options.beta)?;
    options.gamma.map_or(Ok(()), |gamma| check_number(operation, "gamma", gamma))?;
    check_border(operation, options.border)?;
    byte_length(operation, shape, DType::F32).map(|_| ())
}

/// The samples in 64 bits, or their negatives: bright ridges are dark ones of these.
fn numbers(recording: &mut Recording<'_>, image: &GpuImage, as_they_are: bool) -> Result<Storage> {
    let (shape, dtype) = (image.shape(), image.dtype());
    let source = image.storage(recording)?;
    let result = recording.buffer(8 * shape.pixels())?;
    let sign = if as_they_are { 0 } else { 1 << 31 };
    recording.tiled(
        &NUMBERS,
        &[("DTYPE", dtype.constant())],
        (Unit::Pixel, shape.pixels()),
        &[Need::part(&source, dtype.bytes() as u64), Need::part(&result, 8)],
        |tile| (NumbersParams { count: tile.units, sign }, u64::from(tile.units).div_ceil(64)),
    )?;
    Ok(result)
}

/// The elements (row, row), (row, column) and (column, column), each by two derivatives, of which that down the rows is the first.
fn hessian(
    recording: &mut Recording<'_>,
    shape: Shape,
    source: &Storage,
    scale: Scale<'_>,
    border: Border,
) -> Result<[Storage; 3]> {
    let derivative = |recording: &mut Recording<'_>, source: &Storage, down: bool| {
        let pass = |is_down: bool| Pass {
            kernel: &PASS,
            shape,
            weights: if is_down == down { scale.derivative } else { scale.gaussian },
            is_down,
            is_odd: is_down == down,
            border,
            shares: &Shares::Nothing,
        };
        let rows = pass(true).record(recording, source)?;
        pass(false).record(recording, &rows)
    };
    let down = derivative(recording, source, true)?;
    let both = [derivative(recording, &down, true)?, derivative(recording, &down, false)?];
    drop(down);
    let across = derivative(recording, source, false)?;
    let [row_row, row_column] = both;
    Ok([row_row, row_column, derivative(recording, &across, false)?])
}

/// How much each pixel is part of a line, not of a blob, as `f32`, and the high half of the square of its Hessian's norm.
fn ridges(
    recording: &mut Recording<'_>,
    shape: Shape,
    [row_row, row_column, column_column]: [Storage; 3],
    beta: f64,
) -> Result<[Storage; 2]> {
    // Roots and quotients, bit by bit, are as much as twenty sums and products.
    let work = LongWork::begin(recording, shape.pixels(), 20)?;
    let results = [recording.buffer(4 * shape.pixels())?, recording.buffer(4 * shape.pixels())?];
    let [beta_high, beta_low] = words(beta);
    recording.cut(
        (Unit::Pixel, shape.pixels()),
        &[
            Need::part(&row_row, 8),
            Need::part(&row_column, 8),
            Need::part(&column_column, 8),
            Need::part(&results[0], 4),
            Need::part(&results[1], 4),
        ],
        |recording, tile, buffers| {
            work.record(recording, tile.units, |recording, first, count| {
                let params = RidgesParams { first, count, beta_high, beta_low };
                recording.dispatch(&RIDGES, &[], &params, buffers, u64::from(count).div_ceil(64))
            })
        },
    )?;
    Ok(results)
}

/// Adds a scale to the strengths, where it has greater ones.
fn add(
    recording: &mut Recording<'_>,
    shape: Shape,
    [lines, squares]: &[Storage; 2],
    greatest: &Storage,
    gamma: Option<f64>,
    strengths: &Storage,
) -> Result<()> {
    let [divisor_high, divisor_low] = words(gamma.map_or(0.0, |gamma| 2.0 * gamma * gamma));
    recording.tiled(
        &STRENGTHS,
        &[],
        (Unit::Pixel, shape.pixels()),
        &[
            Need::part(lines, 4),
            Need::part(squares, 4),
            Need::Whole(greatest.into()),
            Need::part(strengths, 4),
        ],
        |tile| {
            let params = StrengthsParams { count: tile.units, divisor_high, divisor_low };
            (params, u64::from(tile.units).div_ceil(64))
        },
    )
}
