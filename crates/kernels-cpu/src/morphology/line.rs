//! The choice among the samples of every window of a line, for windows of several lengths at once.
//!
//! A window is the choice among shorter ones that overlap (M. van Droogenbroeck, M. Buckley, "Morphological erosions and
//! dilations with linear structuring elements", 2005, and E. Urbach, M. Wilkinson, "Efficient 2-D grayscale morphological
//! transformations with arbitrary flat structuring elements", 2008). Up to five take part at once: whole vectors are chosen
//! among faster than written and read again. Five and fewer samples thus take one pass, 25 two.

use super::order::{Choice, Ordered, choose_of_2, choose_of_3, choose_of_5};

/// How many windows at most make a longer one.
const MOST: usize = 5;

/// How to come by the windows of some lengths.
pub struct Lengths {
    /// In order of length; the first is the line itself.
    steps: Vec<Step>,
}

/// Windows of a length that are made of those of the step before.
#[derive(Clone, Copy)]
pub struct Step {
    length: usize,
    from: usize,
    parts: Parts,
}

/// How many windows make a longer one.
#[derive(Clone, Copy)]
enum Parts {
    Two,
    Three,
    Five,
}

impl Step {
    fn new(length: usize, from: usize) -> Self {
        let parts = match length.div_ceil(from) {
            ..=2 => Parts::Two,
            3 => Parts::Three,
            _ => Parts::Five,
        };
        Self { length, from, parts }
    }

    /// From the beginning of the first window that takes part to that of the last.
    pub fn span(self) -> usize {
        self.length - self.from
    }

    /// Sample `i` becomes the choice among windows, of which `windows` gives those that begin at a shift behind it.
    #[inline(always)]
    pub fn choose<'a, C: Choice, T: Ordered>(
        self,
        windows: impl Fn(usize) -> &'a [T],
        into: &mut [T],
    ) {
        let span = self.span();
        let [first, middle, last] = [windows(0), windows(span / 2), windows(span)];
        match self.parts {
            Parts::Two => choose_of_2::<C, T>([first, last], into),
            Parts::Three => choose_of_3::<C, T>([first, middle, last], into),
            Parts::Five => {
                let [before, behind] = [windows(span / 4), windows(span * 3 / 4)];
                choose_of_5::<C, T>([first, before, middle, behind, last], into);
            }
        }
    }
}

impl Lengths {
    /// Of windows of these lengths, each at least 1.
    pub fn new(lengths: impl IntoIterator<Item = usize>) -> Self {
        let mut wanted: Vec<usize> = lengths.into_iter().collect();
        wanted.sort_unstable();
        let mut steps = vec![Step::new(1, 1)];
        for length in wanted {
            let mut from = steps[steps.len() - 1].length;
            while length > from {
                let next = length.min(MOST * from);
                steps.push(Step::new(next, from));
                from = next;
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

    /// The steps behind the line itself.
    pub fn steps(&self) -> &[Step] {
        &self.steps[1..]
    }

    /// Of lines of `pitch` samples one after the other, the first of which is given, fills the others: sample `i` of a
    /// line is the choice among the window that begins at `i`. What begins too late for a whole window is anything.
    #[inline(always)]
    pub fn fill<C: Choice, T: Ordered>(&self, lines: &mut [T], pitch: usize) {
        fill::<C, T>(self.steps(), lines, pitch);
    }

    /// Of the same lines fills all but the last, of which only the windows that begin from `start` on are wanted.
    #[inline(always)]
    pub fn longest<C: Choice, T: Ordered>(
        &self,
        lines: &mut [T],
        pitch: usize,
        start: usize,
        windows: &mut [T],
    ) {
        let Some((last, steps)) = self.steps().split_last() else {
            return windows.copy_from_slice(&lines[start..][..windows.len()]);
        };
        fill::<C, T>(steps, lines, pitch);
        let before = &lines[steps.len() * pitch + start..];
        last.choose::<C, T>(|shift| &before[shift..], windows);
    }
}

#[inline(always)]
fn fill<C: Choice, T: Ordered>(steps: &[Step], lines: &mut [T], pitch: usize) {
    for (i, step) in steps.iter().enumerate() {
        let (before, here) = lines.split_at_mut((i + 1) * pitch);
        let windows = |shift: usize| &before[i * pitch + shift..];
        step.choose::<C, T>(windows, &mut here[..pitch - step.span()]);
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
        for wanted in
            [vec![1], vec![7], vec![3, 1, 4, 21, 19, 19], vec![100], vec![2, 99], vec![5, 6, 14]]
        {
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
