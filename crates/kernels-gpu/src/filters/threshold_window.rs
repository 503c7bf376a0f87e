use super::wide_window;
use crate::blocks;
use crate::border::BorderMode;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

/// How a threshold follows from mean and standard deviation of a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WindowThreshold {
    /// mean - k · deviation: W. Niblack, "An introduction to digital image processing" (1986).
    Niblack {
        /// How many deviations below the mean.
        k: f64,
    },
    /// mean · (1 + k · (deviation / r - 1)): J. Sauvola, M. Pietikäinen, "Adaptive document image binarization", Pattern
    /// Recognition 33 (2000).
    Sauvola {
        /// The share of the mean.
        k: f64,
        /// The range of deviations.
        r: f64,
    },
}

impl WindowThreshold {
    /// `damping`, `by_mean` and `shift`: the threshold is mean · (1 - damping) + (by_mean · mean + shift) · deviation.
    fn weights(self) -> [f32; 3] {
        match self {
            Self::Niblack { k } => [0.0, 0.0, -k],
            Self::Sauvola { k, r } => [k, k / r, 0.0],
        }
        .map(|weight| weight as f32)
    }
}

params!(Params {
    width: u32,
    height: u32,
    top: u32,
    rows: u32,
    first_word: u32,
    thresholds_first: u32,
    reach_down: u32,
    reach_across: u32,
    damping: f32,
    by_mean: f32,
    shift: f32
});

/// Rows and columns of a workgroup, as in the shader.
const TILE: u32 = 16;
/// The largest side of a window that fits into workgroup memory, likewise: √4096 cells a side.
const SIDE: u32 = 49;
/// The largest side of any: more would keep a GPU busy for too long at once.
const LARGEST: u32 = 4095;

pub(super) static WINDOW: Kernel = Kernel {
    name: "filters.thresholdWindow",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        blocks::STENCIL,
        include_str!("../../shaders/filters/threshold_of_means.wgsl"),
        include_str!("../../shaders/filters/threshold_window.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// A threshold for each pixel, by the window of so many rows and columns about it, beyond the edge mirrored; scikit-image's
/// `threshold_niblack` and `threshold_sauvola`. `operation` is for messages.
///
/// Takes one channel of any dtype, gives `f32`, in the image's units.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels and windows of even sides, [`GpuError::Unsupported`] for sides above 4095, and those
/// of the device.
pub fn threshold_window(
    operation: &str,
    image: &GpuImage,
    window: [u32; 2],
    threshold: WindowThreshold,
) -> Result<GpuImage> {
    let shape = image.shape();
    let [down, across] = window;
    if shape.channels != 1 || window.iter().any(|side| side.is_multiple_of(2)) {
        let message = format!(
            "image has {} channels, the window {down} × {across} pixels; expected one, and odd sides",
            shape.channels
        );
        return Err(GpuError::argument(operation, message));
    }
    if down.max(across) > LARGEST {
        let reason = format!("a window of {down} × {across} pixels; at most {LARGEST} × {LARGEST}");
        return Err(GpuError::unsupported(operation, reason));
    }
    let bytes = byte_length(operation, shape, DType::F32)?;
    if down.max(across) > SIDE {
        return wide_window::threshold(operation, image, window, threshold.weights());
    }
    let [damping, by_mean, shift] = threshold.weights();
    let [reach_down, reach_across] = [down / 2, across / 2];
    let radius = reach_down.max(reach_across);
    let [border, far] = BorderMode::Mirror.constants(radius + 1, shape.width.min(shape.height));
    let constants =
        [("DTYPE", image.dtype().constant()), ("RADIUS", f64::from(radius)), border, far];
    let columns = shape.width.div_ceil(TILE);
    let result = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let result = recording.buffer(bytes)?;
        let band = u64::from(TILE) * u64::from(shape.width);
        let halo = u64::from(reach_down.div_ceil(TILE));
        let needs = [
            Need::Part { storage: &source, bytes: band * image.pixel_bytes(), halo },
            Need::part(&result, band * 4),
        ];
        let work = (Unit::Row, u64::from(shape.height.div_ceil(TILE)));
        recording.cut(work, &needs, |recording, tile, buffers| {
            let params = Params {
                width: shape.width,
                height: shape.height,
                top: TILE * tile.first,
                rows: TILE * tile.units,
                first_word: tile.first_words[0],
                thresholds_first: tile.first_words[1],
                reach_down,
                reach_across,
                damping,
                by_mean,
                shift,
            };
            let workgroups = u64::from(columns) * u64::from(tile.units);
            recording.dispatch(&WINDOW, &constants, &params, buffers, workgroups)
        })?;
        Ok(result)
    })?;
    Ok(GpuImage::new(&image.engine, result, shape, DType::F32))
}
