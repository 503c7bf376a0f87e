use tagswitch_image::{Float, Shape};

use crate::border::Border;
use crate::error::Result;
use crate::filters::blur::{BlurredRows, Kernels};
use crate::filters::row_window::RowSource;
use crate::filters::weighted_sum::{Fused, Summation};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// Second derivatives in two steps, by the first ones of a Gaussian.
pub(crate) struct GaussianDerivatives<W, M = Fused> {
    /// Down the rows, and across the columns.
    kernels: [Kernels<W, M>; 2],
    border: Border,
    cval: f64,
    columns_first: bool,
}

/// What the first step makes: derivatives down the rows, and across the columns.
pub(crate) struct FirstDerivatives<W> {
    shape: Shape,
    down: Vec<W>,
    across: Vec<W>,
}

/// The rows of the Hessian.
pub(crate) struct SecondDerivatives<'a, W, M> {
    elements: [BlurredRows<'a, W, Plane<'a, W>, M>; 3],
}

impl<W: Float> GaussianDerivatives<W> {
    /// By the Gaussian of each step.
    ///
    /// # Errors
    ///
    /// As [`Kernels::derivative`].
    pub fn new(
        sigma: [f64; 2],
        radius: [usize; 2],
        border: Border,
        cval: f64,
        columns_first: bool,
    ) -> Result<Self> {
        let kernel = |axis| Kernels::derivative(sigma, radius, axis);
        Ok(Self { kernels: [kernel(0)?, kernel(1)?], border, cval, columns_first })
    }
}

impl<W: Float, M: Summation + Sync> GaussianDerivatives<W, M> {
    /// By the kernels of the derivative down the rows and of that across the columns; the mixed one is first taken down the rows.
    pub fn of(kernels: [Kernels<W, M>; 2], border: Border, cval: f64) -> Self {
        Self { kernels, border, cval, columns_first: false }
    }

    /// Operations of the second step per pixel.
    pub fn cost(&self) -> usize {
        3 * self.kernels[0].cost()
    }

    /// The first step.
    pub fn first<S: RowSource<W>>(&self, source: impl Fn() -> S + Sync) -> FirstDerivatives<W> {
        let shape = source().shape();
        let empty = || vec![W::ZERO; shape.len()];
        let mut first = FirstDerivatives { shape, down: empty(), across: empty() };
        self.renew(&mut first, source);
        first
    }

    /// The first step, in the place of that of other kernels: memory that is there is not asked of the system again.
    pub fn renew<S: RowSource<W>>(
        &self,
        first: &mut FirstDerivatives<W>,
        source: impl Fn() -> S + Sync,
    ) {
        let [down, across] = &self.kernels;
        filter(&source, down, self.border, self.cval, &mut first.down);
        filter(&source, across, self.border, self.cval, &mut first.across);
    }

    /// The second step, from row `y` on.
    #[inline(always)]
    pub fn second<'a>(
        &'a self,
        first: &'a FirstDerivatives<W>,
        y: usize,
    ) -> SecondDerivatives<'a, W, M> {
        let Self { kernels: [down, across], border, cval, columns_first } = self;
        let rows = |samples: &'a [W], kernels| {
            BlurredRows::new(Plane { samples, shape: first.shape }, y, kernels, *border, *cval)
        };
        let mixed =
            if *columns_first { rows(&first.across, down) } else { rows(&first.down, across) };
        SecondDerivatives {
            elements: [rows(&first.down, down), mixed, rows(&first.across, across)],
        }
    }
}

impl<W: Float, M: Summation> SecondDerivatives<'_, W, M> {
    /// Rows from `y` on of each element, as many as there is room for. Ask for each once, in order, and for some at a time: an element then
    /// finds the rows around in the cache, which those around all three may not fit.
    #[inline(always)]
    pub fn rows<L: Level, O: Float>(&mut self, y: usize, row_len: usize, out: [&mut [O]; 3]) {
        for (rows, out) in self.elements.iter_mut().zip(out) {
            for (y, out) in (y..).zip(out.chunks_exact_mut(row_len)) {
                rows.row::<L, _>(y, out);
            }
        }
    }
}

/// Filters rows, all of them.
fn filter<W: Float, S: RowSource<W>, M: Summation + Sync>(
    source: impl Fn() -> S + Sync,
    kernels: &Kernels<W, M>,
    border: Border,
    cval: f64,
    out: &mut [W],
) {
    each_band(out, source().shape().row_len(), kernels.cost(), |out| {
        dispatch(Filtered { source: source(), kernels, border, cval, out });
    });
}

struct Filtered<'a, W, S, M> {
    source: S,
    kernels: &'a Kernels<W, M>,
    border: Border,
    cval: f64,
    out: Band<'a, W>,
}

impl<W: Float, S: RowSource<W>, M: Summation> Kernel for Filtered<'_, W, S, M> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { source, kernels, border, cval, out } = self;
        let mut rows = BlurredRows::new(source, out.first, kernels, border, cval);
        for (y, row) in out.rows() {
            rows.row::<L, _>(y, row);
        }
    }
}

/// Numbers in memory.
pub(crate) struct Plane<'a, W> {
    samples: &'a [W],
    shape: Shape,
}

impl<W: Copy> RowSource<W> for Plane<'_, W> {
    #[inline(always)]
    fn shape(&self) -> Shape {
        self.shape
    }

    #[inline(always)]
    fn write(&mut self, y: usize, row: &mut [W]) {
        row.copy_from_slice(&self.samples[y * row.len()..][..row.len()]);
    }
}
