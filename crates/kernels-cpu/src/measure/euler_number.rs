use tagswitch_image::{ImageView, Sample};

use super::label::Connectivity;
use super::objects::{Objects, objects};
use crate::error::{Result, check_channels};
use crate::simd::{Kernel, Level, dispatch};

/// Objects, which are above 0, less holes: `skimage.measure.euler_number`.
///
/// By the squares of 2 × 2 pixels: those with one pixel of an object less those with three of them, over four, and half of those with two in
/// a diagonal, which `connectivity` takes for one object or for two (S. B. Gray, "Local properties of binary images in two dimensions", 1971).
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels.
pub fn euler_number<T: Sample>(image: ImageView<'_, T>, connectivity: Connectivity) -> Result<i64> {
    check_channels("image", image.shape(), &[1], "1")?;
    let objects = objects(image, 1);
    let weights = match connectivity {
        Connectivity::Edges => weights(2),
        Connectivity::Corners => weights(-2),
    };
    let sum: i64 = dispatch(Squares { objects: &objects, weights });
    Ok(sum / 4)
}

/// What each square counts, in quarters: by its upper left pixel, the one to the right of it, the one below, and the last.
fn weights(diagonal: i8) -> [i8; 16] {
    std::array::from_fn(|square| match (square.count_ones(), square) {
        (1, _) => 1,
        (3, _) => -1,
        (_, 0b0110 | 0b1001) => diagonal,
        _ => 0,
    })
}

struct Squares<'a> {
    objects: &'a Objects,
    weights: [i8; 16],
}

impl Kernel for Squares<'_> {
    type Output = i64;

    #[inline(always)]
    fn run<L: Level>(self) -> i64 {
        let Objects { pixels, pitch } = self.objects;
        let rows = pixels.chunks_exact(*pitch);
        let mut sum = 0;
        for (above, below) in rows.clone().zip(rows.skip(1)) {
            for (above, below) in above.windows(2).zip(below.windows(2)) {
                let square = above[0] | above[1] << 1 | below[0] << 2 | below[1] << 3;
                sum += i64::from(self.weights[usize::from(square & 15)]);
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn counts_objects_less_holes() {
        #[rustfmt::skip]
        let image = [
            1i32, 1, 1, 0, 0,
            1,    0, 1, 0, 7,
            1,    1, 1, 0, 0,
            0,   -1, 0, 5, 0,
        ];
        let image = ImageView::new(&image, Shape::new(4, 5, 1).unwrap()).unwrap();
        assert_eq!(euler_number(image, Connectivity::Edges), Ok(2));
        assert_eq!(euler_number(image, Connectivity::Corners), Ok(1));
    }
}
