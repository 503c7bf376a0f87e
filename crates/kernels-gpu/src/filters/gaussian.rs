use crate::border::{Border, BorderMode};
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Tile, Unit};

/// What [`gaussian`] is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Gaussian {
    /// Standard deviations down the rows and across the columns.
    pub sigma: [f64; 2],
    /// Radii of the kernels; an axis of radius 0 is left alone.
    pub radius: [u32; 2],
    /// What lies beyond the edge.
    pub border: Border,
    /// Keep integers as they are instead of making intensities of them.
    pub preserve_range: bool,
}

impl Gaussian {
    /// The same deviation for both axes, cut at `truncate` deviations, with SciPy's radius; border `nearest`.
    #[must_use]
    pub fn new(sigma: f64, truncate: f64) -> Self {
        let radius = (truncate * sigma + 0.5) as u32;
        Self {
            sigma: [sigma; 2],
            radius: [radius; 2],
            border: Border { mode: BorderMode::Nearest, cval: 0.0 },
            preserve_range: false,
        }
    }
}

params!(DownParams {
    row: u32,
    height: u32,
    top: u32,
    rows: u32,
    source_first: u32,
    beyond_first: u32,
    blurred_first: u32,
    radius: u32,
    cval: f32,
    scale: f32
});
params!(AcrossParams {
    width: u32,
    top: u32,
    rows: u32,
    source_first: u32,
    beyond_first: u32,
    blurred_first: u32,
    radius: u32,
    cval: f32,
    scale: f32
});

pub(super) static DOWN: Kernel = Kernel {
    name: "filters.gaussian/down",
    workgroup: [32, 8, 1],
    bindings: &[Binding::Read(1), Binding::Read(4), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_windows.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/filters/gaussian_down.wgsl"),
    ],
    params: DownParams::LAYOUT,
};

pub(super) static ACROSS: Kernel = Kernel {
    name: "filters.gaussian/across",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(4), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_windows.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/filters/gaussian_across.wgsl"),
    ],
    params: AcrossParams::LAYOUT,
};

/// Two one-dimensional convolutions with a sampled, normalised Gaussian, each channel by itself; scikit-image's `gaussian`.
///
/// Takes any dtype, gives `f32` of the same shape.
///
/// # Errors
///
/// [`GpuError::Argument`] for a sigma that is negative or not finite, [`GpuError::Limit`], and those of the device.
pub fn gaussian(image: &GpuImage, options: &Gaussian) -> Result<GpuImage> {
    blur("filters.gaussian", image, options)
}

/// [`gaussian`] as a step of another operation.
///
/// # Errors
///
/// As there.
pub fn blur(operation: &str, image: &GpuImage, options: &Gaussian) -> Result<GpuImage> {
    check(operation, image.shape(), options)?;
    let blurred = image.engine.record(operation, |recording| blurred(recording, image, options))?;
    Ok(GpuImage::new(&image.engine, blurred, image.shape(), DType::F32))
}

/// Refuses kernels that cannot be.
pub(crate) fn check(operation: &str, shape: Shape, options: &Gaussian) -> Result<()> {
    if !options.sigma.iter().all(|sigma| sigma.is_finite() && *sigma >= 0.0) {
        let message =
            format!("sigma is {:?}; expected finite numbers of at least 0", options.sigma);
        return Err(GpuError::argument(operation, message));
    }
    check_reach(operation, shape, options.radius)
}

/// Refuses kernels of these radii where they lead too far beyond the edges.
pub(crate) fn check_reach(operation: &str, shape: Shape, radius: [u32; 2]) -> Result<()> {
    // Positions reach from -radius to length + radius and are signed in the shaders.
    let reach = u64::from(shape.height.max(shape.width)) + 4 * u64::from(radius[0].max(radius[1]));
    let limit = i32::MAX as u64;
    if reach.saturating_mul(u64::from(shape.channels)) > limit {
        return Err(GpuError::Limit { operation: operation.to_owned(), bytes: reach, limit });
    }
    Ok(())
}

/// The blurred samples, in 32-bit floats.
pub(crate) fn blurred(
    recording: &mut Recording<'_>,
    image: &GpuImage,
    options: &Gaussian,
) -> Result<Storage> {
    let scale = if options.preserve_range { 1.0 } else { image.dtype().scale() };
    let storage = image.storage(recording)?;
    let source = Source { storage: &storage, shape: image.shape(), dtype: image.dtype(), scale };
    separable(recording, &source, &gaussian_kernels(options.sigma, options.radius), options.border)
}

/// What a separable filter reads.
pub(crate) struct Source<'a> {
    pub(crate) storage: &'a Storage,
    pub(crate) shape: Shape,
    pub(crate) dtype: DType,
    /// What a sample is multiplied by.
    pub(crate) scale: f32,
}

/// The weights of a Gaussian down the rows and across the columns.
pub(crate) fn gaussian_kernels(sigma: [f64; 2], radius: [u32; 2]) -> [Vec<f32>; 2] {
    [0, 1].map(|axis| weights(sigma[axis], radius[axis]).map(|weight| weight as f32).collect())
}

/// Those of the derivative of a Gaussian along an axis.
pub(crate) fn derivative_kernels(sigma: [f64; 2], radius: [u32; 2], axis: usize) -> [Vec<f32>; 2] {
    let mut kernels = gaussian_kernels(sigma, radius);
    let variance = sigma[axis] * sigma[axis];
    let distances = -i64::from(radius[axis])..;
    let derived = distances.zip(weights(sigma[axis], radius[axis]));
    kernels[axis] = derived.map(|(d, weight)| (weight * d as f64 / variance) as f32).collect();
    kernels
}

/// The samples weighed by an odd number of weights down the rows, and then across the columns, each channel by itself; in 32-bit
/// floats. An axis whose only weight is 1 is left alone.
pub(crate) fn separable(
    recording: &mut Recording<'_>,
    source: &Source<'_>,
    [down, across]: &[Vec<f32>; 2],
    border: Border,
) -> Result<Storage> {
    let operation = recording.operation;
    let Shape { height, width, channels } = source.shape;
    let bytes = byte_length(operation, source.shape, DType::F32)?;
    let row = width * channels;
    let idle = |weights: &[f32]| *weights == [1.0];
    let mut filtered: Option<Storage> = None;
    // An image with neither axis still becomes an image of floats.
    if !idle(down) || idle(across) {
        let weights = recording.table(bytemuck::cast_slice(down))?;
        let result = recording.buffer(bytes)?;
        let radius = down.len() as u32 / 2;
        let params = |tile: &Tile| DownParams {
            row,
            height,
            top: tile.first,
            rows: tile.units,
            source_first: tile.first_words[0],
            beyond_first: tile.first_words[1],
            blurred_first: tile.first_words[3],
            radius,
            cval: border.cval as f32,
            scale: source.scale,
        };
        let [mode, far] = border.mode.constants(radius, height);
        let (storage, halo) = (source.storage, u64::from(radius));
        let bytes = u64::from(row) * source.dtype.bytes() as u64;
        recording.tiled(
            &DOWN,
            &[("DTYPE", source.dtype.constant()), mode, far],
            (Unit::Row, u64::from(height)),
            &[
                Need::Part { storage, bytes, halo },
                Need::Wrapped { storage, bytes, halo },
                Need::Whole(weights.bound()),
                Need::part(&result, u64::from(row) * 4),
            ],
            |tile| {
                let blocks = u64::from(row.div_ceil(32)) * u64::from(tile.units.div_ceil(32));
                (params(tile), blocks)
            },
        )?;
        filtered = Some(result);
    }
    if !idle(across) {
        let weights = recording.table(bytemuck::cast_slice(across))?;
        let result = recording.buffer(bytes)?;
        let (samples, dtype, scale) = match &filtered {
            Some(storage) => (storage, DType::F32, 1.0),
            None => (source.storage, source.dtype, source.scale),
        };
        let radius = across.len() as u32 / 2;
        let params = |tile: &Tile| AcrossParams {
            width,
            top: tile.first,
            rows: tile.units,
            source_first: tile.first_words[0],
            beyond_first: tile.first_words[1],
            blurred_first: tile.first_words[3],
            radius,
            cval: border.cval as f32,
            scale,
        };
        let [mode, far] = border.mode.constants(radius, width);
        let part = || Need::part(samples, u64::from(row) * dtype.bytes() as u64);
        recording.tiled(
            &ACROSS,
            &[("DTYPE", dtype.constant()), ("CHANNELS", f64::from(channels)), mode, far],
            (Unit::Row, u64::from(height)),
            // Nothing lies beyond the rows themselves.
            &[
                part(),
                part(),
                Need::Whole(weights.bound()),
                Need::part(&result, u64::from(row) * 4),
            ],
            |tile| (params(tile), u64::from(row.div_ceil(256)) * u64::from(tile.units)),
        )?;
        filtered = Some(result);
    }
    filtered.ok_or_else(|| GpuError::argument(operation, "no pass was made"))
}

/// The `2 radius + 1` weights, which sum to 1.
fn weights(sigma: f64, radius: u32) -> impl Iterator<Item = f64> {
    let radius = i64::from(radius);
    let weight = move |i: i64| {
        if i == 0 { 1.0 } else { (-0.5 * (i * i) as f64 / (sigma * sigma)).exp() }
    };
    let sum: f64 = (-radius..=radius).map(weight).sum();
    (-radius..=radius).map(move |i| weight(i) / sum)
}

#[cfg(test)]
mod tests {
    use super::{derivative_kernels, gaussian_kernels};

    #[test]
    fn weights_sum_to_one() {
        assert_eq!(gaussian_kernels([0.0; 2], [0; 2]), [[1.0], [1.0]]);
        let [down, across] = gaussian_kernels([2.0, 1.0], [8, 4]);
        assert!((down.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!((down.len(), across.len()), (17, 9));
    }

    #[test]
    fn a_derivative_is_odd_and_has_the_slope_of_a_ramp() {
        let [down, across] = derivative_kernels([1.0, 2.0], [8, 8], 1);
        assert!(down.iter().sum::<f32>() > 0.9999);
        assert!(across.iter().zip(across.iter().rev()).all(|(a, b)| *a == -b));
        let slope: f32 = (-8..=8).zip(&across).map(|(d, weight)| d as f32 * weight).sum();
        assert!((slope - 1.0).abs() < 1e-3, "{slope}");
    }
}
