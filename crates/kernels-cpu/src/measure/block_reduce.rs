use std::ops::Add;

use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::blocks::Blocks;
use super::fold::fold;
use crate::error::{Error, Result};

/// The sums of blocks: `skimage.measure.block_reduce` with `numpy.sum`, in 64 bits.
///
/// # Errors
///
/// [`Error::Option`] for a side of 0, [`Error::Mismatch`] unless `out` has a pixel for each block. So do the others.
pub fn block_sum<T: Sample>(
    image: ImageView<'_, T>,
    blocks: Blocks,
    out: ImageViewMut<'_, f64>,
) -> Result<()> {
    blocks.check(image.shape(), out.shape())?;
    let finish = move |sum, missing| with_constant(sum, missing, blocks.cval);
    fold(image, blocks, T::to_f64, Add::add, finish, out.into_samples());
    Ok(())
}

/// The means of blocks: `skimage.measure.block_reduce` with `numpy.mean`, `skimage.transform.downscale_local_mean`. Sums are in 64 bits but
/// for those [of four](mean_of_four).
pub fn block_mean<T: Sample>(
    image: ImageView<'_, T>,
    blocks: Blocks,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    blocks.check(image.shape(), out.shape())?;
    let (cval, area) = (blocks.cval, blocks.area());
    let shape = image.shape();
    if [blocks.rows, blocks.columns, shape.height() % 2, shape.width() % 2] == [2, 2, 0, 0] {
        mean_of_four(image, false, out.into_samples());
        return Ok(());
    }
    // The same number as a division gives, and sooner, but for powers of two only.
    let share = area.recip();
    let exact = share.to_bits().trailing_zeros() >= f64::MANTISSA_DIGITS - 1;
    let finish = move |sum, missing| {
        let sum = with_constant(sum, missing, cval);
        T::Output::from_f64(if exact { sum * share } else { sum / area })
    };
    fold(image, blocks, T::to_f64, Add::add, finish, out.into_samples());
    Ok(())
}

/// The means of two by two samples of an image with even sides, integers `scaled` to [0, 1] if so: quarters, which add up in the samples' own
/// precision, or wider, without an overflow.
pub fn mean_of_four<T: Sample>(image: ImageView<'_, T>, scaled: bool, out: &mut [T::Output]) {
    let blocks = Blocks { rows: 2, columns: 2, cval: 0.0 };
    let quarter = T::Work::from_f64(if scaled { T::SCALE / 4.0 } else { 0.25 });
    let lift = move |sample: T| quarter * if scaled { sample.to_level() } else { sample.to_work() };
    fold(image, blocks, lift, Add::add, |sum, _| sum.cast(), out);
}

/// The least samples of blocks: `skimage.measure.block_reduce` with `numpy.min`.
pub fn block_min<T: Sample>(
    image: ImageView<'_, T>,
    blocks: Blocks,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    extreme(image, blocks, |a, b| if a <= b || is_nan(a) { a } else { b }, out)
}

/// The greatest samples of blocks: `skimage.measure.block_reduce` with `numpy.max`.
pub fn block_max<T: Sample>(
    image: ImageView<'_, T>,
    blocks: Blocks,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    extreme(image, blocks, |a, b| if a >= b || is_nan(a) { a } else { b }, out)
}

/// The medians of blocks: `skimage.measure.block_reduce` with `numpy.median`.
pub fn block_median<T: Sample>(
    image: ImageView<'_, T>,
    blocks: Blocks,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    let (shape, to) = (image.shape(), out.shape());
    blocks.check(shape, to)?;
    let Blocks { rows, columns, cval } = blocks;
    let channels = shape.channels();
    let mut block = Vec::with_capacity(rows.min(shape.height()) * columns.min(shape.width()));
    for (i, out) in out.into_samples().iter_mut().enumerate() {
        let (pixel, channel) = (i / channels, i % channels);
        let (top, left) = (pixel / to.width() * rows, pixel % to.width() * columns);
        block.clear();
        for y in top..(top + rows).min(shape.height()) {
            let across = left..(left + columns).min(shape.width());
            let row = &image.row(y)[across.start * channels..across.end * channels];
            block.extend(row[channel..].iter().step_by(channels).map(|sample| sample.to_f64()));
        }
        block.resize(rows * columns, cval);
        *out = T::Output::from_f64(median(&mut block));
    }
    Ok(())
}

/// Of an even number the mean of both in the middle; NaN where one is among them. Changes their order.
fn median(numbers: &mut [f64]) -> f64 {
    if numbers.iter().any(|number| number.is_nan()) {
        return f64::NAN;
    }
    let (half, even) = (numbers.len() / 2, numbers.len().is_multiple_of(2));
    let (below, &mut middle, _) = numbers.select_nth_unstable_by(half, f64::total_cmp);
    if even {
        return (below.iter().copied().fold(f64::NEG_INFINITY, f64::max) + middle) / 2.0;
    }
    middle
}

fn extreme<T: Sample>(
    image: ImageView<'_, T>,
    blocks: Blocks,
    choose: impl Fn(T, T) -> T + Copy + Sync,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    blocks.check(image.shape(), out.shape())?;
    let Some(cval) = T::exactly(blocks.cval) else {
        let given = blocks.cval.to_string();
        return Err(Error::Option {
            name: "cval",
            given,
            expected: "a sample of the image's type",
        });
    };
    let finish = move |least, missing| if missing > 0.0 { choose(least, cval) } else { least };
    fold(image, blocks, |sample| sample, choose, finish, out.into_samples());
    Ok(())
}

#[inline(always)]
fn is_nan<T: Sample>(sample: T) -> bool {
    sample.to_f64().is_nan()
}

/// NaN and infinity of a constant that is not used stay away.
#[inline(always)]
fn with_constant(sum: f64, missing: f64, cval: f64) -> f64 {
    if missing > 0.0 { sum + missing * cval } else { sum }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    // Expected values: skimage.measure.block_reduce, scikit-image 0.26.0.

    #[test]
    fn fills_blocks_at_the_edge() {
        let samples: Vec<u8> = (0..15).collect();
        let image = ImageView::new(&samples, Shape::new(3, 5, 1).unwrap()).unwrap();
        let shape = Shape::new(2, 2, 1).unwrap();
        let blocks = Blocks { rows: 2, columns: 3, cval: 0.0 };
        let six = Blocks { cval: 6.0, ..blocks };
        let mut means = [0.0f32; 4];
        block_mean(image, blocks, ImageViewMut::new(&mut means, shape).unwrap()).unwrap();
        assert_eq!(means, [3.5, 4.0, 5.5, 4.5]);
        block_mean(image, six, ImageViewMut::new(&mut means, shape).unwrap()).unwrap();
        assert_eq!(means, [3.5, 6.0, 8.5, 8.5]);
        block_median(image, six, ImageViewMut::new(&mut means, shape).unwrap()).unwrap();
        assert_eq!(means, [3.5, 6.0, 8.0, 6.0]);
        let mut sums = [0.0f64; 4];
        block_sum(image, six, ImageViewMut::new(&mut sums, shape).unwrap()).unwrap();
        assert_eq!(sums, [21.0, 36.0, 51.0, 51.0]);
        let mut bytes = [9u8; 4];
        block_min(image, six, ImageViewMut::new(&mut bytes, shape).unwrap()).unwrap();
        assert_eq!(bytes, [0, 3, 6, 6]);
        block_max(image, six, ImageViewMut::new(&mut bytes, shape).unwrap()).unwrap();
        assert_eq!(bytes, [7, 9, 12, 14]);
    }

    #[test]
    fn keeps_channels_apart_and_hands_nan_on() {
        let samples = [1.0f32, 10.0, f32::NAN, 30.0, 5.0, 20.0];
        let image = ImageView::new(&samples, Shape::new(1, 3, 2).unwrap()).unwrap();
        let shape = Shape::new(1, 1, 2).unwrap();
        let blocks = Blocks { rows: 1, columns: 3, cval: 0.0 };
        type Reduce = fn(ImageView<'_, f32>, Blocks, ImageViewMut<'_, f32>) -> Result<()>;
        let all: [(Reduce, f32); 4] =
            [(block_min, 10.0), (block_max, 30.0), (block_mean, 20.0), (block_median, 20.0)];
        for (reduce, expected) in all {
            let mut out = [0.0; 2];
            reduce(image, blocks, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
            assert!(out[0].is_nan());
            assert_eq!(out[1], expected);
        }
    }

    #[test]
    fn refuses_other_shapes_and_no_blocks() {
        let image = ImageView::new(&[1i32, 10, 3, 30], Shape::new(1, 2, 2).unwrap()).unwrap();
        let mut out = [0.0; 2];
        let blocks = Blocks { rows: 1, columns: 2, cval: 0.0 };
        let view = ImageViewMut::new(&mut out, Shape::new(1, 2, 1).unwrap()).unwrap();
        let error = block_sum(image, blocks, view).unwrap_err();
        assert!(matches!(error, Error::Mismatch { .. }), "{error}");
        let view = ImageViewMut::new(&mut out, Shape::new(1, 1, 2).unwrap()).unwrap();
        let error = block_sum(image, Blocks { columns: 0, ..blocks }, view).unwrap_err();
        assert!(matches!(error, Error::Option { name: "block size", .. }), "{error}");
    }
}
