//! Operations on pixels that know of no other pixel, as data: a WGSL function, from which kernels are generated.
//!
//! The function has the operation's name in snake case. It takes a sample, or a pixel's samples as a vector; what dtype they are; and
//! the operation's parameters, a struct that has the operation's name too. For `exposure.adjustLog`:
//!
//! ```wgsl
//! struct AdjustLog {
//!   gain: f32,
//! }
//!
//! fn adjust_log(x: u32, dtype: u32, options: AdjustLog) -> u32 {
//!   return bitcast<u32>(log2(1.0 + number(x, dtype)) * options.gain);
//! }
//! ```
//!
//! A sample is a `u32`: an unsigned one is its level, a signed one and a float are their bits. What the function gives must lie
//! within the range of its dtype. `U8`, `U16`, `I32` and `F32` are the dtypes; they, `NAN`, `INFINITY`, `number` and `numbers`
//! come from `shaders/shared/point.wgsl`, `order`, `is_nan` and `is_finite` from `order.wgsl` beside it, and what has to do with light from
//! `srgb.wgsl`.

mod chain;
mod expression;
mod kernel;
mod shader;

pub use chain::Chain;
pub(crate) use expression::Expression;

use crate::contents::Contents;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::Layout;

/// A point-wise operation.
#[derive(Debug)]
pub struct Pointwise {
    /// `module.operation`; errors and traces name it.
    pub name: &'static str,
    /// What its function is of.
    pub channels: Channels,
    /// WGSL: the function and the struct of its parameters.
    pub wgsl: &'static str,
    /// The Rust side of that struct, numbers of 32 bits; `None` for a function without one.
    pub params: Option<Layout>,
}

/// What a function is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channels {
    /// A sample; images have any number of channels and keep it.
    Each,
    /// A pixel.
    All {
        /// Channels that it takes, 1 to 4.
        takes: u32,
        /// Channels that it gives, 1 to 4.
        gives: u32,
    },
}

impl Pointwise {
    /// The image of samples of `dtype` that it makes of another.
    ///
    /// # Errors
    ///
    /// [`GpuError::Argument`] for another number of channels than it takes, [`GpuError::Limit`], and those of the device.
    pub(crate) fn apply(
        &'static self,
        image: &GpuImage,
        dtype: DType,
        params: &impl bytemuck::Pod,
    ) -> Result<GpuImage> {
        let given = image.shape();
        let shape = Shape { channels: self.channels_of(given.channels)?, ..given };
        let bytes = byte_length(self.name, shape, dtype)?;
        let params = bytemuck::bytes_of(params);
        debug_assert_eq!(
            params.len(),
            self.params.map_or(0, |layout| layout.size),
            "{}",
            self.name
        );
        let contents = image.engine.record(self.name, |recording| {
            recording.check_size(bytes)?;
            recording
                .check_pixels(given.pixels(), &[image.pixel_bytes(), bytes / given.pixels()])?;
            let before = image.contents.expression(recording, given.samples(), image.dtype())?;
            recording.recorder.check_made(before.source())?;
            let expression = before.then(self, dtype, params);
            Ok(if recording.engine.fusion() {
                Contents::waiting(recording, expression)
            } else {
                Contents::made(expression.record(recording)?)
            })
        })?;
        Ok(GpuImage::holding(&image.engine, contents, shape, dtype))
    }

    /// The channels that it makes of those of an image.
    fn channels_of(&self, given: u32) -> Result<u32> {
        match self.channels {
            Channels::Each => Ok(given),
            Channels::All { takes, gives } if takes == given => Ok(gives),
            Channels::All { takes, .. } => {
                let expected = if takes == 1 { "one".to_owned() } else { takes.to_string() };
                let message = format!("image has {given} channels; expected {expected}");
                Err(GpuError::argument(self.name, message))
            }
        }
    }
}
