use std::ops::Range;

use tagswitch_image::{Float, Shape};

use super::spline::Degree;
use crate::border::Border;
use crate::error::{Error, Result};

/// Kernels may not reach further; beyond it a blur is a mean.
const MAX_RADIUS: usize = u16::MAX as usize;
/// Of so many things told, about, none is remembered any longer: those of a whole line would take memory that is new each time.
const MOST_TOLD: usize = 1 << 11;

/// How samples of a line of another length come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    /// The nearest sample.
    Nearest,
    /// Between the two nearest.
    Linear,
    /// On the spline through all of them.
    Spline(Degree),
}

/// Of each sample of a line, which samples of another line it is a sum of, and how they are weighted.
///
/// Blurs and resamplings are such sums, and one after the other is again one.
#[derive(Clone)]
pub struct Taps<W> {
    /// Where the taps of each sample begin, and where the last end.
    starts: Vec<usize>,
    indices: Vec<usize>,
    weights: Vec<W>,
    /// What the border's constant weighs.
    constants: Vec<W>,
}

impl<W: Float> Taps<W> {
    /// How many samples there will be.
    pub fn count(&self) -> usize {
        self.constants.len()
    }

    /// Indices and weights of one sample, and the weight of the constant.
    #[inline(always)]
    pub fn of(&self, at: usize) -> (&[usize], &[W], W) {
        let taps = self.starts[at]..self.starts[at + 1];
        (&self.indices[taps.clone()], &self.weights[taps], self.constants[at])
    }
}

/// Is told an index that a sample is made of (`None`: the constant), and its weight.
pub type Tell<'a> = &'a mut dyn FnMut(Option<usize>, f64);

/// One step from a line to another: tells what a sample is made of.
pub type Step<'a> = &'a dyn Fn(usize, Tell<'_>);

/// Resampling of a line of `from` samples to `to`, as `scipy.ndimage.zoom` does with `grid_mode`: pixels have extent, and their
/// centres are sampled.
///
/// # Errors
///
/// [`Error::Option`] for splines, whose samples are made of all others.
pub fn resampling(
    from: usize,
    to: usize,
    sampling: Sampling,
    border: Border,
) -> Result<impl Fn(usize, Tell<'_>)> {
    if let Sampling::Spline(degree) = sampling {
        let expected = "the nearest sample, or linear interpolation";
        return Err(Error::Option { name: "sampling", given: format!("{degree:?}"), expected });
    }
    let factor = from as f64 / to as f64;
    Ok(move |at: usize, tell: Tell<'_>| {
        let place = (at as f64 + 0.5) * factor - 0.5;
        if sampling == Sampling::Nearest {
            tell(border.resolve((place + 0.5).floor() as isize, from), 1.0);
            return;
        }
        let first = place.floor();
        let share = place - first;
        tell(border.resolve(first as isize, from), 1.0 - share);
        // What has no weight does not matter, infinities and NaN included.
        if share > 0.0 {
            tell(border.resolve(first as isize + 1, from), share);
        }
    })
}

/// A sampled, truncated, normalised Gaussian along a line of `len` samples.
///
/// # Errors
///
/// [`Error::Option`] for a `sigma` that is not positive and finite where the radius is not 0, or a radius above 65535.
pub fn blur(
    len: usize,
    sigma: f64,
    radius: usize,
    border: Border,
) -> Result<impl Fn(usize, Tell<'_>)> {
    if radius > 0 && !(sigma.is_finite() && sigma > 0.0) {
        let expected = "a finite number above 0 where the radius is not 0";
        return Err(Error::Option { name: "sigma", given: sigma.to_string(), expected });
    }
    if radius > MAX_RADIUS {
        let expected = "at most 65535";
        return Err(Error::Option { name: "radius", given: radius.to_string(), expected });
    }
    let weight = |d: usize| {
        if d == 0 { 1.0 } else { (-0.5 / (sigma * sigma) * (d as f64) * (d as f64)).exp() }
    };
    let mut half: Vec<f64> = (0..=radius).map(weight).collect();
    let sum = 1.0 + 2.0 * half[1..].iter().sum::<f64>();
    half.iter_mut().for_each(|weight| *weight /= sum);
    Ok(move |at: usize, tell: Tell<'_>| {
        for tap in 0..=2 * radius {
            let index = (at + tap) as isize - radius as isize;
            tell(border.resolve(index, len), half[tap.abs_diff(radius)]);
        }
    })
}

/// The mean of as many samples as `factor` says, of which the last may lie beyond the line.
pub fn blocks(len: usize, factor: usize) -> impl Fn(usize, Tell<'_>) {
    move |at, tell| {
        for index in at * factor..(at + 1) * factor {
            tell((index < len).then_some(index), 1.0 / factor as f64);
        }
    }
}

/// What rows and columns of blocks' means are sums of.
pub fn block_taps<W: Float>(from: Shape, [rows, columns]: [usize; 2]) -> [Taps<W>; 2] {
    [(from.height(), rows), (from.width(), columns)]
        .map(|(len, factor)| composed(len, &same, &blocks(len, factor), len.div_ceil(factor)))
}

/// The step that changes nothing.
pub fn same(at: usize, tell: Tell<'_>) {
    tell(Some(at), 1.0);
}

/// The taps of `count` samples of a line that is made of one of `len` samples by the step `first`, then `second`.
pub fn composed<W: Float>(len: usize, first: Step<'_>, second: Step<'_>, count: usize) -> Taps<W> {
    let mut taps = Taps {
        starts: vec![0],
        indices: Vec::new(),
        weights: Vec::new(),
        constants: Vec::with_capacity(count),
    };
    let mut sums = vec![0.0; len];
    let mut touched: Vec<usize> = Vec::new();
    // What the first step told of the samples that the second asked for, as those beside each other ask for the same: all of it in
    // one list, and where in it that of each sample lies.
    let mut told: Vec<(Option<usize>, f64)> = Vec::new();
    let mut parts: Vec<Range<usize>> = Vec::new();
    for at in 0..count {
        if told.len() > MOST_TOLD {
            told.clear();
            parts.clear();
        }
        let mut constant = 0.0;
        second(at, &mut |between, weight| {
            let Some(between) = between else { return constant += weight };
            if parts.len() <= between {
                parts.resize(between + 1, 0..0);
            }
            if parts[between].is_empty() {
                let start = told.len();
                first(between, &mut |index, share| told.push((index, share)));
                parts[between] = start..told.len();
            }
            for &(index, share) in &told[parts[between].clone()] {
                let Some(index) = index else {
                    constant += weight * share;
                    continue;
                };
                if sums[index] == 0.0 {
                    touched.push(index);
                }
                sums[index] += weight * share;
            }
        });
        touched.sort_unstable();
        for index in touched.drain(..) {
            taps.indices.push(index);
            taps.weights.push(W::from_f64(std::mem::take(&mut sums[index])));
        }
        taps.starts.push(taps.indices.len());
        taps.constants.push(W::from_f64(constant));
    }
    taps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dense(taps: &Taps<f64>, len: usize) -> Vec<Vec<f64>> {
        let line = |at| {
            let (indices, weights, constant) = taps.of(at);
            let mut line = vec![0.0; len];
            indices.iter().zip(weights).for_each(|(&index, weight)| line[index] += weight);
            line.push(constant);
            line
        };
        (0..taps.count()).map(line).collect()
    }

    #[test]
    fn half_the_size_is_the_mean_of_two() {
        let half = resampling(4, 2, Sampling::Linear, Border::Mirror).unwrap();
        let taps = composed(4, &same, &half, 2);
        assert_eq!(dense(&taps, 4), [[0.5, 0.5, 0.0, 0.0, 0.0], [0.0, 0.0, 0.5, 0.5, 0.0]]);
    }

    #[test]
    fn borders_and_constants_have_their_share() {
        for (border, first) in [
            (Border::Mirror, [0.75, 0.25, 0.0]),
            (Border::Reflect, [1.0, 0.0, 0.0]),
            (Border::Wrap, [0.75, 0.25, 0.0]),
            (Border::Constant, [0.75, 0.0, 0.25]),
        ] {
            let twice = resampling(2, 4, Sampling::Linear, border).unwrap();
            assert_eq!(dense(&composed(2, &same, &twice, 4), 2)[0], first, "{border:?}");
        }
    }

    #[test]
    fn splines_have_no_taps() {
        let error = resampling(2, 4, Sampling::Spline(Degree::Cubic), Border::Wrap).err().unwrap();
        assert!(matches!(error, Error::Option { name: "sampling", .. }), "{error}");
    }

    #[test]
    fn steps_follow_one_another() {
        let smooth = blur(5, 0.8, 3, Border::Reflect).unwrap();
        let small = resampling(5, 3, Sampling::Linear, Border::Mirror).unwrap();
        let at_once = dense(&composed(5, &smooth, &small, 3), 5);
        let [one, two] =
            [dense(&composed(5, &same, &smooth, 5), 5), dense(&composed(5, &same, &small, 3), 5)];
        for (row, weights) in at_once.iter().zip(two) {
            for column in 0..5 {
                let expected: f64 = (0..5).map(|k| weights[k] * one[k][column]).sum();
                assert!((row[column] - expected).abs() < 1e-15);
            }
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        }
    }
}
