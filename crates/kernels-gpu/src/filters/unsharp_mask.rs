use super::gaussian::{Gaussian, blurred, check};
use crate::border::{Border, BorderMode};
use crate::error::Result;
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

/// What [`unsharp_mask`] is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct UnsharpMask {
    /// Standard deviations of the blur down the rows and across the columns.
    pub sigma: [f64; 2],
    /// Radii of its kernels; an axis of radius 0 is left alone.
    pub radius: [u32; 2],
    /// How much of the detail to add.
    pub amount: f64,
    /// Keep integers as they are instead of making intensities of them, and cut nothing off.
    pub preserve_range: bool,
}

params!(NegativeParams { count: u32 });
params!(SharpenParams { count: u32, clip: u32, scale: f32, amount: f32 });

pub(super) static NEGATIVE: Kernel = Kernel {
    name: "filters.unsharpMask/negative",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/filters/negative.wgsl"),
    ],
    params: NegativeParams::LAYOUT,
};

pub(super) static SHARPEN: Kernel = Kernel {
    name: "filters.unsharpMask/sharpen",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/filters/sharpen.wgsl"),
    ],
    params: SharpenParams::LAYOUT,
};

/// The image and some of its difference from itself blurred, each channel by itself; scikit-image's `unsharp_mask`.
///
/// Takes any dtype, gives `f32` of the same shape; unless the range is preserved within [0, 1], or [-1, 1] where any sample
/// is below 0, which a flag on the GPU says.
///
/// # Errors
///
/// As [`gaussian`](super::gaussian()).
pub fn unsharp_mask(image: &GpuImage, options: &UnsharpMask) -> Result<GpuImage> {
    let operation = "filters.unsharpMask";
    let (shape, dtype) = (image.shape(), image.dtype());
    let blur = Gaussian {
        sigma: options.sigma,
        radius: options.radius,
        border: Border { mode: BorderMode::Reflect, cval: 0.0 },
        preserve_range: options.preserve_range,
    };
    check(operation, shape, &blur)?;
    let bytes = byte_length(operation, shape, DType::F32)?;
    let pixels = (Unit::Pixel, shape.pixels());
    let constants = [("DTYPE", dtype.constant())];
    let scale = if options.preserve_range { 1.0 } else { dtype.scale() };
    let sharp = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let source = || Need::part(&source, image.pixel_bytes());
        let blurred = blurred(recording, image, &blur)?;
        let negative = recording.zeros(4)?;
        if !options.preserve_range && matches!(dtype, DType::I32 | DType::F32) {
            let needs = [source(), Need::Whole((&negative).into())];
            recording.tiled(&NEGATIVE, &constants, pixels, &needs, |tile| {
                let count = tile.units * shape.channels;
                (NegativeParams { count }, u64::from(count).div_ceil(4096))
            })?;
        }
        let sharp = recording.buffer(bytes)?;
        let float_bytes = 4 * u64::from(shape.channels);
        let needs = [
            source(),
            Need::part(&blurred, float_bytes),
            Need::Whole((&negative).into()),
            Need::part(&sharp, float_bytes),
        ];
        recording.tiled(&SHARPEN, &constants, pixels, &needs, |tile| {
            let count = tile.units * shape.channels;
            let params = SharpenParams {
                count,
                clip: u32::from(!options.preserve_range),
                scale,
                amount: options.amount as f32,
            };
            (params, u64::from(count).div_ceil(256))
        })?;
        Ok(sharp)
    })?;
    Ok(GpuImage::new(&image.engine, sharp, shape, DType::F32))
}
