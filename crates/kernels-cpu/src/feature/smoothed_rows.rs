use tagswitch_image::{ImageView, Sample};

use super::blurred_rows::{BlurredOnes, BlurredRows};
use crate::border::Border;

/// Rows in 64 bits, one after the other.
pub trait Rows {
    /// Row `y`. Ask for each once, in order. Mark implementations `#[inline(always)]`.
    fn row(&mut self, y: usize, out: &mut [f64]);
}

/// A Gaussian and what it meets beyond the edge.
#[derive(Clone, Copy)]
pub struct Blur<'a> {
    pub weights: [&'a [f64]; 2],
    pub border: Border,
    pub cval: f64,
}

/// The intensities of an image, blurred; a constant beyond the edge is made up for.
pub struct SmoothedImage<'a, T, C> {
    blurred: BlurredRows<'a, T, C>,
    ones: Option<BlurredOnes<'a>>,
}

/// The intensities of an image within a mask, blurred; what lies outside is made up for.
pub struct SmoothedMasked<'a, T, C, M> {
    blurred: BlurredRows<'a, T, C>,
    mask: BlurredRows<'a, u8, M>,
    shares: Vec<f64>,
}

/// The intensities of an image, blurred, from row `first` on.
#[inline(always)]
pub fn smoothed_image<'a, T: Sample>(
    image: ImageView<'a, T>,
    first: usize,
    Blur { weights, border, cval }: Blur<'a>,
) -> impl Rows + use<'a, T> {
    let shape = image.shape();
    let blurred = BlurredRows::new(image, first, weights, border, cval, intensity::<T>);
    let ones = (border == Border::Constant)
        .then(|| BlurredOnes::new(weights, cval, shape.height(), shape.width()));
    SmoothedImage { blurred, ones }
}

/// The intensities of an image which are 0 outside of a mask, blurred, from row `first` on.
#[inline(always)]
pub fn smoothed_masked<'a>(
    image: ImageView<'a, f64>,
    first: usize,
    mask: ImageView<'a, u8>,
    Blur { weights, border, cval }: Blur<'a>,
) -> impl Rows + use<'a> {
    SmoothedMasked {
        blurred: BlurredRows::new(image, first, weights, border, cval, intensity::<f64>),
        mask: BlurredRows::new(mask, first, weights, border, cval, present),
        shares: vec![0.0; image.shape().width()],
    }
}

impl<T: Sample, C: Fn(T) -> f64> Rows for SmoothedImage<'_, T, C> {
    #[inline(always)]
    fn row(&mut self, y: usize, out: &mut [f64]) {
        self.blurred.row(y, out);
        if let Some(ones) = &mut self.ones {
            divide(out, ones.row(y));
        }
    }
}

impl<T: Sample, C: Fn(T) -> f64, M: Fn(u8) -> f64> Rows for SmoothedMasked<'_, T, C, M> {
    #[inline(always)]
    fn row(&mut self, y: usize, out: &mut [f64]) {
        self.blurred.row(y, out);
        self.mask.row(y, &mut self.shares);
        divide(out, &self.shares);
    }
}

/// Makes up for what a blur took in from nowhere: shares are of what there is.
#[inline(always)]
fn divide(row: &mut [f64], shares: &[f64]) {
    for (value, share) in row.iter_mut().zip(shares) {
        *value /= share + f64::EPSILON;
    }
}

/// The intensity in 64 bits.
#[inline(always)]
pub fn intensity<T: Sample>(sample: T) -> f64 {
    let value = sample.to_f64();
    if T::SCALE == 1.0 { value } else { (value * T::SCALE).max(-1.0) }
}

#[inline(always)]
fn present(inside: u8) -> f64 {
    f64::from(u8::from(inside != 0))
}
