use crate::error::{GpuError, Result};
use crate::extrema::order;
use crate::image::{DType, GpuImage, Shape};

/// Blocks of an image, each of which becomes a pixel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blocks {
    /// Rows of a block, from 1 to 65,535.
    pub rows: u32,
    /// Columns of a block, likewise.
    pub columns: u32,
    /// What fills blocks that reach beyond the image, a sample of its dtype.
    pub cval: f64,
}

impl Blocks {
    /// The shape of what an image becomes, which has a pixel for each block.
    ///
    /// # Errors
    ///
    /// [`GpuError::Argument`] for sides that are none.
    pub(super) fn shape(self, operation: &str, image: Shape) -> Result<Shape> {
        let sides = 1..=65_535;
        if !sides.contains(&self.rows) || !sides.contains(&self.columns) {
            let Self { rows, columns, .. } = self;
            let message = format!("blocks are {rows} × {columns}; expected sides from 1 to 65535");
            return Err(GpuError::argument(operation, message));
        }
        let [height, width] =
            [image.height.div_ceil(self.rows), image.width.div_ceil(self.columns)];
        Ok(Shape { height, width, ..image })
    }

    /// Bytes of the rows that a row of blocks is made of.
    pub(super) fn bytes(self, image: &GpuImage) -> u64 {
        let Shape { height, width, .. } = image.shape();
        u64::from(self.rows.min(height)) * u64::from(width) * image.pixel_bytes()
    }

    /// The key of the constant, as shaders have it of samples.
    pub(super) fn key(self, dtype: DType) -> u32 {
        match dtype {
            DType::F32 if self.cval.is_nan() => u32::MAX,
            DType::F32 => order(self.cval as f32),
            _ => (self.cval as i32).cast_unsigned() ^ 0x8000_0000,
        }
    }
}
