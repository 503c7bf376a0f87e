use tagswitch_image::{ImageView, Shape};

use crate::error::{Result, check_channels};
use crate::morphology::Ordered;
use crate::ranks::{Label, Ranks};

/// A part of an image, and which of its pixels belong to a region.
pub struct Region {
    top: usize,
    left: usize,
    shape: Shape,
    mask: Vec<bool>,
}

impl Region {
    /// The rows and columns of a mask.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Whether a pixel belongs to it, row by row.
    pub fn mask(&self) -> &[bool] {
        &self.mask
    }

    /// Where the first pixel of the part lies in the image.
    pub fn corner(&self) -> [u32; 2] {
        [self.top as u32, self.left as u32]
    }

    /// The part of the image; outside of the region lies the least sample that there can be.
    pub fn samples<T: Ordered>(&self, image: ImageView<'_, T>) -> Vec<T> {
        let width = self.shape.width();
        let rows = self.mask.chunks_exact(width).zip(self.top..);
        let samples = rows.flat_map(|(mask, row)| {
            let samples = &image.row(row)[self.left..][..width];
            mask.iter().zip(samples).map(|(&own, &sample)| if own { sample } else { T::LEAST })
        });
        samples.collect()
    }

    /// Whether a pixel of it lies in no cross of five pixels of it.
    pub fn is_lonely(&self, at: usize) -> bool {
        let has = |place: Option<usize>| place.is_some_and(|at| self.mask[at]);
        let is_middle = |at: usize| has(Some(at)) && self.beside(at).into_iter().all(has);
        self.mask[at] && !is_middle(at) && !self.beside(at).into_iter().flatten().any(is_middle)
    }

    /// The pixels above, below, to the left and to the right.
    fn beside(&self, at: usize) -> [Option<usize>; 4] {
        let (height, width) = (self.shape.height(), self.shape.width());
        let (row, column) = (at / width, at % width);
        [
            (row > 0).then(|| at - width),
            (row + 1 < height).then(|| at + width),
            (column > 0).then(|| at - 1),
            (column + 1 < width).then(|| at + 1),
        ]
    }
}

/// The regions of labels above 0, ascending, by what of them lies further from the border than `excluded` rows and columns.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels.
pub fn regions<L: Label>(labels: ImageView<'_, L>, excluded: [usize; 2]) -> Result<Vec<Region>> {
    let shape = labels.shape();
    check_channels("labels", shape, &[1], "1")?;
    let (height, width) = (shape.height(), shape.width());
    let mut boxes = Ranks::of(labels.samples(), 0.0).map(|_| None::<Extent>);
    let mut found = vec![];
    for row in excluded[0]..height.saturating_sub(excluded[0]) {
        let columns = excluded[1]..width.saturating_sub(excluded[1]);
        for column in columns {
            let label = labels.row(row)[column];
            if label.number() < 1 {
                continue;
            }
            let extent = boxes.get_mut(label).get_or_insert_with(|| {
                found.push(label);
                Extent { rows: [row, row], columns: [column, column] }
            });
            extent.rows[1] = row;
            extent.columns = [extent.columns[0].min(column), extent.columns[1].max(column)];
        }
    }
    found.sort_unstable();
    let regions = found.into_iter().filter_map(|label| {
        let &Extent { rows: [top, bottom], columns: [left, right] } = boxes.get(label).as_ref()?;
        let rows = (top..=bottom).flat_map(|row| &labels.row(row)[left..=right]);
        let mask = rows.map(|&other| other == label).collect();
        let shape = Shape::new(bottom - top + 1, right - left + 1, 1);
        Some(shape.map(|shape| Region { top, left, shape, mask }))
    });
    Ok(regions.collect::<std::result::Result<_, tagswitch_image::ShapeError>>()?)
}

/// The first and the last row and column of a region.
struct Extent {
    rows: [usize; 2],
    columns: [usize; 2],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_cut_out_by_their_own_pixels() {
        #[rustfmt::skip]
        let labels = [
            7, 0, 0, 2,
            0, 7, 2, 2,
            0, 0, -1, 0,
        ];
        let shape = Shape::new(3, 4, 1).unwrap();
        let image: Vec<f32> = (0..12u8).map(f32::from).collect();
        let image = ImageView::new(&image, shape).unwrap();
        let [two, seven] = regions(ImageView::new(&labels, shape).unwrap(), [0, 0])
            .unwrap()
            .try_into()
            .ok()
            .unwrap();
        assert_eq!((two.corner(), seven.corner()), ([0, 2], [0, 0]));
        assert_eq!(two.samples(image), [f32::MIN, 3.0, 6.0, 7.0]);
        assert_eq!(seven.mask(), [true, false, false, true]);
        // What is left out at the border does not stretch a region, and all of a box counts.
        let inner = regions(ImageView::new(&labels, shape).unwrap(), [1, 1]).unwrap();
        assert_eq!(inner.iter().map(Region::corner).collect::<Vec<_>>(), [[1, 2], [1, 1]]);
    }

    #[test]
    fn in_a_cross_nobody_is_lonely() {
        #[rustfmt::skip]
        let labels = [
            0u8, 1, 0, 0,
            1, 1, 1, 1,
            0, 1, 0, 0,
        ];
        let labels = ImageView::new(&labels, Shape::new(3, 4, 1).unwrap()).unwrap();
        let region = &regions(labels, [0, 0]).unwrap()[0];
        let lonely: Vec<usize> = (0..12).filter(|&at| region.is_lonely(at)).collect();
        assert_eq!(lonely, [7]);
    }
}
