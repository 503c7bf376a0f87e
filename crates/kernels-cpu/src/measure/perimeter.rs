use std::f64::consts::SQRT_2;

use tagswitch_image::{ImageView, Sample};

use super::label::Connectivity;
use super::objects::{Objects, objects};
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
    // One around for the neighbours of a pixel, another for those of its neighbours.
    let objects = objects(image, 2);
    let [straight, diagonal, mixed] = dispatch(Border { objects: &objects, neighbours });
    Ok(straight as f64 + diagonal as f64 * SQRT_2 + mixed as f64 * ((1.0 + SQRT_2) / 2.0))
}

struct Border<'a> {
    objects: &'a Objects,
    neighbours: Connectivity,
}

/// A number for each way in which border pixels can lie beside another: twice the number of those that share an edge, and ten times that of
/// those that share a corner.
const STEPS: [usize; 49] = {
    let mut steps = [NO_STEP; 49];
    let mut corners = 0;
    while corners <= 4 {
        let mut edges = 0;
        while edges <= 4 {
            steps[2 * edges + 10 * corners] = match (edges, corners) {
                (2 | 3, 0..=2) => 0,
                (0, 2) | (1, 3) => 1,
                (1, 1 | 2) => 2,
                _ => NO_STEP,
            };
            edges += 1;
        }
        corners += 1;
    }
    steps
};
const NO_STEP: usize = 3;

impl Kernel for Border<'_> {
    type Output = [u64; 3];

    #[inline(always)]
    fn run<L: Level>(self) -> [u64; 3] {
        let Objects { pixels, pitch } = self.objects;
        let pitch = *pitch;
        let mut border = vec![0; pixels.len()];
        let inner = pitch + 1..pixels.len() - pitch - 1;
        let corners = self.neighbours == Connectivity::Corners;
        let at = |offset: isize| {
            let start = inner.start.wrapping_add_signed(offset);
            &pixels[start..start + inner.len()]
        };
        let down = pitch as isize;
        let [n, s, w, e] = [-down, down, -1, 1].map(at);
        let [nw, ne, sw, se] = [-down - 1, -down + 1, down - 1, down + 1].map(at);
        let here = at(0);
        for (i, border) in border[inner.clone()].iter_mut().enumerate() {
            let edges = n[i] & s[i] & w[i] & e[i];
            let surrounded = if corners { edges & nw[i] & ne[i] & sw[i] & se[i] } else { edges };
            *border = here[i] & (1 - surrounded);
        }
        let mut counts = [0; NO_STEP + 1];
        for i in inner {
            if border[i] != 0 {
                let beside = border[i - 1] + border[i + 1] + border[i - pitch] + border[i + pitch];
                let diagonal = border[i - pitch - 1]
                    + border[i - pitch + 1]
                    + border[i + pitch - 1]
                    + border[i + pitch + 1];
                counts[STEPS[usize::from(2 * beside + 10 * diagonal).min(48)]] += 1;
            }
        }
        let [straight, diagonal, mixed, _] = counts;
        [straight, diagonal, mixed]
    }
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
}
