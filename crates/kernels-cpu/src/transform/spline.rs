use tagswitch_image::{Float, ImageView, Sample, Shape};

use super::spline_filter::filtered;
use crate::border::Border;
use crate::error::Result;

/// What SciPy puts around an image whose border its filters do not know.
const PADDING: usize = 12;
/// Of a spline that is no straight line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Degree {
    /// 2.
    Quadratic,
    /// 3.
    Cubic,
    /// 4.
    Quartic,
    /// 5.
    Quintic,
}

impl Degree {
    /// The degree of this number, from 2 to 5.
    pub fn from_order(order: u32) -> Option<Self> {
        Some(match order {
            2 => Self::Quadratic,
            3 => Self::Cubic,
            4 => Self::Quartic,
            5 => Self::Quintic,
            _ => return None,
        })
    }

    /// Roots of the polynomials whose inverse filters make coefficients of samples.
    fn poles(self) -> Vec<f64> {
        match self {
            Self::Quadratic => vec![8f64.sqrt() - 3.0],
            Self::Cubic => vec![3f64.sqrt() - 2.0],
            Self::Quartic => {
                let [inner, outer] = [438_976f64.sqrt(), 304f64.sqrt()];
                vec![(664.0 - inner).sqrt() + outer - 19.0, (664.0 + inner).sqrt() - outer - 19.0]
            }
            Self::Quintic => {
                let [inner, outer] = [4436.25f64.sqrt(), 26.25f64.sqrt()];
                vec![(67.5 - inner).sqrt() + outer - 6.5, (67.5 + inner).sqrt() - outer - 6.5]
            }
        }
    }
}

/// The spline through an image's samples.
pub struct Spline {
    coefficients: Vec<f64>,
    /// Of the coefficients: the image's, or where its border needs it a larger one.
    shape: Shape,
    /// How many rows and columns lie before those of the image.
    padding: usize,
}

impl Spline {
    /// Filters samples into coefficients: recursively along both axes, after Unser, Aldroubi and Eden (1991), with what lies beyond the edges as
    /// `scipy.ndimage` has it.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`](crate::Error::Shape) for an image too large to be padded.
    pub fn through(
        image: ImageView<'_, f64>,
        degree: Degree,
        border: Border,
        cval: f64,
    ) -> Result<Self> {
        let from = image.shape();
        let channels = from.channels();
        let padding =
            if matches!(border, Border::Constant | Border::Nearest) { PADDING } else { 0 };
        let [rows, columns] = [from.height(), from.width()].map(|len| len + 2 * padding);
        let shape = Shape::new(rows, columns, channels)?;
        let source = |index: usize, len| border.resolve(index as isize - padding as isize, len);
        let down: Vec<_> = (0..rows).map(|row| source(row, from.height())).collect();
        let across: Vec<_> = (0..columns * channels)
            .map(|i| source(i / channels, from.width()).map(|x| x * channels + i % channels))
            .collect();
        let poles = degree.poles();
        let turned = filtered(shape.row_len(), [rows, 1], &poles, border, |row, _, line| {
            down[row].zip(across[line]).map_or(cval, |(row, sample)| image.row(row)[sample])
        });
        let coefficients =
            filtered(rows, [columns, channels], &poles, border, |column, channel, row| {
                turned[(column * channels + channel) * rows + row]
            });
        Ok(Self { coefficients, shape, padding })
    }

    /// The coefficients, which weighted sums are taken of.
    pub fn coefficients(&self) -> Result<ImageView<'_, f64>> {
        Ok(ImageView::new(&self.coefficients, self.shape)?)
    }

    /// The first of the `N` coefficients around a place along one of the axes, and what they weigh.
    #[inline(always)]
    pub fn taps<const N: usize>(&self, place: f64) -> (isize, [f64; N]) {
        taps(place + self.padding as f64)
    }

    /// How many rows and columns of coefficients lie before those of the image.
    pub fn padding(&self) -> usize {
        self.padding
    }
}

/// The first of `N` numbers around a place along a line of them, and what they weigh in a spline of degree `N - 1`.
#[inline(always)]
pub fn taps<const N: usize>(place: f64) -> (isize, [f64; N]) {
    let start = place - (N as f64 - 2.0) / 2.0;
    let first = start.floor();
    (first as isize, weights(start - first))
}

/// An image's samples as doubles, scaled as [`Sample::to_float`] has it or as they are.
pub fn doubles<T: Sample>(image: ImageView<'_, T>, scaled: bool) -> Vec<f64> {
    // Filters would make much of what 32 bits round off.
    let number = |&sample: &T| {
        if scaled { sample.to_level().cast::<f64>() * T::SCALE } else { sample.to_f64() }
    };
    image.samples().iter().map(number).collect()
}

/// Results as a function gives them.
pub fn round<O: Float>(results: &[f64], out: &mut [O]) {
    out.iter_mut().zip(results).for_each(|(out, &result)| *out = O::from_f64(result));
}

/// B-splines of degree `N - 1`, each one further on, at a place between knots: by the recursion of Cox and de Boor.
#[inline(always)]
fn weights<const N: usize>(t: f64) -> [f64; N] {
    let mut weights = [0.0; N];
    weights[0] = 1.0;
    for degree in 1..N {
        for i in (0..=degree).rev() {
            let before = if i > 0 { weights[i - 1] } else { 0.0 };
            let [left, right] = [(degree - i) as f64, (i + 1) as f64];
            weights[i] = ((t + left) * before + (right - t) * weights[i]) / degree as f64;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    const DEGREES: [Degree; 4] =
        [Degree::Quadratic, Degree::Cubic, Degree::Quartic, Degree::Quintic];
    const BORDERS: [Border; 5] =
        [Border::Reflect, Border::Constant, Border::Nearest, Border::Mirror, Border::Wrap];

    fn at<const N: usize>(spline: &Spline, row: f64, column: f64, channel: usize) -> f64 {
        let coefficients = spline.coefficients().unwrap();
        let shape = coefficients.shape();
        let [(top, down), (left, across)] = [row, column].map(|place| spline.taps::<N>(place));
        let mut sum = 0.0;
        for (i, weight) in down.iter().enumerate() {
            for (k, share) in across.iter().enumerate() {
                let border = Border::Mirror;
                let row = border.resolve(top + i as isize, shape.height()).unwrap();
                let column = border.resolve(left + k as isize, shape.width()).unwrap();
                let value = coefficients.row(row)[column * shape.channels() + channel];
                sum += weight * share * value;
            }
        }
        sum
    }

    #[test]
    fn splines_go_through_the_samples() {
        let mut random = Random::new(3);
        let shape = Shape::new(19, 23, 2).unwrap();
        let samples: Vec<f64> = (0..shape.len()).map(|_| random.unit()).collect();
        let image = ImageView::new(&samples, shape).unwrap();
        for (order, degree) in (2..).zip(DEGREES) {
            assert_eq!(Degree::from_order(order), Some(degree));
            for border in BORDERS {
                let spline = Spline::through(image, degree, border, 0.5).unwrap();
                // Within the image, where no border shows.
                for (row, column, channel) in [(4, 5, 0), (9, 17, 1), (13, 3, 0)] {
                    let [down, across] = [row, column].map(|place| place as f64);
                    let got = match degree {
                        Degree::Quadratic => at::<3>(&spline, down, across, channel),
                        Degree::Cubic => at::<4>(&spline, down, across, channel),
                        Degree::Quartic => at::<5>(&spline, down, across, channel),
                        Degree::Quintic => at::<6>(&spline, down, across, channel),
                    };
                    let expected = image.row(row)[column * 2 + channel];
                    assert!((got - expected).abs() < 1e-13, "{degree:?}, {border:?}: {got}");
                }
            }
        }
        assert_eq!(Degree::from_order(1), None);
    }

    #[test]
    fn weights_are_those_of_b_splines() {
        assert_eq!(weights::<3>(0.5), [0.125, 0.75, 0.125]);
        assert_eq!(weights::<4>(0.0), [1.0 / 6.0, 2.0 / 3.0, 1.0 / 6.0, 0.0]);
        let sum: f64 = weights::<6>(0.37).iter().sum();
        assert!((sum - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_constant_is_its_own_spline() {
        let shape = Shape::new(3, 1, 1).unwrap();
        let image = ImageView::new(&[7.0; 3], shape).unwrap();
        for degree in DEGREES {
            for border in [Border::Reflect, Border::Mirror, Border::Wrap] {
                let spline = Spline::through(image, degree, border, 0.0).unwrap();
                assert!(spline.coefficients.iter().all(|value| (value - 7.0).abs() < 1e-13));
            }
        }
    }
}
