use tagswitch_image::{ChordFootprint, ImageView, ImageViewMut};

use super::neighbourhood::neighbourhood;
use super::order::{Choice, Greatest, Least, Ordered};
use super::twice::twice;
use crate::border::Border;
use crate::error::{Error, Result, check_channels, check_shape};

/// What an operation on grey images is to do.
#[derive(Clone, Debug)]
pub struct Morphology {
    /// Which neighbours count.
    pub footprint: ChordFootprint,
    /// What lies beyond the edges.
    pub border: Border,
    /// The constant of [`Border::Constant`] beyond an image that is eroded.
    pub erosion_cval: f64,
    /// The same of one that is dilated.
    pub dilation_cval: f64,
}

/// The least sample in the footprint around each pixel. `skimage.morphology.erosion` of one channel.
///
/// NaN is passed over: the result is NaN where there is nothing else.
///
/// # Errors
///
/// [`Error::Channels`] for several channels, [`Error::Mismatch`] unless `out` has the image's shape, [`Error::Option`] for
/// a constant that the sample type does not hold.
pub fn erosion<T: Ordered>(
    image: ImageView<'_, T>,
    options: &Morphology,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    one::<Least, T>(image, options, options.erosion_cval, out)
}

/// The greatest sample in the footprint around each pixel, which is not mirrored. `skimage.morphology.dilation` of one
/// channel.
///
/// # Errors
///
/// As [`erosion`].
pub fn dilation<T: Ordered>(
    image: ImageView<'_, T>,
    options: &Morphology,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    one::<Greatest, T>(image, options, options.dilation_cval, out)
}

/// An erosion, then a dilation by the mirrored footprint. `skimage.morphology.opening` of one channel.
///
/// # Errors
///
/// As [`erosion`].
pub fn opening<T: Ordered>(
    image: ImageView<'_, T>,
    options: &Morphology,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    let cvals = [options.erosion_cval, options.dilation_cval];
    two::<Least, Greatest, T>(image, options, cvals, out, None::<fn(T, T) -> T>)
}

/// A dilation, then an erosion by the mirrored footprint. `skimage.morphology.closing` of one channel.
///
/// # Errors
///
/// As [`erosion`].
pub fn closing<T: Ordered>(
    image: ImageView<'_, T>,
    options: &Morphology,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    let cvals = [options.dilation_cval, options.erosion_cval];
    two::<Greatest, Least, T>(image, options, cvals, out, None::<fn(T, T) -> T>)
}

/// The image without its opening; integers wrap around. `skimage.morphology.white_tophat` of one channel.
///
/// # Errors
///
/// As [`erosion`].
pub fn white_tophat<T: Ordered>(
    image: ImageView<'_, T>,
    options: &Morphology,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    let cvals = [options.erosion_cval, options.dilation_cval];
    two::<Least, Greatest, T>(image, options, cvals, out, Some(T::minus))
}

/// The closing without the image; integers wrap around. `skimage.morphology.black_tophat` of one channel.
///
/// # Errors
///
/// As [`erosion`].
pub fn black_tophat<T: Ordered>(
    image: ImageView<'_, T>,
    options: &Morphology,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    let cvals = [options.dilation_cval, options.erosion_cval];
    two::<Greatest, Least, T>(
        image,
        options,
        cvals,
        out,
        Some(|sample, closed: T| closed.minus(sample)),
    )
}

fn one<C: Choice, T: Ordered>(
    image: ImageView<'_, T>,
    options: &Morphology,
    cval: f64,
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    check(image, &out)?;
    let cval = constant(cval)?;
    let Morphology { footprint, border, .. } = options;
    let whole = image.shape().len();
    neighbourhood::<C, T>(image, footprint, *border, cval, out.into_samples(), whole);
    Ok(())
}

/// Two choices, the second with the mirrored footprint, and what becomes of a sample and the last of them.
fn two<First: Choice, Second: Choice, T: Ordered>(
    image: ImageView<'_, T>,
    options: &Morphology,
    [first, second]: [f64; 2],
    out: ImageViewMut<'_, T>,
    combine: Option<impl Fn(T, T) -> T + Sync>,
) -> Result<()> {
    check(image, &out)?;
    let cvals = [constant(first)?, constant(second)?];
    let Morphology { footprint, border, .. } = options;
    twice::<First, Second, T>(image, footprint, *border, cvals, out.into_samples(), combine);
    Ok(())
}

fn check<T>(image: ImageView<'_, T>, out: &ImageViewMut<'_, T>) -> Result<()> {
    check_channels("image", image.shape(), &[1], "1")?;
    check_shape("out", out.shape(), image.shape())
}

fn constant<T: Ordered>(cval: f64) -> Result<T> {
    T::exactly(cval).ok_or_else(|| Error::Option {
        name: "cval",
        given: cval.to_string(),
        expected: "a number that the samples' type holds",
    })
}

#[cfg(test)]
mod tests {
    use tagswitch_image::{Sample, Shape};

    use super::*;
    use crate::random::Random;

    type Operation<T> = fn(ImageView<'_, T>, &Morphology, ImageViewMut<'_, T>) -> Result<()>;

    fn run<T: Ordered>(
        operation: Operation<T>,
        samples: &[T],
        shape: Shape,
        options: &Morphology,
    ) -> Vec<T> {
        let mut out = vec![T::default(); shape.len()];
        let image = ImageView::new(samples, shape).unwrap();
        operation(image, options, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        out
    }

    /// The definition, cell by cell; `sign` 1 takes the least, −1 the greatest.
    fn reference<T: Sample>(
        samples: &[T],
        shape: Shape,
        (height, width, cells): (usize, usize, &[u8]),
        border: Border,
        cval: f64,
        sign: f64,
    ) -> Vec<f64> {
        let (h, w) = (shape.height(), shape.width());
        let mut out = Vec::new();
        for (y, x) in (0..h).flat_map(|y| (0..w).map(move |x| (y, x))) {
            let mut best = f64::NAN;
            for i in (0..height * width).filter(|&i| cells[i] != 0) {
                let row = y as isize + (i / width) as isize - (height / 2) as isize;
                let column = x as isize + (i % width) as isize - (width / 2) as isize;
                let place = border.resolve(row, h).zip(border.resolve(column, w));
                let sample = place.map_or(cval, |(y, x)| samples[y * w + x].to_f64());
                if best.is_nan() || sign * sample < sign * best {
                    best = sample;
                }
            }
            out.push(best);
        }
        out
    }

    fn agrees<T: Ordered>(random: &mut Random, shape: Shape, sample: impl Fn(u32) -> T) {
        let samples: Vec<T> = (0..shape.len()).map(|_| sample(random.bits())).collect();
        let cross = vec![0, 1, 0, 1, 1, 1, 0, 1, 0];
        let mut footprints =
            vec![(3, 3, cross), (5, 5, vec![1; 25]), (1, 37, vec![1; 37]), (21, 1, vec![1; 21])];
        let mut holes: Vec<u8> = (0..63).map(|_| random.below(2) as u8).collect();
        holes[0] = 1;
        footprints.push((7, 9, holes));
        // A rectangle beside the middle.
        footprints.push((3, 5, vec![0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1]));
        footprints.push((5, 1, vec![0, 0, 0, 0, 1]));
        for (height, width, cells) in footprints {
            for border in
                [Border::Reflect, Border::Constant, Border::Nearest, Border::Mirror, Border::Wrap]
            {
                let cval = 3.0;
                let footprint = ChordFootprint::new(height, width, &cells).unwrap();
                let options =
                    Morphology { footprint, border, erosion_cval: cval, dilation_cval: cval };
                for (operation, sign) in
                    [(erosion as Operation<T>, 1.0), (dilation as Operation<T>, -1.0)]
                {
                    let found = run(operation, &samples, shape, &options);
                    let expected =
                        reference(&samples, shape, (height, width, &cells), border, cval, sign);
                    for (i, (found, expected)) in found.iter().zip(&expected).enumerate() {
                        let found = found.to_f64();
                        assert!(
                            found == *expected || (found.is_nan() && expected.is_nan()),
                            "{} {height} × {width} {border:?} of {shape} at {i}: {found}, expected {expected}",
                            T::NAME
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn follow_the_definition_for_every_footprint_border_dtype_and_size() {
        let mut random = Random::new(11);
        for (height, width) in [(1, 1), (1, 9), (9, 1), (2, 3), (23, 70)] {
            let shape = Shape::new(height, width, 1).unwrap();
            agrees(&mut random, shape, |bits| bits as u8);
            agrees(&mut random, shape, |bits| bits as u16);
            agrees(&mut random, shape, |bits| bits as i32);
            // A third of it NaN.
            agrees(&mut random, shape, |bits| if bits % 3 == 0 { f32::NAN } else { bits as f32 });
            agrees(
                &mut random,
                shape,
                |bits| if bits % 3 == 0 { f64::NAN } else { -f64::from(bits) },
            );
        }
    }

    /// Wider than what is done at once, and so large that the result is streamed; NaN comes late.
    #[test]
    fn large_images_follow_the_definition() {
        let shape = Shape::new(401, 2622, 1).unwrap();
        let mut random = Random::new(13);
        let mut samples: Vec<f32> =
            (0..shape.len()).map(|_| random.below(1000) as f32 - 500.0).collect();
        let footprint = ChordFootprint::new(3, 5, &[1; 15]).unwrap();
        let (border, cells) = (Border::Mirror, [1; 15]);
        let options = Morphology { footprint, border, erosion_cval: 0.0, dilation_cval: 0.0 };
        for last in [f32::INFINITY, f32::NAN] {
            samples[shape.len() - 1] = last;
            let found = run(dilation, &samples, shape, &options);
            let expected = reference(&samples, shape, (3, 5, &cells), border, 0.0, -1.0);
            let wrong = found.iter().zip(&expected).position(|(a, b)| a.to_f64() != *b);
            assert_eq!(wrong, None, "{last}");
        }
    }

    // Expected values: scikit-image 0.26.0.

    #[test]
    fn openings_and_tophats_agree_with_recorded_scikit_image() {
        let shape = Shape::new(3, 4, 1).unwrap();
        let samples: Vec<u8> = vec![5, 9, 1, 3, 8, 2, 7, 0, 6, 4, 5, 9];
        // An even footprint, two by two, with its middle at the first of them.
        let footprint = ChordFootprint::new(3, 3, &[0, 0, 0, 0, 1, 1, 0, 1, 1]).unwrap();
        let border = Border::Reflect;
        let options = Morphology { footprint, border, erosion_cval: 0.0, dilation_cval: 0.0 };
        let run = |operation| run(operation, &samples, shape, &options);
        assert_eq!(run(opening), [2, 2, 1, 0, 2, 2, 2, 0, 4, 4, 5, 9]);
        assert_eq!(run(closing), [9, 9, 7, 3, 8, 7, 7, 3, 6, 5, 5, 9]);
        assert_eq!(run(white_tophat), [3, 7, 0, 3, 6, 0, 5, 0, 2, 0, 0, 0]);
        assert_eq!(run(black_tophat), [4, 0, 6, 0, 0, 5, 0, 3, 0, 1, 0, 0]);
    }
}
