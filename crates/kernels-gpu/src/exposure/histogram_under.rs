use super::histogram::{Histogram, SourceRange, float_histogram, level_histogram};
use crate::blocks;
use crate::error::{GpuError, Result};
use crate::extrema::{strides, unorder};
use crate::image::{DType, GpuImage, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(GreatestParams { count: u32 });
params!(FilledParams { count: u32, outside: u32 });

pub(super) static GREATEST: Kernel = Kernel {
    name: "exposure.histogram/greatest",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Update(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/point.wgsl"),
        include_str!("../../shaders/shared/sample_in.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/exposure/mask_sample.wgsl"),
        blocks::INVOCATION,
        blocks::REDUCTION,
        include_str!("../../shaders/exposure/mask_greatest.wgsl"),
    ],
    params: GreatestParams::LAYOUT,
};

pub(super) static FILLED: Kernel = Kernel {
    name: "exposure.histogram/filled",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/point.wgsl"),
        include_str!("../../shaders/shared/sample_in.wgsl"),
        include_str!("../../shaders/exposure/mask_sample.wgsl"),
        include_str!("../../shaders/exposure/mask_filled.wgsl"),
    ],
    params: FilledParams::LAYOUT,
};

/// How often each level occurs under a mask, or how many floats of it lie in each of `nbins` equal bins over their range:
/// [`level_histogram`] or [`float_histogram`] of the pixels at which the mask is not 0.
///
/// Takes one channel of any dtype, and a mask of the same size and any dtype. Waits for the greatest of these samples, which takes the
/// place of the others: it lies in the last bin that holds any, where they are not counted then. `operation` is for messages.
///
/// # Errors
///
/// [`GpuError::Value`] for a mask of nothing, [`GpuError::Argument`] for several channels and masks of other sizes, and those of the histograms.
pub fn histogram_under(
    operation: &str,
    image: &GpuImage,
    mask: &GpuImage,
    nbins: u32,
) -> Result<Histogram> {
    let shape = image.shape();
    if shape.channels != 1 || mask.shape() != shape {
        let message = format!(
            "image is {shape:?}, the mask is {:?}; expected one channel and one size",
            mask.shape()
        );
        return Err(GpuError::argument(operation, message));
    }
    image.check_beside(operation, mask)?;
    let [greatest, inside] = greatest(operation, image, mask)?;
    if inside == 0 {
        let message = "mask is 0 everywhere; expected other samples".to_owned();
        return Err(GpuError::Value { operation: operation.to_owned(), message });
    }
    let outside = match image.dtype() {
        DType::F32 => unorder(greatest).to_bits(),
        _ => greatest ^ 0x8000_0000,
    };
    let filled = filled(operation, image, mask, outside)?;
    let mut histogram = match image.dtype() {
        DType::F32 => float_histogram(operation, &filled, nbins, SourceRange::Image, 1)?,
        _ => level_histogram(operation, &filled, 1)?,
    };
    if let Some(last) = histogram.counts.iter_mut().rev().find(|count| **count > 0.0) {
        *last -= (shape.pixels() - u64::from(inside)) as f64;
    }
    Ok(histogram)
}

/// The key of the greatest sample under a mask, and how many samples there are.
fn greatest(operation: &str, image: &GpuImage, mask: &GpuImage) -> Result<[u32; 2]> {
    let found = image.engine.record(operation, |recording| {
        let (source, limits) = (image.storage(recording)?, mask.storage(recording)?);
        let found = recording.zeros(8)?;
        recording.tiled(
            &GREATEST,
            &constants(image, mask),
            (Unit::Pixel, image.shape().pixels()),
            &[
                Need::part(&source, image.pixel_bytes()),
                Need::part(&limits, mask.pixel_bytes()),
                Need::Whole((&found).into()),
            ],
            |tile| (GreatestParams { count: tile.units }, strides(tile.units.into())),
        )?;
        Ok(found)
    })?;
    read(&image.engine, operation, &found, |bytes| bytemuck::pod_read_unaligned(&bytes[..8]))
}

/// The image under a mask, and the bits of one sample everywhere else.
fn filled(operation: &str, image: &GpuImage, mask: &GpuImage, outside: u32) -> Result<GpuImage> {
    let (shape, dtype) = (image.shape(), image.dtype());
    let per_word = 4 / dtype.bytes() as u32;
    let storage = image.engine.record(operation, |recording| {
        let (source, limits) = (image.storage(recording)?, mask.storage(recording)?);
        let result = recording.buffer(image.byte_length())?;
        let [own, other] = constants(image, mask);
        recording.tiled(
            &FILLED,
            &[own, other, ("PER_WORD", f64::from(per_word))],
            (Unit::Pixel, shape.pixels()),
            &[
                Need::part(&source, image.pixel_bytes()),
                Need::part(&limits, mask.pixel_bytes()),
                Need::part(&result, image.pixel_bytes()),
            ],
            |tile| {
                let params = FilledParams { count: tile.units, outside };
                (params, u64::from(tile.units.div_ceil(per_word)).div_ceil(256))
            },
        )?;
        Ok(result)
    })?;
    Ok(GpuImage::new(&image.engine, storage, shape, dtype))
}

fn constants(image: &GpuImage, mask: &GpuImage) -> [(&'static str, f64); 2] {
    [("DTYPE", image.dtype().constant()), ("MASK_DTYPE", mask.dtype().constant())]
}
