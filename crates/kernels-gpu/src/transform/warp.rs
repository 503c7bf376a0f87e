use super::clip::{Constant, clip};
use crate::border::{Border, BorderMode};
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};

/// Places beyond this are refused: they would not fit the tables, nor what shaders make of them.
const FAR: f64 = 1_073_741_824.0;

/// What [`warp`] is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Warp {
    /// From a pixel of the result, `[column, row, 1]`, to its place in the image: the first two rows, the third being 0, 0, 1.
    pub matrix: [f64; 6],
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

/// What [`nearest`] is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// Places by column and by row: see [`place_tables`].
    pub places: [Vec<[u32; 4]>; 2],
    /// What lies beyond the edge, and the constant in the image's units.
    pub border: Border,
}

params!(WarpParams {
    count: u32,
    width: u32,
    source_width: u32,
    source_height: u32,
    cval: f32,
    scale: f32
});
params!(NearestParams {
    count: u32,
    words: u32,
    width: u32,
    source_width: u32,
    source_height: u32,
    cval: u32
});

pub(super) static WARP: Kernel = Kernel {
    name: "transform.warp",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/transform/place.wgsl"),
        include_str!("../../shaders/transform/warp.wgsl"),
    ],
    params: WarpParams::LAYOUT,
};

pub(super) static NEAREST: Kernel = Kernel {
    name: "transform.warp/nearest",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/transform/place.wgsl"),
        include_str!("../../shaders/transform/nearest.wgsl"),
    ],
    params: NearestParams::LAYOUT,
};

/// An image seen through an affine transform, each channel by itself; scikit-image's `warp` of order 1 or 3.
///
/// Takes any dtype, gives `f32`. Places are sums of two numbers that are computed in 64 bits here, see [`place_tables`].
///
/// # Errors
///
/// As [`place_tables`], [`GpuError::Limit`], and those of the device.
pub fn warp(operation: &str, image: &GpuImage, options: &Warp) -> Result<GpuImage> {
    let from = image.shape();
    let to = Shape { height: options.size[0], width: options.size[1], ..from };
    let bytes = byte_length(operation, to, DType::F32)?;
    let [columns, rows] = place_tables(operation, options.matrix, options.size)?;
    let Border { mode, cval } = options.border;
    let scale = if options.preserve_range { 1.0 } else { image.dtype().scale() };
    let params = WarpParams {
        count: to.pixels() as u32,
        width: to.width,
        source_width: from.width,
        source_height: from.height,
        cval: cval as f32,
        scale,
    };
    // Between two pixels results only leave the range by the constant, which belongs to it if some pixel lies wholly outside.
    let constant = if options.cubic && mode == BorderMode::Constant {
        Constant::Joins
    } else {
        Constant::Apart
    };
    let leaves = options.cubic
        || (mode == BorderMode::Constant && !some_wholly_outside(options.matrix, from, to));
    let warped = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let columns = recording.table(bytemuck::cast_slice(&columns))?;
        let rows = recording.table(bytemuck::cast_slice(&rows))?;
        let warped = recording.buffer(bytes)?;
        recording.dispatch(
            &WARP,
            &[
                ("DTYPE", image.dtype().constant()),
                ("CHANNELS", f64::from(from.channels)),
                ("TAPS", if options.cubic { 4.0 } else { 2.0 }),
                ("BORDER", f64::from(mode as u8)),
                ("FAR", 1.0),
            ],
            &params,
            &[(&*source).into(), columns.bound(), rows.bound(), (&warped).into()],
            to.pixels().div_ceil(256),
        )?;
        if options.clip && leaves {
            clip(recording, image, (&warped, to), constant, cval, scale)?;
        }
        Ok(warped)
    })?;
    Ok(GpuImage::new(&image.engine, warped, to, DType::F32))
}

/// The nearest pixel to each place, in the image's own dtype; scikit-image's `warp` of order 0.
///
/// # Errors
///
/// [`GpuError::Limit`], and those of the device.
pub fn nearest(operation: &str, image: &GpuImage, options: &Nearest) -> Result<GpuImage> {
    let (from, dtype) = (image.shape(), image.dtype());
    let [columns, rows] = &options.places;
    let to = Shape { height: rows.len() as u32, width: columns.len() as u32, ..from };
    let bytes = byte_length(operation, to, dtype)?;
    let Border { mode, cval } = options.border;
    let words = bytes.div_ceil(4);
    let params = NearestParams {
        count: to.samples() as u32,
        words: words as u32,
        width: to.width,
        source_width: from.width,
        source_height: from.height,
        cval: if dtype == DType::F32 { (cval as f32).to_bits() } else { (cval as i64) as u32 },
    };
    let nearest = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let columns = recording.table(bytemuck::cast_slice(columns))?;
        let rows = recording.table(bytemuck::cast_slice(rows))?;
        let nearest = recording.buffer(bytes)?;
        recording.dispatch(
            &NEAREST,
            &[
                ("DTYPE", dtype.constant()),
                ("CHANNELS", f64::from(from.channels)),
                ("BORDER", f64::from(mode as u8)),
                ("FAR", 1.0),
            ],
            &params,
            &[(&*source).into(), columns.bound(), rows.bound(), (&nearest).into()],
            words.div_ceil(256),
        )?;
        Ok(nearest)
    })?;
    Ok(GpuImage::new(&image.engine, nearest, to, dtype))
}

/// Places in the image by column and by row of a result, the sum of both being the place of a pixel: column before and behind
/// the point, row likewise, 32 bits each. They are off by 2⁻³² at most.
///
/// # Errors
///
/// [`GpuError::Argument`] for places beyond 2³⁰.
pub fn place_tables(
    operation: &str,
    [a, b, c, d, e, f]: [f64; 6],
    [height, width]: [u32; 2],
) -> Result<[Vec<[u32; 4]>; 2]> {
    let place = |x: f64, y: f64| [a * x + b * y + c, d * x + e * y + f];
    let [right, bottom] = [f64::from(width) - 1.0, f64::from(height) - 1.0];
    let corners = [place(0.0, 0.0), place(right, 0.0), place(0.0, bottom), place(right, bottom)];
    if !corners.as_flattened().iter().all(|place| place.abs() < FAR) {
        let message = "the transform leads beyond 2^30 pixels".to_owned();
        return Err(GpuError::argument(operation, message));
    }
    let entry = |column: f64, row: f64| {
        let ([whole, share], [row, row_share]) = (fixed(column), fixed(row));
        [whole, share, row, row_share]
    };
    let columns = (0..width).map(|x| entry(a * f64::from(x), d * f64::from(x))).collect();
    let rows = (0..height).map(|y| entry(b * f64::from(y) + c, e * f64::from(y) + f)).collect();
    Ok([columns, rows])
}

/// A number before and behind the point, 32 bits each.
fn fixed(value: f64) -> [u32; 2] {
    // Whatever lies beyond 64 bits cancels in the sum.
    let bits = (value * 4_294_967_296.0).round() as i128 as u64;
    [(bits >> 32) as u32, bits as u32]
}

/// Whether both pixels around some place lie outside in some direction. Places are linear, so it would be a corner's.
fn some_wholly_outside([a, b, c, d, e, f]: [f64; 6], from: Shape, to: Shape) -> bool {
    let [right, bottom] = [f64::from(to.width) - 1.0, f64::from(to.height) - 1.0];
    [(0.0, 0.0), (right, 0.0), (0.0, bottom), (right, bottom)].into_iter().any(|(x, y)| {
        let outside = |place: f64, side: u32| place <= -1.0 || place >= f64::from(side);
        outside(a * x + b * y + c, from.width) || outside(d * x + e * y + f, from.height)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_exact_to_the_last_bit() {
        let matrix = [0.83, -0.31, 3.7, 0.37, 1.13, -5.2];
        let [columns, rows] = place_tables("", matrix, [40, 50]).unwrap();
        let sum = |a: [u32; 2], b: [u32; 2]| {
            let joined = |[whole, share]: [u32; 2]| u64::from(whole) << 32 | u64::from(share);
            joined(a).wrapping_add(joined(b)).cast_signed() as f64 / 4_294_967_296.0
        };
        for (x, column) in columns.iter().enumerate() {
            for (y, row) in rows.iter().enumerate() {
                let expected = 0.83 * x as f64 - 0.31 * y as f64 + 3.7;
                let found = sum([column[0], column[1]], [row[0], row[1]]);
                assert!((found - expected).abs() < 3e-10);
            }
        }
        assert!(place_tables("", [1e9, 0.0, 0.0, 0.0, 1.0, 0.0], [2, 3]).is_err());
        assert_eq!(fixed(-0.25), [u32::MAX, 0xc000_0000]);
    }
}
