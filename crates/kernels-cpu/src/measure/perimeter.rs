use std::f64::consts::SQRT_2;

use tagswitch_image::{ImageView, Sample};

use super::label::Connectivity;
use super::objects::{LANES, groups, line_of, mark};
use crate::error::{Result, check_channels};
use crate::simd::{Kernel, Level, dispatch};

/// The perimeter of what is above 0: `skimage.measure.perimeter`, with the neighbours that a pixel must have so as not to lie at the border.
///
/// The length of the line through the centres of border pixels (K. Benkrid, D. Crookes, "Design and FPGA implementation of a perimeter
/// estimator", 2000).
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels.
pub fn perimeter<T: Sample>(image: ImageView<'_, T>, neighbours: Connectivity) -> Result<f64> {
    check_channels("image", image.shape(), &[1], "1")?;
    let corners = neighbours == Connectivity::Corners;
    let [straight, diagonal, mixed] = dispatch(Steps { image, corners });
    Ok(straight as f64 + diagonal as f64 * SQRT_2 + mixed as f64 * ((1.0 + SQRT_2) / 2.0))
}

/// How many border pixels are a step straight on, a diagonal one, and half of each.
struct Steps<'a, T> {
    image: ImageView<'a, T>,
    /// Whether a pixel must have neighbours at its corners so as not to lie at the border.
    corners: bool,
}

/// A row with those above it and below.
type Three<'a> = &'a [Vec<u8>; 3];

impl<T: Sample> Kernel for Steps<'_, T> {
    type Output = [u64; 3];

    #[inline(always)]
    fn run<L: Level>(self) -> [u64; 3] {
        let Self { image, corners } = self;
        let line = line_of(image.shape().width());
        let [mut objects, mut border] = [0, 1].map(|_| [0, 1, 2].map(|_| line.clone()));
        let mut counts = [0; 3];
        // The border of a row is known with the next one, and its steps one later.
        for row in image.rows().map(Some).chain([None, None]) {
            objects.rotate_left(1);
            border.rotate_left(1);
            mark(row, &mut objects[2]);
            if corners {
                outline::<true>(&objects, &mut border[2]);
            } else {
                outline::<false>(&objects, &mut border[2]);
            }
            for (count, steps) in counts.iter_mut().zip(steps(&border)) {
                *count += steps;
            }
        }
        counts
    }
}

/// What of the middle row lacks a neighbour.
#[inline(always)]
fn outline<const CORNERS: bool>(rows: Three<'_>, border: &mut [u8]) {
    let [[nw, w, sw], [n, here, s], [ne, e, se]] =
        [0, 1, 2].map(|start| [0, 1, 2].map(|row: usize| groups(&rows[row], start)));
    let to = border[1..].as_chunks_mut::<LANES>().0;
    for (g, border) in to.iter_mut().enumerate().take(here.len()) {
        for i in 0..LANES {
            let mut surrounded = n[g][i] & s[g][i] & w[g][i] & e[g][i];
            if CORNERS {
                surrounded &= nw[g][i] & ne[g][i] & sw[g][i] & se[g][i];
            }
            border[i] = here[g][i] & (1 - surrounded);
        }
    }
}

/// How many pixels of the middle row are which step.
#[inline(always)]
fn steps(rows: Three<'_>) -> [u64; 3] {
    /// So many ones fit in the counts of lanes.
    const MOST: usize = 255;
    let [[nw, w, sw], [n, here, s], [ne, e, se]] =
        [0, 1, 2].map(|start| [0, 1, 2].map(|row: usize| groups(&rows[row], start)));
    let mut counts = [0; 3];
    for start in (0..here.len()).step_by(MOST) {
        let mut lanes = [[0_u8; LANES]; 3];
        for g in start..here.len().min(start + MOST) {
            for i in 0..LANES {
                let edges = n[g][i] + s[g][i] + w[g][i] + e[g][i];
                let corners = nw[g][i] + ne[g][i] + sw[g][i] + se[g][i];
                let straight = (edges == 2 || edges == 3) && corners <= 2;
                let diagonal = edges + 2 == corners && edges <= 1;
                let mixed = edges == 1 && (corners == 1 || corners == 2);
                lanes[0][i] += here[g][i] & u8::from(straight);
                lanes[1][i] += here[g][i] & u8::from(diagonal);
                lanes[2][i] += here[g][i] & u8::from(mixed);
            }
        }
        for (count, lanes) in counts.iter_mut().zip(&lanes) {
            *count += lanes.iter().map(|&lane| u64::from(lane)).sum::<u64>();
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    // Expected values: skimage.measure.perimeter, scikit-image 0.26.0.

    #[test]
    fn goes_round_the_centres_of_border_pixels() {
        let square: Vec<u8> = (0..49).map(|i| u8::from(i % 7 > 1 && i / 7 > 1)).collect();
        let image = ImageView::new(&square, Shape::new(7, 7, 1).unwrap()).unwrap();
        assert_eq!(perimeter(image, Connectivity::Edges), Ok(16.0));
        assert_eq!(perimeter(image, Connectivity::Corners), Ok(16.0));
    }

    #[test]
    fn a_diamond_is_diagonal() {
        let diamond: Vec<f32> = (0..49i32)
            .map(|i| f32::from(u8::from((i % 7 - 3).abs() + (i / 7 - 3).abs() < 3)))
            .collect();
        let image = ImageView::new(&diamond, Shape::new(7, 7, 1).unwrap()).unwrap();
        assert_eq!(perimeter(image, Connectivity::Edges), Ok(8.0 * SQRT_2));
    }

    #[test]
    fn rows_of_every_length_have_both_ends() {
        for width in 4..200 {
            let image = vec![1_u8; 3 * width];
            let image = ImageView::new(&image, Shape::new(3, width, 1).unwrap()).unwrap();
            let around = (2 * (width - 1) + 4) as f64;
            assert_eq!(perimeter(image, Connectivity::Edges), Ok(around), "{width}");
        }
    }

    #[test]
    fn wide_rows_are_added_up_in_parts() {
        let line = vec![1_u8; 20_000];
        let image = ImageView::new(&line, Shape::new(1, 20_000, 1).unwrap()).unwrap();
        for neighbours in [Connectivity::Edges, Connectivity::Corners] {
            assert_eq!(perimeter(image, neighbours), Ok(19_998.0));
        }
    }
}
