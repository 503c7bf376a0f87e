//! Which of the pixels that no neighbour is above are taken.

use std::cmp::Ordering;

use super::peaks::Peaks;
use super::spacing::{Peak, spaced, within};

/// Of pixels of an image with such sides that no neighbour is above, row by row with their samples, those that
/// [`peak_local_max`](super::peak_local_max) gives without labels.
pub fn peaks_among<T: PartialOrd>(
    candidates: Vec<(T, Peak)>,
    sides: [usize; 2],
    options: &Peaks,
) -> Vec<Peak> {
    select(candidates, sides, options, options.num_peaks)
}

/// As [`peaks_among`], those that [`corner_peaks`](super::corner_peaks) gives.
pub fn corners_among<T: PartialOrd>(
    candidates: Vec<(T, Peak)>,
    sides: [usize; 2],
    options: &Peaks,
) -> Vec<Peak> {
    apart(peaks_among(candidates, sides, &all_corners(options)), sides, options)
}

/// The peaks of which some are corners.
pub(super) fn all_corners(options: &Peaks) -> Peaks {
    Peaks { num_peaks: usize::MAX, p_norm: f64::INFINITY, ..options.clone() }
}

/// Each that is not within the distance of one before.
pub(super) fn apart(found: Vec<Peak>, sides: [usize; 2], options: &Peaks) -> Vec<Peak> {
    let Peaks { min_distance, num_peaks, p_norm, .. } = *options;
    spaced(found, sides, min_distance, within(min_distance, p_norm, true), num_peaks)
}

/// The greatest of the candidates, which come row by row, as far apart as asked for.
pub(super) fn select<T: PartialOrd>(
    mut candidates: Vec<(T, Peak)>,
    sides: [usize; 2],
    options: &Peaks,
    most: usize,
) -> Vec<Peak> {
    // Equal ones keep their order.
    candidates.sort_by(|(a, _), (b, _)| b.partial_cmp(a).unwrap_or(Ordering::Equal));
    let sorted = candidates.into_iter().map(|(_, peak)| peak);
    let Peaks { min_distance, p_norm, .. } = *options;
    if min_distance <= 1 {
        return sorted.take(most).collect();
    }
    spaced(sorted, sides, min_distance, within(min_distance, p_norm, false), most)
}
