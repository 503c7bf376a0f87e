use super::gather::{Gather, gather};
use super::map::Map;
use super::place::Reach;
use crate::border::Border;
use crate::error::Result;
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::tiling::{Rows, parts};

/// What [`nearest`] is to do.
#[derive(Debug, Clone)]
pub struct Nearest {
    /// From a pixel of the result to its place in the image.
    pub map: Map,
    /// Rows and columns of the result.
    pub size: [u32; 2],
    /// What lies beyond the edge, and the constant in the image's units.
    pub border: Border,
}

params!(Params {
    count: u32,
    words: u32,
    pixels: u32,
    columns: u32,
    left: u32,
    top: u32,
    width: u32,
    source_width: u32,
    source_height: u32,
    source_first: u32,
    beyond_first: u32,
    nearest_first: u32,
    cval: u32
});

pub(super) static KERNELS: Gather = gather!(
    [
        "transform.warp/nearest",
        "transform.warp/nearestProjective",
        "transform.warpPolar/nearest",
        "transform.warp/nearestPlaces"
    ],
    ["nearest.wgsl"],
    Params,
    Update
);

/// The nearest pixel to each place, in the image's own dtype; scikit-image's `warp` of order 0, and `warp_polar`.
///
/// # Errors
///
/// As [`warp`](super::warp()).
pub fn nearest(operation: &str, image: &GpuImage, options: &Nearest) -> Result<GpuImage> {
    let (from, dtype) = (image.shape(), image.dtype());
    let to = Shape { height: options.size[0], width: options.size[1], ..from };
    let bytes = byte_length(operation, to, dtype)?;
    let buffers = [image.byte_length(), bytes];
    let places = options.map.places(operation, options.size)?.known(operation, image, buffers)?;
    places.check(&image.engine, operation)?;
    let kernel = KERNELS.of(places.form);
    let Border { mode, cval } = options.border;
    let [source, result] = [from, to].map(|shape| Rows {
        count: shape.height,
        bytes: u64::from(shape.width) * image.pixel_bytes(),
    });
    let of = (&*image.engine, operation);
    let reach = Reach { mode, height: from.height, padding: 0, taps: 2 };
    let parts = parts(of, source, result, (to.width, places.pixel_bytes()), |rows, columns| {
        places.read(reach, rows, columns)
    })?;
    let words = bytes.div_ceil(4);
    let nearest = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let tables = places.tables(recording, &parts)?;
        // Parts only add bits.
        let windowed = parts.iter().any(|part| part.windowed);
        let nearest = if windowed { recording.zeros(bytes)? } else { recording.buffer(bytes)? };
        for (part, tables) in parts.iter().zip(&tables) {
            let [columns, rows] = &**tables;
            let [source_first, beyond_first, nearest_first] = part.first_words();
            let params = Params {
                count: to.samples() as u32,
                words: words as u32,
                pixels: part.pixels(),
                columns: part.columns.end - part.columns.start,
                left: part.columns.start,
                top: part.rows.start,
                width: to.width,
                source_width: from.width,
                source_height: from.height,
                source_first,
                beyond_first,
                nearest_first,
                cval: if dtype == DType::F32 {
                    (cval as f32).to_bits()
                } else {
                    (cval as i64) as u32
                },
            };
            let constants = [
                ("DTYPE", dtype.constant()),
                ("CHANNELS", f64::from(from.channels)),
                ("BORDER", f64::from(mode as u8)),
                ("FAR", 1.0),
            ];
            let each = if windowed { u64::from(part.pixels()) } else { words };
            let [source, beyond, nearest] = part.bound(&source, &nearest);
            recording.dispatch_part(
                (kernel, &constants),
                part,
                &params,
                &[source, beyond, nearest, columns.bound(), rows.bound()],
                each.div_ceil(256),
            )?;
        }
        Ok(nearest)
    })?;
    Ok(GpuImage::new(&image.engine, nearest, to, dtype))
}
