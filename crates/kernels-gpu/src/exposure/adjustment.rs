//! What adjustments of intensities share.

use crate::error::{GpuError, Result};
use crate::extrema::least;
use crate::image::{DType, GpuImage};

/// Refuses images that are not of floats, and negative samples: waits for the least.
pub(super) fn check(operation: &str, image: &GpuImage) -> Result<()> {
    if image.dtype() != DType::F32 {
        let message =
            format!("image is {:?}; expected F32, as integers are looked up", image.dtype());
        return Err(GpuError::argument(operation, message));
    }
    let least = least(operation, image)?;
    if least < 0.0 {
        let message = format!("image holds {least}; expected samples of at least 0");
        return Err(GpuError::Value { operation: operation.to_owned(), message });
    }
    Ok(())
}
