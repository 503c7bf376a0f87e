//! The recursive filters that make coefficients of samples, by Unser, Aldroubi and Eden (1991).

use crate::border::Border;
use crate::threads::each_band;

/// Samples that weigh anything in the sum at a line's start: of the slowest of the filters, the last of them 10⁻⁴⁶.
const HORIZON: usize = 128;
/// Lines that are filtered side by side: as many doubles as a cache line holds.
const LANES: usize = 8;
/// Operations per sample of a pass.
const COST: usize = 16;

/// Filters so many lines, and gives each as a row: of `len` pixels, each channel by itself. A sample is asked for by its place along a line,
/// its channel, and the line.
pub fn filtered(
    lines: usize,
    [len, channels]: [usize; 2],
    poles: &[f64],
    border: Border,
    sample: impl Fn(usize, usize, usize) -> f64 + Sync,
) -> Vec<f64> {
    let row_len = len * channels;
    let mut out = vec![0.0; lines * row_len];
    each_band(&mut out, row_len, COST, |out| {
        let mut block = vec![[0.0; LANES]; len];
        let groups = out.samples.chunks_mut(LANES * row_len);
        for (first, rows) in (out.first..).step_by(LANES).zip(groups) {
            for channel in 0..channels {
                for (at, lanes) in block.iter_mut().enumerate() {
                    for (lane, value) in lanes.iter_mut().enumerate().take(rows.len() / row_len) {
                        *value = sample(at, channel, first + lane);
                    }
                }
                filter(&mut block, poles, border);
                for (lane, row) in rows.chunks_exact_mut(row_len).enumerate() {
                    for (pixel, lanes) in row.chunks_exact_mut(channels).zip(&block) {
                        pixel[channel] = lanes[lane];
                    }
                }
            }
        }
    });
    out
}

/// Makes coefficients of samples, lines side by side.
fn filter(lines: &mut [[f64; LANES]], poles: &[f64], border: Border) {
    let len = lines.len();
    if len == 1 {
        return;
    }
    // Padded lines end in what is constant, or close to it.
    let (border, period) = match border {
        Border::Constant | Border::Mirror => (Border::Mirror, 2 * len - 2),
        Border::Nearest | Border::Reflect => (Border::Reflect, 2 * len),
        Border::Wrap => (Border::Wrap, len),
    };
    let gain: f64 = poles.iter().map(|z| (1.0 - z) * (1.0 - 1.0 / z)).product();
    lines.as_flattened_mut().iter_mut().for_each(|value| *value *= gain);
    for &z in poles {
        let whole = 1.0 - z.powf(period as f64);
        let before = (0..period).filter_map(|i| border.resolve(-(i as isize), len));
        lines[0] = geometric(lines, before, z).map(|sum| sum / whole);
        let mut before = lines[0];
        for lanes in &mut lines[1..] {
            lanes.iter_mut().zip(before).for_each(|(value, before)| *value += z * before);
            before = *lanes;
        }
        let end = lines[len - 1];
        lines[len - 1] = match border {
            Border::Reflect => end.map(|value| value * z / (z - 1.0)),
            Border::Wrap => {
                let after = std::iter::once(len - 1).chain(0..len - 1);
                geometric(lines, after, z).map(|sum| sum * z / -whole)
            }
            _ => std::array::from_fn(|lane| {
                (z * lines[len - 2][lane] + end[lane]) * z / (z * z - 1.0)
            }),
        };
        let mut after = lines[len - 1];
        for lanes in lines[..len - 1].iter_mut().rev() {
            lanes.iter_mut().zip(after).for_each(|(value, after)| *value = z * (after - *value));
            after = *lanes;
        }
    }
}

/// Sums of some samples, of which each weighs `z` times what the one before it does.
fn geometric(lines: &[[f64; LANES]], indices: impl Iterator<Item = usize>, z: f64) -> [f64; LANES] {
    let (mut sums, mut power) = ([0.0; LANES], 1.0);
    for index in indices.take(HORIZON) {
        sums.iter_mut().zip(lines[index]).for_each(|(sum, value)| *sum += power * value);
        power *= z;
    }
    sums
}
