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
/// What is nearer to a whole number than this counts as near.
const BESIDE: f64 = 1e-4;

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
    /// Whether all of them are nearly as far from whole numbers.
    alike: [bool; 2],
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
        let alike = step.map(|step| beside(step).max(tilt.abs()) * half < BESIDE);
        Some(Self { beyond, alike })
    }
}

/// The places of `B` pixels, columns before rows.
pub struct Near<const B: usize> {
    whole: [i32; 2],
    /// What is to be added, the last bits behind the point.
    beyond: [[i32; B]; 2],
}

impl<const B: usize> Near<B> {
    /// By the place of the pixel in the middle. None far away, and where all places are so near to whole numbers that this would decide
    /// which samples have no weight at all.
    #[inline(always)]
    pub fn new(place: [f64; 2], steps: &Steps<B>) -> Option<Self> {
        if !(place[0].abs() < FAR && place[1].abs() < FAR) {
            return None;
        }
        if (steps.alike[0] && beside(place[0]) < BESIDE)
            || (steps.alike[1] && beside(place[1]) < BESIDE)
        {
            return None;
        }
        let [column, row] = place.map(fixed);
        let [mut columns, mut rows] = steps.beyond;
        columns.iter_mut().for_each(|beyond| *beyond += column as i32 & (ONE - 1));
        rows.iter_mut().for_each(|beyond| *beyond += row as i32 & (ONE - 1));
        Some(Self {
            whole: [column, row].map(|place| (place >> BITS) as i32),
            beyond: [columns, rows],
        })
    }

    /// The whole number below a place, and how far the place is from it.
    #[inline(always)]
    pub fn split(&self, axis: usize, i: usize) -> (i32, f32) {
        let beyond = self.beyond[axis][i];
        let share = (beyond & (ONE - 1)) as f32 * (1.0 / ONE as f32);
        (self.whole[axis] + (beyond >> BITS), share)
    }
}

/// How far a number is from the nearest whole one.
#[inline(always)]
fn beside(number: f64) -> f64 {
    (number - number.round_ties_even()).abs()
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

    /// Whether places are told in fixed point.
    fn is_near(matrix: [f64; 9]) -> bool {
        let places = Places::new(Map::Matrix(matrix));
        places.near::<B>(40, 3, &places.course()).is_some()
    }

    #[test]
    fn what_fixed_point_cannot_tell_is_left_to_others() {
        let shifted = |step: f64, shift: f64, tilt: f64| {
            is_near([step, 0.3, shift, 0.2, 0.9, 1.7, tilt, 0.0, 1.0])
        };
        assert!(shifted(0.9, 0.0, 0.0));
        assert!(shifted(-3.9, 0.0, 0.0));
        assert!(!shifted(4.1, 0.0, 0.0));
        assert!(!shifted(0.9, 1e9, 0.0));
        assert!(!shifted(0.9, f64::NAN, 0.0));
        assert!(shifted(0.9, 0.0, 1e-3));
        // The horizon.
        assert!(!shifted(0.9, 0.0, -1.0 / 48.0));
        // All on whole numbers but for a little, of which samples beside get weights.
        assert!(!shifted(1.0, 0.1 + 1e-12, 0.0));
        assert!(!shifted(1.0 + 1e-13, 0.1, 0.0));
        assert!(shifted(1.0, 0.35, 0.0));
    }
}
