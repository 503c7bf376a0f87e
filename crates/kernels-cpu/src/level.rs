//! Samples of 8 and 16 bits as places in tables.

use tagswitch_image::Sample;

/// Samples of so few levels that a table has them all.
pub trait Level: Sample {
    /// The number of levels.
    const LEVELS: usize;
    /// The table's entry of this sample.
    fn index(self) -> usize;
}

macro_rules! level {
    ($($type:ident),+) => {
        $(impl Level for $type {
            const LEVELS: usize = $type::MAX as usize + 1;

            #[inline(always)]
            fn index(self) -> usize {
                usize::from(self)
            }
        })+
    };
}

level!(u8, u16);

/// How many samples each level of 8 or 16 bits has.
pub fn level_counts<T: Level>(samples: &[T]) -> Vec<u32> {
    // Four tables, so that runs of one level do not wait for their own counts.
    let mut tables = vec![0u32; 4 * T::LEVELS];
    let (first, rest) = tables.split_at_mut(T::LEVELS);
    let (second, rest) = rest.split_at_mut(T::LEVELS);
    let (third, fourth) = rest.split_at_mut(T::LEVELS);
    let (fours, remainder) = samples.as_chunks::<4>();
    for [a, b, c, d] in fours {
        first[a.index()] += 1;
        second[b.index()] += 1;
        third[c.index()] += 1;
        fourth[d.index()] += 1;
    }
    for sample in remainder {
        first[sample.index()] += 1;
    }
    for (level, count) in first.iter_mut().enumerate() {
        *count += second[level] + third[level] + fourth[level];
    }
    tables.truncate(T::LEVELS);
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_every_length_to_its_end() {
        for length in 0..40 {
            let samples: Vec<u8> = (0..length).map(|i| i % 7).collect();
            let counts = level_counts(&samples);
            assert_eq!(counts.len(), 256);
            for (level, &count) in counts.iter().enumerate() {
                let expected = samples.iter().filter(|&&v| usize::from(v) == level).count();
                assert_eq!(count as usize, expected);
            }
        }
    }
}
