use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit, strangers, words_of};

params!(DownParams {
    width: u32,
    height: u32,
    reach: i32,
    top: u32,
    rows: u32,
    first_word: u32,
    nearest_first: u32
});
params!(AcrossParams {
    width: u32,
    count: u32,
    begin: u32,
    words: u32,
    first_word: u32,
    nearest_first: u32,
    expanded_first: u32,
    reach: i32,
    furthest: i32
});

/// The furthest that labels grow: a pixel looks at so many neighbours in each direction.
const FURTHEST: u32 = 256;

pub(super) static DOWN: Kernel = Kernel {
    name: "segmentation.expandLabels/down",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/segmentation/expand_down.wgsl"),
    ],
    params: DownParams::LAYOUT,
};

pub(super) static ACROSS: Kernel = Kernel {
    name: "segmentation.expandLabels/across",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/segmentation/expand_across.wgsl"),
    ],
    params: AcrossParams::LAYOUT,
};

/// Labels, grown into the background by `distance` pixels, without growing into each other; scikit-image's `expand_labels`.
///
/// Takes one channel of integers, gives the same. First the nearest label in each column is found, then the nearest of those along the
/// rows (T. Saito, J. Toriwaki, "New algorithms for Euclidean distance transformation of an n-dimensional digitized picture with
/// applications", Pattern Recognition 27, 1994), no further away than labels grow.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels and for floats, [`GpuError::Unsupported`] for distances above 256, and those of the device.
pub fn expand_labels(labels: &GpuImage, distance: f64) -> Result<GpuImage> {
    let operation = "segmentation.expandLabels";
    let (shape, dtype) = (labels.shape(), labels.dtype());
    if shape.channels != 1 || dtype == DType::F32 {
        let message = format!("labels are {dtype:?} of {} channels", shape.channels);
        return Err(GpuError::argument(operation, format!("{message}; expected integers of one")));
    }
    let longest = shape.height.max(shape.width);
    let reach = distance.floor().clamp(0.0, f64::from(longest)) as u32;
    if reach > FURTHEST {
        let reason = format!("labels grow by {reach} pixels; at most by {FURTHEST}");
        return Err(GpuError::unsupported(operation, reason));
    }
    // The largest whole number whose root is no more than the distance; no pixel is further away than the image's sides together.
    let distance = distance.clamp(0.0, 2.0 * f64::from(longest));
    let mut furthest = (distance * distance) as i32 + 1;
    while f64::from(furthest).sqrt() > distance {
        furthest -= 1;
    }
    let (width, pixels) = (u64::from(shape.width), shape.pixels());
    let row = width * labels.pixel_bytes();
    let constants = [("DTYPE", dtype.constant())];
    let work = (Unit::Row, u64::from(shape.height));
    let expanded = labels.engine.record(operation, |recording| {
        let source = labels.storage(recording)?;
        let nearest = recording.buffer(4 * pixels)?;
        let seen = |halo| Need::Part { storage: &source, bytes: row, halo };
        let needs = [seen(u64::from(reach)), Need::part(&nearest, 4 * width)];
        recording.cut(work, &needs, |recording, tile, buffers| {
            let params = DownParams {
                width: shape.width,
                height: shape.height,
                reach: reach as i32,
                top: tile.first,
                rows: tile.units,
                first_word: tile.first_words[0],
                nearest_first: tile.first_words[1],
            };
            let workgroups = (width * u64::from(tile.units)).div_ceil(256);
            recording.dispatch(&DOWN, &constants, &params, buffers, workgroups)
        })?;
        let expanded = recording.buffer(labels.byte_length())?;
        let strangers = strangers(row);
        let needs = [
            seen(u64::from(reach) + strangers),
            Need::Part { storage: &nearest, bytes: 4 * width, halo: strangers },
            Need::part(&expanded, row),
        ];
        recording.cut(work, &needs, |recording, tile, buffers| {
            let words = words_of(tile, row);
            let params = AcrossParams {
                width: shape.width,
                count: pixels as u32,
                begin: words.start,
                words: words.end - words.start,
                first_word: tile.first_words[0],
                nearest_first: tile.first_words[1],
                expanded_first: tile.first_words[2],
                reach: reach as i32,
                furthest,
            };
            let workgroups = u64::from(params.words.div_ceil(256));
            recording.dispatch(&ACROSS, &constants, &params, buffers, workgroups)
        })?;
        Ok(expanded)
    })?;
    Ok(GpuImage::new(&labels.engine, expanded, shape, dtype))
}
