use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::blur::Kernels;
use super::reference_sum::AsReference;
use super::row_window::Converted;
use super::weighted_sum::{HalfKernel, Parity};
use crate::border::Border;
use crate::error::{Error, Result, check_channels, check_shape};
use crate::feature::eigenvalues_at;
use crate::feature::gaussian_derivatives::{FirstDerivatives, GaussianDerivatives};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};
use crate::transcendental::Precision;

/// Rows of Hessians that are made at a time.
const ROWS: usize = 16;

/// A scale to look at, for each of two derivatives from the centre outwards.
#[derive(Clone, Copy, Debug)]
pub struct Scale<'a> {
    /// Weights of the Gaussian.
    pub gaussian: &'a [f64],
    /// Weights of its derivative after a sample; before it they have the other sign. The first one is 0.
    pub derivative: &'a [f64],
}

impl Scale<'_> {
    /// The derivatives down the rows and across the columns.
    fn derivatives(&self, border: Border, cval: f64) -> Result<Derivatives> {
        let Self { gaussian, derivative } = self;
        if gaussian.is_empty() || gaussian.len() != derivative.len() {
            let given =
                format!("{} weights and {} of the derivative", gaussian.len(), derivative.len());
            let expected = "as many, at least the one of the centre";
            return Err(Error::Option { name: "a scale", given, expected });
        }
        let even = || HalfKernel { weights: gaussian.to_vec(), parity: Parity::Even };
        let odd = || HalfKernel { weights: derivative.to_vec(), parity: Parity::Odd };
        let kernels = [[odd(), even()], [even(), odd()]].map(Kernels::of);
        Ok(GaussianDerivatives::of(kernels, border, cval))
    }
}

/// In 64 bits, to the last of which the reference's.
type Derivatives = GaussianDerivatives<f64, AsReference>;

/// What to take for a ridge.
#[derive(Clone, Copy, Debug)]
pub struct Frangi<'a> {
    /// The scales, of which the greatest counts.
    pub scales: &'a [Scale<'a>],
    /// How sensitive to what differs from a blob.
    pub beta: f64,
    /// How sensitive to contrast; none: half of the greatest norm of a Hessian at the first scale.
    pub gamma: Option<f64>,
    /// Whether ridges are darker than what is beside them.
    pub black_ridges: bool,
    /// What lies beyond the edges.
    pub border: Border,
    /// The constant of [`Border::Constant`]; where ridges are bright, its negative.
    pub cval: f64,
}

/// How much each pixel is part of a ridge.
///
/// `skimage.filters.frangi` of one channel, in 64 bits whatever the samples are. Hessians, their eigenvalues and which of these is the larger
/// one are those of the reference in TypeScript, in every bit: where eigenvalues differ in sign only, the last one decides.
///
/// # Errors
///
/// [`Error::Channels`] for several channels, [`Error::Mismatch`] unless `out` has the image's shape, [`Error::Option`] for `beta` or
/// `gamma` not above 0, and for a scale without weights or with different numbers of them.
pub fn frangi<T: Sample>(
    image: ImageView<'_, T>,
    options: &Frangi<'_>,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()>
where
    T::Output: Precision,
{
    check_channels("image", image.shape(), &[1], "1")?;
    check_shape("out", out.shape(), image.shape())?;
    let positive = |name, value: f64| {
        let expected = "a finite number above 0";
        let refused = || Error::Option { name, given: value.to_string(), expected };
        (value > 0.0 && value.is_finite()).then_some(()).ok_or_else(refused)
    };
    positive("beta", options.beta)?;
    options.gamma.map_or(Ok(()), |gamma| positive("gamma", gamma))?;
    let kernels =
        options.scales.iter().map(|scale| scale.derivatives(options.border, options.cval));
    let kernels = kernels.collect::<Result<Vec<_>>>()?;
    let sign = if options.black_ridges { 1.0 } else { -1.0 };
    let source = || Converted::new(image, |sample: T| sign * sample.to_f64());
    let (width, out) = (image.shape().width(), out.into_samples());
    let mut ridges = vec![Ridge::default(); out.len()];
    let mut gamma = options.gamma;
    let mut first: Option<FirstDerivatives<f64>> = None;
    out.fill(T::Output::ZERO);
    for kernels in kernels {
        let first = match &mut first {
            Some(first) => {
                kernels.renew(first, source);
                first
            }
            None => first.insert(kernels.first(source)),
        };
        each_band(&mut ridges, width, kernels.cost() + 20, |out| {
            dispatch(Ridges { kernels: &kernels, first, out });
        });
        let gamma = *gamma.get_or_insert_with(|| half_norm(&ridges));
        each_band(out, width, 50, |out| {
            dispatch(Strengths { ridges: &ridges, beta: options.beta, gamma, out });
        });
    }
    Ok(())
}

/// What of a Hessian matters.
#[derive(Clone, Copy, Default)]
struct Ridge {
    /// The lesser eigenvalue over the greater one: how much it is a blob. Where the greater one is negative, across a ridge that is
    /// bright, it is enormous.
    ratio: f64,
    /// The square of its norm.
    square: f64,
}

struct Ridges<'a> {
    kernels: &'a Derivatives,
    first: &'a FirstDerivatives<f64>,
    out: Band<'a, Ridge>,
}

impl Kernel for Ridges<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { kernels, first, out } = self;
        let row_len = out.row_len;
        let mut rows = kernels.second(first, out.first);
        let mut elements = [(); 3].map(|()| vec![0.0f64; ROWS * out.row_len]);
        let chunks = out.samples.chunks_mut(ROWS * out.row_len);
        for (y, out) in (out.first..).step_by(ROWS).zip(chunks) {
            rows.rows::<L, _>(y, row_len, elements.each_mut().map(|rows| &mut rows[..out.len()]));
            let [rr, rc, cc] = &elements;
            for (((ridge, &rr), &rc), &cc) in out.iter_mut().zip(rr).zip(rc).zip(cc) {
                *ridge = Ridge::of(rr, rc, cc);
            }
        }
    }
}

impl Ridge {
    #[inline(always)]
    fn of(rr: f64, rc: f64, cc: f64) -> Self {
        let [larger, smaller] = eigenvalues_at(rr, rc, cc);
        let is_larger = larger.abs() > smaller.abs();
        let (least, most) = if is_larger { (smaller, larger) } else { (larger, smaller) };
        let most = if most < 1e-10 { 1e-10 } else { most };
        Self { ratio: least.abs() / most, square: larger * larger + smaller * smaller }
    }
}

struct Strengths<'a, O> {
    ridges: &'a [Ridge],
    beta: f64,
    gamma: f64,
    out: Band<'a, O>,
}

impl<O: Precision> Kernel for Strengths<'_, O> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { ridges, beta, gamma, out } = self;
        let (blob, structure) = (-0.5 / (beta * beta), -0.5 / (gamma * gamma));
        let ridges = &ridges[out.first * out.row_len..];
        for (out, ridge) in out.samples.iter_mut().zip(ridges) {
            let value = O::exp::<L>(blob * (ridge.ratio * ridge.ratio))
                * (1.0 - O::exp::<L>(structure * ridge.square));
            let value = O::from_f64(value);
            // So compared, NaN stays.
            *out = if value > *out || value.is_nan() { value } else { *out };
        }
    }
}

/// Half of the greatest norm, NaN where one is; 1 where all is flat.
fn half_norm(ridges: &[Ridge]) -> f64 {
    let greatest =
        ridges.iter().fold(
            0.0,
            |most: f64, &Ridge { square, .. }| {
                if square > most || square.is_nan() { square } else { most }
            },
        );
    let half = greatest.sqrt() / 2.0;
    if half == 0.0 { 1.0 } else { half }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::filters::blur::half_kernel;

    /// Those of a Gaussian and of its derivative.
    fn weights(sigma: f64, radius: usize) -> [Vec<f64>; 2] {
        let gaussian = half_kernel::<f64>(sigma, radius).unwrap();
        let outward = gaussian.iter().enumerate();
        let derivative = outward.map(|(d, w)| w * d as f64 / (sigma * sigma)).collect();
        [gaussian, derivative]
    }

    #[test]
    fn is_strongest_on_a_line() {
        // A dark line from side to side.
        let samples: Vec<f64> = (0..35).map(|i| if i / 7 == 2 { 0.25 } else { 0.5 }).collect();
        let shape = Shape::new(5, 7, 1).unwrap();
        let mut out = vec![0.0; 35];
        let sigma = 0.5f64.sqrt();
        let [gaussian, derivative] = weights(sigma, 28);
        let options = Frangi {
            scales: &[Scale { gaussian: &gaussian, derivative: &derivative }],
            beta: 0.5,
            gamma: None,
            black_ridges: true,
            border: Border::Reflect,
            cval: 0.0,
        };
        let image = ImageView::new(&samples, shape).unwrap();
        frangi(image, &options, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        // skimage.filters.frangi of it, sigmas=[1].
        for (i, value) in out.iter().enumerate() {
            let expected = SKIMAGE[i / 7];
            assert!((value - expected).abs() < 1e-14, "{i}: {value} {expected}");
        }
    }

    const SKIMAGE: [f64; 5] = [
        0.26978523766517637,
        0.02119864593892795,
        0.8646647167633873,
        0.02119864593892795,
        0.26978523766517637,
    ];
}
