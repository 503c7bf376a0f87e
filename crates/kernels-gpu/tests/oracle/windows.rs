use tagswitch_kernels_gpu::Shape;
use tagswitch_kernels_gpu::filters::WindowThreshold;

use super::Samples;

/// Mean and deviation of each window, the image mirrored beyond its edges.
pub fn threshold_window(
    samples: &Samples,
    shape: Shape,
    [rows, columns]: [u32; 2],
    threshold: WindowThreshold,
) -> Vec<f64> {
    let values = samples.values();
    let (h, w) = (i64::from(shape.height), i64::from(shape.width));
    let fold = |i: i64, length: i64| {
        let at = i.rem_euclid((2 * length - 2).max(1));
        at.min(2 * length - 2 - at).max(0)
    };
    let (down, across) = (i64::from(rows / 2), i64::from(columns / 2));
    let mut thresholds = Vec::new();
    for (y, x) in (0..h).flat_map(|y| (0..w).map(move |x| (y, x))) {
        let mut window = Vec::new();
        for (r, c) in (-down..=down).flat_map(|r| (-across..=across).map(move |c| (r, c))) {
            window.push(values[(fold(y + r, h) * w + fold(x + c, w)) as usize]);
        }
        let count = window.len() as f64;
        let mean = window.iter().sum::<f64>() / count;
        let square = window.iter().map(|one| (one - mean) * (one - mean)).sum::<f64>() / count;
        thresholds.push(match threshold {
            WindowThreshold::Niblack { k } => mean - k * square.sqrt(),
            WindowThreshold::Sauvola { k, r } => mean * (1.0 + k * (square.sqrt() / r - 1.0)),
        });
    }
    thresholds
}
