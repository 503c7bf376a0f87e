use tagswitch_image::{ImageView, ImageViewMut};

use crate::error::{Result, check_channels, check_shape};
use crate::ranks::{Label, Ranks};

/// Numbers the labels that occur from `offset` on, 0 aside: `skimage.segmentation.relabel_sequential`. Returns those labels, ascending.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the
/// shape of the labels.
pub fn relabel_sequential<L: Label>(
    labels: ImageView<'_, L>,
    offset: i32,
    out: ImageViewMut<'_, i32>,
) -> Result<Vec<i32>> {
    check_channels("labels", labels.shape(), &[1], "1")?;
    check_shape("out", out.shape(), labels.shape())?;
    let ranks = Ranks::of(labels.samples(), 0.0);
    let ranked = ranks.iter().filter(|(_, rank)| rank.is_some());
    let mut found: Vec<i32> = ranked.map(|(label, _)| label as i32).collect();
    if labels.samples().contains(&L::default()) {
        let negative = found.partition_point(|&label| label < 0);
        found.insert(negative, 0);
    }
    // The caller keeps the offset below what 2³¹ leaves for all pixels.
    let numbers = ranks.map(|rank| rank.map_or(0, |rank| offset.wrapping_add(rank as i32)));
    numbers.look_up(labels.samples(), out.into_samples());
    Ok(found)
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn numbers_what_occurs() {
        for stretch in [1, 100_000_000] {
            let labels = [5, 0, -3, 5, 9, 0, -3].map(|label| label * stretch);
            let shape = Shape::new(1, 7, 1).unwrap();
            let relabelled = |labels: &[i32; 7]| {
                let (mut out, image) = ([-1; 7], ImageView::new(labels, shape).unwrap());
                let out_view = ImageViewMut::new(&mut out, shape).unwrap();
                (relabel_sequential(image, 4, out_view).unwrap(), out)
            };
            let (found, out) = relabelled(&labels);
            assert_eq!(found, [-3, 0, 5, 9].map(|label| label * stretch));
            assert_eq!(out, [5, 0, 4, 5, 6, 0, 4]);
            let (found, out) = relabelled(&[7 * stretch; 7]);
            assert_eq!((found, out), (vec![7 * stretch], [4; 7]));
            let (found, out) = relabelled(&[0; 7]);
            assert_eq!((found, out), (vec![0], [0; 7]));
        }
    }
}
