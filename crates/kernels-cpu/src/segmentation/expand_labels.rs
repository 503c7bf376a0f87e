use tagswitch_image::{ImageView, ImageViewMut};

use crate::error::{Result, check_channels, check_shape};
use crate::ranks::Label;

/// The regions, grown into the background by `distance` at most: `skimage.segmentation.expand_labels`.
///
/// `spacing` is the height and the width of a pixel. Of several labels at one distance that in the lowest column wins, and in that column the
/// uppermost, as in SciPy's distance transform. Nearest labels first in each column, then along each row through the cells of its columns that
/// have any (C. R. Maurer, R. Qi, V. Raghavan, "A linear time algorithm for computing exact Euclidean distance transforms of binary images in
/// arbitrary dimensions", 2003): time in proportion to the pixels.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the
/// shape of the labels.
pub fn expand_labels<L: Label>(
    labels: ImageView<'_, L>,
    distance: f64,
    spacing: [f64; 2],
    out: ImageViewMut<'_, L>,
) -> Result<()> {
    let shape = labels.shape();
    check_channels("labels", shape, &[1], "1")?;
    check_shape("out", out.shape(), shape)?;
    let (width, samples) = (shape.width(), labels.samples());
    let nearest = nearest_in_column(labels);
    let mut cells: Vec<Seed> = Vec::with_capacity(width);
    for (r, out) in out.into_samples().chunks_exact_mut(width).enumerate() {
        cells.clear();
        let rows = &nearest[r * width..][..width];
        let is_label = |c: usize| rows.get(c) == Some(&(r as u32));
        for (c, &row) in rows.iter().enumerate() {
            // Whatever has no label is nearer to the ends of a run of them than to those between.
            if row == NONE || c > 0 && is_label(c - 1) && is_label(c) && is_label(c + 1) {
                continue;
            }
            let down = (f64::from(row) - r as f64) * spacing[0];
            let seed = Seed { row: row as usize, column: c, squared: down * down };
            if seed.squared.sqrt() > distance {
                continue;
            }
            while let [.., first, second] = cells.as_slice()
                && hides(first, second, &seed, spacing[1])
            {
                cells.pop();
            }
            cells.push(seed);
        }
        let Some(last) = cells.len().checked_sub(1) else {
            out.fill(L::default());
            continue;
        };
        let mut cell = 0;
        for (c, out) in out.iter_mut().enumerate() {
            if is_label(c) {
                *out = samples[r * width + c];
                continue;
            }
            let squared = |seed: &Seed| {
                let across = (seed.column as f64 - c as f64) * spacing[1];
                seed.squared + across * across
            };
            let mut least = squared(&cells[cell]);
            while cell < last && squared(&cells[cell + 1]) < least {
                cell += 1;
                least = squared(&cells[cell]);
            }
            let Seed { row, column, .. } = cells[cell];
            let near = least.sqrt() <= distance;
            *out = if near { samples[row * width + column] } else { L::default() };
        }
    }
    Ok(())
}

/// A label in the cells along a row.
struct Seed {
    row: usize,
    column: usize,
    /// Of its distance down or up.
    squared: f64,
}

/// Whether of three seeds in the order of their columns the middle one is nowhere the nearest.
fn hides(first: &Seed, second: &Seed, third: &Seed, spacing: f64) -> bool {
    let a = (second.column - first.column) as f64 * spacing;
    let b = (third.column - second.column) as f64 * spacing;
    let c = a + b;
    c * second.squared - b * first.squared - a * third.squared - a * b * c > 0.0
}

/// No label in the column.
const NONE: u32 = u32::MAX;

/// For every pixel the row of the nearest label in its column, the upper of two.
fn nearest_in_column<L: Label>(labels: ImageView<'_, L>) -> Vec<u32> {
    let (width, height) = (labels.shape().width(), labels.shape().height());
    let mut nearest = vec![NONE; labels.shape().len()];
    for (r, row) in labels.rows().enumerate() {
        let (above, here) = nearest.split_at_mut(r * width);
        if r > 0 {
            here[..width].copy_from_slice(&above[(r - 1) * width..]);
        }
        for (here, &label) in here.iter_mut().zip(row) {
            *here = if label == L::default() { *here } else { r as u32 };
        }
    }
    for r in (0..height - 1).rev() {
        let (here, below) = nearest[r * width..].split_at_mut(width);
        let r = r as u32;
        for (here, &below) in here.iter_mut().zip(&*below) {
            let up = if *here == NONE { NONE } else { r.wrapping_sub(*here) };
            let down = if (below == NONE) | (below <= r) { NONE } else { below.wrapping_sub(r) };
            *here = if down < up { below } else { *here };
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::random::Random;

    #[test]
    fn runs_of_labels_grow_as_their_pixels_do() {
        let mut random = Random::new(17);
        let (height, width) = (23, 31);
        let shape = Shape::new(height, width, 1).unwrap();
        for (share, distance, spacing) in [
            (0.02, 3.0, [1.0, 1.0]),
            (0.02, 100.0, [1.0, 1.0]),
            (0.2, 2.5, [1.0, 1.0]),
            (0.005, 6.0, [0.7, 2.0]),
            (0.05, 0.0, [1.0, 1.0]),
        ] {
            let mut labels = vec![0u8; shape.len()];
            for at in 0..shape.len() {
                // Runs of one label or of several, to both edges.
                if random.unit() < share {
                    let (first, len) = (1 + (at % 200) as u8, 1 + (9.0 * random.unit()) as usize);
                    let end = (at + len).min((at / width + 1) * width);
                    labels[at..end].fill(first);
                    labels[(at + 2).min(end)..end].fill(first + 1);
                }
            }
            let mut out = vec![0; shape.len()];
            let image = ImageView::new(&labels, shape).unwrap();
            let result = ImageViewMut::new(&mut out, shape).unwrap();
            expand_labels(image, distance, spacing, result).unwrap();
            for (at, &found) in out.iter().enumerate() {
                let squared = |seed: usize| {
                    let across = (seed % width).abs_diff(at % width) as f64 * spacing[1];
                    let down = (seed / width).abs_diff(at / width) as f64 * spacing[0];
                    down * down + across * across
                };
                // By columns, then by rows: the first of the nearest.
                let places = (0..width).flat_map(|c| (0..height).map(move |r| r * width + c));
                let seeds = places.filter(|&seed| labels[seed] != 0);
                let nearest = seeds.min_by(|&a, &b| squared(a).total_cmp(&squared(b)));
                let near = nearest.filter(|&seed| squared(seed).sqrt() <= distance);
                assert_eq!(found, near.map_or(0, |seed| labels[seed]), "{at} at {distance}");
            }
        }
    }
}
