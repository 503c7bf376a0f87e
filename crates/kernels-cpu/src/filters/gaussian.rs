use tagswitch_image::{ImageView, ImageViewMut, Sample};

use super::blur::{BlurredRows, Kernels, number};
use super::row_window::Converted;
use crate::border::Border;
use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// How to blur.
#[derive(Clone, Copy, Debug)]
pub struct Gaussian {
    /// Standard deviation down the rows and across the columns, in pixels.
    pub sigma: [f64; 2],
    /// How far the kernel reaches from its centre, likewise; 0 leaves an axis as it is.
    pub radius: [usize; 2],
    /// What lies beyond the edges.
    pub border: Border,
    /// The constant of [`Border::Constant`], on the scale of the result.
    pub cval: f64,
    /// Keep integers' values instead of scaling them to [0, 1].
    pub preserve_range: bool,
}

/// Blurs every channel with a sampled, truncated, normalised Gaussian.
///
/// `skimage.filters.gaussian` with channels kept apart. Rows are filtered first, as there. 8- and 16-bit
/// integers and 32-bit floats are computed in 32 bits, 32-bit integers and doubles in 64, with weights from 64.
/// A sample of a symmetric pair is added to its partner before it is weighted, so that 32-bit floats
/// beyond ±1.7e38 overflow.
///
/// Cost: `2 × radius + 2` operations per sample and axis; memory for `2 × radius + 1` rows at most.
///
/// # Errors
///
/// [`Error::Option`](crate::Error::Option) for a `sigma` that is not positive and finite where the radius is not 0, or a radius above
/// 65535; [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn gaussian<T: Sample>(
    image: ImageView<'_, T>,
    options: &Gaussian,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    let kernels = Kernels::new(options.sigma, options.radius)?;
    each_band(out.into_samples(), image.shape().row_len(), kernels.cost(), |out| {
        dispatch(Blur::<T> { image, options, kernels: &kernels, out });
    });
    Ok(())
}

struct Blur<'a, T: Sample> {
    image: ImageView<'a, T>,
    options: &'a Gaussian,
    kernels: &'a Kernels<T::Work>,
    out: Band<'a, T::Output>,
}

impl<T: Sample> Kernel for Blur<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, options, kernels, out } = self;
        let numbers = Converted::new(image, number(options.preserve_range));
        let Gaussian { border, cval, .. } = *options;
        let mut rows = BlurredRows::new(numbers, out.first, kernels, border, cval);
        for (y, result) in out.rows() {
            rows.row::<L, _>(y, result);
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::{Float, Shape};

    use super::super::blur::half_kernel;
    use super::*;
    use crate::error::Error;
    use crate::random::Random;
    use crate::simd::baseline;

    const BORDERS: [Border; 5] =
        [Border::Reflect, Border::Constant, Border::Nearest, Border::Mirror, Border::Wrap];

    fn options(sigma: [f64; 2], border: Border) -> Gaussian {
        let radius = sigma.map(|sigma| (4.0 * sigma + 0.5) as usize);
        Gaussian { sigma, radius, border, cval: 0.25, preserve_range: false }
    }

    fn blur<T: Sample>(samples: &[T], shape: Shape, options: &Gaussian) -> Vec<T::Output> {
        let mut out = vec![T::Output::default(); shape.len()];
        let image = ImageView::new(samples, shape).unwrap();
        gaussian(image, options, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        out
    }

    /// The definition, in doubles: every sample the weighted sum of all its neighbours.
    fn reference<T: Sample>(samples: &[T], shape: Shape, options: &Gaussian) -> Vec<f64> {
        let half =
            |axis: usize| half_kernel::<f64>(options.sigma[axis], options.radius[axis]).unwrap();
        let (down, across) = (half(0), half(1));
        let (h, w, c) = (shape.height(), shape.width(), shape.channels());
        let value = |y: isize, x: isize, channel: usize| {
            let place = options.border.resolve(y, h).zip(options.border.resolve(x, w));
            place.map_or(options.cval, |(y, x)| {
                let sample = samples[(y * w + x) * c + channel];
                if options.preserve_range {
                    sample.to_f64()
                } else {
                    sample.to_level().to_f64() * T::SCALE
                }
            })
        };
        let reach = |half: &[f64]| -(half.len() as isize - 1)..half.len() as isize;
        let mut out = Vec::new();
        for at in 0..shape.len() {
            let (y, x, channel) = ((at / c / w) as isize, (at / c % w) as isize, at % c);
            let mut sum = 0.0;
            for dy in reach(&down) {
                for dx in reach(&across) {
                    let weight = down[dy.unsigned_abs()] * across[dx.unsigned_abs()];
                    sum += weight * value(y + dy, x + dx, channel);
                }
            }
            out.push(sum);
        }
        out
    }

    #[track_caller]
    fn assert_close<F: Float>(got: &[F], expected: &[f64], tolerance: f64) {
        assert_eq!(got.len(), expected.len());
        for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
            let error = (got.to_f64() - expected).abs();
            assert!(
                error <= tolerance * expected.abs().max(1.0),
                "{i}: {got:?}, expected {expected}"
            );
        }
    }

    #[test]
    fn follows_the_definition_for_every_border_dtype_and_size() {
        let mut random = Random::new(1);
        for (h, w, c) in
            [(1, 1, 1), (1, 9, 1), (9, 1, 3), (2, 3, 4), (7, 5, 3), (3, 131, 1), (21, 18, 1)]
        {
            let shape = Shape::new(h, w, c).unwrap();
            let doubles: Vec<f64> = (0..shape.len()).map(|_| random.unit()).collect();
            for border in BORDERS {
                // Kernels smaller than, as large as and much larger than the image.
                for sigma in [[0.5, 0.5], [1.0, 2.0], [0.0, 1.5], [3.0, 0.0]] {
                    let options = options(sigma, border);
                    let expected = reference(&doubles, shape, &options);
                    assert_close(&blur(&doubles, shape, &options), &expected, 1e-14);
                    let floats: Vec<f32> = doubles.iter().map(|&v| v as f32).collect();
                    assert_close(&blur(&floats, shape, &options), &expected, 1e-6);
                    let bytes: Vec<u8> = doubles.iter().map(|&v| (v * 256.0) as u8).collect();
                    assert_close(
                        &blur(&bytes, shape, &options),
                        &reference(&bytes, shape, &options),
                        1e-6,
                    );
                    let ints: Vec<i32> =
                        doubles.iter().map(|&v| ((v - 0.5) * 4e9) as i32).collect();
                    assert_close(
                        &blur(&ints, shape, &options),
                        &reference(&ints, shape, &options),
                        1e-6,
                    );
                }
            }
        }
    }

    #[test]
    fn agrees_with_recorded_scikit_image() {
        // skimage.filters.gaussian(a, sigma=0.7, mode="reflect") of [[1, 2, 4], [8, 16, 32]] / 32.
        let samples = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0].map(|v: f64| v / 32.0);
        let got = blur(&samples, Shape::new(2, 3, 1).unwrap(), &options([0.7; 2], Border::Reflect));
        assert_close(&got, &SKIMAGE, 1e-12);
    }

    const SKIMAGE: [f64; 6] = [
        0.1000386225931651,
        0.17809249674226374,
        0.2846846902075727,
        0.2499000871780036,
        0.44488147985237014,
        0.7111526234266248,
    ];

    #[test]
    fn keeps_the_range_when_asked() {
        let shape = Shape::new(2, 2, 1).unwrap();
        let options = Gaussian { preserve_range: true, ..options([1.0; 2], Border::Nearest) };
        assert_close(&blur(&[7u16; 4], shape, &options), &[7.0; 4], 1e-6);
        assert_close(&blur(&[i32::MIN; 4], shape, &options), &[f64::from(i32::MIN); 4], 1e-6);
    }

    #[test]
    fn every_instruction_set_agrees() {
        let mut random = Random::new(2);
        let shape = Shape::new(11, 77, 1).unwrap();
        let samples: Vec<f32> = (0..shape.len()).map(|_| random.unit() as f32).collect();
        let options = options([2.0; 2], Border::Reflect);
        let mut out = vec![0.0; shape.len()];
        let kernels = Kernels::new([2.0; 2], [8; 2]).unwrap();
        let image = ImageView::new(&samples, shape).unwrap();
        let band = Band { first: 0, row_len: shape.row_len(), samples: &mut out };
        baseline(Blur { image, options: &options, kernels: &kernels, out: band });
        let expected = reference(&samples, shape, &options);
        assert_close(&out, &expected, 1e-6);
        assert_close(&blur(&samples, shape, &options), &expected, 1e-6);
    }

    #[test]
    fn nan_spreads_as_far_as_the_kernel() {
        let shape = Shape::new(9, 9, 1).unwrap();
        let mut samples = [0.5f32; 81];
        samples[40] = f32::NAN;
        let out = blur(&samples, shape, &options([0.5; 2], Border::Nearest));
        for (i, v) in out.iter().enumerate() {
            let near = (i / 9).abs_diff(4) <= 2 && (i % 9).abs_diff(4) <= 2;
            assert_eq!(v.is_nan(), near, "{i}");
        }
    }

    #[test]
    fn zero_sigma_copies() {
        let samples = [0.1f32, f32::NAN, f32::MAX, -0.0];
        let out = blur(&samples, Shape::new(2, 2, 1).unwrap(), &options([0.0; 2], Border::Reflect));
        assert!(out.iter().zip(samples).all(|(out, sample)| out.to_bits() == sample.to_bits()));
    }

    #[test]
    fn refuses_bad_options_and_outputs() {
        let shape = Shape::new(1, 2, 1).unwrap();
        let image = ImageView::new(&[0.0f32; 2], shape).unwrap();
        for (sigma, radius, named) in [
            (-1.0, 1, "sigma"),
            (0.0, 1, "sigma"),
            (f64::NAN, 1, "sigma"),
            (f64::INFINITY, 1, "sigma"),
            (1.0, 65_536, "radius"),
        ] {
            let mut out = [0.0; 2];
            let out = ImageViewMut::new(&mut out, shape).unwrap();
            let options = Gaussian {
                sigma: [sigma; 2],
                radius: [0, radius],
                ..options([1.0; 2], Border::Wrap)
            };
            let error = gaussian(image, &options, out).unwrap_err();
            assert!(matches!(error, Error::Option { name, .. } if name == named), "{error}");
        }
        let mut out = [0.0; 2];
        let out = ImageViewMut::new(&mut out, Shape::new(2, 1, 1).unwrap()).unwrap();
        let error = gaussian(image, &options([1.0; 2], Border::Wrap), out).unwrap_err();
        assert!(matches!(error, Error::Mismatch { image: "out", .. }), "{error}");
    }
}
