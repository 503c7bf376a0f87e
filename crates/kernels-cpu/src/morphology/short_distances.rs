//! Distances where those of a row are short: so few columns are to be looked at then that comparing with all of them, many pixels at once,
//! takes a tenth of the time that it takes to find out which is the nearest. Between pixels of height and width 1 their squares are whole
//! numbers.

use tagswitch_image::Float;

use crate::simd::{Kernel, Level};

/// Columns that are looked at on either side.
const REACH: usize = 32;
/// Pixels of a row that are looked at together, as far as the furthest of them asks for.
const GROUP: usize = 64;
/// The square of a distance within a column that has no seed: more than any other, and a number of 32 bits with what is added to it.
const NONE: i32 = 1 << 30;
/// Rows of an image whose columns have only distances with lesser squares.
pub const MOST_ROWS: usize = 1 << 15;

/// Room for a row's squares of distances within columns.
pub struct ShortDistances {
    /// With [`REACH`] columns more on either side, and what fills the last group.
    squares: Vec<i32>,
}

impl ShortDistances {
    pub fn new(width: usize) -> Self {
        Self { squares: vec![NONE; REACH + width.next_multiple_of(GROUP) + REACH] }
    }

    /// The distances of a row's pixels, by the row of the nearest seed in each column, `u32::MAX` where there is none. To be dispatched: it
    /// returns `false`, and leaves anything in `out`, where some are not short.
    pub fn of_row<'a, F: Float>(
        &'a mut self,
        row: usize,
        nearest: &'a [u32],
        out: &'a mut [F],
    ) -> Row<'a, F> {
        Row { squares: &mut self.squares, row: row as i32, nearest, out }
    }
}

/// A row's distances.
pub struct Row<'a, F> {
    squares: &'a mut [i32],
    row: i32,
    nearest: &'a [u32],
    out: &'a mut [F],
}

impl<F: Float> Kernel for Row<'_, F> {
    type Output = bool;

    #[inline(always)]
    fn run<L: Level>(self) -> bool {
        let Self { squares, row, nearest, out } = self;
        for (square, &nearest) in squares[REACH..].iter_mut().zip(nearest) {
            let down = nearest as i32 - row;
            *square = if nearest == u32::MAX { NONE } else { down * down };
        }
        for (start, out) in (0..).step_by(GROUP).zip(out.chunks_mut(GROUP)) {
            let around: &[i32; REACH + GROUP + REACH] = squares[start..].first_chunk().unwrap();
            let Some(group) = shortest(around, out.len()) else { return false };
            for (out, square) in out.iter_mut().zip(group) {
                *out = F::from_f32(square as f32).sqrt();
            }
        }
        true
    }
}

/// Squares of distances of the first `len` pixels of a group, if they are short.
#[inline(always)]
fn shortest(around: &[i32; REACH + GROUP + REACH], len: usize) -> Option<[i32; GROUP]> {
    let mut group = [0; GROUP];
    group[..len].copy_from_slice(&around[REACH..REACH + len]);
    for across in 1..=REACH {
        let square = (across * across) as i32;
        // Seeds as far away, or further, are nearer to none.
        if group.iter().fold(0, |most, &square| most.max(square)) <= square {
            return Some(group);
        }
        let left: &[i32; GROUP] = around[REACH - across..].first_chunk().unwrap();
        let right: &[i32; GROUP] = around[REACH + across..].first_chunk().unwrap();
        for i in 0..GROUP {
            group[i] = group[i].min(left[i].min(right[i]) + square);
        }
    }
    None
}
