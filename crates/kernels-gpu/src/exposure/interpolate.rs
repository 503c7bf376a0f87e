use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params { count: u32, places: u32, first: f32, density: f32 });

pub(super) static INTERPOLATE: Kernel = Kernel {
    name: "exposure.interpolate",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/exposure/interpolate.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// Samples on straight lines between `values` at ascending `places`, which lie apart by one step but for rounding, as the centres of bins do; beyond
/// them the first and the last value. `numpy.interp`.
///
/// Takes `f32` and gives the same; NaN stays NaN. `operation` is for messages.
///
/// # Errors
///
/// [`GpuError::Argument`] for integers, and for lists that are empty or not of one length; those of the device.
pub fn interpolate(
    operation: &str,
    image: &GpuImage,
    places: &[f32],
    values: &[f32],
) -> Result<GpuImage> {
    let (&[first, ..], &[.., last]) = (places, places) else {
        return Err(GpuError::argument(operation, "no places; expected at least one".to_owned()));
    };
    if image.dtype() != DType::F32 || places.len() != values.len() {
        let given = format!("{} values at {} places", values.len(), places.len());
        let message = format!("{given} for {:?}; expected as many, for F32", image.dtype());
        return Err(GpuError::argument(operation, message));
    }
    let shape = image.shape();
    let storage = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let result = recording.buffer(image.byte_length())?;
        let lists = [
            recording.table(bytemuck::cast_slice(places))?,
            recording.table(bytemuck::cast_slice(values))?,
        ];
        let intervals = (places.len() - 1) as f32;
        let density = if last > first { intervals / (last - first) } else { 0.0 };
        recording.tiled(
            &INTERPOLATE,
            &[],
            (Unit::Pixel, shape.pixels()),
            &[
                Need::part(&source, image.pixel_bytes()),
                Need::Whole(lists[0].bound()),
                Need::Whole(lists[1].bound()),
                Need::part(&result, image.pixel_bytes()),
            ],
            |tile| {
                let count = tile.units * shape.channels;
                let params = Params { count, places: places.len() as u32, first, density };
                (params, u64::from(count).div_ceil(256))
            },
        )?;
        Ok(result)
    })?;
    Ok(GpuImage::new(&image.engine, storage, shape, DType::F32))
}
