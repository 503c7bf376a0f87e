//! What is flooded, and what is known of each of its pixels.

use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, read};
use crate::measure::Connectivity;
use crate::params::{Layout, params};
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::rounds::settle;
use crate::storage::{Bound, Storage};

params!(ValuesParams { count: u32, dtype: u32, mask_dtype: u32 });
params!(SizeParams { width: u32, height: u32 });
params!(RoundParams { width: u32, height: u32, round: u32 });

pub(super) const OPERATION: &str = "segmentation.watershed";

/// Of kernels over all pixels.
pub(super) const SIZE: Layout = SizeParams::LAYOUT;

/// The same in rounds.
pub(super) const IN_ROUNDS: Layout = RoundParams::LAYOUT;

pub(super) const AROUND: &str = include_str!("../../shaders/shared/around.wgsl");

pub(super) static VALUES: Kernel = Kernel {
    name: "segmentation.watershed/values",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/shared/point.wgsl"),
        include_str!("../../shaders/shared/sample_in.wgsl"),
        include_str!("../../shaders/segmentation/flood_values.wgsl"),
    ],
    params: ValuesParams::LAYOUT,
};

pub(super) static ENTRIES: Kernel = Kernel {
    name: "segmentation.watershed/entries",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        AROUND,
        include_str!("../../shaders/segmentation/flood_entries.wgsl"),
    ],
    params: SizeParams::LAYOUT,
};

pub(super) static SPREAD: Kernel = Kernel {
    name: "segmentation.watershed/spread",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2), Binding::Update(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        AROUND,
        include_str!("../../shaders/segmentation/flood_spread.wgsl"),
    ],
    params: RoundParams::LAYOUT,
};

/// The side of the squares of pixels that [`SPREAD`] works on.
const SIDE: u32 = 16;

/// From where what is known spreads.
pub(super) enum Spread {
    /// From all neighbours, raised to a pixel's own value.
    Raised,
    /// From neighbours of the same value, with so much added.
    Among(u32),
}

/// An image that is to be flooded.
pub(super) struct Flood<'a> {
    pub(super) image: &'a GpuImage,
    pub(super) connectivity: Connectivity,
    /// Whether some sample has no place among the others, and whether some pixel may be reached from either of two markers.
    pub(super) doubts: Storage,
}

impl<'a> Flood<'a> {
    pub(super) fn new(image: &'a GpuImage, connectivity: Connectivity) -> Result<Self> {
        let bytes = 4 * image.shape().pixels();
        image.engine.check_binding(OPERATION, "a word for each pixel", bytes)?;
        let doubts = image.engine.record(OPERATION, |recording| recording.zeros(8))?;
        Ok(Self { image, connectivity, doubts })
    }

    /// A word for each pixel.
    pub(super) fn words(&self, recording: &mut Recording<'_>) -> Result<Storage> {
        recording.buffer(4 * self.image.shape().pixels())
    }

    /// Workgroups of 256 that have an invocation for each pixel.
    pub(super) fn workgroups(&self) -> u64 {
        self.image.shape().pixels().div_ceil(256)
    }

    /// What kernels with [`AROUND`] are to know.
    pub(super) fn corners(&self) -> (&'static str, f64) {
        ("CORNERS", f64::from(u8::from(self.connectivity == Connectivity::Eight)))
    }

    /// Samples as integers of the same order, and what is masked as one above all. Waits, and fails where a sample has no place among them.
    pub(super) fn values(&self, mask: Option<&GpuImage>) -> Result<Storage> {
        let values = self.image.engine.record(OPERATION, |recording| {
            let samples = self.image.storage(recording)?;
            let inside = mask.map(|mask| mask.storage(recording)).transpose()?;
            let values = self.words(recording)?;
            let params = ValuesParams {
                count: self.image.shape().pixels() as u32,
                dtype: self.image.dtype() as u32,
                mask_dtype: mask.map_or(DType::U8, GpuImage::dtype) as u32,
            };
            // Without a mask anything may be bound.
            let inside = inside.as_ref().unwrap_or(&samples);
            let buffers = [&*samples, inside, &values, &self.doubts].map(Bound::from);
            let constants = [("MASKED", f64::from(u8::from(mask.is_some())))];
            recording.dispatch(&VALUES, &constants, &params, &buffers, self.workgroups())?;
            Ok(values)
        })?;
        self.check_doubts()?;
        Ok(values)
    }

    /// Records a kernel over all pixels.
    pub(super) fn look(
        &self,
        recording: &mut Recording<'_>,
        kernel: &'static Kernel,
        constants: &[(&'static str, f64)],
        buffers: &[&Storage],
    ) -> Result<()> {
        let shape = self.image.shape();
        let params = SizeParams { width: shape.width, height: shape.height };
        let buffers: Vec<_> = buffers.iter().map(|&buffer| Bound::from(buffer)).collect();
        recording.dispatch(kernel, constants, &params, &buffers, self.workgroups())
    }

    /// How far pixels are from where their level was entered, where that is known beforehand.
    pub(super) fn entries(&self, levels: &Storage, markers: Option<&Storage>) -> Result<Storage> {
        self.image.engine.record(OPERATION, |recording| {
            let steps = self.words(recording)?;
            let constants = [("MARKED", f64::from(u8::from(markers.is_some()))), self.corners()];
            // Without markers anything may be bound.
            let buffers = [levels, markers.unwrap_or(levels), &steps];
            self.look(recording, &ENTRIES, &constants, &buffers)?;
            Ok(steps)
        })
    }

    /// Runs a kernel of [`IN_ROUNDS`] until it changes nothing. Waits.
    pub(super) fn settle(
        &self,
        kernel: &'static Kernel,
        constants: &[(&'static str, f64)],
        buffers: &[&Storage],
    ) -> Result<()> {
        self.rounds(kernel, constants, (0, self.workgroups()), buffers)
    }

    /// Lets the least spread until nothing changes. Waits.
    pub(super) fn spread(&self, from: &Spread, values: &Storage, state: &Storage) -> Result<()> {
        let (equal, step) = match from {
            Spread::Raised => (0.0, 0),
            Spread::Among(step) => (1.0, *step),
        };
        let constants = [("EQUAL", equal), ("STEP", f64::from(step)), self.corners()];
        let Shape { height, width, .. } = self.image.shape();
        let tiles = u64::from(width.div_ceil(SIDE)) * u64::from(height.div_ceil(SIDE));
        self.rounds(&SPREAD, &constants, (tiles, tiles), &[values, state])
    }

    /// Runs a kernel with notes for so many tiles.
    fn rounds(
        &self,
        kernel: &'static Kernel,
        constants: &[(&'static str, f64)],
        (tiles, workgroups): (u64, u64),
        buffers: &[&Storage],
    ) -> Result<()> {
        let Shape { height, width, .. } = self.image.shape();
        let size = (1 + tiles, self.image.shape().pixels());
        settle(&self.image.engine, OPERATION, size, |recording, notes, round| {
            let params = RoundParams { width, height, round };
            let buffers: Vec<_> =
                buffers.iter().chain([&notes]).map(|&buffer| Bound::from(buffer)).collect();
            recording.dispatch(kernel, constants, &params, &buffers, workgroups)
        })
    }

    /// Fails where samples or markers have no order that the GPU knows. Waits.
    pub(super) fn check_doubts(&self) -> Result<()> {
        let doubts = read(&self.image.engine, OPERATION, &self.doubts, |bytes| {
            bytemuck::pod_read_unaligned::<[u32; 2]>(&bytes[..8])
        })?;
        let reason = match doubts {
            [0, 0] => return Ok(()),
            [0, _] => {
                "ways of the same heights lead to a pixel from several markers, or from far away: which comes first only a heap tells"
            }
            _ => "NaN or 2147483647 among the samples: the GPU has no place for them",
        };
        Err(GpuError::unsupported(OPERATION, reason))
    }
}
