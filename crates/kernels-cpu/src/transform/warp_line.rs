use std::ops::Range;

use tagswitch_image::{Float, ImageView, Sample};

use super::exactly::{BLOCK, Exactly, Warped};
use super::pixel_taps::PixelTaps;
use super::places::Places;
use super::warp::Warp;
use crate::border::Border;
use crate::simd::{Level, dispatch};

/// A row of the result.
pub struct Line {
    y: usize,
    /// Columns whose pixels may have taps in the image; all but for a constant border.
    touching: Range<usize>,
    /// Those of them whose pixels may have all taps there.
    inner: Range<usize>,
}

impl Line {
    pub fn of<const N: usize>(
        image: ImageView<'_, impl Sample>,
        options: &Warp<'_>,
        places: &Places<'_>,
        y: usize,
        width: usize,
    ) -> Self {
        // Less than this from where its taps leave the image, a place counts as one whose do.
        const MARGIN: f64 = 0.01;
        let sides = [image.shape().width(), image.shape().height()];
        let half = (N / 2) as f64;
        let mut touching = 0..width;
        if options.border == Border::Constant {
            touching = places.columns(y, touching, sides, half);
        }
        let inner = places.columns(y, touching.clone(), sides, 1.0 - half - MARGIN);
        Self { y, touching, inner }
    }

    /// Some of its pixels; `ALONE`: of the only channel.
    #[inline(always)]
    pub fn draw<L: Level, T: Sample, const N: usize, const ALONE: bool>(
        &self,
        warped: Warped<'_, T>,
        distances: &[i32; BLOCK],
        columns: Range<usize>,
        row: &mut [T::Output],
    ) {
        let Warped { image, options, places } = warped;
        let (y, shape, scaled) = (self.y, image.shape(), !options.preserve_range);
        let channels = if ALONE { 1 } else { shape.channels() };
        let touching = within(&self.touching, &columns);
        let cval = T::Output::from_f64(options.cval);
        row[columns.start * channels..touching.start * channels].fill(cval);
        row[touching.end * channels..columns.end * channels].fill(cval);
        let inner = within(&self.inner, &touching);
        let samples = |columns: &Range<usize>| columns.start * channels..columns.end * channels;
        let exactly = |columns: Range<usize>, row: &mut [T::Output]| {
            let pixels = &mut row[samples(&columns)];
            dispatch(Exactly::<T, N, ALONE> { warped, y, columns, pixels });
        };
        if inner.len() < BLOCK || !warped.goes_nearly() {
            return exactly(touching, row);
        }
        for x in inner.clone().step_by(BLOCK) {
            // The last block goes over some pixels again.
            let x = x.min(inner.end - BLOCK);
            let block = x..x + BLOCK;
            if let Some(near) = places.near(x, y, distances)
                && let Some(taps) = PixelTaps::<T::Work, N, ALONE, BLOCK>::near(shape, &near)
                // SAFETY: they are taps of the image.
                && unsafe { taps.draw::<L, T, false>(image, scaled, &mut row[samples(&block)]) }
            {
                continue;
            }
            // Beyond the edges, or there are NaN or infinities, of which rounding would decide whether they have a weight.
            exactly(block, row);
        }
        exactly(touching.start..inner.start, row);
        exactly(inner.end..touching.end, row);
    }
}

/// What two ranges share, within the second.
fn within(range: &Range<usize>, columns: &Range<usize>) -> Range<usize> {
    let start = range.start.clamp(columns.start, columns.end);
    start..range.end.clamp(start, columns.end)
}
