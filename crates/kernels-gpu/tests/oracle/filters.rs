use tagswitch_kernels_gpu::filters::{Gaussian, Sobel};
use tagswitch_kernels_gpu::{Border, BorderMode, Shape};

use super::Samples;

pub fn gaussian(samples: &Samples, shape: Shape, options: &Gaussian) -> Vec<f64> {
    let source = if options.preserve_range { samples.values() } else { samples.intensities() };
    let (h, w, c) = (shape.height as usize, shape.width as usize, shape.channels as usize);
    let weights = |axis: usize| -> Vec<f64> {
        let r = i64::from(options.radius[axis]);
        let all: Vec<f64> = (-r..=r)
            .map(|i| {
                if i == 0 {
                    1.0
                } else {
                    (-0.5 * (i * i) as f64 / options.sigma[axis].powi(2)).exp()
                }
            })
            .collect();
        let sum: f64 = all.iter().sum();
        all.iter().map(|weight| weight / sum).collect()
    };
    let pass = |source: &[f64], axis: usize| -> Vec<f64> {
        let (weights, r) = (weights(axis), i64::from(options.radius[axis]));
        let at = |y: i64, x: i64, channel: usize| {
            let Border { mode, cval } = options.border;
            match (border(y, h as i64, mode), border(x, w as i64, mode)) {
                (Some(y), Some(x)) => source[(y * w + x) * c + channel],
                _ => cval,
            }
        };
        (0..h * w * c)
            .map(|i| {
                let (y, x, channel) = ((i / c / w) as i64, (i / c % w) as i64, i % c);
                let tap =
                    |k: i64| if axis == 0 { at(y + k, x, channel) } else { at(y, x + k, channel) };
                (-r..=r).map(|k| weights[(k + r) as usize] * tap(k)).sum()
            })
            .collect()
    };
    let down = if options.radius[0] > 0 { pass(&source, 0) } else { source };
    if options.radius[1] > 0 { pass(&down, 1) } else { down }
}

pub fn sobel(samples: &Samples, shape: Shape, options: &Sobel) -> Vec<f64> {
    let source = samples.intensities();
    let (h, w) = (i64::from(shape.height), i64::from(shape.width));
    let at = |y: i64, x: i64| {
        let Border { mode, cval } = options.border;
        match (border(y, h, mode), border(x, w, mode)) {
            (Some(y), Some(x)) => source[y * w as usize + x],
            _ => cval,
        }
    };
    (0..h * w)
        .map(|i| {
            let (y, x) = (i / w, i % w);
            let [mut down, mut across] = [0.0; 2];
            for (k, weight) in [(-1, 0.25), (0, 0.5), (1, 0.25)] {
                down += weight * (at(y + 1, x + k) - at(y - 1, x + k));
                across += weight * (at(y + k, x + 1) - at(y + k, x - 1));
            }
            match options.axis {
                Some(0) => down,
                Some(_) => across,
                None => ((down * down + across * across) / 2.0).sqrt(),
            }
        })
        .collect()
}

fn border(i: i64, n: i64, mode: BorderMode) -> Option<usize> {
    if (0..n).contains(&i) {
        return Some(i as usize);
    }
    let folded = match mode {
        BorderMode::Constant => return None,
        BorderMode::Nearest => i.clamp(0, n - 1),
        BorderMode::Wrap => i.rem_euclid(n),
        BorderMode::Reflect => {
            let i = i.rem_euclid(2 * n);
            i.min(2 * n - 1 - i)
        }
        BorderMode::Mirror if n == 1 => 0,
        BorderMode::Mirror => {
            let i = i.rem_euclid(2 * n - 2);
            i.min(2 * n - 2 - i)
        }
    };
    Some(folded as usize)
}

pub fn threshold_otsu(samples: &Samples, nbins: usize) -> f64 {
    let values = samples.values();
    if values.iter().all(|v| *v == values[0]) {
        return values[0];
    }
    let least = values.iter().fold(f64::INFINITY, |a, &b| a.min(b));
    let greatest = values.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    if let Samples::F32(values) = samples {
        let (first, last) = (least as f32, greatest as f32);
        let step = (last - first) / nbins as f32;
        let edges: Vec<f32> =
            (0..=nbins).map(|i| if i == nbins { last } else { i as f32 * step + first }).collect();
        let mut counts = vec![0.0_f32; nbins];
        for &v in values {
            counts[edges[1..nbins].partition_point(|&edge| edge <= v)] += 1.0;
        }
        let centers: Vec<f32> = edges.windows(2).map(|e| (e[0] + e[1]) / 2.0).collect();
        let running = |bins: &mut dyn Iterator<Item = usize>| -> Vec<(f32, f32)> {
            bins.scan((0.0_f32, 0.0_f32), |(n, sum), i| {
                *n += counts[i];
                *sum += counts[i] * centers[i];
                Some((*n, *sum / *n))
            })
            .collect()
        };
        let (below, above) = (running(&mut (0..nbins)), running(&mut (0..nbins).rev()));
        let variance = |i: usize| {
            let ((n, mean), (m, other)) = (below[i], above[nbins - 2 - i]);
            let distance = mean - other;
            f64::from(n * m * (distance * distance))
        };
        return f64::from(centers[best(nbins, variance)]);
    }
    let bins = (greatest - least) as usize + 1;
    let mut counts = vec![0.0_f64; bins];
    for v in values {
        counts[(v - least) as usize] += 1.0;
    }
    let running = |bins: &mut dyn Iterator<Item = usize>| -> Vec<(f64, f64)> {
        bins.scan((0.0, 0.0), |(n, sum), i| {
            *n += counts[i];
            *sum += counts[i] * (least + i as f64);
            Some((*n, *sum / *n))
        })
        .collect()
    };
    let (below, above) = (running(&mut (0..bins)), running(&mut (0..bins).rev()));
    let variance = |i: usize| {
        let ((n, mean), (m, other)) = (below[i], above[bins - 2 - i]);
        f64::from(n as f32 * m as f32) * (mean - other).powi(2)
    };
    least + best(bins, variance) as f64
}

/// The bin of the largest variance, the first of several.
fn best(bins: usize, variance: impl Fn(usize) -> f64) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for i in 0..bins - 1 {
        let variance = variance(i);
        if variance > best.1 {
            best = (i, variance);
        }
    }
    best.0
}
