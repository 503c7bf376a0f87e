//! Operations drawn by chance, and samples that are hard to keep.

use tagswitch_kernels_gpu::{DType, GpuImage, Shape, color, util};

use crate::oracle::{self, Samples};
use crate::support::{download, noise};

#[derive(Debug, Clone, Copy)]
pub enum Operation {
    Invert(bool),
    Gray,
    Rgb,
    Greater(f64),
}

impl Operation {
    pub fn run(self, image: &GpuImage) -> GpuImage {
        match self {
            Self::Invert(signed_float) => util::invert(image, signed_float),
            Self::Gray => color::rgb2gray(image),
            Self::Rgb => color::gray2rgb(image),
            Self::Greater(threshold) => util::greater(image, threshold),
        }
        .unwrap()
    }

    pub fn fits(self, channels: u32) -> bool {
        match self {
            Self::Invert(_) => true,
            Self::Gray => channels == 3,
            Self::Rgb | Self::Greater(_) => channels == 1,
        }
    }

    /// The samples by the oracle, where it is exact.
    pub fn expected(self, samples: &Samples) -> Option<Samples> {
        match self {
            Self::Invert(signed_float) => Some(oracle::invert(samples, signed_float)),
            Self::Gray => None,
            Self::Rgb => Some(oracle::gray2rgb(samples)),
            Self::Greater(threshold) => Some(Samples::U8(oracle::greater(samples, threshold))),
        }
    }
}

pub fn samples_of(image: &GpuImage) -> Samples {
    match image.dtype() {
        DType::U8 => Samples::U8(download(image)),
        DType::U16 => Samples::U16(download(image)),
        DType::I32 => Samples::I32(download(image)),
        DType::F32 => Samples::F32(download(image)),
    }
}

/// Noise, and of floats what is hard to keep as well.
pub fn hard(shape: Shape, dtype: DType, seed: u64) -> Samples {
    let mut samples = noise(shape, dtype, seed);
    if let Samples::F32(values) = &mut samples {
        let special = [
            0x7fc1_2345,
            0xff80_0001,
            0x8000_0000,
            1,
            0x807f_ffff,
            0x7f80_0000,
            0xff80_0000,
            0x7f7f_ffff,
        ];
        for (value, bits) in values.iter_mut().skip(1).step_by(3).zip(special) {
            *value = f32::from_bits(bits);
        }
        for value in values.iter_mut().skip(2).step_by(7) {
            *value = (*value - 0.5) * 1e4;
        }
    }
    samples
}

/// Reproducible choices.
pub struct Draw(pub u64);

impl Draw {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % limit
    }

    pub fn operations(&mut self, mut channels: u32, count: usize) -> Vec<Operation> {
        let all = [
            Operation::Invert(false),
            Operation::Invert(true),
            Operation::Gray,
            Operation::Rgb,
            Operation::Greater(0.25),
            Operation::Greater(100.5),
        ];
        let mut chosen = Vec::new();
        while chosen.len() < count {
            let operation = all[self.below(all.len())];
            // A mask ends what there is to see of floats.
            let is_mask = matches!(operation, Operation::Greater(_));
            if !operation.fits(channels)
                || (is_mask && chosen.len() + 1 < count && self.below(4) > 0)
            {
                continue;
            }
            channels = match operation {
                Operation::Gray => 1,
                Operation::Rgb => 3,
                _ => channels,
            };
            chosen.push(operation);
        }
        chosen
    }
}
