//! Connected components by union-find with atomics.
//!
//! Y. Komura, "GPU-based cluster-labeling algorithm without the use of conventional iteration: application to the
//! Swendsen–Wang multi-cluster spin flip algorithm", Computer Physics Communications 194 (2015), and
//! D. P. Playne, K. Hawick, "A new algorithm for parallel connected-component labelling on GPUs", IEEE Transactions on
//! Parallel and Distributed Systems 29 (2018): every pixel starts with a link to an equal neighbour before it, trees are
//! flattened, trees that touch are united with an atomic minimum, and flattened again. The root of a tree is its first
//! pixel in raster order, so numbering the roots by a prefix sum gives scikit-image's labels.

use crate::blocks;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::rank::{self, rank};

/// Which pixels are neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connectivity {
    /// Those that share an edge.
    Four = 1,
    /// Those that share an edge or a corner.
    Eight = 2,
}

params!(StartParams {
    width: u32,
    count: u32,
    background: u32,
    has_background: u32,
    connectivity: u32
});
params!(FlattenParams { count: u32 });
params!(MergeParams { width: u32, count: u32, connectivity: u32 });
params!(NumberParams { count: u32 });

pub(super) static START: Kernel = Kernel {
    name: "measure.label/start",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/measure/label_class.wgsl"),
        include_str!("../../shaders/measure/label_start.wgsl"),
    ],
    params: StartParams::LAYOUT,
};

pub(super) static FLATTEN: Kernel = Kernel {
    name: "measure.label/flatten",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        blocks::UNION_FIND,
        include_str!("../../shaders/measure/label_flatten.wgsl"),
    ],
    params: FlattenParams::LAYOUT,
};

pub(super) static MERGE: Kernel = Kernel {
    name: "measure.label/merge",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/measure/label_class.wgsl"),
        blocks::UNION_FIND,
        include_str!("../../shaders/measure/label_merge.wgsl"),
    ],
    params: MergeParams::LAYOUT,
};

pub(super) static COUNT: Kernel = Kernel {
    name: "measure.label/count",
    workgroup: [256, 1, 1],
    bindings: rank::COUNT_BINDINGS,
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/measure/label_flag.wgsl"),
        blocks::INVOCATION,
        blocks::REDUCTION,
        include_str!("../../shaders/shared/rank_count.wgsl"),
    ],
    params: rank::PARAMS,
};

pub(super) static RANK: Kernel = Kernel {
    name: "measure.label/rank",
    workgroup: [256, 1, 1],
    bindings: rank::NUMBER_BINDINGS,
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/measure/label_flag.wgsl"),
        blocks::INVOCATION,
        blocks::SCAN,
        include_str!("../../shaders/shared/rank_number.wgsl"),
    ],
    params: rank::PARAMS,
};

pub(super) static NUMBER: Kernel = Kernel {
    name: "measure.label/number",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/measure/label_number.wgsl"),
    ],
    params: NumberParams::LAYOUT,
};

/// Numbers the connected regions of equal value from 1, by their first pixel in raster order; scikit-image's `label`.
///
/// Takes one channel of any dtype, gives `i32` with background 0. Floats are cut to whole numbers first, and NaN is
/// background.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, [`GpuError::Binding`] for an image too large to be bound at once, as links
/// lead anywhere in it, and those of the device.
pub fn label(image: &GpuImage, background: i64, connectivity: Connectivity) -> Result<GpuImage> {
    let operation = "measure.label";
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    let bytes = byte_length(operation, shape, DType::I32)?;
    image.engine.check_binding(operation, "the forest of all labels", bytes)?;
    let pixels = shape.pixels();
    let (width, count, workgroups) = (shape.width, pixels as u32, pixels.div_ceil(256));
    let class = background_class(image.dtype(), background);
    let constants = [("DTYPE", image.dtype().constant())];
    let labels = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let labels = recording.buffer(bytes)?;
        let start = StartParams {
            width,
            count,
            background: class.unwrap_or(0),
            has_background: u32::from(class.is_some()),
            connectivity: connectivity as u32,
        };
        let merge = MergeParams { width, count, connectivity: connectivity as u32 };
        let both = &[(&*source).into(), (&labels).into()];
        recording.dispatch(&START, &constants, &start, both, workgroups)?;
        recording.dispatch(
            &FLATTEN,
            &[],
            &FlattenParams { count },
            &[(&labels).into()],
            workgroups,
        )?;
        recording.dispatch(&MERGE, &constants, &merge, both, workgroups)?;
        recording.dispatch(
            &FLATTEN,
            &[],
            &FlattenParams { count },
            &[(&labels).into()],
            workgroups,
        )?;
        let ranks = recording.buffer(bytes)?;
        rank(recording, &COUNT, &RANK, &labels, pixels, &ranks)?;
        let number = NumberParams { count };
        recording.dispatch(
            &NUMBER,
            &[],
            &number,
            &[(&ranks).into(), (&labels).into()],
            workgroups,
        )?;
        Ok(labels)
    })?;
    let mut labels = GpuImage::new(&image.engine, labels, shape, DType::I32);
    labels.numbered = true;
    Ok(labels)
}

/// What shaders compare background pixels by, if a sample of this dtype can be the background.
fn background_class(dtype: DType, background: i64) -> Option<u32> {
    if dtype == DType::F32 {
        let value = background as f32;
        return (value as i64 == background).then(|| value.to_bits());
    }
    i32::try_from(background).ok().map(i32::cast_unsigned)
}
