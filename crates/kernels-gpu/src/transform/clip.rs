use crate::error::Result;
use crate::extrema::record_extrema;
use crate::image::{DType, GpuImage, Shape};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Unit};

params!(Params { count: u32, joins: u32, cval: f32, scale: f32 });

pub(super) static CLIP: Kernel = Kernel {
    name: "transform.clip",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Update(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/transform/clip.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// What results are clipped to besides the range of the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Constant {
    /// Nothing.
    Apart,
    /// The constant beyond the edges, where results reach it.
    Joins,
}

/// Records the clipping of results to the range of the image, which is found on the way; nothing waits.
pub(super) fn clip(
    recording: &mut Recording<'_>,
    image: &GpuImage,
    (results, shape): (&Storage, Shape),
    constant: Constant,
    cval: f64,
    scale: f32,
) -> Result<()> {
    let source = image.storage(recording)?;
    let of_image = record_extrema(recording, &source, image.dtype(), image.shape())?;
    let joins = constant == Constant::Joins;
    let of_results =
        if joins { Some(record_extrema(recording, results, DType::F32, shape)?) } else { None };
    let results_range = of_results.as_ref().unwrap_or(&of_image);
    recording.tiled(
        &CLIP,
        &[("DTYPE", image.dtype().constant())],
        (Unit::Pixel, shape.samples()),
        &[
            Need::Whole((&of_image).into()),
            Need::Whole(results_range.into()),
            Need::part(results, 4),
        ],
        |tile| {
            let (count, joins) = (tile.units, u32::from(joins));
            let params = Params { count, joins, cval: cval as f32, scale };
            (params, u64::from(count).div_ceil(256))
        },
    )
}
