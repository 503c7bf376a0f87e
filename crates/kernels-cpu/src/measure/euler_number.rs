use tagswitch_image::{ImageView, Sample};

use super::label::Connectivity;
use super::objects::{LANES, groups, line_of, mark};
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
    let diagonal = match connectivity {
        Connectivity::Edges => 2,
        Connectivity::Corners => -2,
    };
    Ok(dispatch(Squares { image, diagonal }) / 4)
}

/// The sum of what each square counts, in quarters.
struct Squares<'a, T> {
    image: ImageView<'a, T>,
    /// What two pixels in a diagonal count.
    diagonal: i8,
}

impl<T: Sample> Kernel for Squares<'_, T> {
    type Output = i64;

    #[inline(always)]
    fn run<L: Level>(self) -> i64 {
        let Self { image, diagonal } = self;
        let width = image.shape().width();
        let [mut above, mut below] = [line_of(width), line_of(width)];
        let mut sum = 0;
        for row in image.rows().map(Some).chain([None]) {
            mark(row, &mut below);
            sum += between([&above, &below], diagonal);
            std::mem::swap(&mut above, &mut below);
        }
        sum
    }
}

/// What the squares of two rows count.
#[inline(always)]
fn between(rows: [&[u8]; 2], diagonal: i8) -> i64 {
    /// So many times 2 fit in the sums of lanes.
    const MOST: usize = 63;
    let [left, right] = [0, 1].map(|start| rows.map(|row| groups(row, start).chunks(MOST)));
    let [[nw, sw], [ne, se]] = [left, right];
    let mut sum = 0;
    for ((nw, ne), (sw, se)) in nw.zip(ne).zip(sw.zip(se)) {
        let mut lanes = [0_i8; LANES];
        for ((nw, ne), (sw, se)) in nw.iter().zip(ne).zip(sw.iter().zip(se)) {
            for i in 0..LANES {
                let pixels = nw[i] + ne[i] + sw[i] + se[i];
                let crossed = pixels == 2 && nw[i] == se[i];
                lanes[i] += i8::from(pixels == 1) - i8::from(pixels == 3);
                lanes[i] += if crossed { diagonal } else { 0 };
            }
        }
        sum += lanes.iter().map(|&lane| i64::from(lane)).sum::<i64>();
    }
    sum
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

    #[test]
    fn rows_of_every_length_have_both_ends() {
        for width in 1..200 {
            let image = vec![1_u8; 2 * width];
            let image = ImageView::new(&image, Shape::new(2, width, 1).unwrap()).unwrap();
            assert_eq!(euler_number(image, Connectivity::Edges), Ok(1), "{width}");
        }
    }

    #[test]
    fn wide_rows_are_added_up_in_parts() {
        let (height, width) = (5, 20_000);
        let board: Vec<u8> =
            (0..height * width).map(|i| ((i / width + i % width) % 2) as u8).collect();
        let image = ImageView::new(&board, Shape::new(height, width, 1).unwrap()).unwrap();
        let pixels = (height * width / 2) as i64;
        assert_eq!(euler_number(image, Connectivity::Edges), Ok(pixels));
        // Each of the inner holes is one that four pixels surround; all pixels are one object.
        let holes = ((height - 2) * (width - 2) / 2) as i64;
        assert_eq!(euler_number(image, Connectivity::Corners), Ok(1 - holes));
    }
}
