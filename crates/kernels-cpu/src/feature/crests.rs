use std::array::from_fn;

use tagswitch_image::{ImageView, Shape};

use super::gradients::{Gradient, Gradients};
use super::smoothed_rows::Rows;
use crate::filters::hysteresis::{STRONG, WEAK};
use crate::simd::{Kernel, Level};
use crate::threads::Band;

/// Pixels that are judged at once, without a branch: whether one is on a crest no CPU foresees.
const BLOCK: usize = 32;

/// Marks the crests of the gradient as weak or strong, all else as neither; returns the strong ones.
pub struct Crests<'a, S> {
    pub shape: Shape,
    pub smoothed: &'a S,
    pub mask: Option<ImageView<'a, u8>>,
    pub thresholds: [f64; 2],
    pub out: Band<'a, u8>,
}

impl<R: Rows, S: Fn(usize) -> R> Kernel for Crests<'_, S> {
    type Output = Vec<usize>;

    #[inline(always)]
    fn run<L: Level>(self) -> Vec<usize> {
        let Self { shape, smoothed, mask, thresholds: [low, high], out } = self;
        let (first, width) = (out.first, shape.width());
        out.samples.fill(0);
        // scikit-image rounds this one to 32 bits; what is no gradient at all is no edge.
        let thresholds = [f64::from(if low as f32 == 0.0 { 1e-14 } else { low as f32 }), high];
        let mut strong = Vec::new();
        // A row is judged when the one below it is known, and with the one above it.
        let above = first.saturating_sub(1);
        let below = (first + out.samples.len() / width).min(shape.height() - 1);
        let mut gradients = Gradients::new(smoothed(above.saturating_sub(1)), shape, above);
        let mut rows: [Gradient; 3] = from_fn(|_| Gradient::new(width));
        for known in above..=below {
            gradients.row(known, &mut rows[known % 3]);
            // The outermost pixels, which lack neighbours, are no edge.
            let Some(y) = known.checked_sub(1).filter(|&y| y >= first.max(1)) else { continue };
            if width < 3 {
                continue;
            }
            let rows = [&rows[(y - 1) % 3], &rows[y % 3], &rows[(y + 1) % 3]];
            let out = &mut out.samples[(y - first) * width..][1..width - 1];
            for (block, marks) in out.chunks_mut(BLOCK).enumerate() {
                let x = 1 + block * BLOCK;
                judge(rows, x, thresholds, marks);
                if let Some(mask) = mask {
                    leave_out(mask, y, x, marks);
                }
                if marks.iter().fold(false, |any, &mark| any | (mark == STRONG)) {
                    let all = (y * width + x..).zip(marks);
                    strong.extend(all.filter(|(_, mark)| **mark == STRONG).map(|(pixel, _)| pixel));
                }
            }
        }
        strong
    }
}

/// Marks the crests among the pixels of a row from `x` on, none of which is the row's first or last.
#[inline(always)]
fn judge([above, here, below]: [&Gradient; 3], x: usize, [low, high]: [f64; 2], marks: &mut [u8]) {
    let n = marks.len();
    // From the pixel before the first to the one after the last.
    let [a, h, b] = [above, here, below].map(|row| &row.magnitude[x - 1..][..n + 2]);
    if !h[1..=n].iter().fold(false, |any, &length| any | (length >= low)) {
        return;
    }
    let (down, right) = (&here.down[x..][..n], &here.right[x..][..n]);
    // All bits where the gradient points down to the right or up to the left, and where it points rather up or down; in arrays, as the
    // compiler would choose between places instead of samples, and then read these one by one.
    let (mut falling, mut steep, mut weights) = ([0; BLOCK], [0; BLOCK], [0.0; BLOCK]);
    let (falling, steep, weights) = (&mut falling[..n], &mut steep[..n], &mut weights[..n]);
    for i in 0..n {
        let (vertical, horizontal) = (down[i].abs(), right[i].abs());
        let is_falling = (down[i] > 0.0) == (right[i] > 0.0);
        let is_steep = (vertical > horizontal) | ((vertical == horizontal) & !is_falling);
        falling[i] = if is_falling { u64::MAX } else { 0 };
        steep[i] = if is_steep { u64::MAX } else { 0 };
        let lesser = if is_steep { horizontal } else { vertical };
        weights[i] = lesser / if is_steep { vertical } else { horizontal };
    }
    // The gradient's lengths at a pixel's distance along it, interpolated between two neighbours each.
    let (mut onwards, mut back) = ([0.0; BLOCK], [0.0; BLOCK]);
    let (onwards, back) = (&mut onwards[..n], &mut back[..n]);
    for i in 0..n {
        let ahead = choose(steep[i], choose(falling[i], b[i + 1], a[i + 1]), h[i + 2]);
        let behind = choose(steep[i], choose(falling[i], a[i + 1], b[i + 1]), h[i]);
        let after = choose(falling[i], b[i + 2], a[i + 2]);
        let before = choose(falling[i], a[i], b[i]);
        onwards[i] = after * weights[i] + ahead * (1.0 - weights[i]);
        back[i] = before * weights[i] + behind * (1.0 - weights[i]);
    }
    let mut found = [0; BLOCK];
    let found = &mut found[..n];
    for i in 0..n {
        let length = h[i + 1];
        let is_crest = (length >= low) & (onwards[i] <= length) & (back[i] <= length);
        let mark = u64::from(WEAK) + u64::from(length >= high) * u64::from(STRONG - WEAK);
        found[i] = u64::from(is_crest).wrapping_neg() & mark;
    }
    for (mark, &found) in marks.iter_mut().zip(&*found) {
        *mark = found as u8;
    }
}

/// The first where all bits are set, the second where none is.
#[inline(always)]
fn choose(bits: u64, first: f64, second: f64) -> f64 {
    f64::from_bits((first.to_bits() & bits) | (second.to_bits() & !bits))
}

/// Takes the marks from the pixels from `x` on of row `y` that do not belong to a mask with all their neighbours.
fn leave_out(mask: ImageView<'_, u8>, y: usize, x: usize, marks: &mut [u8]) {
    for (x, mark) in (x..).zip(marks) {
        if *mark != 0 && !surrounded(mask, y, x) {
            *mark = 0;
        }
    }
}

/// Whether a pixel and its eight neighbours, which it has, belong to a mask.
fn surrounded(mask: ImageView<'_, u8>, y: usize, x: usize) -> bool {
    (y - 1..=y + 1).all(|y| mask.row(y)[x - 1..=x + 1].iter().all(|&inside| inside != 0))
}

#[cfg(test)]
mod tests {
    use super::super::smoothed_rows::{Blur, smoothed_image};
    use super::*;
    use crate::border::Border;
    use crate::random::Random;
    use crate::simd::{baseline, dispatch};

    /// Whether a pixel is on a crest, branch by branch.
    fn is_crest(rows: &[Gradient], y: usize, x: usize) -> bool {
        let [above, here, below] = [y - 1, y, y + 1].map(|y| &rows[y].magnitude);
        let (down, right) = (rows[y].down[x], rows[y].right[x]);
        let (vertical, horizontal) = (down.abs(), right.abs());
        let falling = (down > 0.0) == (right > 0.0);
        let (before, after) = if falling { (above, below) } else { (below, above) };
        let steep = vertical > horizontal || (vertical == horizontal && !falling);
        let (weight, [ahead, behind]) = if steep {
            (horizontal / vertical, [after[x], before[x]])
        } else {
            (vertical / horizontal, [here[x + 1], here[x - 1]])
        };
        let not_above =
            |diagonal: f64, straight: f64| diagonal * weight + straight * (1.0 - weight) <= here[x];
        not_above(after[x + 1], ahead) && not_above(before[x - 1], behind)
    }

    fn agrees(samples: &[f64], shape: Shape) {
        let (height, width) = (shape.height(), shape.width());
        let view = ImageView::new(samples, shape).unwrap();
        let blur = Blur { weights: [&[1.0]; 2], border: Border::Reflect, cval: 0.0 };
        let smoothed = &|first| smoothed_image(view, first, blur);
        let mut gradients = Gradients::new(smoothed(0), shape, 0);
        let rows: Vec<Gradient> = (0..height)
            .map(|y| {
                let mut row = Gradient::new(width);
                gradients.row(y, &mut row);
                row
            })
            .collect();
        let thresholds = [1.5, 4.0];
        let expected = |y: usize, x: usize| {
            let is_inner = (1..height - 1).contains(&y) && x > 0 && x + 1 < width;
            if !is_inner || rows[y].magnitude[x] < thresholds[0] || !is_crest(&rows, y, x) {
                return 0;
            }
            if rows[y].magnitude[x] >= thresholds[1] { STRONG } else { WEAK }
        };
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (y, x)));
        let expected: Vec<u8> = pixels.map(|(y, x)| expected(y, x)).collect();
        let strong: Vec<usize> =
            (0..expected.len()).filter(|&pixel| expected[pixel] == STRONG).collect();
        for is_dispatched in [true, false] {
            let mut marks = vec![9; samples.len()];
            let out = Band { first: 0, row_len: width, samples: &mut marks };
            let crests = Crests { shape, smoothed, mask: None, thresholds, out };
            let found = if is_dispatched { dispatch(crests) } else { baseline(crests) };
            assert_eq!(marks, expected, "{shape}");
            assert_eq!(found, strong, "{shape}");
        }
    }

    #[test]
    fn are_those_of_the_definition_in_rows_of_every_length() {
        let mut random = Random::new(6);
        for width in 1..70 {
            let shape = Shape::new(7, width, 1).unwrap();
            // Of so few levels that gradients point exactly between two neighbours, or are 0.
            let few: Vec<f64> = (0..shape.len()).map(|_| f64::from(random.below(4))).collect();
            agrees(&few, shape);
            let mut many: Vec<f64> = (0..shape.len()).map(|_| 5.0 * random.unit()).collect();
            agrees(&many, shape);
            for extreme in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e-310] {
                many[random.below(shape.len() as u32) as usize] = extreme;
            }
            agrees(&many, shape);
        }
    }
}
