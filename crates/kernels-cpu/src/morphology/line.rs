//! The choice among the samples of every window of a line, for windows of several lengths at once.
//!
//! A window is the choice among two shorter ones that overlap (M. van Droogenbroeck, M. Buckley, "Morphological erosions
//! and dilations with linear structuring elements", 2005, and E. Urbach, M. Wilkinson, "Efficient 2-D grayscale
//! morphological transformations with arbitrary flat structuring elements", 2008): each length takes one operation per
//! sample, on whole vectors, and at most one more for each doubling.

use super::order::{Choice, Ordered, choose_both};

/// How to come by the windows of some lengths.
pub struct Lengths {
    /// In order of length; the first is the line itself.
    steps: Vec<Step>,
}

/// A length, and the one that two windows make it from.
#[derive(Clone, Copy)]
struct Step {
    length: usize,
    /// The place of the shorter one among the steps.
    from: usize,
}

impl Lengths {
    /// Of windows of these lengths, each at least 1.
    pub fn new(lengths: impl IntoIterator<Item = usize>) -> Self {
        let mut wanted: Vec<usize> = lengths.into_iter().collect();
        wanted.sort_unstable();
        let mut steps = vec![Step { length: 1, from: 0 }];
        for length in wanted {
            let mut last = steps[steps.len() - 1].length;
            while length > last {
                let from = steps.len() - 1;
                last = length.min(2 * last);
                steps.push(Step { length: last, from });
            }
        }
        Self { steps }
    }

    /// The place of a length that was asked for.
    pub fn place(&self, length: usize) -> usize {
        self.steps.partition_point(|step| step.length < length)
    }

    /// How many lines [`fill`](Self::fill) fills.
    pub fn count(&self) -> usize {
        self.steps.len()
    }

    /// Of lines of `pitch` samples one after the other, the first of which is given, fills the others: sample `i` of a
    /// line is the choice among the window that begins at `i`. What begins too late for a whole window is anything.
    #[inline(always)]
    pub fn fill<C: Choice, T: Ordered>(&self, lines: &mut [T], pitch: usize) {
        for (place, step) in self.steps.iter().enumerate().skip(1) {
            let (before, here) = lines.split_at_mut(place * pitch);
            let from = &before[step.from * pitch..][..pitch];
            let shift = step.length - self.steps[step.from].length;
            choose_both::<C, T>(from, &from[shift..], &mut here[..pitch - shift]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::order::{Greatest, Least};
    use super::*;
    use crate::random::Random;

    #[test]
    fn windows_of_all_lengths() {
        let mut random = Random::new(7);
        let pitch = 100;
        let line: Vec<u16> = (0..pitch).map(|_| random.below(60_000) as u16).collect();
        for wanted in [vec![1], vec![7], vec![3, 1, 4, 21, 19, 19], vec![100], vec![2, 99]] {
            let lengths = Lengths::new(wanted.iter().copied());
            let mut lines = vec![0; pitch * lengths.count()];
            lines[..pitch].copy_from_slice(&line);
            lengths.fill::<Least, u16>(&mut lines, pitch);
            for &length in &wanted {
                let found = &lines[lengths.place(length) * pitch..][..pitch + 1 - length];
                let expected: Vec<u16> =
                    line.windows(length).map(|window| *window.iter().min().unwrap()).collect();
                assert_eq!(found, expected, "{length} of {wanted:?}");
            }
            lengths.fill::<Greatest, u16>(&mut lines, pitch);
            let found = lines[lengths.place(wanted[0]) * pitch];
            assert_eq!(Some(&found), line[..wanted[0]].iter().max());
        }
    }
}
