use crate::error::{GpuError, Result};
use crate::exposure::{Histogram, level_histogram, over_extrema};
use crate::extrema::{Extrema, extrema};
use crate::image::{DType, GpuImage};

/// The histogram from which thresholds are found, as `tagswitch_kernels_cpu::filters::threshold_histogram` has it, to the last bit.
///
/// Takes one channel. Integers, and floats without `nbins`, have a bin for every level that occurs, other floats `nbins` between their
/// extremes, and an image of one value has one bin. Counted on the GPU and waited for; `i32` and floats in `nbins` bins take a second wait,
/// for the extremes before it. `operation` is for messages.
///
/// # Errors
///
/// [`GpuError::Value`] for a float image with NaN, with infinite samples among others, or with a range without `nbins` distinct bins,
/// [`GpuError::Unsupported`] for `i32` levels more than 2²⁴ apart and for more floats without `nbins` than can be sorted, [`GpuError::Argument`], and
/// those of the device.
pub fn threshold_histogram(
    operation: &str,
    image: &GpuImage,
    nbins: Option<u32>,
) -> Result<Histogram> {
    if image.shape().channels != 1 {
        let message = format!("image has {} channels; expected one", image.shape().channels);
        return Err(GpuError::argument(operation, message));
    }
    let (DType::F32, Some(nbins)) = (image.dtype(), nbins) else {
        return level_histogram(operation, image, 1);
    };
    match extrema(operation, image)? {
        // Infinity too.
        Extrema::Floats(least, greatest) if least == greatest => {
            let counts = vec![image.shape().pixels() as f64];
            Ok(Histogram { counts, bin_centers: vec![f64::from(least)] })
        }
        extrema => over_extrema(operation, image, extrema, nbins, 1),
    }
}
