use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tagswitch_kernels_gpu::Shape;
use tagswitch_kernels_gpu::measure::Connectivity;

use super::{Samples, label};

/// Floods by a heap. Markers of one value come in raster order, or the last one first.
pub fn flooded(
    values: &[f64],
    markers: &[i32],
    mask: Option<&[u8]>,
    (shape, connectivity): (Shape, Connectivity),
    last_first: bool,
) -> Vec<i32> {
    let width = shape.width as usize;
    let is_open = |i: usize| mask.is_none_or(|mask| mask[i] != 0);
    let mut labels: Vec<i32> =
        markers.iter().enumerate().map(|(i, &m)| if is_open(i) { m } else { 0 }).collect();
    // Values of these tests are multiples of a thousandth.
    let value = |i: usize| (values[i] * 1000.0).round() as i64;
    let count = labels.len();
    let mut heap: BinaryHeap<_> = (0..count)
        .filter(|&i| labels[i] != 0)
        .map(|i| Reverse((value(i), if last_first { count - i } else { i }, i)))
        .collect();
    let mut age = count;
    while let Some(Reverse((level, _, i))) = heap.pop() {
        let (y, x) = ((i / width) as i64, (i % width) as i64);
        for (down, right) in [(-1, 0), (0, -1), (0, 1), (1, 0), (-1, -1), (-1, 1), (1, -1), (1, 1)]
            .into_iter()
            .take(if connectivity == Connectivity::Four { 4 } else { 8 })
        {
            let (row, column) = (y + down, x + right);
            if row < 0 || row >= shape.height.into() || column < 0 || column >= shape.width.into() {
                continue;
            }
            let j = row as usize * width + column as usize;
            if is_open(j) && labels[j] == 0 {
                labels[j] = labels[i];
                age += 1;
                heap.push(Reverse((value(j).max(level), age, j)));
            }
        }
    }
    labels
}

/// Labels of the plateaus without a lower neighbour.
pub fn local_minima(
    samples: &[f32],
    mask: Option<&[u8]>,
    shape: Shape,
    connectivity: Connectivity,
) -> Vec<i32> {
    let (h, w) = (shape.height as usize, shape.width as usize);
    let around = |i: usize| {
        let (y, x) = (i / w, i % w);
        (y.saturating_sub(1)..(y + 2).min(h))
            .flat_map(move |r| (x.saturating_sub(1)..(x + 2).min(w)).map(move |c| (r, c)))
            .filter(move |&(r, c)| connectivity == Connectivity::Eight || r == y || c == x)
            .map(move |(r, c)| r * w + c)
    };
    let mut lowest = vec![true; samples.len()];
    for _ in 0..samples.len().min(8) {
        for i in 0..samples.len() {
            lowest[i] &= around(i)
                .all(|j| samples[j] > samples[i] || (samples[j] == samples[i] && lowest[j]));
        }
    }
    let is_flat = lowest.iter().all(|&one| one);
    let marks = lowest
        .iter()
        .enumerate()
        .map(|(i, &lowest)| u8::from(lowest && !is_flat && mask.is_none_or(|mask| mask[i] != 0)));
    label(&Samples::U8(marks.collect()), shape, 0, connectivity)
}
