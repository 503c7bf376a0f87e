//! Places of neighbouring pixels of a row by the place of one of them, in fixed point: what 32 bits are enough for, of which a vector holds
//! twice as many as of 64.

use std::hint::black_box;

/// Bits behind the point.
const BITS: u32 = 24;
/// One pixel.
const ONE: i32 = 1 << BITS;
/// Pixels of the image from one pixel of the result to the next, at most.
const MOST: f64 = 4.0;
/// Places further away than this many pixels are left to others.
const FAR: f64 = 67_108_864.0;

/// How many pixels each of `B` is from the one in the middle.
pub fn distances<const B: usize>() -> [i32; B] {
    // A compiler that knew them would treat those of 0 and 1 by themselves, and then no vector.
    black_box(std::array::from_fn(|i| i as i32 - B as i32 / 2))
}

/// The places of `B` pixels, columns before rows.
pub struct Near<const B: usize> {
    whole: [i32; 2],
    /// What is to be added, the last bits behind the point.
    beyond: [[i32; B]; 2],
}

impl<const B: usize> Near<B> {
    /// By the place of the pixel in the middle: `k` pixels further it has moved by `k × step / (1 + k × tilt)`. Off by less than 6 × 10⁻⁷
    /// pixels; none where that may not hold. No place turns back from the one before: it is further by 0.88 of a step at least, and what is
    /// missed of a step is rounded towards 0, of one bit to nothing.
    #[inline(always)]
    pub fn new(place: [f64; 2], step: [f64; 2], tilt: f64, distances: &[i32; B]) -> Option<Self> {
        let near = place[0].abs() < FAR && place[1].abs() < FAR;
        let steady = step[0].abs() <= MOST && step[1].abs() <= MOST;
        let level = tilt.abs() * (B / 2) as f64 <= 1.0 / 16.0;
        if !(near && steady && level) {
            return None;
        }
        let mut missed = [0.0; B];
        if tilt != 0.0 {
            // What a straight course misses of a step: k − k / (1 + k × tilt).
            let tilt = tilt as f32;
            for (missed, &k) in missed.iter_mut().zip(distances) {
                let k = k as f32;
                *missed = k * k * tilt / (1.0 + k * tilt);
            }
        }
        let (mut whole, mut beyond) = ([0; 2], [[0; B]; 2]);
        for axis in 0..2 {
            let (place, step) = (fixed(place[axis]), fixed(step[axis]) as i32);
            whole[axis] = (place >> BITS) as i32;
            let first = place as i32 & (ONE - 1);
            for i in 0..B {
                // SAFETY: what is missed is less than half a step, and that is less than 32 bits hold.
                let missed: i32 = unsafe { (missed[i] * step as f32).to_int_unchecked() };
                beyond[axis][i] = first + distances[i] * step - missed;
            }
        }
        Some(Self { whole, beyond })
    }

    /// The whole number below a place, and how far the place is from it.
    #[inline(always)]
    pub fn split(&self, axis: usize, i: usize) -> (i32, f32) {
        let beyond = self.beyond[axis][i];
        let share = (beyond & (ONE - 1)) as f32 * (1.0 / ONE as f32);
        (self.whole[axis] + (beyond >> BITS), share)
    }
}

/// A number below 2²⁷ in fixed point, rounded.
#[inline(always)]
fn fixed(number: f64) -> i64 {
    // So large a number that a sum with it has as many bits behind the point.
    const LARGE: f64 = 1.5 * (1u64 << (f64::MANTISSA_DIGITS - 1 - BITS)) as f64;
    (number + LARGE).to_bits() as i64 - LARGE.to_bits() as i64
}

#[cfg(test)]
mod tests {
    use super::super::places::{Map, Places};
    use super::{Near, distances};
    use crate::random::Random;

    const B: usize = 16;

    #[test]
    fn places_are_those_of_single_pixels() {
        let mut random = Random::new(5);
        let mut near_ones = 0;
        for turn in 0..2000 {
            let mut number = |most: f64| most * (2.0 * random.unit() - 1.0);
            let tilted = if turn % 2 == 0 { 0.0 } else { 0.003 };
            let matrix = [
                number(3.0),
                number(3.0),
                number(4000.0),
                number(3.0),
                number(3.0),
                number(4000.0),
                number(tilted),
                number(tilted),
                1.0,
            ];
            let places = Places::new(Map::Matrix(matrix));
            let [x, y] = [random.below(500), random.below(500)].map(|at| at as usize);
            let Some(near) = places.near::<B>(x, y, &distances()) else { continue };
            near_ones += 1;
            for axis in 0..2 {
                let wholes: [i32; B] = std::array::from_fn(|i| near.split(axis, i).0);
                assert!(wholes.is_sorted() || wholes.iter().rev().is_sorted());
                for (i, whole) in wholes.into_iter().enumerate() {
                    let share = near.split(axis, i).1;
                    let off = f64::from(whole) + f64::from(share) - places.of(x + i, y)[axis];
                    assert!(off.abs() < 6e-7, "{off} at {i} of {matrix:?} from {x}, {y}");
                    assert!((0.0..=1.0).contains(&share));
                }
            }
        }
        assert!(near_ones > 1200, "{near_ones}");
    }

    /// The places of some pixels from column 40 of row 3 on, if told in fixed point.
    fn shifted(step: f64, shift: f64, tilt: f64) -> Option<Near<B>> {
        let matrix = [step, 0.3, shift, 0.2, 0.9, 1.7, tilt, 0.0, 1.0];
        Places::new(Map::Matrix(matrix)).near::<B>(40, 3, &distances())
    }

    /// Only the ends of a block are asked whether they lie in the image.
    #[test]
    fn places_never_turn_back() {
        let steps = [0.0, 1.0, 2.0, 3.0, 5.0, 9.0, 100.0, 1e6, 16_777_213.0, 67_108_864.0];
        for step in steps.into_iter().flat_map(|bits| [bits, -bits]) {
            for tilt in [0.0, 1e-5, 0.001, 1.0 / 128.0].into_iter().flat_map(|tilt| [tilt, -tilt]) {
                let step = step / f64::from(super::ONE);
                let near = Near::<B>::new([40.3, 7.9], [step, -step], tilt, &distances()).unwrap();
                for (beyond, step) in near.beyond.iter().zip([step, -step]) {
                    let turns = |pair: &[i32]| f64::from(pair[1] - pair[0]) * step < 0.0;
                    assert!(!beyond.windows(2).any(turns), "{step} {tilt} {beyond:?}");
                }
            }
        }
    }

    #[test]
    fn what_fixed_point_cannot_tell_is_left_to_others() {
        assert!(shifted(0.9, 0.0, 0.0).is_some());
        assert!(shifted(-3.9, 0.0, 0.0).is_some());
        assert!(shifted(4.1, 0.0, 0.0).is_none());
        assert!(shifted(0.9, 1e9, 0.0).is_none());
        assert!(shifted(0.9, f64::NAN, 0.0).is_none());
        assert!(shifted(0.9, 0.0, 1e-3).is_some());
        // The horizon.
        assert!(shifted(0.9, 0.0, -1.0 / 48.0).is_none());
    }
}
