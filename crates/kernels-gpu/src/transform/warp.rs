use super::clip::{Constant, clip};
use super::gather::{Gather, gather};
use super::map::Map;
use super::place::{Places, Reach};
use super::spline::{Degree, Spline};
use crate::border::{Border, BorderMode};
use crate::error::Result;
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Part, Rows, parts};

/// What lies between pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interpolation {
    /// Linear in both directions.
    Linear,
    /// Cubic in both directions: Keys's kernel (1981) with a = −½.
    Cubic,
    /// On the spline through all samples.
    Spline(Degree),
}

/// What [`warp`] is to do.
#[derive(Debug, Clone)]
pub struct Warp {
    /// From a pixel of the result to its place in the image.
    pub map: Map,
    /// Rows and columns of the result.
    pub size: [u32; 2],
    /// What lies between pixels.
    pub interpolation: Interpolation,
    /// What lies beyond the edge.
    pub border: Border,
    /// Clip results to the range of the image, and the constant where it shows.
    pub clip: bool,
    /// Keep integers as they are instead of making intensities of them.
    pub preserve_range: bool,
}

params!(Params {
    count: u32,
    columns: u32,
    left: u32,
    top: u32,
    width: u32,
    source_width: u32,
    source_height: u32,
    source_first: u32,
    beyond_first: u32,
    warped_first: u32,
    cval: f32,
    scale: f32
});

pub(super) static KERNELS: Gather = gather!(
    ["transform.warp", "transform.warp/projective", "transform.warpPolar", "transform.warp/places"],
    ["taps_kernel.wgsl", "warp.wgsl"],
    Params,
    Write
);

/// Of coefficients.
pub(super) static SPLINE_KERNELS: Gather = gather!(
    [
        "transform.warp/spline",
        "transform.warp/splineProjective",
        "transform.warpPolar/spline",
        "transform.warp/splinePlaces"
    ],
    ["taps_spline.wgsl", "warp.wgsl"],
    Params,
    Write
);

/// An image seen through a transform, each channel by itself; scikit-image's `warp` of orders above 0, and `warp_polar`.
///
/// Takes any dtype, gives `f32`. Where the map leads nowhere, as on a horizon, the result is the border's constant.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for maps that lead beyond 2³⁰ pixels and are no projections,
/// [`GpuError::Limit`](crate::GpuError::Limit), [`GpuError::Binding`](crate::GpuError::Binding) where the rows that a pixel, or the first
/// sample of a spline's filter, is made of cannot be bound at once, and those of the device.
pub fn warp(operation: &str, image: &GpuImage, options: &Warp) -> Result<GpuImage> {
    let warping = Warping::new(operation, image, options)?;
    let Border { mode, cval } = options.border;
    // Between two pixels results only leave the range by the constant, which belongs to it if some pixel lies wholly outside.
    let is_constant = mode == BorderMode::Constant;
    let overshoots = options.interpolation != Interpolation::Linear;
    let outside = options.map.leads_outside(image.shape(), options.size);
    let leaves = overshoots || (is_constant && outside != Some(true));
    let constant = if is_constant && (overshoots || outside.is_none()) {
        Constant::Joins
    } else {
        Constant::Apart
    };
    let warped = image.engine.record(operation, |recording| {
        let warped = warping.record(recording, image)?;
        if options.clip && leaves {
            clip(recording, image, (&warped, warping.to), constant, cval, warping.scale)?;
        }
        Ok(warped)
    })?;
    Ok(GpuImage::new(&image.engine, warped, warping.to, DType::F32))
}

/// A warp whose result is not clipped yet, with all that can be found out before it is recorded.
pub(super) struct Warping {
    interpolation: Interpolation,
    border: Border,
    places: Places,
    /// Through the samples, of whose coefficients the result is made.
    spline: Option<Spline>,
    /// Of what the result is made of.
    from: Shape,
    padding: u32,
    parts: Vec<Part>,
    pub(super) to: Shape,
    /// From samples of the image to results.
    pub(super) scale: f32,
}

impl Warping {
    pub(super) fn new(operation: &str, image: &GpuImage, options: &Warp) -> Result<Self> {
        let &Warp { ref map, size, interpolation, border, preserve_range, .. } = options;
        let to = Shape { height: size[0], width: size[1], ..image.shape() };
        let bytes = byte_length(operation, to, DType::F32)?;
        let spline = match interpolation {
            Interpolation::Spline(degree) => {
                Some(Spline::through(operation, image, degree, border)?)
            }
            _ => None,
        };
        let (from, padding, pixel_bytes) = match &spline {
            Some(spline) => (spline.shape, spline.padding, 4 * u64::from(to.channels)),
            None => (image.shape(), 0, image.pixel_bytes()),
        };
        let places = map.places(operation, size)?;
        let places = places.known(operation, image, [from.pixels() * pixel_bytes, bytes])?;
        places.check(&image.engine, operation)?;
        let source = Rows { count: from.height, bytes: u64::from(from.width) * pixel_bytes };
        let result = Rows { count: to.height, bytes: bytes / u64::from(to.height) };
        let reach =
            Reach { mode: border.mode, height: from.height, padding, taps: interpolation.taps() };
        let of = (&*image.engine, operation);
        let parts =
            parts(of, source, result, (to.width, places.pixel_bytes()), |rows, columns| {
                places.read(reach, rows, columns)
            })?;
        let scale = if preserve_range { 1.0 } else { image.dtype().scale() };
        Ok(Self { interpolation, border, places, spline, from, padding, parts, to, scale })
    }

    /// Records it of this image.
    pub(super) fn record(
        &self,
        recording: &mut Recording<'_>,
        image: &GpuImage,
    ) -> Result<Storage> {
        let Some(spline) = &self.spline else {
            let samples = image.storage(recording)?;
            return self.gather(recording, (&samples, image.dtype(), self.scale), &KERNELS);
        };
        let coefficients = spline.record(recording, image, self.scale)?;
        self.gather(recording, (&coefficients, DType::F32, 1.0), &SPLINE_KERNELS)
    }

    fn gather(
        &self,
        recording: &mut Recording<'_>,
        (source, dtype, scale): (&Storage, DType, f32),
        kernels: &'static Gather,
    ) -> Result<Storage> {
        let Self { interpolation, border, places, from, padding, parts, to, .. } = self;
        let tables = places.tables(recording, parts)?;
        let warped = recording.buffer(to.samples() * 4)?;
        let mut constants = vec![
            ("DTYPE", dtype.constant()),
            ("CHANNELS", f64::from(from.channels)),
            ("TAPS", f64::from(interpolation.taps())),
            ("BORDER", f64::from(border.mode as u8)),
            ("FAR", 1.0),
        ];
        if self.spline.is_some() {
            constants.push(("PADDING", f64::from(*padding)));
        }
        for (part, tables) in parts.iter().zip(&tables) {
            let [columns, rows] = &**tables;
            let [source_first, beyond_first, warped_first] = part.first_words();
            let params = Params {
                count: part.pixels(),
                columns: part.columns.end - part.columns.start,
                left: part.columns.start,
                top: part.rows.start,
                width: to.width,
                source_width: from.width,
                source_height: from.height,
                source_first,
                beyond_first,
                warped_first,
                cval: border.cval as f32,
                scale,
            };
            let [source, beyond, result] = part.bound(source, &warped);
            recording.dispatch_part(
                (kernels.of(places.form), &constants),
                part,
                &params,
                &[source, beyond, result, columns.bound(), rows.bound()],
                u64::from(part.pixels()).div_ceil(256),
            )?;
        }
        Ok(warped)
    }
}

impl Interpolation {
    /// Of how many samples in a direction a result is made.
    fn taps(self) -> u32 {
        match self {
            Self::Linear => 2,
            Self::Cubic => 4,
            Self::Spline(degree) => degree as u32 + 1,
        }
    }
}
