use tagswitch_image::Shape;

use crate::error::{Error, Result, check_shape};

/// Blocks of an image of which each becomes a pixel, each channel by itself.
#[derive(Clone, Copy, Debug)]
pub struct Blocks {
    /// Rows of a block.
    pub rows: usize,
    /// Columns of a block.
    pub columns: usize,
    /// What lies beyond the last row and column of the image.
    pub cval: f64,
}

impl Blocks {
    pub(super) fn check(self, shape: Shape, out: Shape) -> Result<()> {
        let Self { rows, columns, .. } = self;
        if rows == 0 || columns == 0 {
            let given = format!("{rows} × {columns}");
            return Err(Error::Option { name: "block size", given, expected: "at least 1" });
        }
        let (height, width) = (shape.height().div_ceil(rows), shape.width().div_ceil(columns));
        check_shape("out", out, Shape::new(height, width, shape.channels())?)
    }

    /// How many pixels a block has.
    pub(super) fn area(self) -> f64 {
        self.rows as f64 * self.columns as f64
    }
}
