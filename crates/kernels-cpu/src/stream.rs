//! Results too large for the caches are written past them.
//!
//! A store first reads the line of the cache that it changes a part of, and the line pushes another one out: in vain, where the
//! result leaves the caches before anybody reads it. Such a result is made piece by piece in a tile that stays in the nearest cache, and
//! copied from there by non-temporal stores, which write whole lines to memory and read nothing.

use tagswitch_image::{ImageView, ImageViewMut, Sample, Shape};

use crate::last_cache::last_cache_bytes;
use crate::simd::{Kernel, LINE, Level, Line, dispatch};
use crate::threads::{Band, each_band};

/// Whether a result of so many bytes and an image of its size fill the last cache; of less, enough is there for whoever reads it next.
fn is_large(bytes: usize) -> bool {
    cfg!(target_arch = "x86_64") && bytes >= last_cache_bytes() / 2
}

/// A tile's, about: so few that the CPU makes the next one while they wait to be stored, so many that what a tile costs by itself is nothing.
const TILE_BYTES: usize = 2 << 10;

/// Has `kernel` make all pixels of `out`, each once, of the same ones of an image: of a band at once, or a tile at a time where the result
/// is streamed. It is where memory keeps the CPU waiting rather for the result than for the image. `cost` is about how many arithmetic
/// operations a sample takes.
pub fn each_tile<S: Sample, T: Sample>(
    image: ImageView<'_, S>,
    out: ImageViewMut<'_, T>,
    cost: usize,
    kernel: impl Fn(&[S], &mut [T]) + Sync,
) {
    let channels = [image.shape(), out.shape()].map(Shape::channels);
    tiles(image.samples(), out.into_samples(), channels, cost, kernel);
}

/// The same of samples without a shape.
pub fn each_piece<S: Sample, T: Sample>(
    from: &[S],
    to: &mut [T],
    cost: usize,
    kernel: impl Fn(&[S], &mut [T]) + Sync,
) {
    tiles(from, to, [1, 1], cost, kernel);
}

/// Whether a result is so large that it is written past the caches.
pub fn is_streamed<T>(out: &[T]) -> bool {
    is_large(size_of_val(out))
}

fn tiles<S: Sample, T: Sample>(
    from: &[S],
    to: &mut [T],
    channels: [usize; 2],
    cost: usize,
    kernel: impl Fn(&[S], &mut [T]) + Sync,
) {
    let is_streamed = is_streamed(to) && size_of_val(to) >= size_of_val(from);
    each_band(to, channels[1], cost, |Band { first, samples: to, .. }| {
        let from = &from[first * channels[0]..][..to.len() / channels[1] * channels[0]];
        if is_streamed {
            stream(from, to, channels, &kernel);
        } else {
            kernel(from, to);
        }
    });
}

/// Has it make pixels tile by tile; an image and the result have so many channels.
fn stream<S, T: Sample>(
    mut from: &[S],
    mut to: &mut [T],
    channels: [usize; 2],
    kernel: impl Fn(&[S], &mut [T]),
) {
    let pixel_bytes = size_of::<T>() * channels[1];
    // As many make whole lines, whatever a pixel takes.
    let most = (TILE_BYTES / pixel_bytes).max(1).next_multiple_of(LINE);
    let mut tile = vec![T::default(); most * channels[1]];
    // The first tile ends where a line does, unless no pixel does.
    let address = to.as_ptr() as usize;
    let is_end = |pixels: &usize| (address + pixels * pixel_bytes).is_multiple_of(LINE);
    let mut pixels = (1..=LINE).find(is_end).unwrap_or(most);
    while !to.is_empty() {
        let (samples, from_behind) = from.split_at(from.len().min(pixels * channels[0]));
        let (place, behind) = to.split_at_mut(to.len().min(pixels * channels[1]));
        let tile = &mut tile[..place.len()];
        kernel(samples, tile);
        dispatch(Store { from: tile, to: place });
        (pixels, from, to) = (most, from_behind, behind);
    }
    fence();
}

/// A result that a kernel makes row by row, each of which is streamed where the result is large.
pub struct RowStream<T> {
    /// Where a row is made that is then streamed; empty where rows are made in their place.
    tile: Vec<T>,
}

impl<T: Sample> RowStream<T> {
    /// For rows of so many samples, of a result of so many.
    pub fn new(row_len: usize, len: usize) -> Self {
        let tile_len = if is_large(len * size_of::<T>()) { row_len } else { 0 };
        Self { tile: vec![T::default(); tile_len] }
    }

    /// Where to make a row, or a part of one, which is then to be [stored](Self::store).
    #[inline(always)]
    pub fn tile<'a>(&'a mut self, row: &'a mut [T]) -> &'a mut [T] {
        if self.tile.is_empty() { row } else { &mut self.tile[..row.len()] }
    }

    /// Stores the row that was made last.
    #[inline(always)]
    pub fn store<L: Level>(&self, row: &mut [T]) {
        if !self.tile.is_empty() {
            // SAFETY: the fence comes when this is dropped, and the kernel has the result borrowed until it ends.
            unsafe { store::<T, L>(&self.tile[..row.len()], row) };
        }
    }
}

impl<T> Drop for RowStream<T> {
    fn drop(&mut self) {
        fence();
    }
}

/// Copies samples to memory, past the caches. A [`fence`] has to follow before anybody reads them there.
struct Store<'a, T> {
    from: &'a [T],
    to: &'a mut [T],
}

impl<T: Sample> Kernel for Store<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        // SAFETY: whoever runs this makes the fence.
        unsafe { store::<T, L>(self.from, self.to) };
    }
}

/// # Safety
///
/// Nobody reads the samples there before this thread has made a [`fence`].
#[inline(always)]
unsafe fn store<T: Sample, L: Level>(from: &[T], to: &mut [T]) {
    // SAFETY: lines are places for bytes here, which are written as those of samples, and whole ones: a line has a multiple of their
    // size.
    let (head, lines, tail) = unsafe { to.align_to_mut::<Line>() };
    let (from_head, from) = from.split_at(head.len());
    head.copy_from_slice(from_head);
    let (from, from_tail) = from.split_at(from.len() - tail.len());
    tail.copy_from_slice(from_tail);
    // SAFETY: samples are numbers, of which all bytes may be read; the caller vouches for the fence.
    unsafe {
        let (_, bytes, _) = from.align_to::<[u8; LINE]>();
        bytes.iter().zip(lines).for_each(|(from, to)| L::stream(from, to));
    }
}

/// Has the CPU read samples that are needed soon while it computes with others.
#[inline(always)]
pub fn prefetch<T: Sample>(samples: &[T]) {
    #[cfg(target_arch = "x86_64")]
    for line in samples.chunks(LINE / size_of::<T>()) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: SSE is part of the architecture, and prefetching changes nothing, whatever lies there.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(line.as_ptr().cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = samples;
}

/// Has all that this thread streamed come before whatever it does from now on, as other stores do by themselves.
pub fn fence() {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: SSE is part of the architecture.
    unsafe {
        std::arch::x86_64::_mm_sfence();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::baseline;

    /// Stores all lengths up to some lines from and to all places in a line, with all instruction sets.
    fn stores<T: Sample + std::fmt::Debug>(number: impl Fn(usize) -> T) {
        let line = LINE / size_of::<T>();
        let from: Vec<T> = (0..5 * line).map(&number).collect();
        for place in 0..line {
            for shift in [0, 1, line / 2] {
                for len in (0..=2 * line + 1).chain([3 * line - 1, 3 * line, 3 * line + 1]) {
                    let from = &from[shift..][..len];
                    let mut expected = vec![T::default(); 5 * line];
                    expected[place..][..len].copy_from_slice(from);
                    let mut to = vec![T::default(); 5 * line];
                    dispatch(Store { from, to: &mut to[place..][..len] });
                    fence();
                    assert_eq!(to, expected, "{len} from {shift} to {place}");
                    to.fill(T::default());
                    baseline(Store { from, to: &mut to[place..][..len] });
                    fence();
                    assert_eq!(to, expected, "{len} from {shift} to {place}");
                }
            }
        }
    }

    #[test]
    fn samples_of_all_types_are_stored_wherever_they_lie() {
        stores(|i| i as u8 ^ 90);
        stores(|i| i as u16 + 1);
        stores(|i| i as i32 - 1000);
        stores(|i| i as f32 + 0.5);
        stores(|i| i as f64 + 0.5);
    }

    /// Makes rows that number their samples, in pieces.
    struct Rows<'a> {
        row_len: usize,
        len: usize,
        out: &'a mut [u16],
    }

    impl Kernel for Rows<'_> {
        type Output = ();

        #[inline(always)]
        fn run<L: Level>(self) {
            let mut stream = RowStream::new(self.row_len, self.len);
            for (y, row) in self.out.chunks_mut(self.row_len).enumerate() {
                let (left, right) = row.split_at_mut(self.row_len / 3);
                for piece in [left, right] {
                    let tile = stream.tile(piece);
                    (0..).zip(tile).for_each(|(x, sample)| *sample = (y * 7 + x) as u16);
                    stream.store::<L>(piece);
                }
            }
        }
    }

    #[test]
    fn rows_are_stored_in_pieces_too() {
        for row_len in 1..150 {
            for len in [9 * row_len, last_cache_bytes()] {
                let mut out = vec![0; 9 * row_len];
                dispatch(Rows { row_len, len, out: &mut out });
                for (y, row) in out.chunks(row_len).enumerate() {
                    let (left, right) = row.split_at(row_len / 3);
                    for piece in [left, right] {
                        let mut samples = piece.iter().enumerate();
                        assert!(samples.all(|(x, &sample)| sample == (y * 7 + x) as u16));
                    }
                }
            }
        }
    }

    /// Has pixels made of the same ones, in a result that begins at some place in a line.
    fn sums<T: Sample + std::fmt::Debug>(
        channels: [usize; 2],
        pixels: usize,
        place: usize,
        number: impl Fn(usize) -> T,
    ) {
        let from: Vec<usize> = (0..pixels * channels[0]).collect();
        let mut out = vec![T::default(); place + pixels * channels[1]];
        stream(&from, &mut out[place..], channels, |from, to| {
            assert_eq!(from.len() * channels[1], to.len() * channels[0]);
            let from = from.chunks_exact(channels[0]);
            for (to, from) in to.chunks_exact_mut(channels[1]).zip(from) {
                to.fill(number(from.iter().sum()));
            }
        });
        assert!(out[..place].iter().all(|&v| v == T::default()));
        let made = out[place..].chunks(channels[1]);
        for (i, (made, from)) in made.zip(from.chunks(channels[0])).enumerate() {
            let expected = number(from.iter().sum());
            assert!(made.iter().all(|&v| v == expected), "{i} of {pixels} from {place}");
        }
    }

    #[test]
    fn tiles_are_all_pixels_once_wherever_they_lie() {
        for channels in [[1, 1], [1, 3], [4, 3], [2, 4], [3, 500]] {
            for pixels in [1, 63, 64, 65, 1000] {
                for place in [0, 1, 5, 16, 31] {
                    sums(channels, pixels, place, |i| i as u8);
                    sums(channels, pixels, place, |i| i as u16);
                    sums(channels, pixels, place, |i| i as f32);
                    sums(channels, pixels, place, |i| i as f64);
                }
            }
        }
    }
}
