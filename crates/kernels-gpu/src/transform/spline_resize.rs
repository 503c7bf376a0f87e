use super::clip::{Constant, clip};
use super::map::Map;
use super::spline::Degree;
use super::warp::{Interpolation, Warp, Warping};
use crate::border::{Border, BorderMode};
use crate::error::Result;
use crate::filters::gaussian::{Gaussian, blurred};
use crate::image::{DType, GpuImage, Shape};

/// What [`resize_on_spline`] is to do.
#[derive(Debug, Clone)]
pub struct SplineResize<'a> {
    /// Of the spline.
    pub degree: Degree,
    /// Rows and columns of the result.
    pub size: [u32; 2],
    /// What lies beyond the edge.
    pub border: Border,
    /// Clip results to the range of this image.
    pub clip: Option<&'a GpuImage>,
    /// Keep integers as they are instead of making intensities of them.
    pub preserve_range: bool,
}

/// An image in another size, each channel by itself, sampled where the centres of its pixels lie on the spline through all samples; what
/// `scipy.ndimage.zoom` does with `grid_mode`.
///
/// Takes any dtype, gives `f32`.
///
/// # Errors
///
/// As [`warp`](super::warp()).
pub fn resize_on_spline(
    operation: &str,
    image: &GpuImage,
    options: &SplineResize<'_>,
) -> Result<GpuImage> {
    let SplineResize { degree, size, border, preserve_range, .. } = *options;
    let from = image.shape();
    let to = Shape { height: size[0], width: size[1], ..from };
    let map = Map::Axes {
        columns: centres(from.width, to.width).collect(),
        rows: centres(from.height, to.height).collect(),
    };
    let interpolation = Interpolation::Spline(degree);
    let warp = Warp { map, size, interpolation, border, clip: false, preserve_range };
    // In the same size filters would spread NaN.
    let warping = if from == to { None } else { Some(Warping::new(operation, image, &warp)?) };
    let still = Gaussian { sigma: [0.0; 2], radius: [0; 2], border, preserve_range };
    let constant =
        if border.mode == BorderMode::Constant { Constant::Joins } else { Constant::Apart };
    let resized = image.engine.record(operation, |recording| {
        let resized = match &warping {
            Some(warping) => warping.record(recording, image)?,
            None => blurred(recording, image, &still)?,
        };
        if let Some(within) = options.clip {
            let scale = if preserve_range { 1.0 } else { within.dtype().scale() };
            clip(recording, within, (&resized, to), constant, border.cval, scale)?;
        }
        Ok(resized)
    })?;
    Ok(GpuImage::new(&image.engine, resized, to, DType::F32))
}

/// Where the centres of so many pixels lie among those of a line.
fn centres(from: u32, to: u32) -> impl Iterator<Item = f64> {
    let factor = f64::from(from) / f64::from(to);
    (0..to).map(move |at| (f64::from(at) + 0.5) * factor - 0.5)
}
