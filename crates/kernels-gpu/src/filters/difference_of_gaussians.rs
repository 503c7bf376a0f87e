use super::gaussian::{Gaussian, blurred, check};
use crate::error::Result;
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params { count: u32 });

pub(super) static DIFFERENCE: Kernel = Kernel {
    name: "filters.differenceOfGaussians/difference",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/filters/difference.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// The image blurred by one Gaussian less the image blurred by another, each channel by itself; scikit-image's
/// `difference_of_gaussians`.
///
/// Takes any dtype, gives `f32` of the same shape.
///
/// # Errors
///
/// As [`gaussian`](super::gaussian()).
pub fn difference_of_gaussians(
    image: &GpuImage,
    low: &Gaussian,
    high: &Gaussian,
) -> Result<GpuImage> {
    let operation = "filters.differenceOfGaussians";
    let shape = image.shape();
    check(operation, shape, low)?;
    check(operation, shape, high)?;
    let bytes = byte_length(operation, shape, DType::F32)?;
    let pixel_bytes = 4 * u64::from(shape.channels);
    let difference = image.engine.record(operation, |recording| {
        let low = blurred(recording, image, low)?;
        let high = blurred(recording, image, high)?;
        let difference = recording.buffer(bytes)?;
        recording.tiled(
            &DIFFERENCE,
            &[],
            (Unit::Pixel, shape.pixels()),
            &[
                Need::part(&low, pixel_bytes),
                Need::part(&high, pixel_bytes),
                Need::part(&difference, pixel_bytes),
            ],
            |tile| {
                let count = tile.units * shape.channels;
                (Params { count }, u64::from(count).div_ceil(256))
            },
        )?;
        Ok(difference)
    })?;
    Ok(GpuImage::new(&image.engine, difference, shape, DType::F32))
}
