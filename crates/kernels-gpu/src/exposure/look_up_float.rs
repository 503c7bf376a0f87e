use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params { count: u32, lists: u32 });

pub(super) static LOOK_UP: Kernel = Kernel {
    name: "exposure.lookUp/floats",
    workgroup: [256, 1, 1],
    bindings: &[
        Binding::Read(1),
        Binding::Read(2),
        Binding::Read(3),
        Binding::Read(4),
        Binding::Write(5),
    ],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/sort/key_of.wgsl"),
        include_str!("../../shaders/exposure/look_up_float.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// What a table has for each float: the value of its level. NaN may be the last level; what is none of the levels has the value of the last one
/// before it. There is one table or there are as many as channels, each of so many levels, one after the other.
///
/// Takes `f32` and gives the same. `operation` is for messages.
///
/// # Errors
///
/// [`GpuError::Argument`] for integers, neither one table nor as many as channels, tables without levels and others than so many levels and
/// values, [`GpuError::Binding`], and those of the device.
pub fn look_up_float(
    operation: &str,
    image: &GpuImage,
    levels: &[f32],
    values: &[f32],
    lengths: &[u32],
) -> Result<GpuImage> {
    let shape = image.shape();
    let all: usize = lengths.iter().map(|&length| length as usize).sum();
    let fits = lengths.len() == 1 || lengths.len() == shape.channels as usize;
    let whole = fits && !lengths.contains(&0) && levels.len() == all && values.len() == all;
    if image.dtype() != DType::F32 || !whole {
        let (dtype, channels) = (image.dtype(), shape.channels);
        let given = format!("{} levels and {} values", levels.len(), values.len());
        let message = format!(
            "{given} in tables of {lengths:?} for {dtype:?} of {channels} channels; expected floats, and one table or as many as channels"
        );
        return Err(GpuError::argument(operation, message));
    }
    image.engine.check_binding(operation, "the levels of all tables", 4 * all as u64)?;
    let ends = lengths.iter().scan(0, |end, length| {
        *end += length;
        Some(*end)
    });
    let starts: Vec<u32> = std::iter::once(0).chain(ends).collect();
    let storage = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let result = recording.buffer(image.byte_length())?;
        let tables = [
            recording.table(bytemuck::cast_slice(&starts))?,
            recording.table(bytemuck::cast_slice(levels))?,
            recording.table(bytemuck::cast_slice(values))?,
        ];
        recording.tiled(
            &LOOK_UP,
            &[],
            (Unit::Pixel, shape.pixels()),
            &[
                Need::part(&source, image.pixel_bytes()),
                Need::Whole(tables[0].bound()),
                Need::Whole(tables[1].bound()),
                Need::Whole(tables[2].bound()),
                Need::part(&result, image.pixel_bytes()),
            ],
            |tile| {
                let count = tile.units * shape.channels;
                let params = Params { count, lists: lengths.len() as u32 };
                (params, u64::from(count).div_ceil(256))
            },
        )?;
        Ok(result)
    })?;
    Ok(GpuImage::new(&image.engine, storage, shape, DType::F32))
}
