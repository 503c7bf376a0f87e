use tagswitch_image::Float;

use crate::error::{Error, Result};

/// How far rounding may carry a result of 32-bit kernels beyond ±1.
const SLACK: f64 = 1e-5;

/// Floating-point samples in [−1, 1] as bytes: times 255, rounded half to even, negative ones 0.
///
/// `skimage.util.img_as_ubyte`, which refuses what lies beyond ±1; a hair beyond, as rounding makes of white, is white
/// here.
///
/// # Errors
///
/// [`Error::Range`] for NaN and for samples beyond ±1.
pub fn img_as_ubyte<F: Float>(samples: &[F]) -> Result<Vec<u8>> {
    let outside = |value: &f64| value.is_nan() || value.abs() > 1.0 + SLACK;
    if let Some(value) = samples.iter().map(|sample| sample.to_f64()).find(outside) {
        return Err(Error::Range { value });
    }
    let scale = F::from_f64(255.0);
    // The cast cuts negative ones to 0.
    Ok(samples.iter().map(|&sample| (sample * scale).to_f64().round_ties_even() as u8).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_rounds_and_cuts() {
        // skimage.util.img_as_ubyte, scikit-image 0.26.0.
        let samples = [0.0f32, 0.5, 1.0, -1.0, -0.0, 0.001_9, 0.002, 127.5 / 255.0, 128.5 / 255.0];
        assert_eq!(img_as_ubyte(&samples), Ok(vec![0, 128, 255, 0, 0, 0, 1, 128, 128]));
        assert_eq!(img_as_ubyte(&[1.000_001f64]), Ok(vec![255]));
    }

    #[test]
    fn refuses_what_is_out_of_range() {
        assert_eq!(img_as_ubyte(&[0.5f32, 2.0]), Err(Error::Range { value: 2.0 }));
        assert_eq!(img_as_ubyte(&[-1.1f64]), Err(Error::Range { value: -1.1 }));
        assert!(img_as_ubyte(&[f64::NAN]).is_err());
    }
}
