use std::borrow::Cow;

use super::resample::{Pass, Taps};
use super::spline::Degree;
use crate::border::BorderMode;
use crate::device::Engine;
use crate::error::Result;
use crate::image::{DType, Shape};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Unit};

/// Samples that weigh anything in the sum at a line's start: of the slowest of the filters, the last of them 10⁻¹¹.
const HORIZON: u32 = 32;

params!(SweepParams {
    row: u32,
    top: u32,
    rows: u32,
    height: u32,
    first_word: u32,
    upwards: u32,
    pole: f32
});

pub(super) static SWEEP: Kernel = Kernel {
    name: "transform.spline/sweep",
    workgroup: [32, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/transform/spline_sweep.wgsl"),
    ],
    params: SweepParams::LAYOUT,
};

/// The filter of a degree down the columns of some rows.
pub(super) struct Filter {
    /// Rows, and samples of each.
    size: [u32; 2],
    sweeps: Vec<Sweep>,
}

/// A recursive filter of the first order, in one direction. Its weights add up to 1, so that numbers stay about as large as they are.
struct Sweep {
    pole: f64,
    upwards: bool,
    /// The row that it begins with.
    start: Pass<'static>,
}

impl Filter {
    pub(super) fn new(
        of: (&Engine, &str),
        [rows, row]: [u32; 2],
        degree: Degree,
        mode: BorderMode,
    ) -> Result<Self> {
        let size = [rows, row];
        if rows == 1 {
            return Ok(Self { size, sweeps: Vec::new() });
        }
        let shape = Shape { height: rows, width: row, channels: 1 };
        let sweep = |(pole, upwards)| {
            let taps = start(pole, rows, mode, upwards);
            let start = Pass::down(of, Cow::Owned(taps), shape, DType::F32)?;
            Ok(Sweep { pole, upwards, start })
        };
        let directions = |pole| [(pole, false), (pole, true)];
        let sweeps = degree.poles().into_iter().flat_map(directions).map(sweep);
        Ok(Self { size, sweeps: sweeps.collect::<Result<_>>()? })
    }

    /// Records it, in place.
    pub(super) fn record(&self, recording: &mut Recording<'_>, samples: &Storage) -> Result<()> {
        let [height, row] = self.size;
        for Sweep { pole, upwards, start } in &self.sweeps {
            let start = start.record(recording, (samples, DType::F32, 1.0), 0.0)?;
            let bytes = u64::from(row) * 4;
            let needs =
                [Need::Whole((&start).into()), Need::Part { storage: samples, bytes, halo: 1 }];
            recording.swept(
                *upwards,
                (Unit::Row, height.into()),
                &needs,
                |recording, tile, bound| {
                    let params = SweepParams {
                        row,
                        top: tile.first,
                        rows: tile.units,
                        height,
                        first_word: tile.first_words[1],
                        upwards: u32::from(*upwards),
                        pole: *pole as f32,
                    };
                    recording.dispatch(&SWEEP, &[], &params, bound, u64::from(row.div_ceil(32)))
                },
            )?;
        }
        Ok(())
    }
}

/// What the first row of a sweep is a sum of, so that it is as if the image went on as its border says for ever. Padded images
/// end in what is constant, or close to it.
fn start(pole: f64, rows: u32, mode: BorderMode, upwards: bool) -> Taps {
    let last = rows - 1;
    let (mode, period) = match mode {
        BorderMode::Constant | BorderMode::Mirror => (BorderMode::Mirror, 2 * last),
        BorderMode::Nearest | BorderMode::Reflect => (BorderMode::Reflect, 2 * rows),
        BorderMode::Wrap => (BorderMode::Wrap, rows),
    };
    let taps = match (upwards, mode) {
        (true, BorderMode::Reflect) => vec![(last, 1.0)],
        (true, BorderMode::Mirror) => {
            vec![(last, 1.0 / (1.0 + pole)), (last - 1, pole / (1.0 + pole))]
        }
        _ => {
            // Of all samples before each weighs as much less as the pole says; those of one period stand for all.
            let first = (1.0 - pole) / (1.0 - pole.powf(f64::from(period)));
            let weights = std::iter::successors(Some(first), |weight| Some(weight * pole));
            let distances = (0..period.min(HORIZON)).map(i64::from);
            let before = distances.filter_map(|distance| {
                let at = if upwards { i64::from(last) + distance } else { -distance };
                mode.index(at, rows)
            });
            before.zip(weights).collect()
        }
    };
    let taps = taps.into_iter().map(|(index, weight)| (index, weight as f32));
    Taps { spans: vec![(0, 0.0)], taps: taps.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_constant_begins_as_it_is() {
        let modes = [BorderMode::Reflect, BorderMode::Mirror, BorderMode::Wrap];
        for mode in modes.into_iter().chain([BorderMode::Constant, BorderMode::Nearest]) {
            for rows in [2, 3, 7, 31, 100] {
                for upwards in [false, true] {
                    let taps = start(-0.43, rows, mode, upwards).taps;
                    let sum: f32 = taps.iter().map(|(_, weight)| weight).sum();
                    assert!((sum - 1.0).abs() < 1e-6, "{mode:?} {rows} {upwards}: {sum}");
                    assert!(taps.iter().all(|(index, _)| *index < rows));
                }
            }
        }
    }
}
