use std::ops::Range;

use super::spline::Degree;
use crate::border::Border;
use crate::error::{Error, Result};

/// Kernels may not reach further; beyond it a blur is a mean.
const MAX_RADIUS: usize = u16::MAX as usize;

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

/// What a sample is made of: indices (`None`: the constant), and their weights. A list, as a call for each would take longer than what
/// is done with it.
pub type Told = Vec<(Option<usize>, f64)>;

/// One step from a line to another.
pub struct Step<F> {
    /// Adds to the list what a sample is made of.
    pub tell: F,
    /// Samples that are made alike: of those at the same distances from them, by the same weights.
    pub alike: Range<usize>,
}

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
) -> Result<Step<impl Fn(usize, &mut Told)>> {
    if let Sampling::Spline(degree) = sampling {
        let expected = "the nearest sample, or linear interpolation";
        return Err(Error::Option { name: "sampling", given: format!("{degree:?}"), expected });
    }
    let factor = from as f64 / to as f64;
    let tell = move |at: usize, told: &mut Told| {
        let place = (at as f64 + 0.5) * factor - 0.5;
        if sampling == Sampling::Nearest {
            told.push((border.resolve((place + 0.5).floor() as isize, from), 1.0));
            return;
        }
        let first = place.floor();
        let share = place - first;
        told.push((border.resolve(first as isize, from), 1.0 - share));
        // What has no weight does not matter, infinities and NaN included.
        if share > 0.0 {
            told.push((border.resolve(first as isize + 1, from), share));
        }
    };
    Ok(Step { tell, alike: 0..0 })
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
) -> Result<Step<impl Fn(usize, &mut Told)>> {
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
    let alike = radius..len.saturating_sub(radius);
    let inside = alike.clone();
    let tell = move |at: usize, told: &mut Told| {
        let taps = 0..2 * radius + 1;
        let weight = |tap: usize| half[tap.abs_diff(radius)];
        if inside.contains(&at) {
            return told.extend(taps.map(|tap| (Some(at + tap - radius), weight(tap))));
        }
        told.extend(taps.map(|tap| {
            let index = (at + tap) as isize - radius as isize;
            (border.resolve(index, len), weight(tap))
        }));
    };
    Ok(Step { tell, alike })
}

/// The mean of as many samples as `factor` says, of which the last may lie beyond the line.
pub fn blocks(len: usize, factor: usize) -> Step<impl Fn(usize, &mut Told)> {
    let tell = move |at: usize, told: &mut Told| {
        let indices = at * factor..(at + 1) * factor;
        told.extend(indices.map(|index| ((index < len).then_some(index), 1.0 / factor as f64)));
    };
    Step { tell, alike: 0..0 }
}

/// The step that changes nothing.
pub fn same() -> Step<impl Fn(usize, &mut Told)> {
    Step { tell: |at: usize, told: &mut Told| told.push((Some(at), 1.0)), alike: 0..usize::MAX }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splines_have_no_taps() {
        let error = resampling(2, 4, Sampling::Spline(Degree::Cubic), Border::Wrap).err().unwrap();
        assert!(matches!(error, Error::Option { name: "sampling", .. }), "{error}");
    }
}
