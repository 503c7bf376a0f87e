use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::gaussian_derivatives::{FirstDerivatives, GaussianDerivatives};
use crate::border::Border;
use crate::error::{Error, Result, check_channels, check_shape};
use crate::filters::blur::{BlurredRows, Kernels, number};
use crate::filters::row_window::{Converted, RowSource};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::RowStream;
use crate::threads::{Band, each_bands};

/// How to derive twice.
#[derive(Clone, Copy, Debug)]
pub struct HessianMatrix {
    /// Standard deviation of the Gaussian down the rows and across the columns, in pixels.
    pub sigma: [f64; 2],
    /// How far its kernel reaches; 0 leaves an axis as it is.
    pub radius: [usize; 2],
    /// What lies beyond the edges.
    pub border: Border,
    /// The constant of [`Border::Constant`], an intensity.
    pub cval: f64,
    /// By which derivatives.
    pub derivatives: Derivatives,
}

/// How to take derivatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derivatives {
    /// Differences of neighbours, after the Gaussian.
    Differences,
    /// Two steps by derivatives of the Gaussian, which is that of each step. What lies beyond the edges comes in again at the second
    /// step, so that their order matters.
    Gaussian {
        /// Whether the mixed derivative is first taken across the columns.
        columns_first: bool,
    },
}

/// The Hessian by (row, row), (row, column) and (column, column).
///
/// `skimage.feature.hessian_matrix` of one channel. 8- and 16-bit integers and 32-bit floats are computed in 32 bits, others in 64.
///
/// # Errors
///
/// [`Error::Channels`] for several channels, [`Error::Mismatch`] unless the results have the image's shape, [`Error::Option`] where
/// the image is too small for differences, and those of [`gaussian`](crate::filters::gaussian()).
pub fn hessian_matrix<T: Sample>(
    image: ImageView<'_, T>,
    options: &HessianMatrix,
    out: [ImageViewMut<'_, T::Output>; 3],
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    for element in &out {
        check_shape("out", element.shape(), shape)?;
    }
    let HessianMatrix { sigma, radius, border, cval, derivatives } = *options;
    let out = out.map(ImageViewMut::into_samples);
    let numbers = || Converted::new(image, number(false));
    let width = shape.width();
    match derivatives {
        Derivatives::Differences => {
            if shape.height() < 2 || width < 2 {
                let given = format!("Differences of {} × {width}", shape.height());
                let expected = "at least 2 × 2 pixels";
                return Err(Error::Option { name: "derivatives", given, expected });
            }
            let kernels = Kernels::new(sigma, radius)?;
            let blur = Blur { kernels: &kernels, border, cval };
            each_bands(out, width, kernels.cost() + 20, |out| {
                dispatch(Differences { source: numbers(), blur, out });
            });
        }
        Derivatives::Gaussian { columns_first } => {
            let kernels = GaussianDerivatives::new(sigma, radius, border, cval, columns_first)?;
            let first = kernels.first(numbers);
            each_bands(out, width, kernels.cost(), |out| {
                dispatch(Elements { kernels: &kernels, first: &first, out });
            });
        }
    }
    Ok(())
}

/// A Gaussian and what it meets beyond the edges.
#[derive(Clone, Copy)]
struct Blur<'a, W> {
    kernels: &'a Kernels<W>,
    border: Border,
    cval: f64,
}

struct Differences<'a, W, S, O> {
    source: S,
    blur: Blur<'a, W>,
    out: [Band<'a, O>; 3],
}

/// How far differences of differences reach.
const REACH: usize = 2;

impl<W: Float, S: RowSource<W>, O: Float + Sample> Kernel for Differences<'_, W, S, O> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { source, blur: Blur { kernels, border, cval }, out: [rr, rc, cc] } = self;
        let (width, shape) = (rr.row_len, source.shape());
        let height = shape.height();
        let mut made = rr.first.saturating_sub(REACH);
        let mut blurred = BlurredRows::new(source, made, kernels, border, cval);
        // The rows around one, each where its number's remainder says.
        let mut smooth = vec![W::ZERO; (2 * REACH + 1) * width];
        let place = |y: usize| y % (2 * REACH + 1) * width;
        let mut down = [(); 3].map(|()| vec![W::ZERO; width]);
        let mut across = vec![W::ZERO; width];
        let mut streams = [(); 3].map(|()| RowStream::new(width, shape.len()));
        for (((y, rr), (_, rc)), (_, cc)) in rr.rows().zip(rc.rows()).zip(cc.rows()) {
            while made < (y + REACH + 1).min(height) {
                blurred.row::<L, _>(made, &mut smooth[place(made)..][..width]);
                made += 1;
            }
            let row = |y: usize| &smooth[place(y)..][..width];
            let taps = [y.saturating_sub(1), y, (y + 1).min(height - 1)];
            for (down, y) in down.iter_mut().zip(taps) {
                let (above, below) = (y.saturating_sub(1), (y + 1).min(height - 1));
                subtract(row(below), row(above), share(below - above), down);
            }
            gradient(row(y), &mut across);
            let [of_rr, of_rc, of_cc] = &mut streams;
            subtract(&down[2], &down[0], share(taps[2] - taps[0]), of_rr.tile(rr));
            of_rr.store::<L>(rr);
            gradient(&down[1], of_rc.tile(rc));
            of_rc.store::<L>(rc);
            gradient(&across, of_cc.tile(cc));
            of_cc.store::<L>(cc);
        }
    }
}

/// What a difference over so many pixels is multiplied by.
fn share<W: Float>(pixels: usize) -> W {
    W::from_f64(1.0 / pixels as f64)
}

#[inline(always)]
fn subtract<W: Float, O: Float>(after: &[W], before: &[W], share: W, out: &mut [O]) {
    for ((out, &after), &before) in out.iter_mut().zip(after).zip(before) {
        *out = ((after - before) * share).cast();
    }
}

/// Half of the difference of the neighbours along a row; at its ends that of two pixels.
#[inline(always)]
fn gradient<W: Float, O: Float>(row: &[W], out: &mut [O]) {
    let last = row.len() - 1;
    subtract(&row[2..], row, share(2), &mut out[1..last]);
    out[0] = (row[1] - row[0]).cast();
    out[last] = (row[last] - row[last - 1]).cast();
}

struct Elements<'a, W, O> {
    kernels: &'a GaussianDerivatives<W>,
    first: &'a FirstDerivatives<W>,
    out: [Band<'a, O>; 3],
}

impl<W: Float, O: Float> Kernel for Elements<'_, W, O> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { kernels, first, out: [rr, rc, cc] } = self;
        let mut rows = kernels.second(first, rr.first);
        rows.rows::<L, _>(rr.first, rr.row_len, [rr.samples, rc.samples, cc.samples]);
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    const DIFFERENCES: HessianMatrix = HessianMatrix {
        sigma: [1.0; 2],
        radius: [4; 2],
        border: Border::Reflect,
        cval: 0.0,
        derivatives: Derivatives::Differences,
    };

    fn hessian<T: Sample>(
        samples: &[T],
        width: usize,
        options: &HessianMatrix,
    ) -> Result<[Vec<T::Output>; 3]> {
        let shape = Shape::new(samples.len() / width, width, 1)?;
        let mut out = [(); 3].map(|()| vec![T::Output::default(); shape.len()]);
        let views = out.each_mut().map(|out| ImageViewMut::new(out, shape).unwrap());
        hessian_matrix(ImageView::new(samples, shape)?, options, views)?;
        Ok(out)
    }

    #[test]
    fn agrees_with_recorded_scikit_image() {
        // skimage.feature.hessian_matrix(a, 0.6, cval=0.25), and hessian_matrix(a, 1.5, cval=0.25, order=…,
        // use_gaussian_derivatives=True), of [[1, 2, 4], [8, 16, 32], [3, 9, 27]] / 32: the middle row.
        let samples = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 3.0, 9.0, 27.0].map(|v| v / 32.0);
        for (derivatives, expected) in SKIMAGE {
            let (sigma, radius) = match derivatives {
                Derivatives::Differences => ([0.6; 2], [2; 2]),
                Derivatives::Gaussian { .. } => ([1.5 / 2f64.sqrt(); 2], [8; 2]),
            };
            let border = Border::Constant;
            let options = HessianMatrix { sigma, radius, border, cval: 0.25, derivatives };
            for (found, expected) in hessian(&samples, 3, &options).unwrap().iter().zip(expected) {
                for (found, expected) in found[3..6].iter().zip(expected) {
                    assert!(
                        (found - expected).abs() < 1e-14,
                        "{derivatives:?}: {found} {expected}"
                    );
                }
            }
        }
    }

    #[test]
    fn large_results_are_those_of_their_rows() {
        // So large that they are streamed and cut into bands, beside those of few rows: the first ones and some about the middle.
        let (height, width, few) = (1050, 1030, 40);
        let samples: Vec<f32> =
            (0..height * width).map(|i| (i * i % 1009) as f32 / 1009.0).collect();
        let large = hessian(&samples, width, &DIFFERENCES).unwrap();
        for first in [0, (height - few) / 2] {
            // As far from the ends as the kernel and the differences reach.
            let own = if first == 0 { 0..few - 6 } else { 6..few - 6 };
            let part = &samples[first * width..][..few * width];
            for (all, some) in large.iter().zip(hessian(part, width, &DIFFERENCES).unwrap()) {
                let all = &all[(first + own.start) * width..(first + own.end) * width];
                assert!(all == &some[own.start * width..own.end * width]);
            }
        }
    }

    #[test]
    fn refuses_differences_of_a_line() {
        let error = hessian(&[0f32; 2], 2, &DIFFERENCES).unwrap_err();
        assert!(matches!(error, Error::Option { name: "derivatives", .. }), "{error}");
    }

    const SKIMAGE: [(Derivatives, [[f64; 3]; 3]); 3] = [
        (
            Derivatives::Differences,
            [
                [-0.0674516066836181, -0.15934293962774174, -0.22102784272476367],
                [0.06446700977913342, 0.0717370315968135, 0.07900705341449357],
                [0.0162708860209424, 0.0162708860209424, 0.0162708860209424],
            ],
        ),
        (
            Derivatives::Gaussian { columns_first: false },
            [
                [0.06935010514885058, 0.016429654952335684, 0.06061922125033661],
                [-0.045760472236689, 0.004743716997576442, 0.048261332685873154],
                [-0.05362162311257366, -0.008228808793475373, 0.049283442216450396],
            ],
        ),
        (
            Derivatives::Gaussian { columns_first: true },
            [
                [0.06935010514885058, 0.016429654952335684, 0.06061922125033661],
                [0.08505679877757791, 0.0401296877279044, 0.08124371848271288],
                [-0.05362162311257366, -0.008228808793475373, 0.049283442216450396],
            ],
        ),
    ];
}
