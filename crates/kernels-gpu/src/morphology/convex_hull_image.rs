use tagswitch_image::ConvexHull;

use crate::blocks;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(EndsParams { width: u32, top: u32, rows: u32, first_word: u32 });
params!(FilledParams { width: u32, first: u32, count: u32 });

pub(super) static ENDS: Kernel = Kernel {
    name: "morphology.convexHullImage/ends",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        blocks::INVOCATION,
        blocks::REDUCTION,
        include_str!("../../shaders/morphology/hull_ends.wgsl"),
    ],
    params: EndsParams::LAYOUT,
};

pub(super) static FILLED: Kernel = Kernel {
    name: "morphology.convexHullImage",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/morphology/hull_filled.wgsl"),
    ],
    params: FilledParams::LAYOUT,
};

/// The pixels in the smallest convex polygon around all that are not 0, as a `u8` mask of 0 and 1; scikit-image's `convex_hull_image`.
///
/// Takes one channel of any dtype. The ends of rows are found on the GPU and waited for; the polygon around them is [`ConvexHull`]'s,
/// and so is what lies inside.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, [`GpuError::Binding`] for so many rows that their ends cannot be bound at once, and
/// those of the device.
pub fn convex_hull_image(
    image: &GpuImage,
    offset_coordinates: bool,
    include_borders: bool,
) -> Result<GpuImage> {
    let operation = "morphology.convexHullImage";
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    let bytes = byte_length(operation, shape, DType::U8)?;
    let (width, height) = (shape.width, u64::from(shape.height));
    image.engine.check_binding(operation, "the ends of each row", 8 * height)?;
    let ends = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let ends = recording.buffer(8 * height)?;
        let row = u64::from(width) * image.pixel_bytes();
        let needs = [Need::part(&source, row), Need::Whole((&ends).into())];
        recording.cut((Unit::Row, height), &needs, |recording, tile, buffers| {
            let (top, rows) = (tile.first, tile.units);
            let params = EndsParams { width, top, rows, first_word: tile.first_words[0] };
            let constants = [("DTYPE", image.dtype().constant())];
            recording.dispatch(&ENDS, &constants, &params, buffers, rows.into())
        })?;
        Ok(ends)
    })?;
    let hull = read(&image.engine, operation, &ends, |bytes| {
        let ends: Vec<[u32; 2]> = bytemuck::pod_collect_to_vec(bytes);
        let ends = ends
            .into_iter()
            .map(|[first, last]| (first <= last).then_some([first as usize, last as usize]));
        ConvexHull::around(ends, offset_coordinates)
    })?;
    let columns: Vec<[u32; 2]> = (0..shape.height as usize)
        .map(|row| hull.columns(row, width as usize, include_borders))
        .map(|columns| [columns.start as u32, columns.end as u32])
        .collect();
    let result = image.engine.record(operation, |recording| {
        let columns = recording.table(bytemuck::cast_slice(&columns))?;
        let result = recording.buffer(bytes)?;
        let needs = [Need::Whole(columns.bound()), Need::part(&result, 1)];
        recording.tiled(&FILLED, &[], (Unit::Pixel, shape.pixels()), &needs, |tile| {
            let (first, count) = (tile.first, tile.units);
            (FilledParams { width, first, count }, u64::from(count).div_ceil(4 * 256))
        })?;
        Ok(result)
    })?;
    Ok(GpuImage::new(&image.engine, result, shape, DType::U8))
}
