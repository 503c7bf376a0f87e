//! A pass of a separable filter in 64 bits, by integers: each step is rounded as `f64`s are, in the order of the reference.

use crate::border::{Border, BorderMode};
use crate::error::{GpuError, Result};
use crate::image::Shape;
use crate::long_work::LongWork;
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Tile, Unit};

params!(PassParams {
    width: u32,
    height: u32,
    top: u32,
    rows: u32,
    source_first: u32,
    beyond_first: u32,
    shares_first: u32,
    result_first: u32,
    radius: u32,
    radius_down: u32,
    cval_high: u32,
    cval_low: u32,
    down: u32,
    odd: u32
});

/// Arithmetic of 64 bits.
pub(crate) const ARITHMETIC: &str = concat!(
    include_str!("../../shaders/shared/line.wgsl"),
    include_str!("../../shaders/shared/long.wgsl"),
    include_str!("../../shaders/shared/ieee754.wgsl"),
    include_str!("../../shaders/shared/binary64.wgsl"),
);

/// The kernel of a pass, under a name of the operation that it is of.
pub(crate) const fn kernel(name: &'static str) -> Kernel {
    Kernel {
        name,
        workgroup: [64, 1, 1],
        bindings: &[
            Binding::Read(1),
            Binding::Read(4),
            Binding::Read(2),
            Binding::Read(3),
            Binding::Write(5),
        ],
        sources: &[
            ARITHMETIC,
            include_str!("../../shaders/shared/border.wgsl"),
            include_str!("../../shaders/filters/pass64.wgsl"),
        ],
        params: PassParams::LAYOUT,
    }
}

/// What a filter does along one axis.
pub(crate) struct Pass<'a> {
    pub(crate) kernel: &'static Kernel,
    pub(crate) shape: Shape,
    /// From the centre outwards.
    pub(crate) weights: &'a [f64],
    /// Down the rows, else across the columns.
    pub(crate) is_down: bool,
    /// Whether weights have the other sign before a sample: a difference. The one at the centre is 0.
    pub(crate) is_odd: bool,
    pub(crate) border: Border,
    pub(crate) shares: &'a Shares<'a>,
}

/// What the result is divided by.
pub(crate) enum Shares<'a> {
    Nothing,
    /// A number for each distance from the edges within the reach of the kernels, of which the one down the rows has this radius.
    Table(Vec<u32>, u32),
    /// A number for each pixel, to which the last bit of 1 is added.
    Image(&'a Storage),
}

impl Pass<'_> {
    /// The image filtered; 64 bits for each pixel, in both.
    pub(crate) fn record(
        &self,
        recording: &mut Recording<'_>,
        source: &Storage,
    ) -> Result<Storage> {
        let Shape { height, width, .. } = self.shape;
        let radius = self.weights.len() as u32 - 1;
        let row_work = u64::from(width) * self.weights.len() as u64;
        let work = LongWork::begin(recording, height.into(), row_work)?;
        let weights: Vec<u32> = self.weights.iter().copied().map(normal).flat_map(words).collect();
        let weights = work.table(recording, bytemuck::cast_slice(&weights))?;
        let shared = match self.shares {
            Shares::Table(numbers, _) => {
                Some(work.table(recording, bytemuck::cast_slice(numbers))?)
            }
            _ => None,
        };
        let row = 8 * u64::from(width);
        let (kind, radius_down, shares) = match (self.shares, &shared) {
            (Shares::Image(shares), _) => (2, 0, Need::part(shares, row)),
            (Shares::Table(_, radius), Some(table)) => (1, *radius, Need::Whole(table.bound())),
            _ => (0, 0, Need::Whole(weights.bound())),
        };
        let result = recording.buffer(8 * self.shape.pixels())?;
        let halo = if self.is_down { radius.into() } else { 0 };
        let length = if self.is_down { height } else { width };
        let [border, far] = self.border.mode.constants(radius, length);
        let [cval_high, cval_low] = words(self.border.cval);
        let rows_of = |tile: &Tile, first: u32, rows: u32| PassParams {
            width,
            height,
            top: tile.first + first,
            rows,
            source_first: tile.first_words[0],
            beyond_first: tile.first_words[1],
            shares_first: tile.first_words[3],
            result_first: tile.first_words[4],
            radius,
            radius_down,
            cval_high,
            cval_low,
            down: self.is_down.into(),
            odd: u32::from(self.is_odd) << 31,
        };
        recording.cut(
            (Unit::Row, height.into()),
            &[
                Need::Part { storage: source, bytes: row, halo },
                Need::Wrapped { storage: source, bytes: row, halo },
                Need::Whole(weights.bound()),
                shares,
                Need::part(&result, row),
            ],
            |recording, tile, buffers| {
                let constants = [
                    ("SHARES", f64::from(kind)),
                    border,
                    far,
                    ("WINDOWED", f64::from(u8::from(tile.windowed))),
                ];
                work.record(recording, tile.units, |recording, first, rows| {
                    let workgroups = (u64::from(rows) * u64::from(width)).div_ceil(64);
                    let params = rows_of(tile, first, rows);
                    recording.dispatch(self.kernel, &constants, &params, buffers, workgroups)
                })
            },
        )?;
        Ok(result)
    }
}

/// How far a line may lead, with what a kernel of so many weights takes beyond its ends: positions are signed in the shader.
pub(crate) fn check_reach(operation: &str, shape: Shape, weights: usize) -> Result<()> {
    let reach = u64::from(shape.height.max(shape.width)) + weights as u64 - 1;
    let limit = i32::MAX as u64;
    if reach > limit {
        return Err(GpuError::Limit { operation: operation.to_owned(), bytes: reach, limit });
    }
    Ok(())
}

/// Fails for a number whose powers, with what samples and weights make of them, 64 bits might not hold: what is subnormal or infinite.
pub(crate) fn check_number(operation: &str, name: &str, number: f64) -> Result<()> {
    if (1e-30..=1e30).contains(&number.abs()) {
        return Ok(());
    }
    let message = format!("{name} {number}: only from 1e-30 to 1e30");
    Err(GpuError::unsupported(operation, message))
}

/// The same of what lies beyond the edge, which may be 0.
pub(crate) fn check_border(operation: &str, Border { mode, cval }: Border) -> Result<()> {
    if mode != BorderMode::Constant || cval == 0.0 {
        return Ok(());
    }
    check_number(operation, "cval", cval)
}

/// The arithmetic has nothing subnormal: the least number that is not, where there was something.
fn normal(weight: f64) -> f64 {
    if weight.is_subnormal() { f64::MIN_POSITIVE.copysign(weight) } else { weight }
}

/// The two halves of a number, the upper one first.
pub(crate) fn words(number: f64) -> [u32; 2] {
    [(number.to_bits() >> 32) as u32, number.to_bits() as u32]
}

#[cfg(test)]
mod tests {
    use crate::filters::{Frangi, Scale, frangi};
    use crate::settings::Settings;
    use crate::{Border, BorderMode, DType, GpuImage, Shape, engine_of_its_own};

    #[test]
    fn what_takes_long_is_submitted_part_by_part() {
        let own = || engine_of_its_own(&Settings::from_environment());
        if own().is_err() {
            return;
        }
        let shape = Shape { height: 31, width: 17, channels: 1 };
        let samples: Vec<u8> = (0..31 * 17_u32).map(|i| (i * i % 251) as u8).collect();
        let scale = Scale { gaussian: &[0.4, 0.2, 0.1], derivative: &[0.0, 0.4, 0.4] };
        let options = Frangi {
            scales: &[scale, scale],
            beta: 0.5,
            gamma: None,
            black_ridges: true,
            border: Border { mode: BorderMode::Wrap, cval: 0.0 },
        };
        let found = |most_work: u64| {
            // No buffers of the run before, which have the right results already.
            let engine = own().unwrap();
            engine.recorder().most_work = most_work;
            let before = engine.stats().submissions;
            let image = GpuImage::upload(&engine, &samples, shape, DType::U8).unwrap();
            let ridges = frangi(&image, &options).unwrap();
            let mut out = vec![0; 4 * samples.len()];
            ridges.download(&mut out).unwrap();
            (out, engine.stats().submissions - before)
        };
        let (at_once, submissions) = found(u64::MAX);
        assert!(submissions <= 2, "{submissions} submissions of all at once");
        // Passes of three weights: one and a half of them, a few rows, a part of a row.
        for (most_work, least) in [(2400, 20), (200, 160), (10, 600)] {
            let (in_parts, submissions) = found(most_work);
            assert!(at_once == in_parts, "{most_work}");
            assert!(submissions >= least, "{submissions} submissions of {most_work}");
        }
    }
}
