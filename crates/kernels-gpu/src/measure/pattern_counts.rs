//! How often patterns occur in a mask, exactly: what numbers of its shape are made of.

use crate::error::{GpuError, Result};
use crate::extrema::strides;
use crate::image::{GpuImage, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(pub(super) Params { width: u32, height: u32, top: u32, count: u32, first_word: u32 });

/// A kernel that counts: its name, and the shader that says what.
macro_rules! counting {
    ($name:literal, $shader:literal) => {
        $crate::pipeline::Kernel {
            name: $name,
            workgroup: [256, 1, 1],
            bindings: $crate::measure::pattern_counts::BINDINGS,
            sources: &[
                $crate::blocks::LINE,
                $crate::measure::pattern_counts::SOURCE[0],
                $crate::measure::pattern_counts::SOURCE[1],
                $crate::blocks::INVOCATION,
                $crate::blocks::REDUCTION,
                $crate::measure::pattern_counts::SOURCE[2],
                include_str!(concat!("../../shaders/measure/", $shader)),
            ],
            params: $crate::measure::pattern_counts::Params::LAYOUT,
        }
    };
}

pub(super) use counting;

pub(super) const BINDINGS: &[Binding] = &[Binding::Read(1), Binding::Update(2)];
pub(super) const SOURCE: [&str; 3] = [
    include_str!("../../shaders/shared/source_window.wgsl"),
    include_str!("../../shaders/shared/sample.wgsl"),
    include_str!("../../shaders/measure/pattern_counts.wgsl"),
];

/// The counts over an image of one channel, whose pixels look at others so many rows away. Waits.
pub(super) fn counts(
    kernel: &'static Kernel,
    constants: &[(&'static str, f64)],
    image: &GpuImage,
    halo: u64,
) -> Result<[u32; 3]> {
    let (operation, shape) = (kernel.name, image.shape());
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    let (width, height) = (shape.width, shape.height);
    let counts = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let counts = recording.zeros(12)?;
        let bytes = u64::from(width) * image.pixel_bytes();
        let needs = [Need::Part { storage: &source, bytes, halo }, Need::Whole((&counts).into())];
        recording.cut((Unit::Row, height.into()), &needs, |recording, tile, buffers| {
            let count = tile.units * width;
            let (top, first_word) = (tile.first, tile.first_words[0]);
            let params = Params { width, height, top, count, first_word };
            let constants: Vec<_> =
                [("DTYPE", image.dtype().constant())].iter().chain(constants).copied().collect();
            recording.dispatch(kernel, &constants, &params, buffers, strides(count.into()))
        })?;
        Ok(counts)
    })?;
    read(&image.engine, operation, &counts, |bytes| bytemuck::pod_read_unaligned(&bytes[..12]))
}
