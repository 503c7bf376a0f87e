use tagswitch_image::Shape;

use super::smoothed_rows::Rows;

/// What is known of a row of pixels: how intensity changes down the rows and to the right, and the length of both.
pub struct Gradient {
    pub down: Vec<f64>,
    pub right: Vec<f64>,
    pub magnitude: Vec<f64>,
}

impl Gradient {
    pub fn new(width: usize) -> Self {
        Self { down: vec![0.0; width], right: vec![0.0; width], magnitude: vec![0.0; width] }
    }
}

/// The gradients of rows by Sobel's filter, not normalised, one row after the other; the image is reflected at its edges. Rounded as the
/// reference rounds: the difference, then the pixel twice, then the sum of those beside it.
pub struct Gradients<R> {
    image: R,
    height: usize,
    width: usize,
    /// The last three rows, with one more pixel on either side.
    rows: [Vec<f64>; 3],
    /// Their differences across.
    across: [Vec<f64>; 3],
    /// Differences down to the current row.
    below: Vec<f64>,
}

impl<R: Rows> Gradients<R> {
    /// From row `first` on, of an image that is given from the row before it on.
    #[inline(always)]
    pub fn new(image: R, shape: Shape, first: usize) -> Self {
        let (height, width) = (shape.height(), shape.width());
        let mut gradients = Self {
            image,
            height,
            width,
            rows: std::array::from_fn(|_| vec![0.0; width + 2]),
            across: std::array::from_fn(|_| vec![0.0; width]),
            below: vec![0.0; width + 2],
        };
        for y in first.saturating_sub(1)..=first {
            gradients.load(y);
        }
        gradients
    }

    /// Row `y`. Ask for each once, in order.
    #[inline(always)]
    pub fn row(&mut self, y: usize, out: &mut Gradient) {
        if y + 1 < self.height {
            self.load(y + 1);
        }
        let slots = [y.saturating_sub(1), y, (y + 1).min(self.height - 1)].map(|row| row % 3);
        let [above, here, under] = slots.map(|slot| &self.rows[slot][..self.width + 2]);
        let below = &mut self.below[..self.width + 2];
        for x in 0..below.len() {
            below[x] = difference(above[x], here[x], under[x]);
        }
        let [before, at, after] = slots.map(|slot| &self.across[slot][..self.width]);
        let (down, right) = (&mut out.down[..self.width], &mut out.right[..self.width]);
        let magnitude = &mut out.magnitude[..self.width];
        for x in 0..self.width {
            let d = 2.0 * below[x + 1] + (below[x] + below[x + 2]);
            let r = 2.0 * at[x] + (before[x] + after[x]);
            down[x] = d;
            right[x] = r;
            magnitude[x] = (d * d + r * r).sqrt();
        }
    }

    #[inline(always)]
    fn load(&mut self, y: usize) {
        let (row, across) = (&mut self.rows[y % 3], &mut self.across[y % 3]);
        self.image.row(y, &mut row[1..=self.width]);
        row[0] = row[1];
        row[self.width + 1] = row[self.width];
        let (row, across) = (&row[..self.width + 2], &mut across[..self.width]);
        for x in 0..across.len() {
            across[x] = difference(row[x], row[x + 1], row[x + 2]);
        }
    }
}

/// Of the samples on both sides. The one between has no weight, but where it is not finite, nor is the difference.
#[inline(always)]
fn difference(before: f64, here: f64, after: f64) -> f64 {
    (after - before) + 0.0 * here
}
