//! The image that edges are found in: blurred in 64 bits, less what the blur took in from where there is no image.

use std::array::from_fn;

use crate::border::{Border, BorderMode};
use crate::error::Result;
use crate::filters::pass64::{self, ARITHMETIC, Pass, Shares, words};
use crate::image::{DType, GpuImage, Shape};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Unit};

params!(IntensityParams { count: u32, scale_high: u32, scale_low: u32 });

pub(super) static INTENSITY: Kernel = Kernel {
    name: "feature.canny/intensity",
    workgroup: [64, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        ARITHMETIC,
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/feature/canny_intensity.wgsl"),
    ],
    params: IntensityParams::LAYOUT,
};

pub(super) static BLUR: Kernel = pass64::kernel("feature.canny/blur");

/// A Gaussian and what it meets beyond the edge.
#[derive(Clone, Copy)]
pub(super) struct Blur<'a> {
    pub(super) shape: Shape,
    /// Weights down the rows and across the columns, from the centre outwards.
    pub(super) weights: [&'a [f64]; 2],
    pub(super) border: Border,
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
                BorderMode::Constant => {
                    Shares::Table(self.shares(), self.weights[0].len() as u32 - 1)
                }
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
        let pass = |is_down: bool, shares| Pass {
            kernel: &BLUR,
            shape: self.shape,
            weights: self.weights[usize::from(!is_down)],
            is_down,
            is_odd: false,
            border: self.border,
            shares,
        };
        let down = pass(true, &Shares::Nothing).record(recording, &source)?;
        drop(source);
        pass(false, shares).record(recording, &down)
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

/// From level to intensity, in 64 bits.
fn scale(dtype: DType) -> f64 {
    match dtype {
        DType::U8 => 1.0 / 255.0,
        DType::U16 => 1.0 / 65_535.0,
        DType::I32 => 1.0 / 2_147_483_647.0,
        DType::F32 => 1.0,
    }
}
