use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::gabor_kernel::{Complex, Gabor};
use super::row_window::{Converted, Reach, RowSource, RowWindow};
use crate::error::{Error, Result, check_channels, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_bands};

/// Runs a block for places `x` of a line, `N` at once as far as they fit, then one by one.
macro_rules! in_blocks {
    ($len:expr, $n:ident, $x:ident => $body:block) => {{
        let len = $len;
        let mut $x = 0;
        {
            const $n: usize = 16;
            while $x + $n <= len {
                $body
                $x += $n;
            }
        }
        const $n: usize = 1;
        while $x < len {
            $body
            $x += 1;
        }
    }};
}

/// Kernels have two dimensions: beyond this radius they are no use.
const MAX_RADIUS: usize = 1023;

/// What an image answers to a wave within a Gaussian: the real and the imaginary part.
///
/// `skimage.filters.gabor`, in 64 bits, but for integers, which become floats. A kernel whose Gaussian is round, or lies along the axes, is the
/// product of one down the rows and one across the columns, and so is the wave: two passes of one dimension. Others are added up tap by tap.
///
/// # Errors
///
/// [`Error::Channels`] for several channels, [`Error::Option`] for deviations that are not above 0 or a radius above 1023,
/// [`Error::Mismatch`] unless both parts have the image's shape.
pub fn gabor<T: Sample>(
    image: ImageView<'_, T>,
    options: &Gabor,
    out: [ImageViewMut<'_, T::Output>; 2],
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    for part in &out {
        check_shape("out", part.shape(), shape)?;
    }
    if options.sigma.iter().any(|sigma| !sigma.is_finite() || *sigma <= 0.0) {
        let given = format!("{:?}", options.sigma);
        return Err(Error::Option { name: "sigma", given, expected: "finite numbers above 0" });
    }
    if options.radius.iter().any(|&radius| radius > MAX_RADIUS) {
        let given = format!("{:?}", options.radius);
        return Err(Error::Option { name: "radius", given, expected: "at most 1023" });
    }
    let (width, [down, across]) = (shape.width(), options.radius.map(|radius| 2 * radius + 1));
    let out = out.map(ImageViewMut::into_samples);
    // Where samples are not finite, it matters which weights are 0.
    let finite = image.samples().iter().all(|sample| sample.to_f64().is_finite());
    if let Some([column, row]) = options.separated().filter(|_| finite) {
        each_bands(out, width, 2 * down + 4 * across, |out| {
            dispatch(Separable { image, options, column: &column, row: &row, out });
        });
        return Ok(());
    }
    let weights = options.weights();
    let taps = [0, 1].map(|part| {
        let taps = weights.iter().enumerate();
        // SciPy takes smaller weights for none.
        let taps = taps.filter(|(_, weight)| weight[part].abs() > f64::EPSILON);
        taps.map(|(tap, weight)| (tap / across, tap % across, weight[part])).collect()
    });
    each_bands(out, width, 2 * down * across, |out| {
        dispatch(Dense { image, options, taps: &taps, out });
    });
    Ok(())
}

struct Separable<'a, T: Sample> {
    image: ImageView<'a, T>,
    options: &'a Gabor,
    column: &'a [Complex],
    row: &'a [Complex],
    /// The real and the imaginary part.
    out: [Band<'a, T::Output>; 2],
}

impl<T: Sample> Kernel for Separable<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, options, column, row, out: [real_out, imag_out] } = self;
        let mut window = window(image, options, real_out.first);
        let padded = image.shape().width() + row.len() - 1;
        let [mut real, mut imag] = [vec![0.0; padded], vec![0.0; padded]];
        let mut starts = vec![0; column.len()];
        for ((y, real_out), (_, imag_out)) in real_out.rows().zip(imag_out.rows()) {
            let samples = window.around(y, &mut starts);
            in_blocks!(padded, N, x => {
                let [mut re, mut im] = [[0.0; N]; 2];
                for (&start, weight) in starts.iter().zip(column) {
                    let line: &[f64; N] = block(samples, start + x);
                    for i in 0..N {
                        re[i] = L::fma(weight[0], line[i], re[i]);
                        im[i] = L::fma(weight[1], line[i], im[i]);
                    }
                }
                real[x..x + N].copy_from_slice(&re);
                imag[x..x + N].copy_from_slice(&im);
            });
            in_blocks!(real_out.len(), N, x => {
                let [mut re, mut im] = [[0.0; N]; 2];
                for (tap, weight) in row.iter().enumerate() {
                    let [a, b]: [&[f64; N]; 2] = [block(&real, x + tap), block(&imag, x + tap)];
                    for i in 0..N {
                        re[i] = L::fma(weight[0], a[i], L::fma(-weight[1], b[i], re[i]));
                        im[i] = L::fma(weight[0], b[i], L::fma(weight[1], a[i], im[i]));
                    }
                }
                store(&re, &mut real_out[x..x + N]);
                store(&im, &mut imag_out[x..x + N]);
            });
        }
    }
}

/// A weight, and where in the rows around a pixel the sample that it is for.
type Tap = (usize, usize, f64);

struct Dense<'a, T: Sample> {
    image: ImageView<'a, T>,
    options: &'a Gabor,
    /// Those of the real and of the imaginary part.
    taps: &'a [Vec<Tap>; 2],
    /// The real and the imaginary part.
    out: [Band<'a, T::Output>; 2],
}

impl<T: Sample> Kernel for Dense<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, options, taps: [real, imag], out: [real_out, imag_out] } = self;
        let mut window = window(image, options, real_out.first);
        let mut starts = vec![0; 2 * options.radius[0] + 1];
        for ((y, real_out), (_, imag_out)) in real_out.rows().zip(imag_out.rows()) {
            let samples = window.around(y, &mut starts);
            sum::<L, _>(samples, &starts, real, real_out);
            sum::<L, _>(samples, &starts, imag, imag_out);
        }
    }
}

#[inline(always)]
fn sum<L: Level, O: Float>(samples: &[f64], starts: &[usize], taps: &[Tap], out: &mut [O]) {
    in_blocks!(out.len(), N, x => {
        let mut sums = [0.0; N];
        for &(row, column, weight) in taps {
            let line: &[f64; N] = block(samples, starts[row] + x + column);
            for i in 0..N {
                sums[i] = L::fma(weight, line[i], sums[i]);
            }
        }
        store(&sums, &mut out[x..x + N]);
    });
}

/// The rows around one after the other, from `first` on, with as many columns beyond the edges as the kernel reaches.
#[inline(always)]
fn window<'a, T: Sample>(
    image: ImageView<'a, T>,
    options: &Gabor,
    first: usize,
) -> RowWindow<f64, impl RowSource<f64> + use<'a, T>> {
    let reach = Reach { rows: options.radius[0], columns: options.radius[1] };
    let source = Converted::new(image, T::to_f64);
    RowWindow::new(source, first, reach, options.border, options.cval)
}

#[inline(always)]
fn block<const N: usize>(samples: &[f64], start: usize) -> &[f64; N] {
    samples[start..].first_chunk().unwrap_or_else(|| unreachable!("a block lies in its row"))
}

#[inline(always)]
fn store<O: Float, const N: usize>(sums: &[f64; N], out: &mut [O]) {
    for (out, &sum) in out.iter_mut().zip(sums) {
        *out = O::from_f64(sum);
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::border::Border;

    fn answer(options: &Gabor, samples: &[f64], width: usize) -> [Vec<f64>; 2] {
        let shape = Shape::new(samples.len() / width, width, 1).unwrap();
        let mut parts = [(); 2].map(|()| vec![9.0; samples.len()]);
        let image = ImageView::new(samples, shape).unwrap();
        let out = parts.each_mut().map(|part| ImageViewMut::new(part, shape).unwrap());
        gabor(image, options, out).unwrap();
        parts
    }

    #[test]
    fn two_passes_do_what_all_taps_do() {
        let mut random = crate::random::Random::new(11);
        let samples: Vec<f64> = (0..23 * 37).map(|_| random.unit()).collect();
        for theta in [0.0, 0.3, std::f64::consts::FRAC_PI_2] {
            for border in [Border::Reflect, Border::Constant] {
                let sigma = if theta == 0.3 { [1.7, 1.7] } else { [1.1, 2.3] };
                let options = Gabor {
                    frequency: 0.23,
                    theta,
                    offset: 0.4,
                    sigma,
                    radius: [6, 5],
                    border,
                    cval: 0.7,
                };
                assert!(options.separated().is_some());
                let slanted = Gabor { theta: 0.5, sigma: [1.0, 2.0], ..options };
                assert!(slanted.separated().is_none());
                let taps = options.weights();
                let [real, imag] = answer(&options, &samples, 37);
                for (i, sample) in real.iter().chain(&imag).enumerate() {
                    let (part, i) = (i / samples.len(), i % samples.len());
                    let mut expected = 0.0;
                    for (tap, weight) in taps.iter().enumerate() {
                        let y = (i / 37 + tap / 11) as isize - 6;
                        let x = (i % 37 + tap % 11) as isize - 5;
                        let place = border.resolve(y, 23).zip(border.resolve(x, 37));
                        expected += weight[part] * place.map_or(0.7, |(y, x)| samples[y * 37 + x]);
                    }
                    assert!((sample - expected).abs() < 1e-14, "{i}: {sample}, not {expected}");
                }
            }
        }
    }

    #[test]
    fn a_point_shows_the_kernel() {
        let mut samples = vec![0.0; 15 * 15];
        samples[7 * 15 + 7] = 1.0;
        let options = Gabor {
            frequency: 0.2,
            theta: 0.8,
            offset: 0.1,
            sigma: [1.0, 2.0],
            radius: [3, 3],
            border: Border::Nearest,
            cval: 0.0,
        };
        let [real, imag] = answer(&options, &samples, 15);
        let taps = options.weights();
        for (i, tap) in taps.iter().rev().enumerate() {
            let place = (4 + i / 7) * 15 + 4 + i % 7;
            assert!((real[place] - tap[0]).abs() < 1e-16);
            assert!((imag[place] - tap[1]).abs() < 1e-16);
        }
    }
}
