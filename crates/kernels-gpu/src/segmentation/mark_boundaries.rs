use super::find_boundaries::{Boundaries, find_boundaries};
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Tile, Unit};

/// How [`mark_boundaries`] paints: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marks {
    /// Boundaries.
    pub color: [f32; 3],
    /// The pixels around them; `None` leaves them.
    pub outline: Option<[f32; 3]>,
}

params!(Params {
    width: u32,
    height: u32,
    top: u32,
    rows: u32,
    first_word: u32,
    mask_first: u32,
    marked_first: u32,
    has_outline: u32,
    scale: f32,
    red: f32,
    green: f32,
    blue: f32,
    outline_red: f32,
    outline_green: f32,
    outline_blue: f32
});

pub(super) static MARK: Kernel = Kernel {
    name: "segmentation.markBoundaries",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/segmentation/mark_boundaries.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// An RGB picture of the image with the boundaries of labels painted in; scikit-image's `mark_boundaries`, but for sub-pixels.
///
/// Takes 1 or 3 channels of any dtype and labels of the same size, gives 3 of `f32`: intensities.
///
/// # Errors
///
/// [`GpuError::Argument`] for other channels and sizes, and those of [`find_boundaries`].
pub fn mark_boundaries(
    image: &GpuImage,
    labels: &GpuImage,
    boundaries: Boundaries,
    marks: Marks,
) -> Result<GpuImage> {
    let operation = MARK.name;
    let Shape { height, width, channels } = image.shape();
    let of_labels = labels.shape();
    if (of_labels.height, of_labels.width) != (height, width) || (channels != 1 && channels != 3) {
        let message = format!(
            "image is {height} × {width} × {channels}, labels are {} × {}; expected 1 or 3 channels and one size",
            of_labels.height, of_labels.width
        );
        return Err(GpuError::argument(operation, message));
    }
    image.check_beside(operation, labels)?;
    let shape = Shape { height, width, channels: 3 };
    let bytes = byte_length(operation, shape, DType::F32)?;
    let mask = find_boundaries(labels, boundaries)?;
    let [red, green, blue] = marks.color;
    let [outline_red, outline_green, outline_blue] = marks.outline.unwrap_or_default();
    let params = |tile: &Tile| Params {
        width,
        height,
        top: tile.first,
        rows: tile.units,
        first_word: tile.first_words[0],
        mask_first: tile.first_words[1],
        marked_first: tile.first_words[2],
        has_outline: u32::from(marks.outline.is_some()),
        scale: image.dtype().scale(),
        red,
        green,
        blue,
        outline_red,
        outline_green,
        outline_blue,
    };
    let marked = image.engine.record(operation, |recording| {
        let (source, mask) = (image.storage(recording)?, mask.storage(recording)?);
        let marked = recording.buffer(bytes)?;
        let row = u64::from(width);
        let needs = [
            Need::part(&source, row * image.pixel_bytes()),
            Need::Part { storage: &mask, bytes: row, halo: 1 },
            Need::part(&marked, 12 * row),
        ];
        let constants = [("DTYPE", image.dtype().constant()), ("CHANNELS", f64::from(channels))];
        recording.cut((Unit::Row, height.into()), &needs, |recording, tile, buffers| {
            let workgroups = (row * u64::from(tile.units)).div_ceil(256);
            recording.dispatch(&MARK, &constants, &params(tile), buffers, workgroups)
        })?;
        Ok(marked)
    })?;
    Ok(GpuImage::new(&image.engine, marked, shape, DType::F32))
}
