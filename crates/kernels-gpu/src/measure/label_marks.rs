use crate::error::Result;
use crate::image::GpuImage;
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;

params!(Params { count: u32 });

pub(super) static MARKED: Kernel = Kernel {
    name: "measure.label/marked",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/measure/label_marked.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// Records the marking of regions of which pixels lie inside a mask of any dtype, or outside of it: by label 1, else 0. The background is one
/// of them.
pub(crate) fn marks(
    recording: &mut Recording<'_>,
    regions: &Storage,
    mask: &GpuImage,
    inside: bool,
) -> Result<Storage> {
    let pixels = mask.shape().pixels();
    let samples = mask.storage(recording)?;
    let marks = recording.zeros(marks_size(pixels))?;
    recording.dispatch(
        &MARKED,
        &[("DTYPE", mask.dtype().constant()), ("INSIDE", f64::from(u8::from(inside)))],
        &Params { count: pixels as u32 },
        &[(&*samples).into(), regions.into(), (&marks).into()],
        pixels.div_ceil(4 * 256),
    )?;
    Ok(marks)
}

/// Fails for an image of which there may be more regions than can be bound at once.
pub(crate) fn check_marks(operation: &str, image: &GpuImage) -> Result<()> {
    let bytes = marks_size(image.shape().pixels());
    image.engine.check_binding(operation, "a mark for each region", bytes)
}

/// The background has a mark, too.
fn marks_size(pixels: u64) -> u64 {
    4 * (pixels + 1)
}
