use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::find_boundaries::{Boundaries, find_boundaries};
use crate::bits::packed;
use crate::error::{Result, check_channels, check_shape};
use crate::ranks::Label;
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// Operations per sample.
const COST: usize = 3;

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
    let mask = ImageView::new(&mask, labels.shape())?;
    each_band(out.into_samples(), 3 * shape.width(), COST, |out| {
        dispatch(Paint { image, mask, marks, out });
    });
    Ok(())
}

struct Paint<'a, T: Sample> {
    image: ImageView<'a, T>,
    /// Not 0 on boundaries.
    mask: ImageView<'a, u8>,
    marks: &'a Marks,
    out: Band<'a, T::Output>,
}

impl<T: Sample> Kernel for Paint<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, mask, marks, out } = self;
        let (channels, height) = (image.shape().channels(), image.shape().height());
        let [color, outline] = [marks.color, marks.outline.unwrap_or_default()]
            .map(|color| color.map(Float::from_f64));
        let mut around = vec![0; mask.shape().width() + 2];
        for (r, row) in out.rows() {
            intensities(image.row(r), channels, row);
            let (pixels, _) = row.as_chunks_mut::<3>();
            if marks.outline.is_some() {
                around.fill(0);
                for r in r.saturating_sub(1)..(r + 2).min(height) {
                    for (column, &boundary) in mask.row(r).iter().enumerate() {
                        around[column] |= boundary;
                        around[column + 1] |= boundary;
                        around[column + 2] |= boundary;
                    }
                }
                paint(&around[1..=pixels.len()], outline, pixels);
            }
            paint(mask.row(r), color, pixels);
        }
    }
}

/// A row's samples as intensities of three channels.
#[inline(always)]
fn intensities<T: Sample>(samples: &[T], channels: usize, row: &mut [T::Output]) {
    if channels == 3 {
        for (out, sample) in row.iter_mut().zip(samples) {
            *out = sample.to_float().cast();
        }
        return;
    }
    for (pixel, sample) in row.as_chunks_mut::<3>().0.iter_mut().zip(samples) {
        *pixel = [sample.to_float().cast(); 3];
    }
}

/// Paints the pixels where the mask is not 0.
#[inline(always)]
fn paint<F: Float>(mask: &[u8], color: [F; 3], pixels: &mut [[F; 3]]) {
    for (mask, pixels) in mask.chunks(64).zip(pixels.chunks_mut(64)) {
        let mut flags = [0; 64];
        for (flag, &marked) in flags.iter_mut().zip(mask) {
            *flag = u8::from(marked != 0);
        }
        let mut bits = packed(&flags);
        while bits != 0 {
            pixels[bits.trailing_zeros() as usize] = color;
            bits &= bits - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::super::BoundaryMode;
    use super::*;
    use crate::random::Random;

    /// Pixel by pixel.
    fn reference(samples: &[u8], labels: &[i32], shape: Shape, marks: &Marks) -> Vec<f32> {
        let (width, height, channels) = (shape.width(), shape.height(), shape.channels());
        let mut mask = vec![0; shape.pixels()];
        let one = shape.with_channels(1).unwrap();
        let view = ImageView::new(labels, one).unwrap();
        find_boundaries(view, marks.boundaries, ImageViewMut::new(&mut mask, one).unwrap())
            .unwrap();
        let marked = |i: usize| {
            let (y, x) = (i / width, i % width);
            let near = (y.saturating_sub(1)..(y + 2).min(height)).any(|r| {
                (x.saturating_sub(1)..(x + 2).min(width)).any(|c| mask[r * width + c] != 0)
            });
            if mask[i] != 0 { Some(marks.color) } else { marks.outline.filter(|_| near) }
        };
        let pixel = |i: usize| {
            let own = [0, 1, 2].map(|c| samples[i * channels + c.min(channels - 1)].to_float());
            marked(i).map_or(own, |color| color.map(|v| v as f32))
        };
        (0..shape.pixels()).flat_map(pixel).collect()
    }

    #[test]
    fn boundaries_are_painted_over_outlines_over_the_image() {
        let mut random = Random::new(31);
        for (height, width) in [(1, 1), (2, 3), (5, 63), (4, 64), (3, 65), (9, 200)] {
            for (channels, outline) in
                [(1, None), (3, None), (1, Some([0.5; 3])), (3, Some([0.25, 0.0, 1.0]))]
            {
                let shape = Shape::new(height, width, channels).unwrap();
                let samples: Vec<u8> = (0..shape.len()).map(|_| random.bits() as u8).collect();
                let mut labels = vec![0; shape.pixels()];
                labels.chunks_mut(7).for_each(|run| run.fill(random.below(3) as i32));
                let boundaries =
                    Boundaries { corners: false, mode: BoundaryMode::Outer, background: 0.0 };
                let marks = Marks { boundaries, color: [1.0, 0.5, 0.0], outline };
                let mut out = vec![9.0f32; 3 * shape.pixels()];
                mark_boundaries(
                    ImageView::new(&samples, shape).unwrap(),
                    ImageView::new(&labels, shape.with_channels(1).unwrap()).unwrap(),
                    &marks,
                    ImageViewMut::new(&mut out, shape.with_channels(3).unwrap()).unwrap(),
                )
                .unwrap();
                assert_eq!(out, reference(&samples, &labels, shape, &marks));
            }
        }
    }
}
