use crate::{Shape, ShapeError};

/// Borrowed samples of an image: interleaved, row-major, exactly as many as the shape says.
#[derive(Clone, Copy, Debug)]
pub struct ImageView<'a, T> {
    samples: &'a [T],
    shape: Shape,
}

/// As [`ImageView`], for writing.
#[derive(Debug)]
pub struct ImageViewMut<'a, T> {
    samples: &'a mut [T],
    shape: Shape,
}

impl<'a, T> ImageView<'a, T> {
    /// A view on `samples`.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Length`] unless there are exactly `shape.len()` samples.
    pub fn new(samples: &'a [T], shape: Shape) -> Result<Self, ShapeError> {
        if samples.len() != shape.len() {
            return Err(ShapeError::Length { shape, given: samples.len() });
        }
        Ok(Self { samples, shape })
    }

    /// Rows, columns and channels.
    #[inline]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// All samples, row after row.
    #[inline]
    pub fn samples(&self) -> &'a [T] {
        self.samples
    }

    /// The samples of one row. Panics past the last row.
    #[inline]
    pub fn row(&self, y: usize) -> &'a [T] {
        let len = self.shape.row_len();
        &self.samples[y * len..][..len]
    }

    /// The rows from top to bottom.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &'a [T]> + use<'a, T> {
        self.samples.chunks_exact(self.shape.row_len())
    }
}

impl<'a, T> ImageViewMut<'a, T> {
    /// A writable view on `samples`.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Length`] unless there are exactly `shape.len()` samples.
    pub fn new(samples: &'a mut [T], shape: Shape) -> Result<Self, ShapeError> {
        if samples.len() != shape.len() {
            return Err(ShapeError::Length { shape, given: samples.len() });
        }
        Ok(Self { samples, shape })
    }

    /// Rows, columns and channels.
    #[inline]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The samples, for as long as the view borrowed them.
    #[inline]
    pub fn into_samples(self) -> &'a mut [T] {
        self.samples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hands_out_rows() {
        let samples = [1, 2, 3, 4, 5, 6];
        let view = ImageView::new(&samples, Shape::new(2, 1, 3).unwrap()).unwrap();
        assert_eq!(view.row(1), [4, 5, 6]);
        assert_eq!(view.rows().len(), 2);
    }

    #[test]
    fn refuses_another_length() {
        let shape = Shape::new(2, 2, 1).unwrap();
        let error = ImageView::new(&[0u8; 5], shape).unwrap_err();
        assert_eq!(error, ShapeError::Length { shape, given: 5 });
        assert_eq!(error.to_string(), "5 samples given; shape 2 × 2 × 1 needs 4");
        assert!(ImageViewMut::new(&mut [0u8; 3], shape).is_err());
    }
}
