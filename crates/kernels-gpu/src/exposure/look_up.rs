use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params { count: u32, least: i32, tables: u32, entries: u32 });

pub(super) static LOOK_UP: Kernel = Kernel {
    name: "exposure.lookUp",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/exposure/look_up.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// What a table has for each sample of an integer image: the bytes of an entry of `dtype` for each level from `least` on, the first and the
/// last one for levels beyond. Where there are as many tables as channels, one after the other, each channel has its own.
///
/// Gives the image's shape. `operation` is for messages.
///
/// # Errors
///
/// [`GpuError::Argument`] for floats, neither one table nor as many as channels, and tables that are empty or end within an entry,
/// [`GpuError::Limit`], and those of the device.
pub fn look_up(
    operation: &str,
    image: &GpuImage,
    table: &[u8],
    dtype: DType,
    least: i32,
    tables: u32,
) -> Result<GpuImage> {
    let shape = image.shape();
    let fits = tables == 1 || tables == shape.channels;
    let whole = fits && table.len().is_multiple_of(dtype.bytes() * tables as usize);
    if image.dtype() == DType::F32 || table.is_empty() || !whole {
        let given = format!("{} bytes for levels of {:?}", table.len(), image.dtype());
        let message = format!(
            "{given}, {tables} tables; expected entries of {dtype:?} for those of integers, and one table or as many as channels"
        );
        return Err(GpuError::argument(operation, message));
    }
    let entries = (table.len() / dtype.bytes()) as u32 / tables;
    let bytes = byte_length(operation, shape, dtype)?;
    let words = table.len().next_multiple_of(4);
    let table = table.iter().copied().chain(std::iter::repeat(0)).take(words).collect::<Vec<_>>();
    let storage = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let result = recording.buffer(bytes)?;
        let table = recording.table(&table)?;
        let per_word = 4 / dtype.bytes() as u32;
        recording.tiled(
            &LOOK_UP,
            &[("DTYPE", image.dtype().constant()), ("PER_WORD", f64::from(per_word))],
            (Unit::Pixel, shape.pixels()),
            &[
                Need::part(&source, image.pixel_bytes()),
                Need::Whole(table.bound()),
                Need::part(&result, bytes / shape.pixels()),
            ],
            |tile| {
                let count = tile.units * shape.channels;
                let params = Params { count, least, tables, entries };
                (params, u64::from(count.div_ceil(per_word)).div_ceil(256))
            },
        )?;
        Ok(result)
    })?;
    Ok(GpuImage::new(&image.engine, storage, shape, dtype))
}
