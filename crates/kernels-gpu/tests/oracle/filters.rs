use tagswitch_kernels_gpu::exposure::Histogram;
use tagswitch_kernels_gpu::filters::{EdgeFilter, EdgeOperator, Gaussian, Median, UnsharpMask};
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

pub fn unsharp_mask(samples: &Samples, shape: Shape, options: &UnsharpMask) -> Vec<f64> {
    let UnsharpMask { sigma, radius, amount, preserve_range } = *options;
    let border = Border { mode: BorderMode::Reflect, cval: 0.0 };
    let blurred = gaussian(samples, shape, &Gaussian { sigma, radius, border, preserve_range });
    let source = if preserve_range { samples.values() } else { samples.intensities() };
    let least = if source.iter().any(|&v| v < 0.0) { -1.0 } else { 0.0 };
    source
        .iter()
        .zip(blurred)
        .map(|(v, smooth)| v + (v - smooth) * amount)
        .map(|v| if preserve_range { v } else { v.clamp(least, 1.0) })
        .collect()
}

pub fn edges(samples: &Samples, shape: Shape, options: &EdgeFilter) -> Vec<f64> {
    let (smooth, sides): (&[f64], &[f64]) = match options.operator {
        EdgeOperator::Sobel => (&[0.25, 0.5, 0.25], &[1.0]),
        EdgeOperator::Scharr => (&[0.1875, 0.625, 0.1875], &[1.0]),
        EdgeOperator::Prewitt => (&[1.0 / 3.0; 3], &[1.0]),
        EdgeOperator::Farid => (
            &[
                0.0376593171958126,
                0.249153396177344,
                0.426374573253687,
                0.249153396177344,
                0.0376593171958126,
            ],
            &[0.276690988455557, 0.109603762960254],
        ),
    };
    let reach = sides.len() as i64;
    let at = around(samples, shape, options.border);
    each_place(shape, |y, x| {
        let [mut down, mut across] = [0.0; 2];
        for (k, weight) in (-reach..).zip(smooth) {
            for (d, side) in (1..).zip(sides) {
                down += weight * side * (at(y + d, x + k) - at(y - d, x + k));
                across += weight * side * (at(y + k, x + d) - at(y + k, x - d));
            }
        }
        match options.axis {
            Some(0) => down,
            Some(_) => across,
            None => ((down * down + across * across) / 2.0).sqrt(),
        }
    })
}

pub fn laplace(samples: &Samples, shape: Shape) -> Vec<f64> {
    let at = around(samples, shape, Border { mode: BorderMode::Reflect, cval: 0.0 });
    each_place(shape, |y, x| {
        4.0 * at(y, x) - ((at(y - 1, x) + at(y + 1, x)) + (at(y, x - 1) + at(y, x + 1)))
    })
}

pub fn median(samples: &Samples, shape: Shape, options: &Median) -> Vec<f64> {
    let values = samples.values();
    let (h, w) = (i64::from(shape.height), i64::from(shape.width));
    each_place(shape, |y, x| {
        let neighbour = |&[down, right]: &[i32; 2]| {
            let row = border(y + i64::from(down), h, options.border.mode);
            let column = border(x + i64::from(right), w, options.border.mode);
            row.zip(column).map_or(options.border.cval, |(y, x)| values[y * w as usize + x])
        };
        let counts = |&&[down, right]: &&[i32; 2]| {
            let [row, column] = [y + i64::from(down), x + i64::from(right)];
            !options.inside || (0..h).contains(&row) && (0..w).contains(&column)
        };
        let mut neighbours: Vec<f64> =
            options.offsets.iter().filter(counts).map(neighbour).collect();
        neighbours.sort_unstable_by(f64::total_cmp);
        neighbours.get(neighbours.len() / 2).copied().unwrap_or(0.0)
    })
}

/// Intensities by row and column, beyond the edges too.
fn around(samples: &Samples, shape: Shape, beyond: Border) -> impl Fn(i64, i64) -> f64 {
    let source = samples.intensities();
    let (h, w) = (i64::from(shape.height), i64::from(shape.width));
    move |y, x| {
        let place = border(y, h, beyond.mode).zip(border(x, w, beyond.mode));
        place.map_or(beyond.cval, |(y, x)| source[y * w as usize + x])
    }
}

fn each_place(shape: Shape, value: impl Fn(i64, i64) -> f64) -> Vec<f64> {
    let w = i64::from(shape.width);
    (0..shape.pixels() as i64).map(|i| value(i / w, i % w)).collect()
}

pub fn border(i: i64, n: i64, mode: BorderMode) -> Option<usize> {
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

pub fn histogram(samples: &Samples, nbins: usize) -> Histogram {
    let values = samples.values();
    let least = values.iter().fold(f64::INFINITY, |a, &b| a.min(b));
    let greatest = values.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    if least == greatest {
        return Histogram { counts: vec![values.len() as f64], bin_centers: vec![least] };
    }
    if let Samples::F32(values) = samples {
        let (first, last) = (least as f32, greatest as f32);
        let step = (last - first) / nbins as f32;
        let edges: Vec<f32> =
            (0..=nbins).map(|i| if i == nbins { last } else { i as f32 * step + first }).collect();
        let mut counts = vec![0.0; nbins];
        for &v in values {
            counts[edges[1..nbins].partition_point(|&edge| edge <= v)] += 1.0;
        }
        let bin_centers = edges.windows(2).map(|e| f64::from((e[0] + e[1]) / 2.0)).collect();
        return Histogram { counts, bin_centers };
    }
    let mut sorted = values;
    sorted.sort_by(f64::total_cmp);
    let levels = sorted.chunk_by(|a, b| a == b);
    let (bin_centers, counts) = levels.map(|level| (level[0], level.len() as f64)).unzip();
    Histogram { counts, bin_centers }
}
