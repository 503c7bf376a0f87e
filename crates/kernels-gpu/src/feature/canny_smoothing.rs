//! The image that edges are found in: blurred in 64 bits, less what the blur took in from where there is no image.

use std::array::from_fn;

use crate::border::{Border, BorderMode};
use crate::error::Result;
use crate::image::{DType, GpuImage, Shape};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Unit};

params!(IntensityParams { count: u32, scale_high: u32, scale_low: u32 });
params!(BlurParams {
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
    cval_low: u32
});

/// Arithmetic of 64 bits.
pub(super) const ARITHMETIC: [&str; 4] = [
    include_str!("../../shaders/shared/line.wgsl"),
    include_str!("../../shaders/shared/long.wgsl"),
    include_str!("../../shaders/shared/ieee754.wgsl"),
    include_str!("../../shaders/shared/binary64.wgsl"),
];

pub(super) static INTENSITY: Kernel = Kernel {
    name: "feature.canny/intensity",
    workgroup: [64, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        ARITHMETIC[0],
        ARITHMETIC[1],
        ARITHMETIC[2],
        ARITHMETIC[3],
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/feature/canny_intensity.wgsl"),
    ],
    params: IntensityParams::LAYOUT,
};

pub(super) static BLUR: Kernel = Kernel {
    name: "feature.canny/blur",
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::Read(1),
        Binding::Read(4),
        Binding::Read(2),
        Binding::Read(3),
        Binding::Write(5),
    ],
    sources: &[
        ARITHMETIC[0],
        ARITHMETIC[1],
        ARITHMETIC[2],
        ARITHMETIC[3],
        include_str!("../../shaders/shared/source_windows.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/feature/canny_blur.wgsl"),
    ],
    params: BlurParams::LAYOUT,
};

/// A Gaussian and what it meets beyond the edge.
#[derive(Clone, Copy)]
pub(super) struct Blur<'a> {
    pub(super) shape: Shape,
    /// Weights down the rows and across the columns, from the centre outwards.
    pub(super) weights: [&'a [f64]; 2],
    pub(super) border: Border,
}

/// What an image is divided by when it was blurred.
enum Shares<'a> {
    Nothing,
    /// A number for each distance from the edges.
    Table(Vec<u32>),
    /// A number for each pixel, to which the last bit of 1 is added.
    Image(&'a Storage),
}

impl Blur<'_> {
    /// The intensities, blurred; 64 bits for each pixel.
    pub(super) fn smoothed(
        &self,
        recording: &mut Recording<'_>,
        image: &GpuImage,
        mask: Option<&GpuImage>,
    ) -> Result<Storage> {
        let intensities = self.numbers(recording, image, mask, false)?;
        let Some(mask) = mask else {
            let shares = match self.border.mode {
                BorderMode::Constant => Shares::Table(self.shares()),
                _ => Shares::Nothing,
            };
            return self.blurred(recording, intensities, &shares);
        };
        let present = self.numbers(recording, mask, None, true)?;
        let shares = self.blurred(recording, present, &Shares::Nothing)?;
        self.blurred(recording, intensities, &Shares::Image(&shares))
    }

    /// The samples in 64 bits: intensities, 0 outside of a mask, or whether a mask has pixels.
    fn numbers(
        &self,
        recording: &mut Recording<'_>,
        image: &GpuImage,
        mask: Option<&GpuImage>,
        presence: bool,
    ) -> Result<Storage> {
        let dtype = image.dtype();
        let source = image.storage(recording)?;
        let within = mask.map(|mask| mask.storage(recording)).transpose()?;
        let result = recording.buffer(8 * self.shape.pixels())?;
        let [scale_high, scale_low] = words(scale(dtype));
        let flag = |set: bool| f64::from(u8::from(set));
        let bytes = dtype.bytes() as u64;
        recording.tiled(
            &INTENSITY,
            &[
                ("DTYPE", dtype.constant()),
                ("MASKED", flag(mask.is_some())),
                ("PRESENCE", flag(presence)),
            ],
            (Unit::Pixel, self.shape.pixels()),
            &[
                Need::part(&source, bytes),
                within.as_ref().map_or(Need::part(&source, bytes), |within| Need::part(within, 1)),
                Need::part(&result, 8),
            ],
            |tile| {
                let params = IntensityParams { count: tile.units, scale_high, scale_low };
                (params, u64::from(tile.units).div_ceil(64))
            },
        )?;
        Ok(result)
    }

    fn blurred(
        &self,
        recording: &mut Recording<'_>,
        source: Storage,
        shares: &Shares<'_>,
    ) -> Result<Storage> {
        let down = self.pass(recording, &source, true, &Shares::Nothing)?;
        drop(source);
        self.pass(recording, &down, false, shares)
    }

    fn pass(
        &self,
        recording: &mut Recording<'_>,
        source: &Storage,
        is_down: bool,
        shares: &Shares<'_>,
    ) -> Result<Storage> {
        let Shape { height, width, .. } = self.shape;
        let weights = self.weights[usize::from(!is_down)];
        let radii = self.weights.map(|weights| weights.len() as u32 - 1);
        let radius = radii[usize::from(!is_down)];
        let length = if is_down { height } else { width };
        let weights: Vec<u32> = weights.iter().copied().flat_map(words).collect();
        let weights = recording.table(bytemuck::cast_slice(&weights))?;
        let table = match shares {
            Shares::Table(table) => Some(recording.table(bytemuck::cast_slice(table))?),
            _ => None,
        };
        let (kind, row) = (u8::from(table.is_some()), 8 * u64::from(width));
        let (kind, shares) = match (shares, &table) {
            (Shares::Image(shares), _) => (2, Need::part(shares, row)),
            (_, Some(table)) => (kind, Need::Whole(table.bound())),
            (_, None) => (kind, Need::Whole(weights.bound())),
        };
        let result = recording.buffer(8 * self.shape.pixels())?;
        let halo = if is_down { radius.into() } else { 0 };
        let [border, far] = self.border.mode.constants(radius, length);
        let [cval_high, cval_low] = words(self.border.cval);
        recording.tiled(
            &BLUR,
            &[("DOWN", f64::from(u8::from(is_down))), ("SHARES", f64::from(kind)), border, far],
            (Unit::Row, height.into()),
            &[
                Need::Part { storage: source, bytes: row, halo },
                Need::Wrapped { storage: source, bytes: row, halo },
                Need::Whole(weights.bound()),
                shares,
                Need::part(&result, row),
            ],
            |tile| {
                let params = BlurParams {
                    width,
                    height,
                    top: tile.first,
                    rows: tile.units,
                    source_first: tile.first_words[0],
                    beyond_first: tile.first_words[1],
                    shares_first: tile.first_words[3],
                    result_first: tile.first_words[4],
                    radius,
                    radius_down: radii[0],
                    cval_high,
                    cval_low,
                };
                (params, (u64::from(tile.units) * u64::from(width)).div_ceil(64))
            },
        )?;
        Ok(result)
    }

    /// What an image of ones beyond which there is a constant is when it was blurred, and the last bit of 1: one number for each distance
    /// from the edges within the kernel's reach, and one for all beyond it.
    fn shares(&self) -> Vec<u32> {
        let Border { cval, .. } = self.border;
        let sides = [self.shape.height, self.shape.width].map(|side| side as usize);
        // A line no longer than a kernel has all distances that there are.
        let [rows, columns] = from_fn(|axis| sides[axis].min(2 * self.weights[axis].len() - 1));
        let weigh = |weights: &[f64], inside: f64, at: usize, length: usize| {
            let sample = |within: bool| if within { inside } else { cval };
            let mut sum = weights[0] * inside;
            for (distance, weight) in weights.iter().enumerate().skip(1).rev() {
                sum += weight * (sample(at >= distance) + sample(at + distance < length));
            }
            sum
        };
        let [down, across] = self.weights;
        let pixels = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        let share = |(row, column)| {
            let line = weigh(down, 1.0, row, rows);
            weigh(across, line, column, columns) + f64::EPSILON
        };
        pixels.map(share).flat_map(words).collect()
    }
}

/// The two halves of a number, the upper one first.
pub(super) fn words(number: f64) -> [u32; 2] {
    [(number.to_bits() >> 32) as u32, number.to_bits() as u32]
}

/// From level to intensity, in 64 bits.
fn scale(dtype: DType) -> f64 {
    match dtype {
        DType::U8 => 1.0 / 255.0,
        DType::U16 => 1.0 / 65_535.0,
        DType::I32 => 1.0 / 2_147_483_647.0,
        DType::F32 => 1.0,
    }
}
