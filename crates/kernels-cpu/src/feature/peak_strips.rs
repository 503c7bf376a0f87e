use tagswitch_image::{ChordFootprint, ImageView, Shape};

use crate::error::Result;
use crate::morphology::{Ordered, greatest_around};
use crate::threads::threads;

/// Pixels of a strip for each thread.
const STRIP: usize = 1 << 18;

/// Has `look` see the image in strips of rows, one after the other: where in it a strip begins, its samples, and the greatest around each.
/// A strip stays in the caches.
pub fn strips<T: Ordered>(
    image: ImageView<'_, T>,
    footprint: &ChordFootprint,
    look: impl FnMut(usize, &[T], &[T]),
) -> Result<()> {
    // What is made of the rows beyond a strip is made once more with the next one: an eighth at most.
    let rows = threads() * STRIP / image.shape().width();
    strips_of(rows.max(16 * footprint.rows_beyond()), image, footprint, look)
}

/// In strips of so many rows, one at least.
fn strips_of<T: Ordered>(
    rows: usize,
    image: ImageView<'_, T>,
    footprint: &ChordFootprint,
    mut look: impl FnMut(usize, &[T], &[T]),
) -> Result<()> {
    let (height, width) = (image.shape().height(), image.shape().width());
    let beyond = footprint.rows_beyond();
    let rows = rows.clamp(1, height);
    let mut greatest = vec![T::default(); (rows + 2 * beyond).min(height) * width];
    for top in (0..height).step_by(rows) {
        let bottom = (top + rows).min(height);
        let [above, below] = [top.saturating_sub(beyond), (bottom + beyond).min(height)];
        let part = ImageView::new(
            &image.samples()[above * width..below * width],
            Shape::new(below - above, width, 1)?,
        )?;
        let greatest = &mut greatest[..part.shape().len()];
        greatest_around(part, footprint, greatest);
        let own = (top - above) * width..(bottom - above) * width;
        look(top * width, &part.samples()[own.clone()], &greatest[own]);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// So that NaN are compared as well.
    fn bits(samples: &[f32]) -> Vec<u32> {
        samples.iter().map(|sample| sample.to_bits()).collect()
    }

    #[test]
    fn strips_are_those_of_the_whole() {
        let mut random = Random::new(7);
        for (height, width) in [(1, 40), (37, 5), (90, 3), (61, 13)] {
            let shape = Shape::new(height, width, 1).unwrap();
            let mut sample = || if random.below(9) == 0 { f32::NAN } else { random.unit() as f32 };
            let samples: Vec<f32> = (0..shape.len()).map(|_| sample()).collect();
            let image = ImageView::new(&samples, shape).unwrap();
            for sides in [[1, 1], [3, 3], [5, 1], [19, 5]] {
                for missing in [0, 3] {
                    let cell = |i| u8::from(missing == 0 || i % missing == 0);
                    let cells: Vec<u8> = (0..sides[0] * sides[1]).map(cell).collect();
                    let footprint = ChordFootprint::new(sides[0], sides[1], &cells).unwrap();
                    let mut expected = vec![0.0; shape.len()];
                    greatest_around(image, &footprint, &mut expected);
                    for rows in [1, 2, 7, height - 1, height, height + 1] {
                        let (mut seen, mut found) = (vec![], vec![]);
                        strips_of(rows, image, &footprint, |start, samples, greatest| {
                            assert_eq!(start, seen.len());
                            seen.extend(bits(samples));
                            found.extend(bits(greatest));
                        })
                        .unwrap();
                        let what = format!("{shape}, {sides:?}, {missing}, {rows}");
                        assert!(seen == bits(&samples) && found == bits(&expected), "{what}");
                    }
                }
            }
        }
    }
}
