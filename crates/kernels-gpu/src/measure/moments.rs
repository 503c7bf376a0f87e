use crate::blocks;
use crate::error::{GpuError, Result};
use crate::image::{GpuImage, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params {
    width: u32,
    top: u32,
    rows: u32,
    first_word: u32,
    sums_first: u32,
    fours: u32,
    center: f32,
    rest: f32,
    scale: f32
});

/// Columns of a workgroup, as in the shader.
const COLUMNS: u32 = 256;

pub(super) static MOMENTS: Kernel = Kernel {
    name: "measure.moments",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        blocks::INVOCATION,
        blocks::REDUCTION,
        include_str!("../../shaders/measure/moments.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// The sums of samples times powers of their distance from a centre, `[row, column]`: `(order + 1)²` of them, those of the power 0 of the
/// row first; scikit-image's `moments` and `moments_central`.
///
/// Takes one channel of any dtype. Of 256 columns of a row at a time the GPU adds up in 32-bit floats; all else is done here in 64.
/// Waits. `operation` is for messages.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, and those of the device.
pub fn moments(
    operation: &str,
    image: &GpuImage,
    [row, column]: [f64; 2],
    order: u32,
) -> Result<Vec<f64>> {
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    let (width, height) = (shape.width, shape.height);
    let (across, fours) = (width.div_ceil(COLUMNS), order / 4 + 1);
    let furthest = column.abs().max((f64::from(width) - column).abs()).max(1.0);
    // A power of two, which takes no digits.
    let unit = furthest.log2().ceil().exp2();
    let center = column as f32;
    let sums = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let line = 16 * u64::from(across) * u64::from(fours);
        let sums = recording.buffer(line * u64::from(height))?;
        let needs =
            [Need::part(&source, u64::from(width) * image.pixel_bytes()), Need::part(&sums, line)];
        recording.cut((Unit::Row, height.into()), &needs, |recording, tile, buffers| {
            let params = Params {
                width,
                top: tile.first,
                rows: tile.units,
                first_word: tile.first_words[0],
                sums_first: tile.first_words[1],
                fours,
                center,
                rest: (column - f64::from(center)) as f32,
                scale: (1.0 / unit) as f32,
            };
            let constants = [("DTYPE", image.dtype().constant())];
            let workgroups = u64::from(across) * u64::from(tile.units);
            recording.dispatch(&MOMENTS, &constants, &params, buffers, workgroups)
        })?;
        Ok(sums)
    })?;
    let powers = order as usize + 1;
    read(&image.engine, operation, &sums, |bytes| {
        let sums: Vec<f32> = bytemuck::pod_collect_to_vec(bytes);
        let rows = sums.chunks_exact(4 * (across * fours) as usize);
        let mut moments = vec![0.0; powers * powers];
        for (r, sums) in (0..height).zip(rows) {
            let mut line = vec![0.0; powers];
            for sums in sums.chunks_exact(4 * fours as usize) {
                line.iter_mut().zip(sums).for_each(|(moment, sum)| *moment += f64::from(*sum));
            }
            let mut size = 1.0;
            for moment in &mut line {
                *moment *= size;
                size *= unit;
            }
            let mut power = 1.0;
            for moments in moments.chunks_exact_mut(powers) {
                moments.iter_mut().zip(&line).for_each(|(moment, sum)| *moment += power * sum);
                power *= f64::from(r) - row;
            }
        }
        moments
    })
}
