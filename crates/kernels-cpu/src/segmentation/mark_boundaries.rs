use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::find_boundaries::{Boundaries, find_boundaries};
use crate::error::{Result, check_channels, check_shape};
use crate::ranks::Label;

/// How boundaries are painted.
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    /// Which they are.
    pub boundaries: Boundaries,
    /// Their colour.
    pub color: [f64; 3],
    /// The colour of the eight pixels around each of theirs; `None`: those stay.
    pub outline: Option<[f64; 3]>,
}

/// The image as RGB intensities with the boundaries of regions painted in: `skimage.segmentation.mark_boundaries`, but for sub-pixels.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for an image that has not 1 or 3, [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has
/// 3 channels and labels have 1, both with the image's rows and columns.
pub fn mark_boundaries<T: Sample, L: Label>(
    image: ImageView<'_, T>,
    labels: ImageView<'_, L>,
    marks: &Marks,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1, 3], "1 or 3")?;
    check_shape("labels", labels.shape(), shape.with_channels(1)?)?;
    check_shape("out", out.shape(), shape.with_channels(3)?)?;
    let mut mask = vec![0; shape.pixels()];
    find_boundaries(labels, marks.boundaries, ImageViewMut::new(&mut mask, labels.shape())?)?;
    let (width, height) = (shape.width(), shape.height());
    let (pixels, _) = out.into_samples().as_chunks_mut::<3>();
    for (pixel, samples) in pixels.iter_mut().zip(image.samples().chunks_exact(shape.channels())) {
        *pixel = std::array::from_fn(|c| samples[c.min(samples.len() - 1)].to_float().cast());
    }
    if let Some(color) = marks.outline {
        let color = color.map(Float::from_f64);
        for (i, _) in mask.iter().enumerate().filter(|&(_, &boundary)| boundary != 0) {
            let (r, c) = (i / width, i % width);
            for r in r.saturating_sub(1)..=(r + 1).min(height - 1) {
                pixels[r * width..][c.saturating_sub(1)..=(c + 1).min(width - 1)].fill(color);
            }
        }
    }
    let color = marks.color.map(Float::from_f64);
    for (pixel, _) in pixels.iter_mut().zip(&mask).filter(|&(_, &boundary)| boundary != 0) {
        *pixel = color;
    }
    Ok(())
}
