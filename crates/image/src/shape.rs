use thiserror::Error;

/// Rows, columns and interleaved channels; never empty, and small enough to index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    height: usize,
    width: usize,
    channels: usize,
}

/// A shape that cannot be, or samples that do not fit one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ShapeError {
    /// A side or the number of channels is zero.
    #[error("shape {height} × {width} × {channels} is empty; every side must be at least 1")]
    Empty {
        /// Rows given.
        height: usize,
        /// Columns given.
        width: usize,
        /// Channels given.
        channels: usize,
    },
    /// The number of samples does not fit the address space.
    #[error("shape {height} × {width} × {channels} has more samples than memory can hold")]
    TooLarge {
        /// Rows given.
        height: usize,
        /// Columns given.
        width: usize,
        /// Channels given.
        channels: usize,
    },
    /// The slice has another length than the shape.
    #[error("{given} samples given; shape {shape} needs {}", shape.len())]
    Length {
        /// The shape asked for.
        shape: Shape,
        /// The number of samples given.
        given: usize,
    },
}

impl Shape {
    /// A checked shape.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Empty`] when a side is zero, [`ShapeError::TooLarge`] when the samples, at
    /// eight bytes each, would not fit `isize::MAX` bytes.
    pub fn new(height: usize, width: usize, channels: usize) -> Result<Self, ShapeError> {
        if height == 0 || width == 0 || channels == 0 {
            return Err(ShapeError::Empty { height, width, channels });
        }
        let bytes = height
            .checked_mul(width)
            .and_then(|pixels| pixels.checked_mul(channels))
            .and_then(|samples| samples.checked_mul(size_of::<f64>()));
        match bytes {
            Some(bytes) if isize::try_from(bytes).is_ok() => Ok(Self { height, width, channels }),
            _ => Err(ShapeError::TooLarge { height, width, channels }),
        }
    }

    /// Rows.
    #[inline]
    pub fn height(self) -> usize {
        self.height
    }

    /// Columns.
    #[inline]
    pub fn width(self) -> usize {
        self.width
    }

    /// Interleaved samples per pixel.
    #[inline]
    pub fn channels(self) -> usize {
        self.channels
    }

    /// Samples in one row: columns times channels.
    #[inline]
    pub fn row_len(self) -> usize {
        self.width * self.channels
    }

    /// Rows times columns.
    #[inline]
    pub fn pixels(self) -> usize {
        self.height * self.width
    }

    /// Samples in all; at least 1.
    #[inline]
    #[allow(clippy::len_without_is_empty, reason = "a shape is never empty")]
    pub fn len(self) -> usize {
        self.height * self.width * self.channels
    }

    /// The same rows and columns with another number of channels.
    ///
    /// # Errors
    ///
    /// As [`Shape::new`].
    pub fn with_channels(self, channels: usize) -> Result<Self, ShapeError> {
        Self::new(self.height, self.width, channels)
    }
}

impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} × {} × {}", self.height, self.width, self.channels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_samples() {
        let shape = Shape::new(2, 3, 4).unwrap();
        assert_eq!((shape.row_len(), shape.pixels(), shape.len()), (12, 6, 24));
        assert_eq!(shape.with_channels(1).unwrap().len(), 6);
        assert_eq!(shape.to_string(), "2 × 3 × 4");
    }

    #[test]
    fn refuses_empty_and_absurd_shapes() {
        assert!(matches!(Shape::new(0, 3, 1), Err(ShapeError::Empty { .. })));
        assert!(matches!(Shape::new(3, 3, 0), Err(ShapeError::Empty { .. })));
        assert!(matches!(Shape::new(usize::MAX, 2, 1), Err(ShapeError::TooLarge { .. })));
        assert!(matches!(Shape::new(usize::MAX / 8, 1, 1), Err(ShapeError::TooLarge { .. })));
    }
}
