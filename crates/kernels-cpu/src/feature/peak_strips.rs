use tagswitch_image::{ChordFootprint, ImageView, ImageViewMut, Shape};

use crate::border::Border;
use crate::error::Result;
use crate::morphology::{Morphology, Ordered, dilation};
use crate::threads::threads;

/// Pixels of a strip for each thread. In tests small images have several.
const STRIP: usize = if cfg!(test) { 16 } else { 1 << 18 };

/// Has `look` see the image in strips of rows, one after the other: where in it a strip begins, its samples, and the greatest around each.
/// A strip stays in the caches.
pub fn strips<T: Ordered>(
    image: ImageView<'_, T>,
    footprint: &ChordFootprint,
    mut look: impl FnMut(usize, &[T], &[T]),
) -> Result<()> {
    let (height, width) = (image.shape().height(), image.shape().width());
    let around = Morphology {
        footprint: footprint.clone(),
        border: Border::Nearest,
        erosion_cval: 0.0,
        dilation_cval: 0.0,
    };
    let beyond = footprint.rows_beyond();
    // What is made of the rows beyond a strip is made once more with the next one: an eighth at most.
    let rows = (threads() * STRIP / width).max(16 * beyond).clamp(1, height);
    let mut greatest = vec![T::default(); (rows + 2 * beyond).min(height) * width];
    for top in (0..height).step_by(rows) {
        let bottom = (top + rows).min(height);
        let [above, below] = [top.saturating_sub(beyond), (bottom + beyond).min(height)];
        let part = ImageView::new(
            &image.samples()[above * width..below * width],
            Shape::new(below - above, width, 1)?,
        )?;
        let greatest = &mut greatest[..part.shape().len()];
        dilation(part, &around, ImageViewMut::new(greatest, part.shape())?)?;
        let own = (top - above) * width..(bottom - above) * width;
        look(top * width, &part.samples()[own.clone()], &greatest[own]);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use super::*;
    use crate::feature::{Peaks, peak_local_max};
    use crate::random::Random;

    #[test]
    fn strips_have_the_peaks_of_the_whole() {
        let mut random = Random::new(7);
        for (height, width) in [(1, 40), (37, 5), (90, 3), (61, 13)] {
            for beyond in [[0, 0], [1, 1], [2, 0], [9, 2]] {
                // The first rows are flat, up to all of them.
                for flat in [0, height / 2, height - 1, height] {
                    let sample = |i| if i < flat * width { 3 } else { random.below(5) as u8 };
                    let samples: Vec<u8> = (0..height * width).map(sample).collect();
                    let sides = beyond.map(|beyond| 2 * beyond + 1);
                    let cells = vec![1; sides[0] * sides[1]];
                    let footprint = ChordFootprint::new(sides[0], sides[1], &cells);
                    let options = Peaks {
                        min_distance: 0,
                        threshold_abs: Some(0.0),
                        threshold_rel: None,
                        excluded: [0, 0],
                        num_peaks: usize::MAX,
                        footprint,
                        num_peaks_per_label: usize::MAX,
                        p_norm: f64::INFINITY,
                    };
                    let at = |[row, column]: [usize; 2]| samples[row * width + column];
                    let is_peak = |[row, column]: [usize; 2]| {
                        let rows = row.saturating_sub(beyond[0])..(row + beyond[0] + 1).min(height);
                        let columns =
                            column.saturating_sub(beyond[1])..(column + beyond[1] + 1).min(width);
                        let mut around =
                            rows.flat_map(|row| columns.clone().map(move |c| [row, c]));
                        around.all(|other| at(other) <= at([row, column]))
                    };
                    let pixels = (0..height * width).map(|i| [i / width, i % width]);
                    let mut expected: Vec<_> = pixels.filter(|&pixel| is_peak(pixel)).collect();
                    if expected.len() == samples.len() {
                        expected.clear();
                    }
                    expected.retain(|&pixel| at(pixel) > 0);
                    expected.sort_by_key(|&pixel| Reverse(at(pixel)));
                    let shape = Shape::new(height, width, 1).unwrap();
                    let image = ImageView::new(&samples, shape).unwrap();
                    let found = peak_local_max::<_, u8>(image, None, &options).unwrap();
                    let found = found.iter().map(|peak| peak.map(|side| side as usize));
                    assert!(found.eq(expected), "{height} × {width}, {beyond:?}, {flat}");
                }
            }
        }
    }
}
