use tagswitch_image::Sample;

use crate::simd::{Kernel, Level, dispatch};

/// A sample type that labels may have.
pub trait Label: Sample + Ord {
    /// The label as a number wide enough for any.
    #[doc(hidden)]
    fn number(self) -> i64;

    /// The greatest there is.
    #[doc(hidden)]
    const MOST: Self;
}

macro_rules! label {
    ($($type:ident),*) => {$(
        impl Label for $type {
            #[inline(always)]
            fn number(self) -> i64 {
                i64::from(self)
            }

            const MOST: Self = $type::MAX;
        }
    )*};
}

label!(u8, u16, i32);

/// Something for every label that occurs.
pub enum Ranks<V> {
    /// By label, from the least on.
    Dense { least: i64, values: Vec<V> },
    /// Ascending labels and their values, for labels far apart.
    Sparse { labels: Vec<i64>, values: Vec<V> },
}

impl Ranks<Option<usize>> {
    /// The rank of every label among those that occur; `None` for the background, which has no rank.
    pub fn of<L: Label>(labels: &[L], background: f64) -> Self {
        let background = L::exactly(background).map(L::number);
        let [least, most] = dispatch(Ends { labels });
        let mut ranks = 0..;
        let mut rank = |label: i64| if Some(label) == background { None } else { ranks.next() };
        let span = (most - least + 1) as usize;
        if span <= (2 * labels.len()).max(1 << 16) {
            let mut occurs = vec![false; span];
            for &label in labels {
                occurs[(label.number() - least) as usize] = true;
            }
            let values = (least..)
                .zip(occurs)
                .map(|(label, occurs)| if occurs { rank(label) } else { None });
            return Self::Dense { least, values: values.collect() };
        }
        let mut sorted: Vec<i64> = labels.iter().map(|label| label.number()).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let values = sorted.iter().map(|&label| rank(label)).collect();
        Self::Sparse { labels: sorted, values }
    }
}

/// The least label and the greatest.
struct Ends<'a, L> {
    labels: &'a [L],
}

impl<L: Label> Kernel for Ends<'_, L> {
    type Output = [i64; 2];

    #[inline(always)]
    fn run<V: Level>(self) -> [i64; 2] {
        const LANES: usize = 32;
        let first = self.labels[0];
        let [mut least, mut most] = [[first; LANES]; 2];
        let (blocks, rest) = self.labels.as_chunks::<LANES>();
        for block in blocks {
            for i in 0..LANES {
                least[i] = least[i].min(block[i]);
                most[i] = most[i].max(block[i]);
            }
        }
        let least = least.iter().chain(rest).min().unwrap_or(&first);
        let most = most.iter().chain(rest).max().unwrap_or(&first);
        [least.number(), most.number()]
    }
}

impl<V> Ranks<V> {
    /// Each label that has something, and some between those that occur, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (i64, &V)> {
        let (least, labels, values) = match self {
            Self::Dense { least, values } => (*least, &[][..], values),
            Self::Sparse { labels, values } => (0, &labels[..], values),
        };
        let label = move |i: usize| labels.get(i).copied().unwrap_or(least + i as i64);
        values.iter().enumerate().map(move |(i, value)| (label(i), value))
    }

    /// Something else for every label.
    pub fn map<U>(self, f: impl FnMut(V) -> U) -> Ranks<U> {
        match self {
            Self::Dense { least, values } => {
                Ranks::Dense { least, values: values.into_iter().map(f).collect() }
            }
            Self::Sparse { labels, values } => {
                Ranks::Sparse { labels, values: values.into_iter().map(f).collect() }
            }
        }
    }

    /// What belongs to a label that occurs. Panics for another.
    #[inline(always)]
    pub fn get<L: Label>(&self, label: L) -> &V {
        match self {
            Self::Dense { least, values } => &values[(label.number() - least) as usize],
            Self::Sparse { labels, values } => &values[position(labels, label)],
        }
    }

    /// What belongs to each label, all of which occur.
    pub fn look_up<L: Label>(&self, labels: &[L], out: &mut [V])
    where
        V: Copy,
    {
        let pairs = out.iter_mut().zip(labels);
        match self {
            Self::Dense { least, values } => {
                pairs.for_each(|(out, label)| *out = values[(label.number() - least) as usize]);
            }
            Self::Sparse { labels, values } => {
                pairs.for_each(|(out, &label)| *out = values[position(labels, label)]);
            }
        }
    }

    /// As [`get`](Self::get), for writing.
    #[inline(always)]
    pub fn get_mut<L: Label>(&mut self, label: L) -> &mut V {
        match self {
            Self::Dense { least, values } => &mut values[(label.number() - *least) as usize],
            Self::Sparse { labels, values } => &mut values[position(labels, label)],
        }
    }
}

fn position<L: Label>(labels: &[i64], label: L) -> usize {
    labels.binary_search(&label.number()).expect("every label was collected")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_may_be_anywhere() {
        for len in 1..100 {
            for at in 0..len {
                let mut labels = vec![3u16; len];
                labels[at] = 900;
                labels[len - 1 - at] = 0;
                let most = labels.iter().max().copied().map(i64::from);
                assert_eq!(dispatch(Ends { labels: &labels }), [0, most.unwrap()], "{at} of {len}");
            }
        }
    }

    #[test]
    fn ranks_ascend_and_leave_the_background_out() {
        for stretch in [1, 100_000_000] {
            let labels = [9, 0, -4, 9, 7].map(|label| label * stretch);
            let ranks = Ranks::of(&labels, 7.0 * f64::from(stretch));
            assert_eq!(matches!(ranks, Ranks::Sparse { .. }), stretch > 1);
            assert_eq!(
                labels.map(|label| *ranks.get(label)),
                [Some(2), Some(1), Some(0), Some(2), None]
            );
            let ranked = ranks.iter().filter(|(_, rank)| rank.is_some());
            let expected = [-4, 0, 9].map(|label| label * i64::from(stretch));
            assert_eq!(ranked.map(|(label, _)| label).collect::<Vec<_>>(), expected);
        }
    }
}
