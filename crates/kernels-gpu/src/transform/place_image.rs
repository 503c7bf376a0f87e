//! Places that lie in an image on the GPU, and become tables there.

use super::map::each;
use super::place::Places;
use crate::blocks;
use crate::error::Result;
use crate::image::{DType, GpuImage};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;

params!(Params { count: u32 });

pub(super) static PLACES: Kernel = Kernel {
    name: "transform.warp/readPlaces",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        blocks::LONG,
        include_str!("../../shaders/transform/places.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// The tables of columns and of rows.
pub(super) fn tables(recording: &mut Recording<'_>, places: &GpuImage) -> Result<[Storage; 2]> {
    let source = places.storage(recording)?;
    let bytes = 8 * places.shape().pixels();
    let (columns, rows) = (recording.buffer(bytes)?, recording.buffer(bytes)?);
    let params = Params { count: places.shape().pixels() as u32 };
    recording.dispatch(
        &PLACES,
        &[("DTYPE", places.dtype().constant())],
        &params,
        &[(&*source).into(), (&columns).into(), (&rows).into()],
        places.shape().pixels().div_ceil(256),
    )?;
    Ok([columns, rows])
}

/// The tables of an image that is brought to main memory for it. Waits.
pub(super) fn brought(places: &GpuImage) -> Result<Places> {
    let mut bytes = vec![0; places.byte_length() as usize];
    places.download(&mut bytes)?;
    let numbers = match places.dtype() {
        DType::U8 => bytes.into_iter().map(f64::from).collect(),
        DType::U16 => numbers::<u16>(&bytes),
        DType::I32 => numbers::<i32>(&bytes),
        DType::F32 => numbers::<f32>(&bytes),
    };
    Ok(each(places.shape().width, numbers.as_chunks().0))
}

fn numbers<T: bytemuck::Pod + Into<f64>>(bytes: &[u8]) -> Vec<f64> {
    bytemuck::pod_collect_to_vec::<u8, T>(bytes).into_iter().map(Into::into).collect()
}
