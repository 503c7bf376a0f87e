use std::ops::Range;

use tagswitch_image::{Float, Shape};

use super::steps::{Step, Told, blocks, same};

/// Of so many things told, about, none is remembered any longer: those of a whole line would take memory that is new each time.
const MOST_TOLD: usize = 1 << 11;

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

    /// Adds a sample with the taps of the last one, so much further on.
    fn repeat(&mut self, distance: usize) {
        let [.., start, end] = self.starts[..] else { return };
        self.indices.extend_from_within(start..end);
        self.indices[end..].iter_mut().for_each(|index| *index += distance);
        self.weights.extend_from_within(start..end);
        self.starts.push(self.indices.len());
        self.constants.extend(self.constants.last().copied());
    }
}

/// What rows and columns of blocks' means are sums of.
pub fn block_taps<W: Float>(from: Shape, [rows, columns]: [usize; 2]) -> [Taps<W>; 2] {
    [(from.height(), rows), (from.width(), columns)]
        .map(|(len, factor)| composed(len, &same(), &blocks(len, factor), len.div_ceil(factor)))
}

/// The taps of `count` samples of a line that is made of one of `len` samples by the step `first`, then `second`.
pub fn composed<W: Float>(
    len: usize,
    first: &Step<impl Fn(usize, &mut Told)>,
    second: &Step<impl Fn(usize, &mut Told)>,
    count: usize,
) -> Taps<W> {
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
    let mut told = Told::new();
    let mut parts: Vec<Range<usize>> = Vec::new();
    let [mut asked, mut asked_before] = [Told::new(), Told::new()];
    for at in 0..count {
        std::mem::swap(&mut asked, &mut asked_before);
        asked.clear();
        (second.tell)(at, &mut asked);
        if let Some(distance) = distance(&asked_before, &asked, &first.alike) {
            taps.repeat(distance);
            continue;
        }
        if told.len() > MOST_TOLD {
            told.clear();
            parts.clear();
        }
        let mut constant = 0.0;
        for &(between, weight) in &asked {
            let Some(between) = between else {
                constant += weight;
                continue;
            };
            if parts.len() <= between {
                parts.resize(between + 1, 0..0);
            }
            if parts[between].is_empty() {
                let start = told.len();
                (first.tell)(between, &mut told);
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
        }
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

/// How much further on the samples of a list are than those of another, where their weights are the same and all are `alike`.
fn distance(before: &Told, told: &Told, alike: &Range<usize>) -> Option<usize> {
    let mut distances = before.iter().zip(told).map(|(&(from, weight), &(to, other))| {
        let (from, to) = (from?, to?);
        let is_same = weight == other && alike.contains(&from) && alike.contains(&to);
        is_same.then(|| to.checked_sub(from)).flatten()
    });
    let distance = distances.next()??;
    (before.len() == told.len() && distances.all(|other| other == Some(distance)))
        .then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::super::steps::{Sampling, blur, resampling};
    use super::*;
    use crate::border::Border;

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
        let taps = composed(4, &same(), &half, 2);
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
            assert_eq!(dense(&composed(2, &same(), &twice, 4), 2)[0], first, "{border:?}");
        }
    }

    #[test]
    fn steps_follow_one_another() {
        for (len, to) in [(5, 3), (60, 30), (60, 120), (60, 60), (61, 40)] {
            let smooth = blur(len, 0.8, 3, Border::Reflect).unwrap();
            let small = resampling(len, to, Sampling::Linear, Border::Mirror).unwrap();
            let taps = dense(&composed(len, &smooth, &small, to), len);
            for (at, row) in taps.iter().enumerate() {
                let mut expected = vec![0.0; len + 1];
                let [mut asked, mut told] = [Told::new(), Told::new()];
                (small.tell)(at, &mut asked);
                for (between, weight) in asked {
                    told.clear();
                    (smooth.tell)(between.unwrap(), &mut told);
                    told.iter()
                        .for_each(|(index, share)| expected[index.unwrap()] += weight * share);
                }
                assert_eq!(*row, expected, "{at} of {to} from {len}");
                assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-15);
            }
        }
    }
}
