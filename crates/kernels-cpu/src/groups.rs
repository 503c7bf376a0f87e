//! Results whose samples each know where in an image they come from: large ones are made a few lines of the cache at a time and written
//! past the caches from there. That takes less time than a tile's way through the nearest cache, where making samples takes little.

use tagswitch_image::Sample;

use crate::simd::{LINE, Level, Line};
use crate::stream::fence;

/// Samples that are made together where they are streamed: whole lines of the cache, and enough for loops over vectors.
const GROUP: usize = 64;

/// Whether results are streamed; until this is dropped, nobody may read them.
pub struct Streaming(pub bool);

impl Drop for Streaming {
    fn drop(&mut self) {
        if self.0 {
            fence();
        }
    }
}

/// How samples are made.
pub trait Maker<T> {
    /// Makes the samples from the `first` on. Mark implementations `#[inline(always)]`.
    fn make<L: Level>(&mut self, first: usize, out: &mut [T]);

    /// Makes all of `out`, some whole pixels of so many samples at a time.
    #[inline(always)]
    fn make_all<L: Level>(&mut self, out: &mut [T], channels: usize, streaming: &Streaming)
    where
        T: Sample,
    {
        // Groups begin where lines do.
        let head = out.as_ptr().align_offset(LINE).min(out.len());
        let whole = [head, GROUP].iter().all(|samples| samples.is_multiple_of(channels));
        if !streaming.0 || !whole {
            return self.make::<L>(0, out);
        }
        let (head, out) = out.split_at_mut(head);
        let (groups, tail) = out.as_chunks_mut::<GROUP>();
        let mut group = [T::default(); GROUP];
        let mut first = head.len();
        for out in groups {
            self.make::<L>(first, &mut group);
            first += GROUP;
            // SAFETY: as many samples as a line has bytes are whole lines, which the first group begins with; samples are numbers, of
            // which all bytes may be read and written. The fence comes before anybody may read them.
            unsafe {
                let (_, made, _) = group.align_to::<[u8; LINE]>();
                let (_, lines, _) = out.align_to_mut::<Line>();
                for (made, line) in made.iter().zip(lines) {
                    L::stream(made, line);
                }
            }
        }
        for (first, out) in [(0, head), (first, tail)] {
            self.make::<L>(first, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::{Kernel, baseline, dispatch};

    /// Pixels of numbers, whose samples are counted.
    struct Numbers<T> {
        number: fn(usize) -> T,
        count: usize,
        channels: usize,
    }

    impl<T: Sample> Maker<T> for Numbers<T> {
        #[inline(always)]
        fn make<L: Level>(&mut self, first: usize, out: &mut [T]) {
            assert!(first.is_multiple_of(self.channels));
            for (i, out) in out.iter_mut().enumerate() {
                *out = (self.number)(first + i);
            }
            self.count += out.len();
        }
    }

    struct Made<'a, T> {
        numbers: &'a mut Numbers<T>,
        out: &'a mut [T],
        is_streamed: bool,
    }

    impl<T: Sample> Kernel for Made<'_, T> {
        type Output = ();

        #[inline(always)]
        fn run<L: Level>(self) {
            let channels = self.numbers.channels;
            self.numbers.make_all::<L>(self.out, channels, &Streaming(self.is_streamed));
        }
    }

    /// Makes all lengths up to some groups wherever they lie in a line.
    fn makes<T: Sample + std::fmt::Debug>(number: fn(usize) -> T) {
        for (place, len) in
            (0..65).step_by(7).flat_map(|place| (0..=260).map(move |len| (place, len)))
        {
            let channels = 1 + len % 4;
            let len = len / channels * channels;
            let mut expected = vec![T::default(); place + 270];
            for (i, expected) in expected[place..][..len].iter_mut().enumerate() {
                *expected = number(i);
            }
            for i in 0..4 {
                let mut numbers = Numbers { number, count: 0, channels };
                let mut out = vec![T::default(); place + 270];
                let made = Made {
                    numbers: &mut numbers,
                    out: &mut out[place..][..len],
                    is_streamed: i < 2,
                };
                if i % 2 == 0 {
                    baseline(made)
                } else {
                    dispatch(made)
                }
                assert_eq!(numbers.count, len);
                assert_eq!(out, expected, "{len} from {place}, {channels} channels");
            }
        }
    }

    #[test]
    fn every_length_is_made_once_wherever_it_lies() {
        makes(|i| (i + 1) as u8);
        makes(|i| i as u16 + 1);
        makes(|i| i as i32 + 1);
        makes(|i| i as f32 + 1.0);
        makes(|i| i as f64 + 1.0);
    }
}
