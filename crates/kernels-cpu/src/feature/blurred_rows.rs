use tagswitch_image::{ImageView, Sample};

use crate::border::{Border, pad_row};
use crate::filters::reference_sum::weigh_evenly;
use crate::filters::row_window::{Converted, Reach, RowWindow};

/// The rows of an image blurred in 64 bits, one after the other, rounded as the reference in TypeScript rounds.
pub struct BlurredRows<'a, T, C> {
    rows: RowWindow<f64, Converted<'a, T, C>>,
    /// Weights down the rows and across the columns, from the centre outwards.
    down: &'a [f64],
    across: &'a [f64],
    border: Border,
    cval: f64,
    width: usize,
    down_starts: Vec<usize>,
    across_starts: Vec<usize>,
    padded: Vec<f64>,
}

impl<'a, T: Sample, C: Fn(T) -> f64> BlurredRows<'a, T, C> {
    /// From row `first` on, of an image of one channel, whose samples become numbers by `convert`.
    #[inline(always)]
    pub fn new(
        image: ImageView<'a, T>,
        first: usize,
        [down, across]: [&'a [f64]; 2],
        border: Border,
        cval: f64,
        convert: C,
    ) -> Self {
        let (above, beside) = (down.len() - 1, across.len() - 1);
        let width = image.shape().width();
        let numbers = Converted::new(image, convert);
        let reach = Reach { rows: above, columns: 0 };
        Self {
            rows: RowWindow::new(numbers, first, reach, border, cval),
            down,
            across,
            border,
            cval,
            width,
            down_starts: vec![0; 2 * above + 1],
            across_starts: (0..=2 * beside).collect(),
            padded: vec![0.0; width + 2 * beside],
        }
    }

    /// Row `y`. Ask for each once, in order.
    #[inline(always)]
    pub fn row(&mut self, y: usize, blurred: &mut [f64]) {
        let Self { down, across, width, down_starts, across_starts, padded, .. } = self;
        let beside = across.len() - 1;
        let samples = self.rows.around(y, down_starts);
        weigh_evenly(samples, down_starts, down, &mut padded[beside..][..*width]);
        pad_row(padded, *width, 1, beside, self.border, self.cval);
        weigh_evenly(padded, across_starts, across, blurred);
    }
}

/// The blurred rows of an image of ones beyond which there is `cval`, which differ near the borders only.
pub struct BlurredOnes<'a> {
    down: &'a [f64],
    across: &'a [f64],
    cval: f64,
    height: usize,
    across_starts: Vec<usize>,
    padded: Vec<f64>,
    row: Vec<f64>,
}

impl<'a> BlurredOnes<'a> {
    #[inline(always)]
    pub fn new([down, across]: [&'a [f64]; 2], cval: f64, height: usize, width: usize) -> Self {
        let beside = across.len() - 1;
        Self {
            down,
            across,
            cval,
            height,
            across_starts: (0..=2 * beside).collect(),
            padded: vec![cval; width + 2 * beside],
            row: Vec::new(),
        }
    }

    /// Row `y`.
    #[inline(always)]
    pub fn row(&mut self, y: usize) -> &[f64] {
        let Self { down, across, cval, height, across_starts, padded, row } = self;
        let sample = |inside: bool| if inside { 1.0 } else { *cval };
        let mut sum = down[0];
        for (distance, weight) in down.iter().enumerate().skip(1).rev() {
            sum += weight * (sample(y >= distance) + sample(y + distance < *height));
        }
        let beside = across.len() - 1;
        let width = padded.len() - 2 * beside;
        if row.is_empty() || sum != padded[beside] {
            padded[beside..][..width].fill(sum);
            row.resize(width, 0.0);
            weigh_evenly(padded, across_starts, across, row);
        }
        row
    }
}
