use tagswitch_image::ChordFootprint;

use super::neighbourhood::{Choice, Combine, Neighbourhood};
use crate::border::{Border, BorderMode};
use crate::error::{GpuError, Result};
use crate::image::{GpuImage, byte_length};

/// What an operation on grey images is to do.
#[derive(Debug, Clone)]
pub struct Morphology {
    /// Which neighbours count.
    pub footprint: ChordFootprint,
    /// What lies beyond the edges.
    pub mode: BorderMode,
    /// The constant beyond an image that is eroded, for [`BorderMode::Constant`].
    pub erosion_cval: f64,
    /// The same of one that is dilated.
    pub dilation_cval: f64,
}

/// The least sample in the footprint around each pixel; scikit-image's `erosion`.
///
/// Takes one channel of any dtype, gives the same. NaN is passed over: the result is NaN where there is nothing else.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, [`GpuError::Limit`] for footprints that reach too far, and those of the
/// device.
pub fn erosion(image: &GpuImage, options: &Morphology) -> Result<GpuImage> {
    run("morphology.erosion", image, options, &[Choice::Least], Combine::Nothing)
}

/// The greatest sample in the footprint around each pixel, which is not mirrored; scikit-image's `dilation`.
///
/// # Errors
///
/// As [`erosion`].
pub fn dilation(image: &GpuImage, options: &Morphology) -> Result<GpuImage> {
    dilated("morphology.dilation", image, options)
}

/// As [`dilation`], for an operation that has its own name in messages.
pub(crate) fn dilated(operation: &str, image: &GpuImage, options: &Morphology) -> Result<GpuImage> {
    run(operation, image, options, &[Choice::Greatest], Combine::Nothing)
}

/// An erosion, then a dilation by the mirrored footprint; scikit-image's `opening`.
///
/// # Errors
///
/// As [`erosion`].
pub fn opening(image: &GpuImage, options: &Morphology) -> Result<GpuImage> {
    let choices = [Choice::Least, Choice::Greatest];
    run("morphology.opening", image, options, &choices, Combine::Nothing)
}

/// A dilation, then an erosion by the mirrored footprint; scikit-image's `closing`.
///
/// # Errors
///
/// As [`erosion`].
pub fn closing(image: &GpuImage, options: &Morphology) -> Result<GpuImage> {
    let choices = [Choice::Greatest, Choice::Least];
    run("morphology.closing", image, options, &choices, Combine::Nothing)
}

/// The image without its opening; integers wrap around. scikit-image's `white_tophat`.
///
/// # Errors
///
/// As [`erosion`].
pub fn white_tophat(image: &GpuImage, options: &Morphology) -> Result<GpuImage> {
    let choices = [Choice::Least, Choice::Greatest];
    run("morphology.whiteTophat", image, options, &choices, Combine::TakeFromImage)
}

/// The closing without the image; integers wrap around. scikit-image's `black_tophat`.
///
/// # Errors
///
/// As [`erosion`].
pub fn black_tophat(image: &GpuImage, options: &Morphology) -> Result<GpuImage> {
    let choices = [Choice::Greatest, Choice::Least];
    run("morphology.blackTophat", image, options, &choices, Combine::TakeImage)
}

/// One choice after the other, each with the footprint turned; the last result is combined with the image.
fn run(
    operation: &str,
    image: &GpuImage,
    options: &Morphology,
    choices: &[Choice],
    combine: Combine,
) -> Result<GpuImage> {
    let (shape, dtype) = (image.shape(), image.dtype());
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    let bytes = byte_length(operation, shape, dtype)?;
    let Morphology { footprint, mode, erosion_cval, dilation_cval } = options;
    // Positions reach beyond the image on either side and are signed in the shader.
    let sides = u64::from(shape.height.max(shape.width));
    let reach = sides + 4 * footprint.rows_beyond().max(footprint.columns_beyond()) as u64;
    let limit = i32::MAX as u64;
    if reach > limit {
        return Err(GpuError::Limit { operation: operation.to_owned(), bytes: reach, limit });
    }
    let result = image.engine.record(operation, |recording| {
        let image = image.storage(recording)?;
        let mut footprint = footprint.clone();
        let mut last = None;
        for (i, &choice) in choices.iter().enumerate() {
            let cval = match choice {
                Choice::Least => *erosion_cval,
                Choice::Greatest => *dilation_cval,
            };
            let border = Border { mode: *mode, cval };
            let combine = if i + 1 == choices.len() { combine } else { Combine::Nothing };
            let source = last.as_ref().unwrap_or(&*image);
            let step =
                Neighbourhood { shape, dtype, choice, border, combine, image: &image, bytes };
            let result = step.record(recording, source, &footprint)?;
            last = Some(result);
            footprint = footprint.mirrored();
        }
        last.ok_or_else(|| GpuError::argument(operation, "nothing to choose"))
    })?;
    Ok(GpuImage::new(&image.engine, result, shape, dtype))
}
