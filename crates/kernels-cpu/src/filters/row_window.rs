use tagswitch_image::{ImageView, Sample};

use crate::border::Border;

/// The rows around one after the other, as numbers to compute with: each converted once and in the cache while needed.
pub struct RowWindow<'a, T: Sample> {
    image: ImageView<'a, T>,
    border: Border,
    scaled: bool,
    cval: T::Work,
    radius: usize,
    store: Vec<T::Work>,
    /// From one row in the store to the next.
    pitch: usize,
    /// Whether the store holds the whole image and then a row of the border's constant. If not, it is a ring of the
    /// rows around the current one, those beyond the edges included: row `y` in slot `(y + radius) % slots`.
    whole: bool,
}

impl<'a, T: Sample> RowWindow<'a, T> {
    /// A window of `radius` rows above and below. Integers are `scaled` or stay as they are.
    #[inline(always)]
    pub fn new(
        image: ImageView<'a, T>,
        scaled: bool,
        border: Border,
        cval: T::Work,
        radius: usize,
    ) -> Self {
        let (height, row_len) = (image.shape().height(), image.shape().row_len());
        let slots = 2 * radius + 1;
        let whole = slots >= height;
        // With a pitch of a power of two, a column would crowd into few sets of the cache.
        let pitch = row_len.next_multiple_of(16) + 16;
        let mut store = vec![cval; pitch * if whole { height + 1 } else { slots }];
        let mut rows =
            Self { image, border, scaled, cval, radius, store: Vec::new(), pitch, whole };
        // Of a ring, the first row asked for loads the last slot itself.
        let first = if whole { 0 } else { -(radius as isize) };
        let count = if whole { height } else { 2 * radius };
        for (index, row) in (first..).zip(store.chunks_exact_mut(pitch).take(count)) {
            rows.load(index, &mut row[..row_len]);
        }
        rows.store = store;
        rows
    }

    /// Converts row `index`, which may lie beyond the edges.
    #[inline(always)]
    fn load(&self, index: isize, row: &mut [T::Work]) {
        match self.border.resolve(index, self.image.shape().height()) {
            Some(y) => convert(self.image.row(y), self.scaled, row),
            None => row.fill(self.cval),
        }
    }

    /// The samples in which rows `y − radius` to `y + radius` lie at `starts`. Ask for each `y` once, in order.
    #[inline(always)]
    pub fn around(&mut self, y: usize, starts: &mut [usize]) -> &[T::Work] {
        let slots = starts.len();
        if self.whole {
            let height = self.image.shape().height();
            for (tap, start) in starts.iter_mut().enumerate() {
                let index = (y + tap) as isize - self.radius as isize;
                *start = self.border.resolve(index, height).unwrap_or(height) * self.pitch;
            }
            return &self.store;
        }
        let mut store = std::mem::take(&mut self.store);
        let slot = (y + slots - 1) % slots * self.pitch;
        self.load((y + self.radius) as isize, &mut store[slot..][..self.image.shape().row_len()]);
        self.store = store;
        for (tap, start) in starts.iter_mut().enumerate() {
            *start = (y + tap) % slots * self.pitch;
        }
        &self.store
    }
}

#[inline(always)]
fn convert<T: Sample>(source: &[T], scaled: bool, row: &mut [T::Work]) {
    for (work, sample) in row.iter_mut().zip(source) {
        *work = if scaled { sample.to_float() } else { sample.to_work() };
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn holds_the_rows_around_each() {
        for height in 1..12 {
            let samples: Vec<u8> = (0..height * 3).map(|i| i as u8).collect();
            let shape = Shape::new(height, 3, 1).unwrap();
            for border in [Border::Reflect, Border::Constant, Border::Wrap] {
                for radius in 0..8 {
                    let image = ImageView::new(&samples, shape).unwrap();
                    let mut window = RowWindow::new(image, false, border, 77.0, radius);
                    let mut starts = vec![0; 2 * radius + 1];
                    for y in 0..height {
                        let rows = window.around(y, &mut starts);
                        for (tap, &start) in starts.iter().enumerate() {
                            let source =
                                border.resolve((y + tap) as isize - radius as isize, height);
                            let expected =
                                source.map_or([77.0; 3], |y| [0, 1, 2].map(|x| (3 * y + x) as f32));
                            assert_eq!(
                                rows[start..start + 3],
                                expected,
                                "{height} {border:?} {radius} {y}"
                            );
                        }
                    }
                }
            }
        }
    }
}
