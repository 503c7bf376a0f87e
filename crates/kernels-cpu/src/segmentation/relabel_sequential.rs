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
    let mut found: Vec<i32> = Vec::new();
    for (out, &label) in out.into_samples().iter_mut().zip(labels.samples()) {
        let number = label.number() as i32;
        *out = match *ranks.get(label) {
            None => 0,
            Some(rank) => {
                if rank >= found.len() {
                    found.resize(rank + 1, 0);
                }
                found[rank] = number;
                // The caller keeps the offset below what 2³¹ leaves for all pixels.
                offset.wrapping_add(rank as i32)
            }
        };
    }
    if labels.samples().contains(&L::default()) {
        let negative = found.partition_point(|&label| label < 0);
        found.insert(negative, 0);
    }
    Ok(found)
}
