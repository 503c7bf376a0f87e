//! Results whose samples follow each from as much of an image: some are made at a time, in registers, and large ones written past the
//! caches from there. That takes less time than a tile's way through the nearest cache, where making samples takes little itself.

use tagswitch_image::Sample;

use crate::simd::{LINE, Level, Line};
use crate::stream::fence;

/// Samples that are made together where they are streamed: whole lines of the cache, and enough for loops over vectors.
const GROUP: usize = 64;

/// How samples are made.
pub trait Maker<S, T> {
    /// Makes samples, each of its item, of which there are as many. Mark implementations `#[inline(always)]`.
    fn make<L: Level>(&mut self, items: &[S], out: &mut [T]);

    /// Makes all of `out`; past the caches where it [is streamed](crate::stream::is_streamed).
    #[inline(always)]
    fn make_all<L: Level>(&mut self, items: &[S], out: &mut [T], is_streamed: bool)
    where
        T: Sample,
    {
        // Groups begin where lines do; where nothing is streamed, there are none.
        let head = if is_streamed { out.as_ptr().align_offset(LINE) } else { out.len() };
        let (first_items, items) = items.split_at(head.min(items.len()));
        let (first, out) = out.split_at_mut(first_items.len());
        let (items, last_items) = items.as_chunks::<GROUP>();
        let (out, last) = out.as_chunks_mut::<GROUP>();
        let mut group = [T::default(); GROUP];
        for (items, out) in items.iter().zip(out) {
            self.make::<L>(items, &mut group);
            // SAFETY: as many samples as a line has bytes are whole lines, which the first group begins with; samples are numbers, of
            // which all bytes may be read and written. The fence comes below.
            unsafe {
                let (_, made, _) = group.align_to::<[u8; LINE]>();
                let (_, lines, _) = out.align_to_mut::<Line>();
                for (made, line) in made.iter().zip(lines) {
                    L::stream(made, line);
                }
            }
        }
        if is_streamed {
            fence();
        }
        for (items, out) in [(first_items, first), (last_items, last)] {
            self.make::<L>(items, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::{Kernel, baseline, dispatch};

    /// Numbers, which are counted.
    struct Numbers<T> {
        number: fn(u32) -> T,
        count: usize,
    }

    impl<T: Sample> Maker<u32, T> for Numbers<T> {
        #[inline(always)]
        fn make<L: Level>(&mut self, items: &[u32], out: &mut [T]) {
            for (out, &item) in out.iter_mut().zip(items) {
                *out = (self.number)(item);
            }
            self.count += items.len();
        }
    }

    struct Made<'a, T> {
        number: fn(u32) -> T,
        items: &'a [u32],
        out: &'a mut [T],
        is_streamed: bool,
    }

    impl<T: Sample> Kernel for Made<'_, T> {
        type Output = usize;

        #[inline(always)]
        fn run<L: Level>(self) -> usize {
            let mut numbers = Numbers { number: self.number, count: 0 };
            numbers.make_all::<L>(self.items, self.out, self.is_streamed);
            numbers.count
        }
    }

    /// Makes all lengths up to some groups wherever they lie in a line.
    fn makes<T: Sample + std::fmt::Debug>(number: fn(u32) -> T) {
        let items: Vec<u32> = (1..=260).collect();
        for (place, len) in
            (0..65).step_by(7).flat_map(|place| (0..=260).map(move |len| (place, len)))
        {
            let mut expected = vec![T::default(); place + 270];
            for (expected, &item) in expected[place..].iter_mut().zip(&items[..len]) {
                *expected = number(item);
            }
            for is_streamed in [false, true] {
                for is_baseline in [false, true] {
                    let mut out = vec![T::default(); place + 270];
                    let items = &items[..len];
                    let made = Made { number, items, out: &mut out[place..][..len], is_streamed };
                    let count = if is_baseline { baseline(made) } else { dispatch(made) };
                    assert_eq!(count, len);
                    assert_eq!(out, expected, "{len} from {place}, streamed: {is_streamed}");
                }
            }
        }
    }

    #[test]
    fn every_length_is_made_once_wherever_it_lies() {
        makes(|number| number as u8);
        makes(|number| number as u16);
        makes(|number| number as i32);
        makes(|number| number as f32);
        makes(f64::from);
    }
}
