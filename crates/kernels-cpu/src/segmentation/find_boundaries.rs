use tagswitch_image::{ImageView, ImageViewMut};

use crate::error::{Result, check_channels, check_shape};
use crate::ranks::Label;
use crate::simd::{Kernel, Level, dispatch};

/// Which side of a boundary is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundaryMode {
    /// Both.
    Thick,
    /// That of regions.
    Inner,
    /// That of the background, and both where regions touch.
    Outer,
}

/// Which boundaries to find.
#[derive(Clone, Copy, Debug)]
pub struct Boundaries {
    /// Whether pixels that share a corner are neighbours, beside those that share an edge.
    pub corners: bool,
    /// Which side is marked.
    pub mode: BoundaryMode,
    /// The label of the background.
    pub background: f64,
}

/// Marks where labels meet, by 1: `skimage.segmentation.find_boundaries`, but for sub-pixels.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the
/// shape of the labels.
pub fn find_boundaries<L: Label>(
    labels: ImageView<'_, L>,
    boundaries: Boundaries,
    out: ImageViewMut<'_, u8>,
) -> Result<()> {
    check_channels("labels", labels.shape(), &[1], "1")?;
    check_shape("out", out.shape(), labels.shape())?;
    dispatch(Find { labels, boundaries, out: out.into_samples() });
    Ok(())
}

struct Find<'a, L> {
    labels: ImageView<'a, L>,
    boundaries: Boundaries,
    out: &'a mut [u8],
}

impl<L: Label> Kernel for Find<'_, L> {
    type Output = ();

    #[inline(always)]
    fn run<V: Level>(self) {
        let Self { labels, boundaries: Boundaries { corners, mode, background }, out } = self;
        let (width, last) = (labels.shape().width(), labels.shape().height() - 1);
        let background = L::exactly(background);
        // Rows with their ends repeated, so that every pixel has eight neighbours; none of these is news.
        let mut padded = [const { Vec::new() }; 3].map(|mut row: Vec<L>| {
            row.resize(width + 2, L::default());
            row
        });
        for (r, out) in out.chunks_exact_mut(width).enumerate() {
            for (padded, r) in padded.iter_mut().zip([r.saturating_sub(1), r, (r + 1).min(last)]) {
                let row = labels.row(r);
                padded[1..=width].copy_from_slice(row);
                padded[0] = row[0];
                padded[width + 1] = row[width - 1];
            }
            let [up, here, down] = &padded;
            for (c, out) in out.iter_mut().enumerate() {
                let own = here[c + 1];
                let mut other = (up[c + 1] != own)
                    | (down[c + 1] != own)
                    | (here[c] != own)
                    | (here[c + 2] != own);
                if corners {
                    other |= (up[c] != own)
                        | (up[c + 2] != own)
                        | (down[c] != own)
                        | (down[c + 2] != own);
                }
                *out = u8::from(other);
            }
            match mode {
                BoundaryMode::Thick => {}
                BoundaryMode::Inner => {
                    for (out, &own) in out.iter_mut().zip(&here[1..]) {
                        *out &= u8::from(Some(own) != background);
                    }
                }
                BoundaryMode::Outer => {
                    for (c, out) in out.iter_mut().enumerate() {
                        let (mut least, mut most) = (L::MOST, here[c + 1]);
                        for row in &padded {
                            for &label in &row[c..c + 3] {
                                most = most.max(label);
                                least = least.min(if Some(label) == background {
                                    L::MOST
                                } else {
                                    label
                                });
                            }
                        }
                        *out &= u8::from((Some(here[c + 1]) == background) | (least != most));
                    }
                }
            }
        }
    }
}
