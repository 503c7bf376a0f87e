use std::ops::Range;

use tagswitch_image::Sample;

use crate::bits::packed;

/// Neighbouring pixels of a row that have one value, `start` to before `end`.
pub struct Run<K> {
    /// Its first column.
    pub start: u32,
    /// The column behind its last.
    pub end: u32,
    /// A number of the region, not yet the final one.
    pub region: u32,
    /// What its pixels have in common.
    pub value: K,
}

/// Appends the runs of a row that are not background.
#[inline(always)]
pub fn append_runs<K: Sample>(row: &[K], background: Option<K>, runs: &mut Vec<Run<K>>) {
    for_each_run(row, |value, Range { start, end }| {
        if Some(value) != background {
            runs.push(Run { start: start as u32, end: end as u32, region: 0, value });
        }
    });
}

/// Visits the runs of equal samples in a row.
#[inline(always)]
pub fn for_each_run<K: Sample>(row: &[K], mut visit: impl FnMut(K, Range<usize>)) {
    const BLOCK: usize = 64;
    let mut start = 0;
    let mut close = |end: usize| {
        visit(row[start], start..end);
        start = end;
    };
    let mut x = 1;
    while x + BLOCK <= row.len() {
        let mut changes = changes(&row[x - 1..][..BLOCK], &row[x..][..BLOCK]);
        while changes != 0 {
            close(x + changes.trailing_zeros() as usize);
            changes &= changes - 1;
        }
        x += BLOCK;
    }
    for x in x..row.len() {
        if row[x] != row[x - 1] {
            close(x);
        }
    }
    close(row.len());
}

/// A bit for every place where two blocks of 64 differ.
#[inline(always)]
fn changes<K: PartialEq>(before: &[K], here: &[K]) -> u64 {
    let mut differ = [0u8; 64];
    let (before, here) = (&before[..64], &here[..64]);
    for i in 0..64 {
        differ[i] = u8::from(before[i] != here[i]);
    }
    packed(&differ)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_runs_of_any_length_at_any_place() {
        for width in [1, 2, 63, 64, 65, 128, 129, 200] {
            for stretch in [1, 2, 7, 64, 65] {
                let row: Vec<u16> = (0..width).map(|x| (x / stretch % 3) as u16).collect();
                let mut runs = Vec::new();
                append_runs(&row, Some(0), &mut runs);
                let mut rebuilt = vec![0; width];
                for run in &runs {
                    rebuilt[run.start as usize..run.end as usize].fill(run.value);
                }
                assert_eq!(rebuilt, row);
                assert!(
                    runs.iter().all(|run| run.value != 0 && run.end - run.start <= stretch as u32)
                );
            }
        }
    }
}
