use super::clip::{Constant, clip};
use super::gather::{Gather, gather};
use super::place::Map;
use crate::border::{Border, BorderMode};
use crate::error::Result;
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::tiling::{Rows, parts};

/// What [`warp`] is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Warp {
    /// From a pixel of the result to its place in the image.
    pub map: Map,
    /// Rows and columns of the result.
    pub size: [u32; 2],
    /// Cubic between pixels instead of linear.
    pub cubic: bool,
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
    ["transform.warp", "transform.warp/projective", "transform.warpPolar"],
    "warp.wgsl",
    Params,
    Write
);

/// An image seen through a transform, each channel by itself; scikit-image's `warp` of order 1 or 3, and `warp_polar`.
///
/// Takes any dtype, gives `f32`. Where the map leads nowhere, as on a horizon, the result is the border's constant.
///
/// # Errors
///
/// [`GpuError::Argument`](crate::GpuError::Argument) for maps that lead beyond 2³⁰ pixels and are no projections,
/// [`GpuError::Limit`](crate::GpuError::Limit), [`GpuError::Binding`](crate::GpuError::Binding) where the rows that a pixel is made of
/// cannot be bound at once, and those of the device.
pub fn warp(operation: &str, image: &GpuImage, options: &Warp) -> Result<GpuImage> {
    let from = image.shape();
    let to = Shape { height: options.size[0], width: options.size[1], ..from };
    let bytes = byte_length(operation, to, DType::F32)?;
    let places = options.map.places(operation, options.size)?;
    places.check(&image.engine, operation)?;
    let kernel = KERNELS.of(places.form);
    let Border { mode, cval } = options.border;
    let scale = if options.preserve_range { 1.0 } else { image.dtype().scale() };
    let reach = if options.cubic { 2 } else { 1 };
    let [source, result] = [
        (from.height, u64::from(from.width) * image.pixel_bytes()),
        (to.height, bytes / u64::from(to.height)),
    ]
    .map(|(count, bytes)| Rows { count, bytes });
    let of = (&*image.engine, operation);
    let parts = parts(of, source, result, to.width, |rows, columns| {
        places.read((mode, from.height, reach), rows, columns)
    })?;
    // Between two pixels results only leave the range by the constant, which belongs to it if some pixel lies wholly outside.
    let is_constant = mode == BorderMode::Constant;
    let outside = options.map.leads_outside(from, options.size);
    let leaves =
        options.cubic || options.map.may_lead_nowhere() || (is_constant && outside != Some(true));
    let constant = if is_constant && (options.cubic || outside.is_none()) {
        Constant::Joins
    } else {
        Constant::Apart
    };
    let warped = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let columns = recording.table_for(&parts, bytemuck::cast_slice(&places.columns))?;
        let rows = recording.table_for(&parts, bytemuck::cast_slice(&places.rows))?;
        let warped = recording.buffer(bytes)?;
        for part in &parts {
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
                cval: cval as f32,
                scale,
            };
            let constants = [
                ("DTYPE", image.dtype().constant()),
                ("CHANNELS", f64::from(from.channels)),
                ("TAPS", if options.cubic { 4.0 } else { 2.0 }),
                ("BORDER", f64::from(mode as u8)),
                ("FAR", 1.0),
            ];
            let [source, beyond, warped] = part.bound(&source, &warped);
            recording.dispatch_part(
                (kernel, &constants),
                part,
                &params,
                &[source, beyond, warped, columns.bound(), rows.bound()],
                u64::from(part.pixels()).div_ceil(256),
            )?;
        }
        if options.clip && leaves {
            clip(recording, image, (&warped, to), constant, cval, scale)?;
        }
        Ok(warped)
    })?;
    Ok(GpuImage::new(&image.engine, warped, to, DType::F32))
}
