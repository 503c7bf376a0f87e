use tagswitch_image::{Float, ImageView, ImageViewMut, Sample, Shape};

use super::taps::{Taps, blocks, composed, same};
use crate::error::{Error, Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};

/// The means of blocks of `rows × columns`, each channel by itself; what lies beyond the last row and column is `cval`.
///
/// `skimage.transform.downscale_local_mean`. Sums are in 64 bits; each sample is read once.
///
/// # Errors
///
/// [`Error::Option`] for a side of 0; [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has a pixel for each block.
pub fn downscale_local_mean<T: Sample>(
    image: ImageView<'_, T>,
    [rows, columns]: [usize; 2],
    cval: f64,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    if rows == 0 || columns == 0 {
        let given = format!("{rows} × {columns}");
        return Err(Error::Option { name: "factors", given, expected: "at least 1" });
    }
    let shape = image.shape();
    let blocks = Shape::new(
        shape.height().div_ceil(rows),
        shape.width().div_ceil(columns),
        shape.channels(),
    )?;
    check_shape("out", out.shape(), blocks)?;
    dispatch(Mean { image, rows, columns, cval, out: out.into_samples() });
    Ok(())
}

/// What rows and columns of blocks' means are sums of.
pub fn block_taps<W: Float>(from: Shape, [rows, columns]: [usize; 2]) -> [Taps<W>; 2] {
    [(from.height(), rows), (from.width(), columns)]
        .map(|(len, factor)| composed(len, &same, &blocks(len, factor), len.div_ceil(factor)))
}

struct Mean<'a, T: Sample> {
    image: ImageView<'a, T>,
    rows: usize,
    columns: usize,
    cval: f64,
    out: &'a mut [T::Output],
}

impl<T: Sample> Kernel for Mean<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, rows, columns, cval, out } = self;
        let (shape, channels) = (image.shape(), image.shape().channels());
        let mut sums = vec![0.0f64; shape.row_len()];
        let area = (rows * columns) as f64;
        let out_row = shape.width().div_ceil(columns) * channels;
        for (y, out) in out.chunks_exact_mut(out_row).enumerate() {
            sums.fill(0.0);
            let inside = y * rows..((y + 1) * rows).min(shape.height());
            for row in inside.clone() {
                for (sum, &sample) in sums.iter_mut().zip(image.row(row)) {
                    *sum += sample.to_f64();
                }
            }
            let blocks = sums.chunks(columns * channels);
            for (pixel, block) in out.chunks_exact_mut(channels).zip(blocks) {
                let missing = area - (inside.len() * block.len() / channels) as f64;
                for (channel, out) in pixel.iter_mut().enumerate() {
                    let sum: f64 = block.iter().skip(channel).step_by(channels).sum();
                    // NaN of a constant that is not used stays away.
                    let padding = if missing > 0.0 { missing * cval } else { 0.0 };
                    *out = T::Output::from_f64((sum + padding) / area);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_blocks_at_the_edge() {
        // skimage.transform.downscale_local_mean(np.arange(15).reshape(3, 5), (2, 3)), scikit-image 0.26.0.
        let samples: Vec<u8> = (0..15).collect();
        let image = ImageView::new(&samples, Shape::new(3, 5, 1).unwrap()).unwrap();
        let shape = Shape::new(2, 2, 1).unwrap();
        let mut out = [0.0; 4];
        let view = ImageViewMut::new(&mut out, shape).unwrap();
        downscale_local_mean(image, [2, 3], 0.0, view).unwrap();
        assert_eq!(out, [3.5, 4.0, 5.5, 4.5]);
        let view = ImageViewMut::new(&mut out, shape).unwrap();
        downscale_local_mean(image, [2, 3], 6.0, view).unwrap();
        assert_eq!(out, [3.5, 6.0, 8.5, 8.5]);
    }

    #[test]
    fn keeps_channels_apart_and_refuses_other_shapes() {
        let image = ImageView::new(&[1i32, 10, 3, 30], Shape::new(1, 2, 2).unwrap()).unwrap();
        let mut out = [0.0; 2];
        let view = ImageViewMut::new(&mut out, Shape::new(1, 1, 2).unwrap()).unwrap();
        downscale_local_mean(image, [1, 2], 0.0, view).unwrap();
        assert_eq!(out, [2.0, 20.0]);
        let view = ImageViewMut::new(&mut out, Shape::new(1, 2, 1).unwrap()).unwrap();
        let error = downscale_local_mean(image, [1, 2], 0.0, view).unwrap_err();
        assert!(matches!(error, Error::Mismatch { .. }), "{error}");
        let view = ImageViewMut::new(&mut out, Shape::new(1, 1, 2).unwrap()).unwrap();
        let error = downscale_local_mean(image, [1, 0], 0.0, view).unwrap_err();
        assert!(matches!(error, Error::Option { name: "factors", .. }), "{error}");
    }
}
