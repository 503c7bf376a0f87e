use tagswitch_image::{Float, ImageView, Sample};

use super::row_window::{Reach, RowWindow};
use super::weighted_sum::weigh;
use crate::border::{Border, pad_row};
use crate::error::{Error, Result};
use crate::simd::Level;

/// Kernels may not reach further; beyond it a blur is a mean.
const MAX_RADIUS: usize = u16::MAX as usize;

/// The weights of a Gaussian down the rows and across the columns, from the centre outwards.
#[derive(Clone, Debug)]
pub struct Kernels<W> {
    down: Vec<W>,
    across: Vec<W>,
}

impl<W: Float> Kernels<W> {
    /// Sampled, cut at the radius, normalised; in doubles until the last step.
    ///
    /// # Errors
    ///
    /// [`Error::Option`] for a `sigma` that is not positive and finite where the radius is not 0, or a radius above 65535.
    pub fn new(sigma: [f64; 2], radius: [usize; 2]) -> Result<Self> {
        Ok(Self {
            down: half_kernel(sigma[0], radius[0])?,
            across: half_kernel(sigma[1], radius[1])?,
        })
    }

    /// Operations per sample.
    pub fn cost(&self) -> usize {
        2 * (self.down.len() + self.across.len())
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

/// The rows of a blurred image, one after the other: the vertical pass writes a row that is padded and filtered across
/// while in cache.
pub struct BlurredRows<'a, T: Sample, C> {
    rows: RowWindow<'a, T, T::Work, C>,
    kernels: &'a Kernels<T::Work>,
    border: Border,
    cval: T::Work,
    width: usize,
    channels: usize,
    starts: Vec<usize>,
    across_starts: Vec<usize>,
    padded: Vec<T::Work>,
}

impl<'a, T: Sample, C: Fn(T) -> T::Work> BlurredRows<'a, T, C> {
    /// From row `first` on, of an image whose samples become numbers by `convert`.
    #[inline(always)]
    pub fn new(
        image: ImageView<'a, T>,
        first: usize,
        kernels: &'a Kernels<T::Work>,
        border: Border,
        cval: f64,
        convert: C,
    ) -> Self {
        let (width, channels) = (image.shape().width(), image.shape().channels());
        let (above, beside) = (kernels.down.len() - 1, kernels.across.len() - 1);
        let cval = T::Work::from_f64(cval);
        Self {
            rows: RowWindow::new(
                image,
                first,
                Reach { rows: above, columns: 0 },
                border,
                cval,
                convert,
            ),
            kernels,
            border,
            cval,
            width,
            channels,
            starts: vec![0; 2 * above + 1],
            across_starts: (0..=2 * beside).map(|tap| tap * channels).collect(),
            padded: vec![T::Work::ZERO; (width + 2 * beside) * channels],
        }
    }

    /// Row `y`. Ask for each once, in order.
    #[inline(always)]
    pub fn row<L: Level>(&mut self, y: usize, blurred: &mut [T::Output]) {
        let Self { kernels, border, cval, width, channels, across_starts, padded, .. } = self;
        let taps = self.rows.around(y, &mut self.starts);
        let beside = kernels.across.len() - 1;
        let middle = &mut padded[beside * *channels..][..*width * *channels];
        weigh::<L, _, _>(taps, &self.starts, &kernels.down, middle);
        pad_row(padded, *width, *channels, beside, *border, *cval);
        weigh::<L, _, _>(padded, across_starts, &kernels.across, blurred);
    }
}

/// How samples become numbers: intensities, or as they are.
#[inline(always)]
pub fn number<T: Sample>(preserve_range: bool) -> impl Fn(T) -> T::Work + Copy {
    move |sample| if preserve_range { sample.to_work() } else { sample.to_float() }
}
