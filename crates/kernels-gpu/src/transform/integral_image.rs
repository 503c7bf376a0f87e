use crate::blocks;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Tile, Unit};

params!(AcrossParams { width: u32, top: u32, rows: u32, first_word: u32, sums_first: u32 });
params!(StripParams { width: u32, rows: u32, sums_first: u32, strips_first: u32 });
params!(CarryParams { width: u32, strips: u32 });

/// Rows of a strip, as in the shaders.
const STRIP: u64 = 64;
/// What a window takes beside its rows, at most: it begins where bindings may.
const SLACK: u64 = 260;

pub(super) static ACROSS: Kernel = Kernel {
    name: "transform.integralImage/across",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/wide.wgsl"),
        blocks::INVOCATION,
        blocks::SCAN,
        include_str!("../../shaders/transform/integral_across.wgsl"),
    ],
    params: AcrossParams::LAYOUT,
};

pub(super) static STRIPS: Kernel = Kernel {
    name: "transform.integralImage/strips",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/wide.wgsl"),
        include_str!("../../shaders/transform/integral_strips.wgsl"),
    ],
    params: StripParams::LAYOUT,
};

pub(super) static CARRY: Kernel = Kernel {
    name: "transform.integralImage/carry",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Update(1)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/wide.wgsl"),
        include_str!("../../shaders/transform/integral_carry.wgsl"),
    ],
    params: CarryParams::LAYOUT,
};

pub(super) static DOWN: Kernel = Kernel {
    name: "transform.integralImage/down",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/wide.wgsl"),
        include_str!("../../shaders/transform/integral_down.wgsl"),
    ],
    params: StripParams::LAYOUT,
};

/// The sum of the samples above and to the left of each, itself included; scikit-image's `integral_image`.
///
/// Takes one channel of integers, which are added up exactly, in 64 bits: no image on the GPU holds that, so the sums come here. Waits.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, [`GpuError::Unsupported`] for floats, [`GpuError::Binding`] for 64 rows of sums, or
/// a row of them for each 64 rows, that cannot be bound at once, and those of the device.
pub fn integral_image(image: &GpuImage) -> Result<Vec<f64>> {
    let operation = "transform.integralImage";
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    if image.dtype() == DType::F32 {
        let reason = "sums of floats need 64 bits, and the GPU has 32-bit floats only";
        return Err(GpuError::unsupported(operation, reason));
    }
    let (width, row) = (shape.width, 8 * u64::from(shape.width));
    let height = u64::from(shape.height);
    let strips = height.div_ceil(STRIP);
    image.engine.check_binding(operation, "a row of sums for each 64 rows", strips * row)?;
    let in_strips = row * STRIP;
    if height * row > image.engine.largest_binding() {
        image.engine.check_binding(operation, "64 rows of sums", in_strips + SLACK)?;
    }
    let sums = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let sums = recording.buffer(height * row)?;
        let constants = [("DTYPE", image.dtype().constant())];
        let bytes = u64::from(width) * image.pixel_bytes();
        let needs = [Need::part(&source, bytes), Need::part(&sums, row)];
        recording.cut((Unit::Row, height), &needs, |recording, tile, buffers| {
            let (top, rows) = (tile.first, tile.units);
            let [first_word, sums_first] = [tile.first_words[0], tile.first_words[1] / 2];
            let params = AcrossParams { width, top, rows, first_word, sums_first };
            recording.dispatch(&ACROSS, &constants, &params, buffers, rows.into())
        })?;
        if height > 1 {
            let before = recording.buffer(strips * row)?;
            let params = |tile: &Tile, [sums, of_strips]: [usize; 2]| StripParams {
                width,
                rows: (height - u64::from(tile.first) * STRIP).min(u64::from(tile.units) * STRIP)
                    as u32,
                sums_first: tile.first * STRIP as u32 * width - tile.first_words[sums] / 2,
                strips_first: tile.first * width - tile.first_words[of_strips] / 2,
            };
            let groups = |tile: &Tile| (u64::from(tile.units) * u64::from(width)).div_ceil(256);
            let work = (Unit::Row, strips);
            let needs = [Need::part(&sums, in_strips), Need::part(&before, row)];
            recording.cut(work, &needs, |recording, tile, buffers| {
                recording.dispatch(&STRIPS, &[], &params(tile, [0, 1]), buffers, groups(tile))
            })?;
            let carry = CarryParams { width, strips: strips as u32 };
            let buffers = [(&before).into()];
            recording.dispatch(&CARRY, &[], &carry, &buffers, u64::from(width).div_ceil(256))?;
            let needs = [Need::part(&before, row), Need::part(&sums, in_strips)];
            recording.cut(work, &needs, |recording, tile, buffers| {
                recording.dispatch(&DOWN, &[], &params(tile, [1, 0]), buffers, groups(tile))
            })?;
        }
        Ok(sums)
    })?;
    read(&image.engine, operation, &sums, |bytes| {
        let sums: Vec<[u32; 2]> = bytemuck::pod_collect_to_vec(bytes);
        let joined = |[low, high]: [u32; 2]| (u64::from(high) << 32 | u64::from(low)).cast_signed();
        sums.into_iter().map(|sum| joined(sum) as f64).collect()
    })
}
