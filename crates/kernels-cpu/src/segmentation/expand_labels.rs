use tagswitch_image::{ImageView, ImageViewMut};

use crate::error::{Result, check_channels, check_shape};
use crate::nearest_seed::{COST, NearestSeeds};
use crate::ranks::Label;
use crate::threads::each_band;

/// The regions, grown into the background by `distance` at most: `skimage.segmentation.expand_labels`.
///
/// `spacing` is the height and the width of a pixel. Of several labels at one distance that in the lowest column wins, and in that column the
/// uppermost, as in SciPy's distance transform.
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
    let samples = labels.samples();
    let seeds = NearestSeeds::new(labels, |label| label != L::default(), spacing, distance);
    each_band(out.into_samples(), shape.width(), COST, |band| {
        let mut walk = seeds.walk();
        for (r, out) in band.rows() {
            walk.row(r, |c, nearest| {
                out[c] = nearest.map_or(L::default(), |(place, _)| samples[place]);
            });
        }
    });
    Ok(())
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
