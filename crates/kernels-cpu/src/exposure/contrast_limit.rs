//! The histogram of a tile, its contrast limited, as a curve: K. Zuiderveld, "Contrast limited adaptive histogram equalization", Graphics
//! Gems IV, 1994.

/// The level from 0 to `greatest` for each bin of a tile of so many pixels, of which at most `limit` count in one bin; the others are spread over all.
pub(super) fn tile_curve(counts: &mut [i64], pixels: usize, limit: i64, greatest: u16) -> Vec<u16> {
    limit_counts(counts, limit);
    let greatest = f64::from(greatest);
    let scale = greatest / pixels as f64;
    let mut total = 0;
    let level = |&count: &i64| {
        total += count;
        (total as f64 * scale).min(greatest) as u16
    };
    counts.iter().map(level).collect()
}

/// scikit-image's way to spread what is above the limit, whose order is part of the result.
fn limit_counts(counts: &mut [i64], limit: i64) {
    let mut excess = 0;
    for count in counts.iter_mut() {
        excess += (*count - limit).max(0);
        *count = (*count).min(limit);
    }
    if excess == 0 {
        return;
    }
    let share = excess / counts.len() as i64;
    let nearly = limit - share;
    for count in counts.iter_mut().filter(|count| **count < nearly) {
        *count += share;
        excess -= share;
    }
    for count in counts.iter_mut().filter(|count| **count >= nearly) {
        excess -= limit - *count;
        *count = limit;
    }
    while excess > 0 {
        let before = excess;
        for first in 0..counts.len() {
            let free = counts.iter().filter(|&&count| count < limit).count() as i64;
            let step = (free / excess).max(1) as usize;
            for count in counts[first..].iter_mut().step_by(step).filter(|count| **count < limit) {
                *count += 1;
                excess -= 1;
            }
            if excess <= 0 {
                return;
            }
        }
        // Every bin is full.
        if excess == before {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Expected values: clip_histogram of skimage.exposure._adapthist, scikit-image 0.26.0.

    const CASES: [(&[i64], i64, &[i64]); 5] = [
        (&[9, 0, 1, 0, 5, 3], 4, &[4, 2, 3, 2, 4, 4]),
        (&[30, 0, 0, 2, 1, 0, 0, 9], 7, &[7, 3, 4, 7, 7, 3, 4, 7]),
        (&[100, 1, 1, 1], 3, &[3, 3, 3, 3]),
        (&[0, 5, 2, 0], 5, &[0, 5, 2, 0]),
        (&[17, 0, 3, 2, 2, 0, 1, 0, 0, 0], 2, &[2; 10]),
    ];

    #[test]
    fn what_is_above_the_limit_is_spread() {
        for (counts, limit, expected) in CASES {
            let mut counts = counts.to_vec();
            limit_counts(&mut counts, limit);
            assert_eq!(counts, expected);
        }
    }

    #[test]
    fn a_curve_ends_at_the_greatest_level() {
        assert_eq!(tile_curve(&mut [4, 0, 0, 0], 4, 4, 100), [100; 4]);
        assert_eq!(tile_curve(&mut [1, 1, 1, 1], 4, 4, 100), [25, 50, 75, 100]);
    }
}
