use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::long_work::LongWork;
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(BackgroundParams { width: u32, height: u32, top: u32, strips: u32, first_word: u32 });
params!(DownParams {
    width: u32,
    height: u32,
    blocks: u32,
    top: u32,
    rows: u32,
    away_first: u32,
    least_first: u32,
    sampling: f32
});
params!(AcrossParams {
    width: u32,
    blocks: u32,
    top: u32,
    rows: u32,
    away_first: u32,
    least_first: u32,
    distances_first: u32,
    sampling_row: f32,
    sampling_column: f32
});

/// The largest side: software adapters end what loops for longer.
const LARGEST: u32 = 16_384;
/// Between these the squares of all distances in such images are normal numbers of 32 bits.
const SAMPLING: std::ops::RangeInclusive<f64> = 1e-12..=1e12;
/// Rows in a word of background.
const STRIP: u32 = 32;
/// Pixels side by side, of which the least distance is known.
const BLOCK: u32 = 8;
/// Blocks of a row, or strips of a column, that take no longer to leave out than a sum and product of 64 bits, each by a few dozen operations.
const LEFT_OUT: u64 = 8;

pub(super) static BACKGROUND: Kernel = Kernel {
    name: "morphology.distanceTransformEdt/background",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/morphology/distance_background.wgsl"),
    ],
    params: BackgroundParams::LAYOUT,
};

pub(super) static DOWN: Kernel = Kernel {
    name: "morphology.distanceTransformEdt/down",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/morphology/distance_far.wgsl"),
        include_str!("../../shaders/morphology/distance_down.wgsl"),
    ],
    params: DownParams::LAYOUT,
};

pub(super) static ACROSS: Kernel = Kernel {
    name: "morphology.distanceTransformEdt/across",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/morphology/distance_far.wgsl"),
        include_str!("../../shaders/morphology/distance_across.wgsl"),
    ],
    params: AcrossParams::LAYOUT,
};

/// How far each pixel is from the nearest one that is 0; SciPy's `distance_transform_edt`. `sampling` is a pixel's height and width.
///
/// Takes one channel of any dtype, gives `f32`. What is not 0, NaN too, is at a distance; where nothing is 0, SciPy measures to the pixel
/// above the first one. The nearest background in each column is found by its bits, 32 rows at once, then the nearest of those along the
/// rows (T. Saito, J. Toriwaki, "New algorithms for Euclidean distance transformation of an n-dimensional digitized picture with
/// applications", Pattern Recognition 27, 1994).
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, [`GpuError::Unsupported`] for sides above 16,384 and for a sampling below 1e-12 or above
/// 1e12, [`GpuError::Binding`] for a bit of each pixel that cannot be bound at once, and those of the device.
pub fn distance_transform_edt(image: &GpuImage, sampling: [f64; 2]) -> Result<GpuImage> {
    let operation = "morphology.distanceTransformEdt";
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    let longest = shape.height.max(shape.width);
    if longest > LARGEST {
        let reason = format!("a side of {longest} pixels; at most {LARGEST}");
        return Err(GpuError::unsupported(operation, reason));
    }
    if let Some(side) = sampling.into_iter().find(|side| !SAMPLING.contains(side)) {
        let reason = format!("sampling {side:e}; only from 1e-12 to 1e12");
        return Err(GpuError::unsupported(operation, reason));
    }
    let bytes = byte_length(operation, shape, DType::F32)?;
    let [sampling_row, sampling_column] = sampling.map(|side| side as f32);
    let (width, height) = (shape.width, u64::from(shape.height));
    let (strips, blocks) = (height.div_ceil(STRIP.into()), width.div_ceil(BLOCK));
    let (row, of_blocks) = (4 * u64::from(width), 4 * u64::from(blocks));
    image.engine.check_binding(operation, "a bit of each pixel", strips * row)?;
    let groups = |units: u32, rows: u32| (u64::from(units) * u64::from(rows)).div_ceil(256);
    let distances = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let background = recording.buffer(strips * row)?;
        let bits = || Need::Whole((&background).into());
        let in_strip = u64::from(STRIP) * u64::from(width) * image.pixel_bytes();
        let needs = [Need::part(&source, in_strip), bits()];
        recording.cut((Unit::Row, strips), &needs, |recording, tile, buffers| {
            let params = BackgroundParams {
                width,
                height: shape.height,
                top: tile.first,
                strips: tile.units,
                first_word: tile.first_words[0],
            };
            let constants = [("DTYPE", image.dtype().constant())];
            let workgroups = groups(width, tile.units);
            recording.dispatch(&BACKGROUND, &constants, &params, buffers, workgroups)
        })?;
        let (away, least) = (recording.buffer(bytes)?, recording.buffer(of_blocks * height)?);
        let needs = [bits(), Need::part(&away, row), Need::part(&least, of_blocks)];
        // Where a column has next to no background, its pixels look at all its strips.
        let row_work = (u64::from(width) * strips).div_ceil(LEFT_OUT);
        let work = LongWork::begin(recording, height, row_work)?;
        recording.cut((Unit::Row, height), &needs, |recording, tile, buffers| {
            work.record(recording, tile.units, |recording, first, rows| {
                let params = DownParams {
                    width,
                    height: shape.height,
                    blocks,
                    top: tile.first + first,
                    rows,
                    away_first: tile.first_words[1],
                    least_first: tile.first_words[2],
                    sampling: sampling_row,
                };
                recording.dispatch(&DOWN, &[], &params, buffers, groups(blocks, rows))
            })
        })?;
        let distances = recording.buffer(bytes)?;
        let needs =
            [Need::part(&away, row), Need::part(&least, of_blocks), Need::part(&distances, row)];
        // Where there is next to no background, pixels look at all blocks of their row.
        let row_work = (u64::from(width) * u64::from(blocks)).div_ceil(LEFT_OUT);
        let work = LongWork::begin(recording, height, row_work)?;
        recording.cut((Unit::Row, height), &needs, |recording, tile, buffers| {
            work.record(recording, tile.units, |recording, first, rows| {
                let params = AcrossParams {
                    width,
                    blocks,
                    top: tile.first + first,
                    rows,
                    away_first: tile.first_words[0],
                    least_first: tile.first_words[1],
                    distances_first: tile.first_words[2],
                    sampling_row,
                    sampling_column,
                };
                recording.dispatch(&ACROSS, &[], &params, buffers, groups(width, rows))
            })
        })?;
        Ok(distances)
    })?;
    Ok(GpuImage::new(&image.engine, distances, shape, DType::F32))
}

#[cfg(test)]
mod tests {
    use super::distance_transform_edt;
    use crate::settings::Settings;
    use crate::{DType, GpuImage, Shape, engine_of_its_own};

    #[test]
    fn large_images_are_submitted_part_by_part() {
        let own = || engine_of_its_own(&Settings::from_environment());
        if own().is_err() {
            return;
        }
        let found = |shape: Shape, samples: &[u8], most_work: u64| {
            // No buffers of the run before, which have the right results already.
            let engine = own().unwrap();
            engine.recorder().most_work = most_work;
            let image = GpuImage::upload(&engine, samples, shape, DType::U8).unwrap();
            let distances = distance_transform_edt(&image, [1.0, 0.5]).unwrap();
            let mut out = vec![0; 4 * samples.len()];
            distances.download(&mut out).unwrap();
            (out, engine.stats().submissions)
        };
        let check = |height: u32,
                     width: u32,
                     is_background: fn(u32) -> bool,
                     parts: &[(u64, u64)]| {
            let samples: Vec<u8> =
                (0..height * width).map(|i| u8::from(!is_background(i))).collect();
            let shape = Shape { height, width, channels: 1 };
            let (all, at_once) = found(shape, &samples, u64::MAX);
            for &(most_work, least) in parts {
                let (in_parts, submissions) = found(shape, &samples, most_work);
                assert!(in_parts == all, "{most_work}");
                assert!(submissions >= at_once + least, "{submissions} submissions of {most_work}");
            }
        };
        // 20 × 2 / 8 a row down columns, 20 × 3 / 8 along rows: some rows, one, a part of one.
        check(33, 20, |i| i % 87 == 5, &[(40, 11), (8, 65), (1, 65)]);
        // 4 × 10 / 8 and 4 / 8, all columns but one without background: 40 parts down columns, 8 along rows.
        check(320, 4, |i| i == 319 * 4, &[(40, 47)]);
    }
}
