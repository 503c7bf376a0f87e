use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Result, check_channels, check_shape};
use crate::simd::{Kernel, Level, dispatch};

/// How many rows are added up side by side, so that sums along one need not wait for each other.
const ROWS: usize = 4;
/// Bytes of a row that are added up together.
const GROUP: usize = 8;

/// Samples that are added up along rows and columns.
pub trait Summed: Sample {
    /// The sums of up to [`ROWS`] rows, by those of the row above them.
    #[doc(hidden)]
    fn add_rows(samples: &[Self], above: &[f64], sums: &mut [f64]) {
        one_by_one(samples, above, sums);
    }
}

impl Summed for u16 {}
impl Summed for i32 {}
impl Summed for f32 {}
impl Summed for f64 {}

impl Summed for u8 {
    fn add_rows(samples: &[u8], above: &[f64], sums: &mut [f64]) {
        // Of more columns the sums along a row might have more than 32 bits.
        if above.len() > 1 << 23 {
            return one_by_one(samples, above, sums);
        }
        dispatch(Bytes { samples, above, sums });
    }
}

/// The integral image: each sample is the sum of those above and to the left of it, itself included;
/// `skimage.transform.integral_image` in 64-bit floats.
///
/// One pass: the sum along the row so far is added to the sample above. Integers are exact up to 2⁵³.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) for an `out` of
/// another shape.
pub fn integral_image<T: Summed>(
    image: ImageView<'_, T>,
    out: ImageViewMut<'_, f64>,
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    check_shape("out", out.shape(), shape)?;
    let width = shape.width();
    let nothing = vec![0.0; width];
    let mut above = &nothing[..];
    let samples = image.samples().chunks(ROWS * width);
    for (samples, sums) in samples.zip(out.into_samples().chunks_mut(ROWS * width)) {
        T::add_rows(samples, above, sums);
        above = &sums[sums.len() - width..];
    }
    Ok(())
}

fn one_by_one<'a, T: Sample>(samples: &[T], mut above: &'a [f64], sums: &'a mut [f64]) {
    let width = above.len();
    if samples.len() == ROWS * width {
        return side_by_side::<T, ROWS>(samples, above, sums);
    }
    for (samples, sums) in samples.chunks_exact(width).zip(sums.chunks_exact_mut(width)) {
        side_by_side::<T, 1>(samples, above, sums);
        above = sums;
    }
}

/// `N` rows, sample by sample of each.
fn side_by_side<T: Sample, const N: usize>(samples: &[T], above: &[f64], sums: &mut [f64]) {
    let width = above.len();
    let mut samples = samples.chunks_exact(width);
    let mut sums = sums.chunks_exact_mut(width);
    let samples: [&[T]; N] = std::array::from_fn(|_| &samples.next().unwrap_or_default()[..width]);
    let sums: [&mut [f64]; N] =
        std::array::from_fn(|_| &mut sums.next().unwrap_or_default()[..width]);
    let mut along = [0.0; N];
    for (x, &above) in above.iter().enumerate() {
        let mut sum = above;
        for row in 0..N {
            along[row] += samples[row][x].to_f64();
            sum += along[row];
            sums[row][x] = sum;
        }
    }
}

/// Some rows of bytes.
struct Bytes<'a> {
    samples: &'a [u8],
    above: &'a [f64],
    sums: &'a mut [f64],
}

impl Kernel for Bytes<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { samples, mut above, sums } = self;
        let width = above.len();
        for (samples, sums) in samples.chunks_exact(width).zip(sums.chunks_exact_mut(width)) {
            let mut along = 0;
            let (groups, rest) = samples.as_chunks::<GROUP>();
            let (groups_above, rest_above) = above.as_chunks();
            let (group_sums, rest_sums) = sums.as_chunks_mut();
            for ((samples, above), sums) in groups.iter().zip(groups_above).zip(group_sums) {
                add_group(samples, &mut along, above, sums);
            }
            for ((&sample, &above), sum) in rest.iter().zip(rest_above).zip(rest_sums) {
                along += i32::from(sample);
                *sum = above + f64::from(along);
            }
            above = sums;
        }
    }
}

/// Each byte with those before it, in its group and before that.
#[inline(always)]
fn add_group(
    samples: &[u8; GROUP],
    along: &mut i32,
    above: &[f64; GROUP],
    sums: &mut [f64; GROUP],
) {
    // Four numbers of 16 bits in one: the product is each of them with those below it.
    const EACH: u64 = 0x0001_0001_0001_0001;
    let bytes = u64::from_le_bytes(*samples);
    let [even, odd] = [bytes, bytes >> 8].map(|bytes| (bytes & (0xff * EACH)).wrapping_mul(EACH));
    let lanes = |sums: u64| [0, 16, 32, 48].map(|lane| (sums >> lane) as u16);
    let [before, with] = [lanes(even.wrapping_add(odd << 16)), lanes(even.wrapping_add(odd))];
    for i in 0..GROUP {
        let sum = i32::from([before, with][i % 2][i / 2]);
        sums[i] = above[i] + f64::from(*along + sum);
    }
    *along += i32::from(with[GROUP / 2 - 1]);
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;

    #[test]
    fn adds_up_what_lies_above_and_to_the_left() {
        let shape = Shape::new(3, 2, 1).unwrap();
        let mut out = [0.0; 6];
        let image = ImageView::new(&[i32::MAX, i32::MAX, 1, 2, -3, 4], shape).unwrap();
        integral_image(image, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        let most = f64::from(i32::MAX);
        assert_eq!(
            out,
            [most, 2.0 * most, most + 1.0, 2.0 * most + 3.0, most - 2.0, 2.0 * most + 4.0]
        );
    }

    #[test]
    fn any_number_of_rows_is_added_up() {
        for (height, width) in [(1, 5), (3, 1), (4, 7), (5, 2), (9, 3), (6, 8), (2, 31), (7, 16)] {
            let shape = Shape::new(height, width, 1).unwrap();
            agrees(shape, |i| (i * i % 61) as u16);
            agrees(shape, |i| 255 - (i * i % 7) as u8);
        }
    }

    /// Sums of samples against all of them added up.
    fn agrees<T: Summed>(shape: Shape, sample: impl Fn(usize) -> T) {
        let samples: Vec<T> = (0..shape.len()).map(sample).collect();
        let mut out = vec![0.0; shape.len()];
        let image = ImageView::new(&samples, shape).unwrap();
        integral_image(image, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        let width = shape.width();
        for (i, sum) in out.into_iter().enumerate() {
            let rows = samples.chunks(width).take(i / width + 1);
            let expected: f64 = rows.flat_map(|row| &row[..=i % width]).map(|v| v.to_f64()).sum();
            assert_eq!(sum, expected, "{i} of {shape}");
        }
    }

    #[test]
    fn rows_of_any_length_are_exact() {
        let shape = Shape::new(1, (1 << 23) + 9, 1).unwrap();
        let mut out = vec![0.0; shape.len()];
        let samples = vec![u8::MAX; shape.len()];
        let image = ImageView::new(&samples, shape).unwrap();
        integral_image(image, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        assert_eq!(out[shape.len() - 1], 255.0 * shape.len() as f64);
    }

    #[test]
    fn refuses_colour() {
        let shape = Shape::new(1, 1, 3).unwrap();
        let mut out = [0.0; 3];
        let image = ImageView::new(&[1u8, 2, 3], shape).unwrap();
        let error = integral_image(image, ImageViewMut::new(&mut out, shape).unwrap()).unwrap_err();
        assert!(matches!(error, Error::Channels { .. }));
    }
}
