use std::marker::PhantomData;

use tagswitch_image::{Float, Sample};

use super::row_window::{Reach, RowSource, RowWindow};
use super::weighted_sum::{Fused, HalfKernel, Parity, Summation};
use crate::border::{Border, pad_row};
use crate::error::{Error, Result};
use crate::simd::Level;

/// Kernels may not reach further; beyond it a blur is a mean.
const MAX_RADIUS: usize = u16::MAX as usize;

/// The weights of a separable filter down the rows and across the columns, and how they are summed up.
#[derive(Clone, Debug)]
pub struct Kernels<W, M = Fused> {
    down: HalfKernel<W>,
    across: HalfKernel<W>,
    summation: PhantomData<M>,
}

impl<W: Float> Kernels<W> {
    /// A Gaussian: sampled, cut at the radius, normalised; in doubles until the last step.
    ///
    /// # Errors
    ///
    /// [`Error::Option`] for a `sigma` that is not positive and finite where the radius is not 0, or a radius above 65535.
    pub fn new(sigma: [f64; 2], radius: [usize; 2]) -> Result<Self> {
        let [down, across] = [0, 1].map(|axis| half_kernel(sigma[axis], radius[axis]));
        let even = |weights| HalfKernel { weights, parity: Parity::Even };
        Ok(Self::of([even(down?), even(across?)]))
    }

    /// The derivative of that Gaussian down the rows (0) or across the columns (1).
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn derivative(sigma: [f64; 2], radius: [usize; 2], axis: usize) -> Result<Self> {
        let mut kernels = Self::new(sigma, radius)?;
        let half = half_kernel::<f64>(sigma[axis], radius[axis])?;
        let variance = sigma[axis] * sigma[axis];
        let weights = (half.iter().enumerate()).map(|(d, w)| W::from_f64(w * d as f64 / variance));
        let odd = HalfKernel { weights: weights.collect(), parity: Parity::Odd };
        *if axis == 0 { &mut kernels.down } else { &mut kernels.across } = odd;
        Ok(kernels)
    }
}

impl<W: Float, M> Kernels<W, M> {
    /// Those of each axis.
    pub fn of([down, across]: [HalfKernel<W>; 2]) -> Self {
        Self { down, across, summation: PhantomData }
    }

    /// Operations per sample.
    pub fn cost(&self) -> usize {
        2 * (self.down.weights.len() + self.across.weights.len())
    }
}

pub fn half_kernel<W: Float>(sigma: f64, radius: usize) -> Result<Vec<W>> {
    if radius == 0 {
        return Ok(vec![W::from_f64(1.0)]);
    }
    if !sigma.is_finite() || sigma <= 0.0 {
        let expected = "a finite number above 0 where the radius is not 0";
        return Err(Error::Option { name: "sigma", given: sigma.to_string(), expected });
    }
    if radius > MAX_RADIUS {
        let expected = "at most 65535";
        return Err(Error::Option { name: "radius", given: radius.to_string(), expected });
    }
    let scale = -0.5 / (sigma * sigma);
    let weights: Vec<f64> = (1..=radius).map(|d| (scale * (d as f64) * (d as f64)).exp()).collect();
    let sum = 1.0 + 2.0 * weights.iter().sum::<f64>();
    Ok([1.0].iter().chain(&weights).map(|weight| W::from_f64(weight / sum)).collect())
}

/// The rows of a filtered image, one after the other: the vertical pass writes a row that is padded and filtered across
/// while in cache.
pub struct BlurredRows<'a, W, S, M = Fused> {
    rows: RowWindow<W, S>,
    kernels: &'a Kernels<W, M>,
    border: Border,
    cval: W,
    width: usize,
    channels: usize,
    starts: Vec<usize>,
    across_starts: Vec<usize>,
    padded: Vec<W>,
}

impl<'a, W: Float, S: RowSource<W>, M: Summation> BlurredRows<'a, W, S, M> {
    /// Of these rows, from row `first` on.
    #[inline(always)]
    pub fn new(
        source: S,
        first: usize,
        kernels: &'a Kernels<W, M>,
        border: Border,
        cval: f64,
    ) -> Self {
        let (width, channels) = (source.shape().width(), source.shape().channels());
        let (above, beside) = (kernels.down.weights.len() - 1, kernels.across.weights.len() - 1);
        let cval = W::from_f64(cval);
        let reach = Reach { rows: above, columns: 0 };
        Self {
            rows: RowWindow::new(source, first, reach, border, cval),
            kernels,
            border,
            cval,
            width,
            channels,
            starts: vec![0; 2 * above + 1],
            across_starts: (0..=2 * beside).map(|tap| tap * channels).collect(),
            padded: vec![W::ZERO; (width + 2 * beside) * channels],
        }
    }

    /// Row `y`. Ask for each once, in order.
    #[inline(always)]
    pub fn row<L: Level, O: Float>(&mut self, y: usize, blurred: &mut [O]) {
        let Self { kernels, border, cval, width, channels, across_starts, padded, .. } = self;
        let taps = self.rows.around(y, &mut self.starts);
        let beside = kernels.across.weights.len() - 1;
        let middle = &mut padded[beside * *channels..][..*width * *channels];
        M::weigh::<L, _, _>(taps, &self.starts, &kernels.down, middle);
        pad_row(padded, *width, *channels, beside, *border, *cval);
        M::weigh::<L, _, _>(padded, across_starts, &kernels.across, blurred);
    }
}

/// How samples become numbers: intensities, or as they are.
#[inline(always)]
pub fn number<T: Sample>(preserve_range: bool) -> impl Fn(T) -> T::Work + Copy {
    move |sample| if preserve_range { sample.to_work() } else { sample.to_float() }
}
