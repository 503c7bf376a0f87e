use tagswitch_image::Shape;

use crate::border::{Border, pad_row};
use crate::filters::weighted_sum::{Fused, HalfKernel, Parity, Summation};
use crate::simd::Level;

/// So many sums are made at once: rows are lengthened to a multiple, as what is left of others takes longer.
const BLOCK: usize = 32;

/// The averages over windows of `N` images whose rows are made one after the other, and kept for as long as windows reach them. What lies
/// beyond the edges is [`Border::Reflect`]'s.
pub struct WindowAverages<const N: usize> {
    shape: Shape,
    half: HalfKernel<f64>,
    /// Row `y` of each image in slot `y % slots`.
    rows: [Vec<f64>; N],
    slots: usize,
    /// From one slot to the next.
    pitch: usize,
    down_starts: Vec<usize>,
    across_starts: Vec<usize>,
    padded: Vec<f64>,
    averages: [Vec<f64>; N],
}

impl<const N: usize> WindowAverages<N> {
    /// Of images of a shape, by weights from the windows' middle outwards along either axis.
    #[inline(always)]
    pub fn new(shape: Shape, weights: &[f64]) -> Self {
        let (radius, row_len) = (weights.len() - 1, shape.row_len());
        let (taps, channels) = (2 * radius + 1, shape.channels());
        let slots = shape.height().min(taps);
        let len = row_len.next_multiple_of(BLOCK);
        // With a pitch of a power of two, a column would crowd into few sets of the cache.
        let pitch = len + 16;
        Self {
            shape,
            half: HalfKernel { weights: weights.to_vec(), parity: Parity::Even },
            rows: [(); N].map(|()| vec![0.0; slots * pitch]),
            slots,
            pitch,
            down_starts: vec![0; taps],
            across_starts: (0..taps).map(|tap| tap * channels).collect(),
            padded: vec![0.0; len + 2 * radius * channels],
            averages: [(); N].map(|()| vec![0.0; len]),
        }
    }

    /// How far a window reaches from its middle.
    #[inline(always)]
    pub fn radius(&self) -> usize {
        self.half.weights.len() - 1
    }

    /// Where row `y` of each image is to be written; rows come one after the other.
    #[inline(always)]
    pub fn place(&mut self, y: usize) -> [&mut [f64]; N] {
        let start = y % self.slots * self.pitch;
        self.rows.each_mut().map(|rows| &mut rows[start..][..self.shape.row_len()])
    }

    /// The averages over the windows about the samples of row `y`, once all rows that they reach are written, and none after these.
    #[inline(always)]
    pub fn about<L: Level>(&mut self, y: usize) -> [&[f64]; N] {
        let (radius, channels) = (self.radius(), self.shape.channels());
        for (tap, start) in self.down_starts.iter_mut().enumerate() {
            let at = (y + tap) as isize - radius as isize;
            let Some(row) = Border::Reflect.resolve(at, self.shape.height()) else { continue };
            *start = row % self.slots * self.pitch;
        }
        for (rows, averages) in self.rows.iter().zip(&mut self.averages) {
            let middle = &mut self.padded[radius * channels..][..averages.len()];
            Fused::weigh::<L, _, _>(rows, &self.down_starts, &self.half, middle);
            let width = self.shape.width();
            pad_row(&mut self.padded, width, channels, radius, Border::Reflect, 0.0);
            Fused::weigh::<L, _, _>(&self.padded, &self.across_starts, &self.half, averages);
        }
        self.averages.each_ref().map(|averages| &averages[..self.shape.row_len()])
    }
}
