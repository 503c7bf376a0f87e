use tagswitch_image::ChordFootprint;

use crate::blocks;
use crate::border::BorderMode;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, read};
use crate::morphology::{Morphology, dilated};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::rank;
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Tile, Unit};
use crate::util::comparison;

params!(Params {
    width: u32,
    height: u32,
    count: u32,
    first: u32,
    rows: u32,
    columns: u32,
    threshold: u32,
    verdict: u32
});

/// Which pixels are peaks.
const PEAK: [&str; 7] = [
    include_str!("../../shaders/shared/line.wgsl"),
    include_str!("../../shaders/shared/source.wgsl"),
    include_str!("../../shaders/shared/sample.wgsl"),
    include_str!("../../shaders/shared/order.wgsl"),
    include_str!("../../shaders/shared/point.wgsl"),
    include_str!("../../shaders/util/greater.wgsl"),
    include_str!("../../shaders/feature/peak.wgsl"),
];

pub(super) static COUNT: Kernel = Kernel {
    name: "feature.peakLocalMax/count",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Update(3)],
    sources: &[
        PEAK[0],
        PEAK[1],
        PEAK[2],
        PEAK[3],
        PEAK[4],
        PEAK[5],
        PEAK[6],
        blocks::INVOCATION,
        blocks::REDUCTION,
        include_str!("../../shaders/feature/peak_count.wgsl"),
    ],
    params: Params::LAYOUT,
};

pub(super) static LIST: Kernel = Kernel {
    name: "feature.peakLocalMax/list",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources: &[
        PEAK[0],
        PEAK[1],
        PEAK[2],
        PEAK[3],
        PEAK[4],
        PEAK[5],
        PEAK[6],
        blocks::INVOCATION,
        blocks::SCAN,
        include_str!("../../shaders/feature/peak_list.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// What to take for a peak.
#[derive(Debug, Clone)]
pub struct PeakCandidates {
    /// Above what samples must be. For `f32` it is rounded to 32 bits; NaN leaves no peaks.
    pub threshold: f64,
    /// Which neighbours a peak is not below; none: there are no others, and images that are flat have peaks.
    pub footprint: Option<ChordFootprint>,
    /// Rows and columns at the border that are left out.
    pub excluded: [u32; 2],
}

/// The pixels above a threshold that no neighbour is above, row by row, each with its sample: of what scikit-image's `peak_local_max` and
/// `corner_peaks` then take the greatest. A flat image has none, but where pixels have no neighbours.
///
/// Takes one channel of any dtype. Waits, for how many there are and then for them. `operation` is for messages.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, [`GpuError::Limit`] for footprints that reach too far, [`GpuError::Binding`] for more peaks
/// than can be bound at once, and those of the device.
pub fn peak_candidates(
    operation: &str,
    image: &GpuImage,
    options: &PeakCandidates,
) -> Result<Vec<(f64, [u32; 2])>> {
    let (shape, dtype) = (image.shape(), image.dtype());
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    let footprint = options.footprint.clone().filter(|_| shape.pixels() > 1);
    let has_neighbours = footprint.is_some();
    let greatest = match footprint {
        // Beyond the edge lies what is at it.
        Some(footprint) => dilated(
            operation,
            image,
            &Morphology {
                footprint,
                mode: BorderMode::Nearest,
                erosion_cval: 0.0,
                dilation_cval: 0.0,
            },
        )?,
        None => image.clone(),
    };
    let pass = Pass { image, greatest: &greatest, options };
    let counts = image.engine.record(operation, |recording| pass.count(recording))?;
    let [all, is_varied] = read(&image.engine, operation, &counts, |bytes| {
        let last = &bytes[counts.bytes as usize - 8..counts.bytes as usize];
        bytemuck::pod_read_unaligned::<[u32; 2]>(last)
    })?;
    if all == 0 || (has_neighbours && is_varied == 0) {
        return Ok(vec![]);
    }
    let list = image.engine.record(operation, |recording| pass.list(recording, &counts, all))?;
    read(&image.engine, operation, &list, |bytes| {
        let found = bytes[..8 * all as usize].chunks_exact(8).map(|peak| {
            let [place, bits] = bytemuck::pod_read_unaligned::<[u32; 2]>(peak);
            let value = match dtype {
                DType::F32 => f32::from_bits(bits).into(),
                _ => bits.cast_signed().into(),
            };
            (value, [place / shape.width, place % shape.width])
        });
        found.collect()
    })
}

/// Both kernels look at the same.
struct Pass<'a> {
    image: &'a GpuImage,
    greatest: &'a GpuImage,
    options: &'a PeakCandidates,
}

impl Pass<'_> {
    /// How many peaks there are before each block of pixels, how many in all, and whether the image is not flat.
    fn count(&self, recording: &mut Recording<'_>) -> Result<Storage> {
        let blocks = self.image.shape().pixels().div_ceil(rank::BLOCK);
        let counts = recording.zeros(4 * (blocks + 2))?;
        self.record(recording, &COUNT, &[&counts])?;
        // The sum before what would be one more block is that of all.
        rank::sums(recording, &counts, blocks + 1)?;
        Ok(counts)
    }

    /// So many peaks, each a place and a sample.
    fn list(&self, recording: &mut Recording<'_>, counts: &Storage, all: u32) -> Result<Storage> {
        let list = recording.buffer(8 * u64::from(all))?;
        self.record(recording, &LIST, &[counts, &list])?;
        Ok(list)
    }

    fn record(
        &self,
        recording: &mut Recording<'_>,
        kernel: &'static Kernel,
        whole: &[&Storage],
    ) -> Result<()> {
        let (shape, dtype) = (self.image.shape(), self.image.dtype());
        let sources = [self.image.storage(recording)?, self.greatest.storage(recording)?];
        let bytes = rank::BLOCK * dtype.bytes() as u64;
        let parts = sources.iter().map(|source| Need::part(source, bytes));
        let needs: Vec<_> =
            parts.chain(whole.iter().map(|&buffer| Need::Whole(buffer.into()))).collect();
        let (threshold, verdict) = comparison(dtype, self.options.threshold);
        // Beyond the image nothing more is left out.
        let [rows, columns] = self.options.excluded;
        let (rows, columns) = (rows.min(shape.height), columns.min(shape.width));
        let work = (Unit::Block, shape.pixels().div_ceil(rank::BLOCK));
        recording.cut(work, &needs, |recording, tile: &Tile, buffers| {
            let params = Params {
                width: shape.width,
                height: shape.height,
                count: rank::elements(tile, shape.pixels()),
                first: tile.first,
                rows,
                columns,
                threshold,
                verdict,
            };
            let constants = [("DTYPE", dtype.constant())];
            recording.dispatch(kernel, &constants, &params, buffers, tile.units.into())
        })
    }
}
