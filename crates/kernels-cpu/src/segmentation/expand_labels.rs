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
        for (c, &row) in nearest[r * width..][..width].iter().enumerate() {
            if row == NONE {
                continue;
            }
            let down = (row as f64 - r as f64) * spacing[0];
            let seed = Seed { row, column: c, squared: down * down };
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
const NONE: usize = usize::MAX;

/// For every pixel the row of the nearest label in its column, the upper of two.
fn nearest_in_column<L: Label>(labels: ImageView<'_, L>) -> Vec<usize> {
    let (width, height) = (labels.shape().width(), labels.shape().height());
    let mut nearest = vec![NONE; labels.shape().len()];
    for (r, row) in labels.rows().enumerate() {
        let (above, here) = nearest.split_at_mut(r * width);
        for (c, &label) in row.iter().enumerate() {
            if label != L::default() {
                here[c] = r;
            } else if r > 0 {
                here[c] = above[(r - 1) * width + c];
            }
        }
    }
    for r in (0..height - 1).rev() {
        let (here, below) = nearest[r * width..].split_at_mut(width);
        for (here, &below) in here.iter_mut().zip(&*below) {
            if below != NONE && below > r && (*here == NONE || below - r < r - *here) {
                *here = below;
            }
        }
    }
    nearest
}
