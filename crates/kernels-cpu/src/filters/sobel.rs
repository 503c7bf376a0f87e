use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use crate::border::{Border, pad_row};
use crate::error::{Result, check_channels, check_shape};
use crate::simd::{Kernel, Level, dispatch};

/// Which derivative to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeAxis {
    /// The root mean square of both derivatives.
    Both,
    /// Down the rows: finds horizontal edges. Signed; positive where the lower side is brighter.
    Rows,
    /// Across the columns: finds vertical edges. Signed; positive where the right side is brighter.
    Columns,
}

/// How to find edges.
#[derive(Clone, Copy, Debug)]
pub struct Sobel {
    /// Which derivative.
    pub axis: EdgeAxis,
    /// What lies beyond the edges of the image.
    pub border: Border,
    /// The constant of [`Border::Constant`], on the scale of the result.
    pub cval: f64,
}

/// Edge strength by Sobel's operator: smoothing \[1 2 1\]/4 across a difference \[1 0 −1\].
///
/// `skimage.filters.sobel` of one channel, in one pass. Integers become floats in [0, 1] first. 8- and
/// 16-bit ones take differences exactly and scale last; 32-bit integers and doubles are computed in 64 bits.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn sobel<T: Sample>(
    image: ImageView<'_, T>,
    options: &Sobel,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_channels("image", image.shape(), &[1], "1")?;
    check_shape("out", out.shape(), image.shape())?;
    dispatch(Edges::<T> { image, options, out: out.into_samples() });
    Ok(())
}

struct Edges<'a, T: Sample> {
    image: ImageView<'a, T>,
    options: &'a Sobel,
    out: &'a mut [T::Output],
}

impl<T: Sample> Kernel for Edges<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        match self.options.axis {
            EdgeAxis::Both => self.filter(magnitude),
            EdgeAxis::Rows => self.filter(|rows, _, scale| rows * scale),
            EdgeAxis::Columns => self.filter(|_, columns, scale| columns * scale),
        }
    }
}

/// √((rows² + columns²) / 2), scaled before squaring so that it overflows where scikit-image does.
#[inline(always)]
fn magnitude<W: Float>(rows: W, columns: W, scale: W) -> W {
    let (rows, columns) = (rows * scale, columns * scale);
    ((rows * rows + columns * columns) * W::from_f64(0.5)).sqrt()
}

impl<T: Sample> Edges<'_, T> {
    #[inline(always)]
    fn filter(self, combine: impl Fn(T::Work, T::Work, T::Work) -> T::Work) {
        let Self { image, options, out } = self;
        let width = image.shape().width();
        // Differences are taken of unscaled levels; so the constant goes to their scale.
        let scale = T::Work::from_f64(T::SCALE * 0.25);
        let cval = T::Work::from_f64(options.cval / T::SCALE);
        let load = |index: isize, row: &mut [T::Work]| match options
            .border
            .resolve(index, image.shape().height())
        {
            Some(y) => {
                for (work, sample) in row[1..].iter_mut().zip(image.row(y)) {
                    *work = sample.to_level();
                }
                pad_row(row, width, 1, 1, options.border, cval);
            }
            None => row.fill(cval),
        };

        let mut above = vec![T::Work::ZERO; width + 2];
        let mut here = above.clone();
        let mut below = above.clone();
        load(-1, &mut above);
        load(0, &mut here);
        for (y, out) in out.chunks_exact_mut(width).enumerate() {
            load(y as isize + 1, &mut below);
            stencil(&above, &here, &below, scale, &combine, out);
            std::mem::swap(&mut above, &mut here);
            std::mem::swap(&mut here, &mut below);
        }
    }
}

/// One row of results from three rows padded by one sample on either side.
#[inline(always)]
fn stencil<W: Float, O: Float>(
    above: &[W],
    here: &[W],
    below: &[W],
    scale: W,
    combine: impl Fn(W, W, W) -> W,
    out: &mut [O],
) {
    let two = W::from_f64(2.0);
    let n = out.len();
    let (a, h, b) = (&above[..n + 2], &here[..n + 2], &below[..n + 2]);
    for x in 0..n {
        let rows = (b[x] + two * b[x + 1] + b[x + 2]) - (a[x] + two * a[x + 1] + a[x + 2]);
        let columns = (a[x + 2] + two * h[x + 2] + b[x + 2]) - (a[x] + two * h[x] + b[x]);
        out[x] = combine(rows, columns, scale).cast();
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;
    use crate::random::Random;

    fn options(axis: EdgeAxis, border: Border) -> Sobel {
        Sobel { axis, border, cval: 0.5 }
    }

    fn edges<T: Sample>(samples: &[T], shape: Shape, options: &Sobel) -> Vec<T::Output> {
        let mut out = vec![T::Output::default(); shape.len()];
        let image = ImageView::new(samples, shape).unwrap();
        sobel(image, options, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        out
    }

    /// The definition, in doubles.
    fn reference<T: Sample>(samples: &[T], shape: Shape, options: &Sobel) -> Vec<f64> {
        let (h, w) = (shape.height(), shape.width());
        let value = |y: usize, x: usize, dy: isize, dx: isize| {
            let (y, x) = (y as isize + dy, x as isize + dx);
            let place = options.border.resolve(y, h).zip(options.border.resolve(x, w));
            place.map_or(options.cval, |(y, x)| samples[y * w + x].to_level().to_f64() * T::SCALE)
        };
        let smooth = [(-1, 0.25), (0, 0.5), (1, 0.25)];
        let mut out = Vec::new();
        for (y, x) in (0..h).flat_map(|y| (0..w).map(move |x| (y, x))) {
            let rows: f64 =
                smooth.iter().map(|&(d, k)| k * (value(y, x, 1, d) - value(y, x, -1, d))).sum();
            let columns: f64 =
                smooth.iter().map(|&(d, k)| k * (value(y, x, d, 1) - value(y, x, d, -1))).sum();
            out.push(match options.axis {
                EdgeAxis::Both => ((rows * rows + columns * columns) / 2.0).sqrt(),
                EdgeAxis::Rows => rows,
                EdgeAxis::Columns => columns,
            });
        }
        out
    }

    #[track_caller]
    fn assert_close<F: Float>(got: &[F], expected: &[f64], tolerance: f64) {
        for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
            assert!(
                (got.to_f64() - expected).abs() <= tolerance,
                "{i}: {got:?}, expected {expected}"
            );
        }
    }

    #[test]
    fn follows_the_definition_for_every_border_dtype_and_size() {
        let mut random = Random::new(3);
        for (h, w) in [(1, 1), (1, 7), (7, 1), (2, 2), (5, 33), (9, 70)] {
            let shape = Shape::new(h, w, 1).unwrap();
            let doubles: Vec<f64> = (0..shape.len()).map(|_| random.unit()).collect();
            for border in
                [Border::Reflect, Border::Constant, Border::Nearest, Border::Mirror, Border::Wrap]
            {
                for axis in [EdgeAxis::Both, EdgeAxis::Rows, EdgeAxis::Columns] {
                    let options = options(axis, border);
                    let expected = reference(&doubles, shape, &options);
                    assert_close(&edges(&doubles, shape, &options), &expected, 1e-14);
                    let floats: Vec<f32> = doubles.iter().map(|&v| v as f32).collect();
                    assert_close(&edges(&floats, shape, &options), &expected, 1e-6);
                    let bytes: Vec<u8> = doubles.iter().map(|&v| (v * 256.0) as u8).collect();
                    assert_close(
                        &edges(&bytes, shape, &options),
                        &reference(&bytes, shape, &options),
                        1e-7,
                    );
                    let ints: Vec<i32> =
                        doubles.iter().map(|&v| ((v - 0.5) * 4e9) as i32).collect();
                    assert_close(
                        &edges(&ints, shape, &options),
                        &reference(&ints, shape, &options),
                        1e-7,
                    );
                }
            }
        }
    }

    #[test]
    fn agrees_with_recorded_scikit_image() {
        // skimage.filters.sobel(a, axis=…) of [[1, 2, 4], [8, 16, 32]] / 32.
        let samples = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0].map(|v: f64| v / 32.0);
        for (axis, expected) in [
            (
                EdgeAxis::Both,
                [
                    0.20267377767301323,
                    0.3928840925212549,
                    0.554852528267647,
                    0.2376079113397742,
                    0.5410967053413372,
                    0.6077703230867726,
                ],
            ),
            (EdgeAxis::Rows, [0.2734375, 0.4921875, 0.765625, 0.2734375, 0.4921875, 0.765625]),
            (EdgeAxis::Columns, [0.0859375, 0.2578125, 0.171875, 0.1953125, 0.5859375, 0.390625]),
        ] {
            let shape = Shape::new(2, 3, 1).unwrap();
            assert_close(
                &edges(&samples, shape, &options(axis, Border::Reflect)),
                &expected,
                1e-15,
            );
        }
    }

    #[test]
    fn a_flat_image_has_no_edges_and_nan_touches_its_neighbours() {
        let shape = Shape::new(5, 5, 1).unwrap();
        let mut samples = [0.1f32; 25];
        assert_eq!(edges(&samples, shape, &options(EdgeAxis::Both, Border::Reflect)), [0.0; 25]);
        samples[12] = f32::NAN;
        let out = edges(&samples, shape, &options(EdgeAxis::Both, Border::Reflect));
        for (i, v) in out.iter().enumerate() {
            // The middle has no weight.
            let near = i != 12 && (i / 5).abs_diff(2) <= 1 && (i % 5).abs_diff(2) <= 1;
            assert_eq!(v.is_nan(), near, "{i}");
        }
    }

    #[test]
    fn refuses_colour() {
        let shape = Shape::new(1, 1, 3).unwrap();
        let mut out = [0.0; 3];
        let image = ImageView::new(&[0u8; 3], shape).unwrap();
        let out = ImageViewMut::new(&mut out, shape).unwrap();
        let error = sobel(image, &options(EdgeAxis::Both, Border::Reflect), out).unwrap_err();
        assert_eq!(error, Error::Channels { image: "image", given: 3, expected: "1" });
    }
}
