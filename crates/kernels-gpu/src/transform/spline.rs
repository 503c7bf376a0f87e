//! Splines through the samples of an image: what is between pixels are weighted sums of coefficients, which recursive filters make of samples.

use super::spline_filter::Filter;
use crate::border::{Border, BorderMode};
use crate::error::Result;
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Part, Rows, parts, runs};

/// What SciPy puts around an image whose border its filters do not know.
const PADDING: u32 = 12;
/// Of a spline that is no straight line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Degree {
    /// 2.
    Quadratic = 2,
    /// 3.
    Cubic = 3,
    /// 4.
    Quartic = 4,
    /// 5.
    Quintic = 5,
}

params!(TurnParams {
    columns: u32,
    rows: u32,
    left: u32,
    top: u32,
    width: u32,
    source_width: u32,
    source_height: u32,
    channels: u32,
    padding: u32,
    source_first: u32,
    beyond_first: u32,
    turned_first: u32,
    cval: f32,
    scale: f32
});
pub(super) static TURN: Kernel = Kernel {
    name: "transform.spline/turn",
    workgroup: [32, 8, 1],
    bindings: &[Binding::Read(1), Binding::Read(4), Binding::Write(5)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_windows.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/transform/spline_turn.wgsl"),
    ],
    params: TurnParams::LAYOUT,
};

impl Degree {
    /// The degree of this number, from 2 to 5.
    #[must_use]
    pub fn from_order(order: u32) -> Option<Self> {
        [Self::Quadratic, Self::Cubic, Self::Quartic, Self::Quintic]
            .into_iter()
            .find(|degree| *degree as u32 == order)
    }

    /// Roots of the polynomials whose inverse filters make coefficients of samples.
    pub(super) fn poles(self) -> Vec<f64> {
        let two = |inner: f64, square: f64, outer: f64, middle: f64| {
            let [inner, outer] = [inner.sqrt(), outer.sqrt()];
            vec![(square - inner).sqrt() + outer - middle, (square + inner).sqrt() - outer - middle]
        };
        match self {
            Self::Quadratic => vec![8f64.sqrt() - 3.0],
            Self::Cubic => vec![3f64.sqrt() - 2.0],
            Self::Quartic => two(438_976.0, 664.0, 304.0, 19.0),
            Self::Quintic => two(4436.25, 67.5, 26.25, 6.5),
        }
    }
}

/// How the coefficients of an image are made, recursively along both axes after Unser, Aldroubi and Eden (1991), with what lies beyond the
/// edges as `scipy.ndimage` has it.
///
/// Filters go down columns that lie side by side. Along rows they do so in a turned image, which is turned back.
pub(crate) struct Spline {
    from: Shape,
    border: Border,
    /// Of the coefficients: the image's, or where its border needs it a larger one.
    pub(crate) shape: Shape,
    /// How many rows and columns lie before those of the image.
    pub(super) padding: u32,
    turns: [Vec<Part>; 2],
    /// Along rows, then down columns.
    filters: [Filter; 2],
}

impl Spline {
    /// # Errors
    ///
    /// [`GpuError::Limit`](crate::GpuError::Limit), [`GpuError::Binding`](crate::GpuError::Binding) where the samples that a filter begins
    /// with cannot be bound at once.
    pub(crate) fn through(
        operation: &str,
        image: &GpuImage,
        degree: Degree,
        border: Border,
    ) -> Result<Self> {
        let from = image.shape();
        let of = (&*image.engine, operation);
        let mode = border.mode;
        let padding =
            if matches!(mode, BorderMode::Constant | BorderMode::Nearest) { PADDING } else { 0 };
        let [height, width] = [from.height, from.width].map(|side| side + 2 * padding);
        let shape = Shape { height, width, ..from };
        byte_length(operation, shape, DType::F32)?;
        let row = width * from.channels;
        let source =
            Rows { count: from.height, bytes: u64::from(from.width) * image.pixel_bytes() };
        let [turned, result] = [(row, height), (height, row)]
            .map(|(count, samples)| Rows { count, bytes: u64::from(samples) * 4 });
        let index = |row: u32| mode.index(i64::from(row) - i64::from(padding), from.height);
        let turns = [
            parts(of, source, turned, (height, 0), |_, rows| {
                Some(runs(rows.clone().filter_map(index)))
            })?,
            parts(of, turned, result, (row, 0), |_, columns| Some(runs(columns.clone())))?,
        ];
        let filters = [
            Filter::new(of, [width, height * from.channels], degree, mode)?,
            Filter::new(of, [height, row], degree, mode)?,
        ];
        Ok(Self { from, border, shape, padding, turns, filters })
    }

    /// Records the coefficients, each channel's by itself, of samples times `scale`.
    pub(crate) fn record(
        &self,
        recording: &mut Recording<'_>,
        image: &GpuImage,
        scale: f32,
    ) -> Result<Storage> {
        let Self { from, border, shape, padding, turns, filters } = self;
        let samples = image.storage(recording)?;
        let row = shape.width * shape.channels;
        let turn = TurnParams {
            columns: 0,
            rows: 0,
            left: 0,
            top: 0,
            width: shape.height,
            source_width: from.width,
            source_height: from.height,
            channels: from.channels,
            padding: *padding,
            source_first: 0,
            beyond_first: 0,
            turned_first: 0,
            cval: border.cval as f32,
            scale,
        };
        let source = (&*samples, image.dtype(), border.mode);
        let turned = record_turn(recording, source, &turns[0], &turn, shape.samples())?;
        filters[0].record(recording, &turned)?;
        let back = TurnParams {
            width: row,
            source_width: shape.height,
            source_height: row,
            channels: 1,
            padding: 0,
            scale: 1.0,
            ..turn
        };
        let source = (&turned, DType::F32, BorderMode::Nearest);
        let coefficients = record_turn(recording, source, &turns[1], &back, shape.samples())?;
        filters[1].record(recording, &coefficients)?;
        Ok(coefficients)
    }
}

/// Records samples turned, part by part, by parameters that are the same for all of them.
fn record_turn(
    recording: &mut Recording<'_>,
    (source, dtype, mode): (&Storage, DType, BorderMode),
    parts: &[Part],
    params: &TurnParams,
    samples: u64,
) -> Result<Storage> {
    let turned = recording.buffer(samples * 4)?;
    let constants = [("DTYPE", dtype.constant()), ("BORDER", f64::from(mode as u8)), ("FAR", 0.0)];
    for part in parts {
        let [source_first, beyond_first, turned_first] = part.first_words();
        let [columns, rows] = [&part.columns, &part.rows].map(|range| range.end - range.start);
        let (left, top) = (part.columns.start, part.rows.start);
        let place = TurnParams { columns, rows, left, top, ..*params };
        let params = TurnParams { source_first, beyond_first, turned_first, ..place };
        recording.dispatch_part(
            (&TURN, &constants),
            part,
            &params,
            &part.bound(source, &turned),
            u64::from(columns.div_ceil(32)) * u64::from(rows.div_ceil(32)),
        )?;
    }
    Ok(turned)
}
