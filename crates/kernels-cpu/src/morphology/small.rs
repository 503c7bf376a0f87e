use std::collections::HashMap;

use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Error, Result, check_channels, check_shape};
use crate::measure::{Connected, Connectivity, connect};
use crate::simd::{Kernel, Level, dispatch};

/// The mask without its connected regions of fewer than `kept_size` pixels, which become 0.
///
/// `skimage.morphology.remove_small_objects` of a mask: what is not 0 belongs to a region. The regions are joined as
/// [`label`](crate::measure::label) joins them, without an image of their numbers.
///
/// # Errors
///
/// [`Error::Channels`] for several channels, [`Error::TooManyPixels`] above 2³¹ − 1, [`Error::Mismatch`] unless `out` has
/// the image's shape.
pub fn remove_small_objects(
    mask: ImageView<'_, u8>,
    kept_size: u64,
    connectivity: Connectivity,
    out: ImageViewMut<'_, u8>,
) -> Result<()> {
    check(mask, &out)?;
    let objects: Vec<u8> = mask.samples().iter().map(|&v| u8::from(v != 0)).collect();
    let out = out.into_samples();
    out.copy_from_slice(mask.samples());
    let regions = ImageView::new(&objects, mask.shape())?;
    dispatch(Fill { regions, kept_size, connectivity, value: 0, out });
    Ok(())
}

/// A mask of 0 and 1 in which the connected regions of 0 of fewer than `kept_size` pixels are filled.
///
/// `skimage.morphology.remove_small_holes` of a mask or of labels.
///
/// # Errors
///
/// As [`remove_small_objects`].
pub fn remove_small_holes<T: Sample>(
    image: ImageView<'_, T>,
    kept_size: u64,
    connectivity: Connectivity,
    out: ImageViewMut<'_, u8>,
) -> Result<()> {
    check(image, &out)?;
    let zero = T::default();
    let holes: Vec<u8> = image.samples().iter().map(|&v| u8::from(v == zero)).collect();
    let out = out.into_samples();
    for (out, hole) in out.iter_mut().zip(&holes) {
        *out = 1 - hole;
    }
    let regions = ImageView::new(&holes, image.shape())?;
    dispatch(Fill { regions, kept_size, connectivity, value: 1, out });
    Ok(())
}

/// Fills the connected regions of 1 that are too small with a value.
struct Fill<'a> {
    regions: ImageView<'a, u8>,
    kept_size: u64,
    connectivity: Connectivity,
    value: u8,
    out: &'a mut [u8],
}

impl Kernel for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { regions, kept_size, connectivity, value, out } = self;
        let Connected { runs, row_ends, forest } = connect(regions, 0.0, connectivity.reach());
        let (numbers, count) = forest.number();
        let mut sizes = vec![0_u64; count + 1];
        for run in &runs {
            sizes[numbers[run.region as usize] as usize] += u64::from(run.end - run.start);
        }
        let mut first = 0;
        for (row, row_end) in out.chunks_exact_mut(regions.shape().width()).zip(row_ends) {
            for run in &runs[first..row_end] {
                if sizes[numbers[run.region as usize] as usize] < kept_size {
                    row[run.start as usize..run.end as usize].fill(value);
                }
            }
            first = row_end;
        }
    }
}

/// A type of labels.
pub trait Label: Sample {
    /// The label as an index; `None` below 0.
    fn index(self) -> Option<usize>;
}

impl Label for u16 {
    #[inline(always)]
    fn index(self) -> Option<usize> {
        Some(usize::from(self))
    }
}

impl Label for i32 {
    #[inline(always)]
    fn index(self) -> Option<usize> {
        usize::try_from(self).ok()
    }
}

/// The labels without those of fewer than `kept_size` pixels, wherever these lie, which become 0.
///
/// `skimage.morphology.remove_small_objects` of labels.
///
/// # Errors
///
/// [`Error::Channels`] for several channels, [`Error::NegativeLabel`], [`Error::Mismatch`] unless `out` has the image's
/// shape.
pub fn remove_small_labels<T: Label>(
    labels: ImageView<'_, T>,
    kept_size: u64,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    check_channels("image", labels.shape(), &[1], "1")?;
    check_shape("out", out.shape(), labels.shape())?;
    let mut most = 0;
    for &label in labels.samples() {
        let Some(index) = label.index() else {
            return Err(Error::NegativeLabel { value: label.to_f64() as i64 });
        };
        most = most.max(index);
    }
    let indices = || labels.samples().iter().filter_map(|label| label.index());
    let keep = |size: u64, label: T| if size < kept_size { T::default() } else { label };
    let pairs = out.into_samples().iter_mut().zip(labels.samples()).zip(indices());
    // A table of all labels, unless they lie far apart.
    if most <= 4 * labels.samples().len() + (1 << 16) {
        let mut sizes = vec![0_u64; most + 1];
        indices().for_each(|index| sizes[index] += 1);
        pairs.for_each(|((out, &label), index)| *out = keep(sizes[index], label));
    } else {
        let mut sizes: HashMap<usize, u64> = HashMap::new();
        indices().for_each(|index| *sizes.entry(index).or_default() += 1);
        pairs.for_each(|((out, &label), index)| *out = keep(sizes[&index], label));
    }
    Ok(())
}

fn check<T>(image: ImageView<'_, T>, out: &ImageViewMut<'_, u8>) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    check_shape("out", out.shape(), shape)?;
    if i32::try_from(shape.pixels()).is_err() {
        return Err(Error::TooManyPixels { pixels: shape.pixels() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    // Expected values: scikit-image 0.26.0.

    #[test]
    fn objects_and_holes_below_a_size_go() {
        #[rustfmt::skip]
        let mask = [
            0, 0, 0, 9, 0,
            1, 1, 1, 0, 0,
            1, 0, 1, 0, 1,
        ];
        let shape = Shape::new(3, 5, 1).unwrap();
        let image = ImageView::new(&mask, shape).unwrap();
        let mut out = [7; 15];
        let view = ImageViewMut::new(&mut out, shape).unwrap();
        remove_small_objects(image, 6, Connectivity::Corners, view).unwrap();
        assert_eq!(out, [0, 0, 0, 9, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        let view = ImageViewMut::new(&mut out, shape).unwrap();
        remove_small_objects(image, 5, Connectivity::Edges, view).unwrap();
        assert_eq!(out, [0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        let view = ImageViewMut::new(&mut out, shape).unwrap();
        remove_small_holes(image, 2, Connectivity::Edges, view).unwrap();
        assert_eq!(out, [0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1]);
    }

    #[test]
    fn labels_count_wherever_they_lie() {
        let shape = Shape::new(1, 6, 1).unwrap();
        for far in [3, i32::MAX] {
            let labels = [far, 0, 2, far, 5, 2];
            let mut out = [-1; 6];
            let view = ImageViewMut::new(&mut out, shape).unwrap();
            remove_small_labels(ImageView::new(&labels, shape).unwrap(), 2, view).unwrap();
            assert_eq!(out, [far, 0, 2, far, 0, 2]);
        }
        let labels = [1, -4, -5, 0, 0, 0];
        let mut out = [0; 6];
        let view = ImageViewMut::new(&mut out, shape).unwrap();
        let error = remove_small_labels(ImageView::new(&labels, shape).unwrap(), 2, view);
        assert_eq!(error, Err(Error::NegativeLabel { value: -4 }));
    }
}
