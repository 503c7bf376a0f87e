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
    let operation = "filters.gaussian";
    check(operation, image.shape(), options)?;
    let blurred = image.engine.record(operation, |recording| blurred(recording, image, options))?;
    Ok(GpuImage::new(&image.engine, blurred, image.shape(), DType::F32))
}

/// Refuses kernels that cannot be.
pub(super) fn check(operation: &str, shape: Shape, options: &Gaussian) -> Result<()> {
    if !options.sigma.iter().all(|sigma| sigma.is_finite() && *sigma >= 0.0) {
        let message =
            format!("sigma is {:?}; expected finite numbers of at least 0", options.sigma);
        return Err(GpuError::argument(operation, message));
    }
    // Positions reach from -radius to length + radius and are signed in the shaders.
    let reach = u64::from(shape.height.max(shape.width))
        + 4 * u64::from(options.radius[0].max(options.radius[1]));
    let limit = i32::MAX as u64;
    if reach.saturating_mul(u64::from(shape.channels)) > limit {
        return Err(GpuError::Limit { operation: operation.to_owned(), bytes: reach, limit });
    }
    Ok(())
}

/// The blurred samples, in 32-bit floats.
pub(super) fn blurred(
    recording: &mut Recording<'_>,
    image: &GpuImage,
    options: &Gaussian,
) -> Result<Storage> {
    let operation = recording.operation;
    let shape = image.shape();
    let bytes = byte_length(operation, shape, DType::F32)?;
    let scale = if options.preserve_range { 1.0 } else { image.dtype().scale() };
    let source = image.storage(recording)?;
    let mut blurred: Option<Storage> = None;
    let [down, across] = options.radius;
    // An image with neither radius still becomes an image of floats.
    if down > 0 || across == 0 {
        let weights = recording.table(bytemuck::cast_slice(&weights(options.sigma[0], down)))?;
        let result = recording.buffer(bytes)?;
        let row = shape.width * shape.channels;
        let params = |tile: &Tile| DownParams {
            row,
            height: shape.height,
            top: tile.first,
            rows: tile.units,
            source_first: tile.first_words[0],
            beyond_first: tile.first_words[1],
            blurred_first: tile.first_words[3],
            radius: down,
            cval: options.border.cval as f32,
            scale,
        };
        let [border, far] = options.border.mode.constants(down, shape.height);
        let (storage, halo) = (&*source, u64::from(down));
        let bytes = u64::from(shape.width) * image.pixel_bytes();
        recording.tiled(
            &DOWN,
            &[("DTYPE", image.dtype().constant()), border, far],
            (Unit::Row, u64::from(shape.height)),
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
        blurred = Some(result);
    }
    if across > 0 {
        let weights = recording.table(bytemuck::cast_slice(&weights(options.sigma[1], across)))?;
        let result = recording.buffer(bytes)?;
        let (samples, dtype, scale) = match &blurred {
            Some(storage) => (storage, DType::F32, 1.0),
            None => (&*source, image.dtype(), scale),
        };
        let Shape { height, width, channels } = shape;
        let params = |tile: &Tile| AcrossParams {
            width,
            top: tile.first,
            rows: tile.units,
            source_first: tile.first_words[0],
            beyond_first: tile.first_words[1],
            blurred_first: tile.first_words[3],
            radius: across,
            cval: options.border.cval as f32,
            scale,
        };
        let [border, far] = options.border.mode.constants(across, width);
        let row = width * channels;
        let part = || Need::part(samples, u64::from(row) * dtype.bytes() as u64);
        recording.tiled(
            &ACROSS,
            &[("DTYPE", dtype.constant()), ("CHANNELS", f64::from(channels)), border, far],
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
        blurred = Some(result);
    }
    blurred.ok_or_else(|| GpuError::argument(operation, "no pass was made"))
}

/// The `2 radius + 1` weights, which sum to 1.
fn weights(sigma: f64, radius: u32) -> Vec<f32> {
    let radius = i64::from(radius);
    let weight =
        |i: i64| if i == 0 { 1.0 } else { (-0.5 * (i * i) as f64 / (sigma * sigma)).exp() };
    let sum: f64 = (-radius..=radius).map(weight).sum();
    (-radius..=radius).map(|i| (weight(i) / sum) as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::weights;

    #[test]
    fn weights_sum_to_one() {
        assert_eq!(weights(0.0, 0), [1.0]);
        let sum: f32 = weights(2.0, 8).iter().sum();
        assert!((sum - 1.0).abs() < 1e-6);
        assert_eq!(weights(2.0, 8).len(), 17);
    }
}
