use tagswitch_image::{ImageView, Sample};

use super::forest::Forest;
use super::runs::{Run, append_runs};
use super::value::Value;

/// The runs of an image that are not background, row by row, and which of them are one region.
pub(crate) struct Connected<K> {
    pub(crate) runs: Vec<Run<K>>,
    /// For each row the place behind its last run.
    pub(crate) row_ends: Vec<usize>,
    pub(crate) forest: Forest,
}

/// Joins the runs of equal pixels. `reach` is how far a run reaches beyond its ends into the row below: 1 joins corners.
#[inline(always)]
pub(crate) fn connect<T: Value>(
    image: ImageView<'_, T>,
    background: f64,
    reach: u32,
) -> Connected<T::Key> {
    let mut buffer = Vec::new();
    let mut runs: Vec<Run<T::Key>> = Vec::new();
    let mut row_ends = Vec::with_capacity(image.shape().height());
    let mut forest = Forest::default();
    let mut above = 0..0;
    for row in image.rows() {
        let first = runs.len();
        let keys = T::keys(row, background, &mut buffer);
        append_runs(keys, T::Key::exactly(background), &mut runs);
        let (before, here) = runs.split_at_mut(first);
        join(&before[above], here, reach, &mut forest);
        above = first..runs.len();
        row_ends.push(runs.len());
    }
    Connected { runs, row_ends, forest }
}

/// Gives the runs of a row the regions of equal ones that they touch in the row above, or new ones.
#[inline(always)]
fn join<K: Sample>(above: &[Run<K>], here: &mut [Run<K>], reach: u32, forest: &mut Forest) {
    let mut first = 0;
    for run in here {
        // Runs above that end before this one will touch none further right either.
        while first < above.len() && above[first].end + reach <= run.start {
            first += 1;
        }
        let mut region = None;
        for other in above[first..].iter().take_while(|other| other.start < run.end + reach) {
            if other.value == run.value {
                region = Some(match region {
                    None => forest.root(other.region),
                    Some(region) => forest.union(region, other.region),
                });
            }
        }
        run.region = region.unwrap_or_else(|| forest.grow());
    }
}
