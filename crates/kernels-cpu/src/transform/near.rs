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
/// Places nearer to a whole number than so many last bits may be on it, or beside it.
const BESIDE: i32 = 16;

/// How places go on along rows, `B` of them at a time.
pub struct Course<const B: usize> {
    /// How many pixels each is from the one in the middle.
    pub distances: [i32; B],
    /// Where steps are alike everywhere.
    pub steps: Option<Steps<B>>,
}

impl<const B: usize> Course<B> {
    /// By the step from each pixel to the next, if it is always the same.
    pub fn new(step: Option<[f64; 2]>) -> Self {
        // A compiler that knew them would treat those of 0 and 1 by themselves, and then no vector.
        let distances = black_box(std::array::from_fn(|i| i as i32 - B as i32 / 2));
        Self { distances, steps: step.and_then(|step| Steps::new(step, 0.0, &distances)) }
    }
}

/// Where pixels lie from the one in the middle of `B`.
pub struct Steps<const B: usize> {
    /// Columns, then rows.
    beyond: [[i32; B]; 2],
    /// Whether none of them is rounded.
    exact: bool,
}

impl<const B: usize> Steps<B> {
    /// `k` pixels further the place has moved by `k × step / (1 + k × tilt)`. Off by less than 6 × 10⁻⁷ pixels; none where that may not hold.
    #[inline(always)]
    pub fn new(step: [f64; 2], tilt: f64, distances: &[i32; B]) -> Option<Self> {
        let half = (B / 2) as f64;
        if !(step[0].abs() <= MOST && step[1].abs() <= MOST && tilt.abs() * half <= 1.0 / 16.0) {
            return None;
        }
        let mut beyond = [[0; B]; 2];
        let mut missed = [0.0; B];
        if tilt != 0.0 {
            // What a straight course misses: k × step − k × step / (1 + k × tilt).
            let tilt = tilt as f32;
            for (missed, &k) in missed.iter_mut().zip(distances) {
                let k = k as f32;
                *missed = k * k * tilt / (1.0 + k * tilt);
            }
        }
        for (beyond, step) in beyond.iter_mut().zip(step) {
            let step = fixed(step) as i32;
            for i in 0..B {
                // SAFETY: what is missed is less than a step, and that is less than 32 bits hold.
                let missed: i32 = unsafe { (missed[i] * step as f32).to_int_unchecked() };
                beyond[i] = distances[i] * step - missed;
            }
        }
        Some(Self { beyond, exact: tilt == 0.0 && step.into_iter().all(is_fixed) })
    }
}

/// The places of `B` pixels, columns before rows.
pub struct Near<const B: usize> {
    whole: [i32; 2],
    /// What is to be added, the last bits behind the point.
    beyond: [[i32; B]; 2],
    /// Whether none of them is rounded.
    exact: bool,
}

impl<const B: usize> Near<B> {
    /// By the place of the pixel in the middle. None far away.
    #[inline(always)]
    pub fn new(place: [f64; 2], steps: &Steps<B>) -> Option<Self> {
        if !(place[0].abs() < FAR && place[1].abs() < FAR) {
            return None;
        }
        let exact = steps.exact && place.into_iter().all(is_fixed);
        let [column, row] = place.map(fixed);
        let [mut columns, mut rows] = steps.beyond;
        columns.iter_mut().for_each(|beyond| *beyond += column as i32 & (ONE - 1));
        rows.iter_mut().for_each(|beyond| *beyond += row as i32 & (ONE - 1));
        let whole = [column, row].map(|place| (place >> BITS) as i32);
        Some(Self { whole, beyond: [columns, rows], exact })
    }

    /// Whether rounding decides which samples have a weight: it does not matter unless they may be NaN or infinite.
    #[inline(always)]
    pub fn is_doubtful(&self) -> bool {
        let mut beside = false;
        for beyond in self.beyond.as_flattened() {
            beside |= (beyond + BESIDE) & (ONE - 1) <= 2 * BESIDE;
        }
        beside && !self.exact
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

/// Whether a number is the same in fixed point.
#[inline(always)]
fn is_fixed(number: f64) -> bool {
    fixed(number) as f64 == number * f64::from(ONE)
}

#[cfg(test)]
mod tests {
    use super::super::places::{Map, Places};
    use super::Near;
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
            let Some(near) = places.near::<B>(x, y, &places.course()) else { continue };
            near_ones += 1;
            for i in 0..B {
                let place = places.of(x + i, y);
                for (axis, place) in place.into_iter().enumerate() {
                    let (whole, share) = near.split(axis, i);
                    let off = f64::from(whole) + f64::from(share) - place;
                    assert!(off.abs() < 6e-7, "{off} at {i} of {matrix:?} from {x}, {y}");
                }
            }
        }
        assert!(near_ones > 1200);
    }

    /// The places of some pixels from column 40 of row 3 on, if told in fixed point.
    fn near(matrix: [f64; 9]) -> Option<Near<B>> {
        let places = Places::new(Map::Matrix(matrix));
        places.near::<B>(40, 3, &places.course())
    }

    fn shifted(step: f64, shift: f64, tilt: f64) -> Option<Near<B>> {
        near([step, 0.3, shift, 0.2, 0.9, 1.7, tilt, 0.0, 1.0])
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

    #[test]
    fn places_beside_whole_numbers_are_doubtful_unless_exact() {
        let is_doubtful = |matrix| near(matrix).unwrap().is_doubtful();
        let scaled = |scale: f64, shift: f64, row: f64| {
            is_doubtful([scale, 0.0, shift, 0.0, 1.0, row, 0.0, 0.0, 1.0])
        };
        assert!(!scaled(1.0, 0.0, 0.0));
        assert!(!scaled(0.5, 0.0, 0.25));
        assert!(scaled(0.1, 0.0, 0.5));
        assert!(scaled(1.0, 1e-12, 0.5));
        assert!(scaled(1.0 + 1e-13, 0.0, 0.5));
        assert!(!scaled(1.0, 0.3, 0.3));
        assert!(!is_doubtful([1.0, 0.0, 0.3, 0.0, 1.0, 0.3, 1e-9, 0.0, 1.0]));
    }
}
