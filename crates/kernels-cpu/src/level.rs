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
    // So many of 16 bits that the caches still hold them.
    if T::LEVELS <= 1 << 8 { count::<T, 8>(samples) } else { count::<T, 4>(samples) }
}

/// Counts in so many tables in turn, so that runs of one level do not wait for their own counts.
fn count<T: Level, const TABLES: usize>(samples: &[T]) -> Vec<u32> {
    let mut counts = vec![0u32; TABLES * T::LEVELS];
    let mut rest = &mut counts[..];
    let mut tables: [&mut [u32]; TABLES] = std::array::from_fn(|_| {
        let (table, others) = std::mem::take(&mut rest).split_at_mut(T::LEVELS);
        rest = others;
        table
    });
    let (turns, remainder) = samples.as_chunks::<TABLES>();
    for turn in turns {
        for (table, sample) in tables.iter_mut().zip(turn) {
            table[sample.index()] += 1;
        }
    }
    for sample in remainder {
        tables[0][sample.index()] += 1;
    }
    (0..T::LEVELS).map(|level| tables.iter().map(|table| table[level]).sum()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts_every_length_to_its_end<T: Level + TryFrom<usize>>() {
        for length in 0..70 {
            for step in [0, 1, 37] {
                let places = (0..length).map(|i| (T::LEVELS - 1 - i % 7) / 2 * step % T::LEVELS);
                let samples: Vec<T> = places.filter_map(|place| T::try_from(place).ok()).collect();
                assert_eq!(samples.len(), length);
                let mut expected = vec![0; T::LEVELS];
                samples.iter().for_each(|sample| expected[sample.index()] += 1);
                assert_eq!(level_counts(&samples), expected);
            }
        }
    }

    #[test]
    fn bytes_and_words_are_counted() {
        counts_every_length_to_its_end::<u8>();
        counts_every_length_to_its_end::<u16>();
    }
}
