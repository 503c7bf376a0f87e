use tagswitch_image::ChordFootprint;
use tagswitch_kernels_gpu::{BorderMode, Shape};

use super::filters::border;

/// The least (`sign` 1) or the greatest (−1) sample around each pixel.
pub fn neighbourhood(
    samples: &[f64],
    shape: Shape,
    footprint: &ChordFootprint,
    mode: BorderMode,
    cval: f64,
    sign: f64,
) -> Vec<f64> {
    let (h, w) = (i64::from(shape.height), i64::from(shape.width));
    (0..h * w)
        .map(|i| {
            let mut best = f64::NAN;
            for chord in footprint.chords() {
                for column in chord.start..chord.start + chord.length {
                    let y = i / w + chord.row as i64 - footprint.rows_beyond() as i64;
                    let x = i % w + column as i64 - footprint.columns_beyond() as i64;
                    let sample = match (border(y, h, mode), border(x, w, mode)) {
                        (Some(y), Some(x)) => samples[y * w as usize + x],
                        _ => cval,
                    };
                    if best.is_nan() || sign * sample < sign * best {
                        best = sample;
                    }
                }
            }
            best
        })
        .collect()
}
