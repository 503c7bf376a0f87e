use std::ops::Range;

use tagswitch_image::{Float, ImageView, Sample};

use super::between_pixels::{BLOCK, inside, inside_near, outside, pixel};
use super::near::Course;
use super::places::Places;
use super::warp::Warp;
use crate::border::Border;
use crate::simd::Level;

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

    /// Some of its pixels.
    #[inline(always)]
    pub fn draw<L: Level, T: Sample, const N: usize>(
        &self,
        image: ImageView<'_, T>,
        options: &Warp<'_>,
        places: &Places<'_>,
        course: &Course<BLOCK>,
        columns: Range<usize>,
        row: &mut [T::Output],
    ) {
        let (shape, scaled) = (image.shape(), !options.preserve_range);
        let (channels, sides) = (shape.channels(), [shape.width(), shape.height()]);
        // Samples of 32 bits do not show the last bits of a place.
        let exact = size_of::<T::Work>() > 4;
        let is_constant = options.border == Border::Constant;
        let cval = T::Output::from_f64(options.cval);
        let touching = within(&self.touching, &columns);
        row[columns.start * channels..touching.start * channels].fill(cval);
        row[touching.end * channels..columns.end * channels].fill(cval);
        let mut inner = within(&self.inner, &touching);
        if inner.len() < BLOCK {
            inner = touching.clone();
        }
        for x in inner.clone().step_by(BLOCK) {
            // The last block goes over some pixels again.
            let x = x.min(inner.end.saturating_sub(BLOCK)).max(inner.start);
            let end = inner.end.min(x + BLOCK);
            let pixels = &mut row[x * channels..end * channels];
            let near = if exact { None } else { places.near(x, self.y, course) };
            if end - x == BLOCK
                && near
                    .is_some_and(|near| inside_near::<L, T, N, BLOCK>(image, scaled, &near, pixels))
            {
                continue;
            }
            let around = places.block(x, self.y, exact);
            if end - x == BLOCK && inside::<L, T, N, BLOCK>(image, scaled, &around, pixels) {
                continue;
            }
            if is_constant && outside::<N, BLOCK>(&around, sides) {
                pixels.fill(cval);
                continue;
            }
            for (i, samples) in pixels.chunks_exact_mut(channels).enumerate() {
                any::<L, T, N>(image, options, [around[0][i], around[1][i]], samples);
            }
        }
        for x in (touching.start..inner.start).chain(inner.end..touching.end) {
            let samples = &mut row[x * channels..(x + 1) * channels];
            any::<L, T, N>(image, options, places.of(x, self.y), samples);
        }
    }
}

/// A pixel, wherever its taps lie.
#[inline(always)]
fn any<L: Level, T: Sample, const N: usize>(
    image: ImageView<'_, T>,
    options: &Warp<'_>,
    place: [f64; 2],
    samples: &mut [T::Output],
) {
    let places = place.map(|along| [along]);
    if !inside::<L, T, N, 1>(image, !options.preserve_range, &places, samples) {
        pixel::<T, N>(image, options, place, samples);
    }
}

/// What two ranges share, within the second.
fn within(range: &Range<usize>, columns: &Range<usize>) -> Range<usize> {
    let start = range.start.clamp(columns.start, columns.end);
    start..range.end.clamp(start, columns.end)
}
