/// The row and the column of a peak.
pub type Peak = [u32; 2];

/// Of rows and columns that lie between two peaks, whether they are less than a distance in the p-norm; or, inclusively, not more.
pub fn within(distance: usize, p_norm: f64, inclusive: bool) -> impl Fn(usize, usize) -> bool {
    let distance = distance as f64;
    move |rows, columns| {
        let apart = length(rows as f64, columns as f64, p_norm);
        if inclusive { apart <= distance } else { apart < distance }
    }
}

/// The first of the peaks, and then each that is not too near to one taken before; at most so many.
///
/// Those taken lie in cells of the width `reach`, beyond which nothing is too near: nine cells are looked at for each. No peak lies beyond
/// an image of `sides`.
pub fn spaced(
    peaks: impl IntoIterator<Item = Peak>,
    sides: [usize; 2],
    reach: usize,
    too_near: impl Fn(usize, usize) -> bool,
    most: usize,
) -> Vec<Peak> {
    let side = reach.max(1);
    let [height, width] = sides.map(|len| len.div_ceil(side));
    // Of each cell the peak taken last, and of each peak the one before it in its cell, counted from 1.
    let mut newest = vec![0u32; height * width];
    let mut before: Vec<u32> = vec![];
    let mut taken: Vec<Peak> = vec![];
    for peak in peaks {
        if taken.len() >= most {
            break;
        }
        let [row, column] = peak.map(|index| index as usize / side);
        let rows = row.saturating_sub(1)..(row + 2).min(height);
        let columns = column.saturating_sub(1)..(column + 2).min(width);
        let is_near = |[row, column]: Peak| {
            too_near(row.abs_diff(peak[0]) as usize, column.abs_diff(peak[1]) as usize)
        };
        let mut cells =
            rows.flat_map(|row| columns.clone().map(move |column| row * width + column));
        let older = |&at: &usize| (before[at] as usize).checked_sub(1);
        let is_crowded = cells.any(|cell| {
            let newest = (newest[cell] as usize).checked_sub(1);
            std::iter::successors(newest, older).any(|at| is_near(taken[at]))
        });
        if is_crowded {
            continue;
        }
        taken.push(peak);
        before.push(std::mem::replace(&mut newest[row * width + column], taken.len() as u32));
    }
    taken
}

/// Relative to the longer side, so that no power overflows; where it is exact, so is the result.
fn length(rows: f64, columns: f64, p_norm: f64) -> f64 {
    let (longer, shorter) = (rows.max(columns), rows.min(columns));
    if p_norm == 2.0 {
        (rows * rows + columns * columns).sqrt()
    } else if p_norm == 1.0 {
        rows + columns
    } else if p_norm == f64::INFINITY || shorter == 0.0 {
        longer
    } else {
        longer * (1.0 + (shorter / longer).powf(p_norm)).powf(1.0 / p_norm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn takes_what_is_not_too_near_to_any_before() {
        let mut random = Random::new(8);
        let sides = [37, 53];
        for (distance, p_norm, inclusive, most) in [
            (1, f64::INFINITY, true, 1000),
            (0, 2.0, true, 1000),
            (3, f64::INFINITY, false, 1000),
            (5, 1.0, false, 1000),
            (4, 2.0, true, 20),
            (6, 3.0, true, 1000),
            (100, 2.0, false, 1000),
        ] {
            let place = |len: usize, share: f64| ((len as f64 * share) as u32).min(len as u32 - 1);
            let peaks: Vec<Peak> =
                (0..400).map(|_| sides.map(|len| place(len, random.unit()))).collect();
            let mut expected: Vec<Peak> = vec![];
            for &peak in &peaks {
                let near = |other: &Peak| {
                    let [rows, columns] =
                        [0, 1].map(|axis| f64::from(other[axis].abs_diff(peak[axis])));
                    let apart = length(rows, columns, p_norm);
                    if inclusive { apart <= distance as f64 } else { apart < distance as f64 }
                };
                if expected.len() < most && !expected.iter().any(near) {
                    expected.push(peak);
                }
            }
            let too_near = within(distance, p_norm, inclusive);
            assert_eq!(spaced(peaks, sides, distance, too_near, most), expected, "{distance}");
        }
    }

    #[test]
    fn lengths_are_those_of_the_norm() {
        assert_eq!([1.0, 2.0, f64::INFINITY].map(|p| length(3.0, 4.0, p)), [7.0, 5.0, 4.0]);
        assert_eq!(length(5.0, 0.0, 3.0), 5.0);
        assert!((length(1.0, 1.0, 4.0) - 2.0f64.powf(0.25)).abs() < 1e-15);
    }
}
