//! Pixels by places of 64 bits, wherever they lie.

use std::ops::Range;

use tagswitch_image::{Float, ImageView, Sample};

use super::between_pixels::{outside, pixel};
use super::pixel_taps::PixelTaps;
use super::places::Places;
use super::warp::Warp;
use crate::border::Border;
use crate::simd::{Kernel, Level};

/// Pixels that are worked on together, in vectors.
pub const BLOCK: usize = 16;

/// What is warped, and how.
#[derive(Clone, Copy)]
pub struct Warped<'a, T: Sample> {
    pub image: ImageView<'a, T>,
    pub options: &'a Warp<'a>,
    pub places: &'a Places<'a>,
}

impl<T: Sample> Warped<'_, T> {
    /// Whether places in fixed point may do: samples of 64 bits would show the last bits of a place.
    pub fn goes_nearly(&self) -> bool {
        size_of::<T::Work>() <= 4 && self.places.is_matrix()
    }
}

/// Some pixels of row `y`; `ALONE`: of the only channel.
pub struct Exactly<'a, T: Sample, const N: usize, const ALONE: bool> {
    pub warped: Warped<'a, T>,
    pub y: usize,
    pub columns: Range<usize>,
    pub pixels: &'a mut [T::Output],
}

impl<T: Sample, const N: usize, const ALONE: bool> Kernel for Exactly<'_, T, N, ALONE> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { warped, y, columns, pixels } = self;
        let Warped { image, options, places } = warped;
        let (shape, scaled) = (image.shape(), !options.preserve_range);
        let (channels, sides) = (shape.channels(), [shape.width(), shape.height()]);
        let is_constant = options.border == Border::Constant;
        for x in columns.clone().step_by(BLOCK) {
            // The last block goes over some pixels again.
            let x = x.min(columns.end.saturating_sub(BLOCK)).max(columns.start);
            let end = columns.end.min(x + BLOCK);
            let from = (x - columns.start) * channels;
            let pixels = &mut pixels[from..][..(end - x) * channels];
            let around = places.block::<BLOCK>(x, y);
            if end - x == BLOCK
                && let Some(taps) = PixelTaps::<T::Work, N, ALONE, BLOCK>::of(shape, &around)
            {
                // SAFETY: they are taps of the image.
                unsafe { taps.draw::<L, T, true>(image, scaled, pixels) };
                continue;
            }
            if is_constant && outside::<N, BLOCK>(&around, sides) {
                pixels.fill(T::Output::from_f64(options.cval));
                continue;
            }
            for (i, samples) in pixels.chunks_exact_mut(channels).enumerate() {
                let place = [around[0][i], around[1][i]];
                let single = place.map(|along| [along]);
                match PixelTaps::<T::Work, N, false, 1>::of(shape, &single) {
                    // SAFETY: they are taps of the image.
                    Some(taps) => _ = unsafe { taps.draw::<L, T, true>(image, scaled, samples) },
                    None => pixel::<T, N>(image, options, place, samples),
                }
            }
        }
    }
}
