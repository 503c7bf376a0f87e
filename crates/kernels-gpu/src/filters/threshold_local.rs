use super::gaussian::{Source, check_reach, gaussian_kernels, separable};
use super::median::{Median, median};
use crate::border::{Border, BorderMode};
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pointwise::{Channels, Pointwise};

/// What a local threshold is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LocalThreshold {
    /// The mean of the window, weighed by a Gaussian.
    Gaussian {
        /// Standard deviations down the rows and across the columns.
        sigma: [f64; 2],
        /// Radii of the kernels.
        radius: [u32; 2],
    },
    /// The mean of a window of so many rows and columns, odd numbers.
    Mean {
        /// Rows and columns.
        window: [u32; 2],
    },
    /// Its median; NaN counts as greater than any number.
    Median {
        /// Rows and columns.
        window: [u32; 2],
    },
}

params!(Params { offset: f32 });

pub(super) static OFFSET: Pointwise = Pointwise {
    name: "filters.thresholdLocal",
    channels: Channels::All { takes: 1, gives: 1 },
    wgsl: include_str!("../../shaders/filters/threshold_local.wgsl"),
    params: Some(Params::LAYOUT),
};

/// A threshold for each pixel, of the window about it, less `offset`; scikit-image's `threshold_local`.
///
/// Takes one channel of any dtype, gives `f32`, in the image's units.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, even windows and a sigma that is negative or not finite, [`GpuError::Unsupported`] for
/// medians of more than 1024 pixels, [`GpuError::Limit`], and those of the device.
pub fn threshold_local(
    image: &GpuImage,
    threshold: LocalThreshold,
    border: Border,
    offset: f64,
) -> Result<GpuImage> {
    let operation = OFFSET.name;
    let (shape, dtype) = (image.shape(), image.dtype());
    let is_odd = match threshold {
        LocalThreshold::Gaussian { sigma, .. } => {
            sigma.iter().all(|one| one.is_finite() && *one >= 0.0)
        }
        LocalThreshold::Mean { window } | LocalThreshold::Median { window } => {
            window.iter().all(|side| !side.is_multiple_of(2))
        }
    };
    if shape.channels != 1 || !is_odd {
        let message = format!(
            "image has {} channels, the window is {threshold:?}; expected one channel, odd sides and finite sigma of at least 0",
            shape.channels
        );
        return Err(GpuError::argument(operation, message));
    }
    let averaged = |kernels: &[Vec<f32>; 2]| {
        check_reach(operation, shape, kernels.each_ref().map(|weights| weights.len() as u32 / 2))?;
        let averages = image.engine.record(operation, |recording| {
            let storage = image.storage(recording)?;
            let source = Source { storage: &storage, shape, dtype, scale: 1.0 };
            separable(recording, &source, kernels, border)
        })?;
        Ok(GpuImage::new(&image.engine, averages, shape, DType::F32))
    };
    let less = |thresholds: &GpuImage, offset: f64| {
        OFFSET.apply(thresholds, DType::F32, &Params { offset: offset as f32 })
    };
    let averages = match threshold {
        LocalThreshold::Gaussian { sigma, radius } => averaged(&gaussian_kernels(sigma, radius))?,
        LocalThreshold::Mean { window } => {
            averaged(&window.map(|side| vec![(1.0 / f64::from(side)) as f32; side as usize]))?
        }
        LocalThreshold::Median { window } => {
            let options = Median::rectangle(window, border);
            // What lies beyond the edge is a number that the samples' dtype may not have.
            let medians = if border.mode == BorderMode::Constant && !dtype.has(border.cval) {
                median(&less(image, 0.0)?, &options)?
            } else {
                median(image, &options)?
            };
            if medians.dtype() != DType::F32 {
                return less(&medians, offset);
            }
            medians
        }
    };
    if offset == 0.0 { Ok(averages) } else { less(&averages, offset) }
}
