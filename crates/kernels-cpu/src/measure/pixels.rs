use tagswitch_image::{ImageView, Sample};

use super::forest::{NONE, number, root, union};
use super::value::Value;
use crate::bits::packed;
use crate::simd::{Kernel, Level};

/// Which of the neighbours before a pixel have its value, in bits.
const LEFT: u8 = 1;
const ABOVE: u8 = 2;
const ABOVE_LEFT: u8 = 4;
const ABOVE_RIGHT: u8 = 8;
/// Whether it has that of the background.
const BACKGROUND: u8 = 16;

/// Rows of which one is looked at for the length of runs.
const SAMPLED: usize = 16;

/// Whether regions go through fewer steps pixel by pixel than run by run: where runs have fewer than four pixels on average.
pub fn has_short_runs<T: Sample>(image: ImageView<'_, T>) -> bool {
    let rows = image.rows().step_by(SAMPLED);
    let (mut changes, mut pixels) = (0, 0);
    for row in rows {
        changes += row.windows(2).filter(|pair| pair[0] != pair[1]).count();
        pixels += row.len();
    }
    4 * changes > pixels
}

/// Numbers regions pixel by pixel, in the result alone: until it holds their numbers, it holds of each pixel one of its region that
/// lies before it, or the pixel itself.
///
/// Only neighbours that are not known to be joined are (K. Wu, E. Otoo, K. Suzuki, "Optimizing two-pass connected-component
/// labeling algorithms", 2009); most pixels of noise have none of their value, which vectors find out.
pub struct Pixels<'a, T> {
    pub image: ImageView<'a, T>,
    pub background: f64,
    /// Whether corners connect.
    pub corners: bool,
    pub out: &'a mut [u32],
}

impl<T: Value> Kernel for Pixels<'_, T> {
    type Output = usize;

    #[inline(always)]
    fn run<L: Level>(self) -> usize {
        let Self { image, background, corners, out } = self;
        let width = image.shape().width();
        let all = if corners { !0 } else { LEFT | ABOVE | BACKGROUND };
        let (mut buffer, mut above, mut equal) = (Vec::new(), Vec::new(), vec![0; width]);
        for (y, row) in image.rows().enumerate() {
            let here = T::keys(row, background, &mut buffer);
            if y == 0 {
                above.extend_from_slice(here);
            }
            let known = if y == 0 { LEFT | BACKGROUND } else { all };
            compare(&above, here, T::Key::exactly(background), &mut equal);
            // Each pixel by itself first, since few have a neighbour of their value.
            let first = y * width;
            let own = out[first..first + width].iter_mut();
            (first as u32..).zip(own).for_each(|(pixel, out)| *out = pixel);
            for (x, equal) in (first..).step_by(64).zip(equal.chunks(64)) {
                let mut flags = [0; 64];
                for (flag, equal) in flags.iter_mut().zip(equal) {
                    *flag = u8::from(equal & known != 0);
                }
                let mut bits = packed(&flags);
                while bits != 0 {
                    let i = bits.trailing_zeros() as usize;
                    out[x + i] = join(out, x + i, width, corners, equal[i] & known);
                    bits &= bits - 1;
                }
            }
            above.copy_from_slice(here);
        }
        number(out)
    }
}

/// Compares the pixels of a row with those before them.
#[inline(always)]
fn compare<K: Sample>(above: &[K], here: &[K], background: Option<K>, equal: &mut [u8]) {
    let (background, any) = background.map_or((here[0], 0), |value| (value, BACKGROUND));
    let bits = |value: K, left: K, [above_left, above, above_right]: [K; 3]| {
        let bit = |other: K, bit: u8| if value == other { bit } else { 0 };
        let before = bit(left, LEFT) | bit(above, ABOVE) | bit(background, any);
        before | bit(above_left, ABOVE_LEFT) | bit(above_right, ABOVE_RIGHT)
    };
    // The inner ones first.
    let last = here.len() - 1;
    let inner = last.saturating_sub(1);
    let [above_left, above_here, above_right] =
        [0, 1, 2].map(|shift| &above[shift.min(last)..][..inner]);
    let [left, values] = [0, 1].map(|shift| &here[shift.min(last)..][..inner]);
    for (x, equal) in equal[1.min(last)..][..inner].iter_mut().enumerate() {
        *equal = bits(values[x], left[x], [above_left[x], above_here[x], above_right[x]]);
    }
    let before = last.saturating_sub(1);
    equal[last] = bits(here[last], here[before], [above[before], above[last], above[last]]);
    equal[last] &= !ABOVE_RIGHT;
    if last > 0 {
        equal[0] = bits(here[0], here[0], [above[0], above[0], above[1]]);
    }
    equal[0] &= !(LEFT | ABOVE_LEFT);
}

/// The entry of a pixel that has neighbours of its value, or that of the background.
#[inline(always)]
fn join(out: &mut [u32], pixel: usize, width: usize, corners: bool, equal: u8) -> u32 {
    let has = |bit: u8| equal & bit != 0;
    if has(BACKGROUND) {
        return NONE;
    }
    let neighbour = |back: usize| (pixel - back) as u32;
    let first = if has(ABOVE) {
        neighbour(width)
    } else if has(LEFT) {
        neighbour(1)
    } else {
        neighbour(if has(ABOVE_LEFT) { width + 1 } else { width - 1 })
    };
    // By corners all touch the one above, and those on the left touch each other.
    if corners && !has(ABOVE) && has(ABOVE_RIGHT) {
        union(out, first, neighbour(width - 1))
    } else if !corners && has(ABOVE) && has(LEFT) {
        union(out, first, neighbour(1))
    } else {
        root(out, first)
    }
}
