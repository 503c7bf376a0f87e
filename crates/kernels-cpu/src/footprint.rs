//! Which neighbours of a pixel a filter looks at.

use crate::error::{Error, Result};

/// A rectangle of cells around a pixel, of which some count. The pixel lies at ⌊side / 2⌋, as in SciPy.
#[derive(Clone, Copy, Debug)]
pub struct Footprint<'a> {
    height: usize,
    width: usize,
    cells: &'a [u8],
}

impl<'a> Footprint<'a> {
    /// A footprint of `cells`, row by row; those that are not 0 count.
    ///
    /// # Errors
    ///
    /// [`Error::Option`] unless there are `height × width` cells, and one of them counts.
    pub fn new(height: usize, width: usize, cells: &'a [u8]) -> Result<Self> {
        if height.checked_mul(width) != Some(cells.len()) || cells.iter().all(|&cell| cell == 0) {
            let given = format!("{} cells of {height} × {width}", cells.len());
            let expected = "as many cells as the sides say, one of them not 0";
            return Err(Error::Option { name: "footprint", given, expected });
        }
        Ok(Self { height, width, cells })
    }

    /// Rows.
    pub fn height(self) -> usize {
        self.height
    }

    /// Columns.
    pub fn width(self) -> usize {
        self.width
    }

    /// Whether a cell counts; those outside the rectangle do not.
    pub fn has(self, row: usize, column: usize) -> bool {
        row < self.height && column < self.width && self.cells[row * self.width + column] != 0
    }

    /// Row and column of each cell that counts.
    pub fn places(self) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        (0..self.cells.len())
            .map(move |i| (i / self.width, i % self.width))
            .filter(move |&(row, column)| self.has(row, column))
    }

    /// Whether it is a rectangle of this size in which all cells count.
    pub fn is_full(self, height: usize, width: usize) -> bool {
        (self.height, self.width) == (height, width) && self.cells.iter().all(|&cell| cell != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_cells() {
        let footprint = Footprint::new(2, 3, &[0, 1, 0, 255, 0, 1]).unwrap();
        assert_eq!(footprint.places().collect::<Vec<_>>(), [(0, 1), (1, 0), (1, 2)]);
        assert!(footprint.has(1, 2) && !footprint.has(1, 3) && !footprint.has(2, 0));
        assert!(!footprint.is_full(2, 3));
        assert!(Footprint::new(1, 2, &[1, 1]).unwrap().is_full(1, 2));
    }

    #[test]
    fn refuses_what_is_none() {
        for (height, width, cells) in
            [(2, 2, &[1; 3][..]), (1, 2, &[0, 0]), (usize::MAX, 2, &[1, 1]), (0, 0, &[])]
        {
            assert!(matches!(
                Footprint::new(height, width, cells),
                Err(Error::Option { name: "footprint", .. })
            ));
        }
    }
}
