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
        let mut rows = [(); 3].map(|()| vec![L::default(); width + 2]);
        let fill = |padded: &mut [L], r: usize| {
            let row = labels.row(r);
            padded[1..=width].copy_from_slice(row);
            padded[0] = row[0];
            padded[width + 1] = row[width - 1];
        };
        fill(&mut rows[1], 0);
        fill(&mut rows[2], 0);
        let mut ends = [(); 2].map(|()| vec![L::default(); width + 2]);
        for (r, out) in out.chunks_exact_mut(width).enumerate() {
            rows.rotate_left(1);
            fill(&mut rows[2], (r + 1).min(last));
            if r == 0 {
                fill(&mut rows[0], 0);
            }
            let [up, here, down] = rows.each_ref().map(|row| [0, 1, 2].map(|c| &row[c..][..width]));
            for (c, out) in out.iter_mut().enumerate() {
                let own = here[1][c];
                let mut other = (up[1][c] != own)
                    | (down[1][c] != own)
                    | (here[0][c] != own)
                    | (here[2][c] != own);
                if corners {
                    other |= (up[0][c] != own)
                        | (up[2][c] != own)
                        | (down[0][c] != own)
                        | (down[2][c] != own);
                }
                *out = u8::from(other);
            }
            match mode {
                BoundaryMode::Thick => {}
                BoundaryMode::Inner => {
                    for (out, &own) in out.iter_mut().zip(here[1]) {
                        *out &= u8::from(Some(own) != background);
                    }
                }
                BoundaryMode::Outer => {
                    ends_of_columns(&rows, background, &mut ends);
                    let [least, most] =
                        ends.each_ref().map(|row| [0, 1, 2].map(|c| &row[c..][..width]));
                    for (c, out) in out.iter_mut().enumerate() {
                        let least = least[0][c].min(least[1][c]).min(least[2][c]);
                        let most = most[0][c].max(most[1][c]).max(most[2][c]);
                        *out &= u8::from((Some(here[1][c]) == background) | (least != most));
                    }
                }
            }
        }
    }
}

/// The least label of each three above each other, but for the background, and the greatest.
#[inline(always)]
fn ends_of_columns<L: Label>(
    [up, here, down]: &[Vec<L>; 3],
    background: Option<L>,
    [least, most]: &mut [Vec<L>; 2],
) {
    let lifted = |label: L| if Some(label) == background { L::MOST } else { label };
    let len = here.len();
    let (up, down) = (&up[..len], &down[..len]);
    let (least, most) = (&mut least[..len], &mut most[..len]);
    for c in 0..len {
        most[c] = up[c].max(here[c]).max(down[c]);
        least[c] = lifted(up[c]).min(lifted(here[c])).min(lifted(down[c]));
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::random::Random;

    /// Pixel by pixel.
    fn reference<L: Label>(labels: &[L], width: usize, boundaries: Boundaries) -> Vec<u8> {
        let height = labels.len() / width;
        let is_background = |label: L| label.to_f64() == boundaries.background;
        let at = |i: usize| {
            let (y, x, own) = (i / width, i % width, labels[i]);
            let around = |corners: bool| {
                let rows = y.saturating_sub(1)..(y + 2).min(height);
                let all = rows.flat_map(move |r| {
                    (x.saturating_sub(1)..(x + 2).min(width)).map(move |c| (r, c))
                });
                let near = all.filter(move |&(r, c)| corners || r == y || c == x);
                near.map(|(r, c)| labels[r * width + c]).collect::<Vec<_>>()
            };
            let other = around(boundaries.corners).iter().any(|&label| label != own);
            let regions = || {
                let all = around(true).into_iter();
                let mut regions: Vec<L> = all.filter(|&label| !is_background(label)).collect();
                regions.dedup();
                regions
            };
            let marked = match boundaries.mode {
                BoundaryMode::Thick => true,
                BoundaryMode::Inner => !is_background(own),
                BoundaryMode::Outer => {
                    let regions = regions();
                    let greatest = around(true).into_iter().max();
                    is_background(own) || regions.iter().min().copied() != greatest
                }
            };
            u8::from(other && marked)
        };
        (0..labels.len()).map(at).collect()
    }

    fn agrees<L: Label>(number: impl Fn(u32) -> L) {
        let mut random = Random::new(12);
        for width in (1..70).chain([130]) {
            for height in [1, 2, 7] {
                let shape = Shape::new(height, width, 1).unwrap();
                let mut labels = vec![L::default(); shape.len()];
                for run in labels.chunks_mut(3) {
                    run.fill(number(random.below(3)));
                }
                for mode in [BoundaryMode::Thick, BoundaryMode::Inner, BoundaryMode::Outer] {
                    for (corners, background) in [(false, 0.0), (true, 1.0), (true, 0.5)] {
                        let boundaries = Boundaries { corners, mode, background };
                        let mut out = vec![7; shape.len()];
                        let view = ImageView::new(&labels, shape).unwrap();
                        let out_view = ImageViewMut::new(&mut out, shape).unwrap();
                        find_boundaries(view, boundaries, out_view).unwrap();
                        assert_eq!(out, reference(&labels, width, boundaries), "{boundaries:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_pixel_is_compared_with_those_around() {
        agrees(|number| number as u8);
        agrees(|number| number as u16 * 900);
        agrees(|number| number as i32 - 1);
    }
}
