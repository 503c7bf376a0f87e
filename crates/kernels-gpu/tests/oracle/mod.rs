//! The operations as plainly as can be, in 64 bits.
#![allow(dead_code, reason = "each test program uses its part")]

use tagswitch_kernels_gpu::color::Label2Rgb;
use tagswitch_kernels_gpu::filters::{Gaussian, Sobel};
use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::{Border, BorderMode, DType, Shape};

/// Samples of any dtype.
#[derive(Debug, Clone)]
pub enum Samples {
    U8(Vec<u8>),
    U16(Vec<u16>),
    I32(Vec<i32>),
    F32(Vec<f32>),
}

impl Samples {
    pub fn dtype(&self) -> DType {
        match self {
            Self::U8(_) => DType::U8,
            Self::U16(_) => DType::U16,
            Self::I32(_) => DType::I32,
            Self::F32(_) => DType::F32,
        }
    }

    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::U8(values) => values,
            Self::U16(values) => bytemuck::cast_slice(values),
            Self::I32(values) => bytemuck::cast_slice(values),
            Self::F32(values) => bytemuck::cast_slice(values),
        }
    }

    pub fn values(&self) -> Vec<f64> {
        match self {
            Self::U8(values) => values.iter().map(|&v| f64::from(v)).collect(),
            Self::U16(values) => values.iter().map(|&v| f64::from(v)).collect(),
            Self::I32(values) => values.iter().map(|&v| f64::from(v)).collect(),
            Self::F32(values) => values.iter().map(|&v| f64::from(v)).collect(),
        }
    }

    fn intensities(&self) -> Vec<f64> {
        let scale = match self.dtype() {
            DType::U8 => 1.0 / 255.0,
            DType::U16 => 1.0 / 65_535.0,
            DType::I32 => 1.0 / 2_147_483_647.0,
            DType::F32 => 1.0,
        };
        self.values().iter().map(|v| v * scale).collect()
    }
}

/// Samples cut to a few levels, in another dtype.
pub fn levels(samples: &Samples, levels: u64, dtype: DType) -> Samples {
    let values = samples.values().into_iter().map(|v| v as u64 / 7 % levels);
    match dtype {
        DType::U8 => Samples::U8(values.map(|v| v as u8).collect()),
        DType::U16 => Samples::U16(values.map(|v| v as u16).collect()),
        DType::I32 => Samples::I32(values.map(|v| v as i32).collect()),
        DType::F32 => Samples::F32(values.map(|v| v as f32).collect()),
    }
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

pub fn rgb2gray(samples: &Samples) -> Vec<f64> {
    samples.intensities().chunks(3).map(|p| 0.2125 * p[0] + 0.7154 * p[1] + 0.0721 * p[2]).collect()
}

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

pub fn greater(samples: &Samples, threshold: f64) -> Vec<u8> {
    let threshold =
        if samples.dtype() == DType::F32 { f64::from(threshold as f32) } else { threshold };
    samples.values().iter().map(|&v| u8::from(v > threshold)).collect()
}

pub fn label(
    samples: &Samples,
    shape: Shape,
    background: i64,
    connectivity: Connectivity,
) -> Vec<i32> {
    let values = samples.values();
    let (h, w) = (shape.height as usize, shape.width as usize);
    let mut labels = vec![0; values.len()];
    let mut regions = 0;
    for start in 0..values.len() {
        if labels[start] != 0 || values[start] == background as f64 {
            continue;
        }
        regions += 1;
        labels[start] = regions;
        let mut pending = vec![start];
        while let Some(pixel) = pending.pop() {
            let (y, x) = (pixel / w, pixel % w);
            for r in y.saturating_sub(1)..=(y + 1).min(h - 1) {
                for c in x.saturating_sub(1)..=(x + 1).min(w - 1) {
                    let near = r * w + c;
                    let diagonal = r != y && c != x;
                    if labels[near] == 0
                        && values[near] == values[start]
                        && !(diagonal && connectivity == Connectivity::Four)
                    {
                        labels[near] = regions;
                        pending.push(near);
                    }
                }
            }
        }
    }
    labels
}

pub fn label2rgb(
    labels: &Samples,
    image: Option<&Samples>,
    shape: Shape,
    options: &Label2Rgb,
) -> Vec<f64> {
    let labels: Vec<i64> = labels.values().iter().map(|&v| v as i64).collect();
    let mut others: Vec<i64> =
        labels.iter().copied().filter(|&label| label != options.bg_label).collect();
    others.sort_unstable();
    others.dedup();
    let (image_alpha, saturation) = (f64::from(options.image_alpha), f64::from(options.saturation));
    let alpha = if image.is_some() { f64::from(options.alpha) } else { 1.0 };
    let intensities = image.map(Samples::intensities);
    let pixels = shape.pixels() as usize;
    (0..pixels)
        .flat_map(|i| {
            let mut rgb = [0.0; 3];
            if let Some(values) = &intensities {
                rgb = if values.len() == pixels {
                    [values[i]; 3]
                } else {
                    [0, 1, 2].map(|c| values[3 * i + c])
                };
                let value = rgb.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
                rgb = rgb
                    .map(|c| (value - (value - c) * saturation) * image_alpha + 1.0 - image_alpha);
                if values.len() == pixels {
                    rgb = [values[i] * image_alpha + 1.0 - image_alpha; 3];
                }
            }
            let color = match others.binary_search(&labels[i]) {
                Ok(rank) => Some(options.colors[rank % options.colors.len()]),
                Err(_) => options.bg_color,
            };
            match color {
                Some(color) => {
                    [0, 1, 2].map(|c| f64::from(color[c]) * alpha + rgb[c] * (1.0 - alpha))
                }
                None => rgb,
            }
        })
        .collect()
}
